//! Sums and requisites of the orders of a site (PROTOCOL 6.2 and 6.3): the lines give the total, or a mark tells.

use kontora::exchange::site::{Mark, NormalisedOrder, Part, SiteDocument, normalised, read_orders};
use kontora::kernel::money::{Money, Percent};
use kontora::kernel::text::Lang;

fn document(inside: &str) -> SiteDocument {
    let text = format!(
        "<КоммерческаяИнформация><Документ><Ид>1</Ид><Дата>2026-11-23</Дата>{inside}</Документ>\
            </КоммерческаяИнформация>"
    );
    read_orders(text.as_bytes(), None).documents.remove(0)
}

fn requisites(pairs: &[(&str, &str)]) -> String {
    let one = |(name, value): &(&str, &str)| {
        format!(
            "<ЗначениеРеквизита><Наименование>{name}</Наименование><Значение>{value}</Значение></ЗначениеРеквизита>"
        )
    };
    format!("<ЗначенияРеквизитов>{}</ЗначенияРеквизитов>", pairs.iter().map(one).collect::<String>())
}

/// A line: quantity, sum, and what else it says.
fn line(qty: &str, sum: &str, inside: &str) -> String {
    format!(
        "<Товар><Ид>a</Ид><Наименование>Товар</Наименование><Количество>{qty}</Количество>\
            <Сумма>{sum}</Сумма>{inside}</Товар>"
    )
}

fn delivery(sum: &str) -> String {
    line("1", sum, "").replace("<Ид>a</Ид>", "<Ид>ORDER_DELIVERY</Ид>")
}

fn order(total: &str, lines: &[String], rest: &str) -> NormalisedOrder {
    let found = document(&format!("<Сумма>{total}</Сумма><Товары>{}</Товары>{rest}", lines.concat()));
    let order = normalised(&found);
    if !order.marks.iter().any(|mark| matches!(mark, Mark::SumsDiffer { .. })) {
        let sum: Money = order.lines.iter().map(|line| line.amount).sum();
        assert_eq!(sum, order.total, "lines give the total unless a mark says otherwise: {order:?}");
    }
    order
}

/// Amounts of the lines; the delivery with a `+`.
fn amounts(order: &NormalisedOrder) -> String {
    let show = |line: &kontora::exchange::site::NormalisedLine| {
        format!("{}{}", if line.delivery { "+" } else { "" }, line.amount)
    };
    order.lines.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn kopecks(minor: i64) -> Money {
    Money::from_minor(minor)
}

#[test]
fn price_follows_from_sum_and_quantity() {
    let odd = order("10", &[line("3", "10", "<ЦенаЗаЕдиницу>3.33</ЦенаЗаЕдиницу>")], "");
    assert_eq!(odd.lines[0].price.to_string(), "3.3333");
    assert_eq!(odd.lines[0].shown_price.unwrap().to_string(), "3.3300");
    assert_eq!(odd.lines[0].amount, Money::whole(10), "the kopeck remainder stays in the sum");
    let older = "<Товар><Ид>a</Ид><Цена>2,50</Цена><Количество>4</Количество></Товар>".to_owned();
    assert_eq!(amounts(&order("10", &[older], "")), "10.00", "an older name of the price, and no sum");
}

#[test]
fn packs_become_base_units() {
    let found = order("120", &[line("2", "120", "<Единица>упак</Единица><Коэффициент>12</Коэффициент>")], "");
    assert_eq!((found.lines[0].qty.short().as_str(), found.lines[0].price.to_string().as_str()), ("24", "5.0000"));
    let unit = line("1", "1", "<БазоваяЕдиница Код=\"796 \" НаименованиеПолное=\"Штука\">шт</БазоваяЕдиница>");
    assert_eq!(order("1", &[unit], "").lines[0].unit_code, "796", "a blank after the code is no part of it");
    let nested = line("1", "1", "<Единица><Код>006</Код><НаименованиеПолное>Метр</НаименованиеПолное></Единица>");
    let nested = order("1", &[nested], "");
    assert_eq!((nested.lines[0].unit_code.as_str(), nested.lines[0].unit_name.as_str()), ("006", "Метр"));
}

#[test]
fn delivery_is_a_line_a_requisite_or_the_difference() {
    assert_eq!(amounts(&order("130", &[line("1", "100", ""), delivery("30")], "")), "100.00 +30.00");
    let service = line("1", "30", &requisites(&[("ТипНоменклатуры", "Услуга")]));
    assert_eq!(amounts(&order("130", &[line("1", "100", ""), service], "")), "100.00 +30.00");
    let cost = requisites(&[("Стоимость доставки", "30 руб."), ("Способ доставки", "Курьер")]);
    let named = order("130", &[line("1", "100", "")], &cost);
    assert_eq!((amounts(&named).as_str(), named.lines[1].name.as_str()), ("100.00 +30.00", "Курьер"));
    assert_eq!(named.marks, []);
    let difference = order("130", &[line("1", "100", "")], &requisites(&[("Способ доставки", "Почта")]));
    assert_eq!((amounts(&difference).as_str(), difference.lines[1].name.as_str()), ("100.00 +30.00", "Почта"));
    assert_eq!(difference.marks, [Mark::DeliveryByDifference(Money::whole(30))]);
    let zero = document(&requisites(&[("Стоимость доставки", "0")]));
    assert_eq!(zero.delivery_cost(), None, "zero is what sites send for «not said»");
    let cost = "<ДопРасходы><ДопРасход><Наименование>Доставка</Наименование><Сумма>30</Сумма></ДопРасход></ДопРасходы>";
    assert_eq!(amounts(&order("130", &[line("1", "100", "")], cost)), "100.00 +30.00");
    let packing = cost.replace("Доставка", "Упаковка");
    assert_eq!(amounts(&order("130", &[line("1", "100", "")], &packing)), "100.00 30.00", "a packing is no delivery");
    assert_eq!(amounts(&order("130", &[line("1", "100", cost)], "")), "100.00 +30.00", "a cost of a line counts, too");
}

#[test]
fn a_service_of_the_catalogue_is_no_delivery() {
    let kind = requisites(&[("ТипНоменклатуры", "Услуга")]);
    let assembly = line("1", "50", &format!("<Артикул>У-1</Артикул>{kind}")).replace("Товар<", "Сборка<");
    let found = order("180", &[line("1", "100", ""), assembly], "");
    assert_eq!(amounts(&found), "100.00 50.00 +30.00");
    assert!(found.lines[1].service && !found.lines[1].delivery);
    let only = order("50", &[line("1", "50", &kind)], "");
    assert!(!only.lines[0].delivery, "an order of a single service is not an order of delivery");
}

#[test]
fn a_negative_difference_is_a_discount_of_the_whole_order() {
    let found = order("90", &[line("1", "33.33", ""), line("1", "33.33", ""), line("1", "33.34", "")], "");
    assert_eq!(amounts(&found), "30.00 29.99 30.01", "the parts give the whole to the kopeck");
    assert_eq!(found.marks, [Mark::DiscountByDifference(Money::whole(10))]);
    let with_delivery = order("110", &[line("1", "100", ""), delivery("30")], "");
    assert_eq!(amounts(&with_delivery), "80.00 +30.00", "delivery takes no part in a discount of goods");
    assert_eq!(with_delivery.lines[0].discount, Money::whole(20));
}

#[test]
fn kopecks_are_rounding_of_the_last_line() {
    let found = order("100.05", &[line("1", "60", ""), line("1", "40", "")], "");
    assert_eq!(
        (amounts(&found).as_str(), found.marks.as_slice()),
        ("60.00 40.05", [Mark::Rounded(kopecks(5))].as_slice())
    );
    let found = order("99.97", &[line("1", "60", ""), line("1", "40", ""), line("1", "0", "")], "");
    assert_eq!(amounts(&found), "60.00 39.97 0.00", "a line given for nothing cannot take it");
    let found = order("100.06", &[line("1", "100", "")], "");
    assert_eq!(amounts(&found), "100.00 +0.06", "six kopecks are no rounding");
}

#[test]
fn what_no_rule_explains_is_for_a_person() {
    let surplus = order("150", &[line("1", "100", ""), delivery("30")], "");
    assert_eq!(surplus.marks, [Mark::SumsDiffer { total: Money::whole(150), lines: Money::whole(130) }]);
    assert!(surplus.needs_check() && surplus.total == Money::whole(150));
    assert!(order("10", &[line("1", "100", ""), delivery("300")], "").needs_check(), "more off than there are goods");
    assert!(order("0", &[line("1", "100", "")], "").needs_check(), "nothing is no total");
}

#[test]
fn declared_discounts_are_spread_or_found_to_be_inside() {
    let discount = |sum: &str, included: &str| {
        format!(
            "<Скидки><Скидка><Наименование>Купон</Наименование><Сумма>{sum}</Сумма>\
                <УчтеноВСумме>{included}</УчтеноВСумме></Скидка></Скидки>"
        )
    };
    let goods = || vec![line("1", "3200", ""), line("1", "2600", "")];
    let outside = order("4600", &goods(), &discount("1200", "false"));
    assert_eq!(amounts(&outside), "2537.93 2062.07", "the cumulative share-out");
    assert_eq!(outside.marks, [Mark::DiscountSpread(Money::whole(1200))]);
    let inside = order("5800", &goods(), &discount("1200", "false"));
    assert_eq!(amounts(&inside), "3200.00 2600.00");
    assert_eq!(inside.marks, [Mark::TakenOtherwise(Part::OrderDiscounts)], "the sums are already reduced");
    let told = order("4600", &goods(), &discount("1200", "true"));
    assert_eq!(amounts(&told), "2537.93 2062.07", "said to be inside, but the lines do not hold it");
    assert_eq!(told.marks, [Mark::TakenOtherwise(Part::IncludedDiscounts), Mark::DiscountSpread(Money::whole(1200))]);
    assert_eq!(order("5800", &goods(), &discount("1200", "true")).marks, []);
    let both = order(
        "4900",
        &goods(),
        &format!("{}{}", discount("1200", "false"), requisites(&[("Стоимость доставки", "300")])),
    );
    assert_eq!(amounts(&both), "2537.93 2062.07 +300.00");
    let percent = "<Скидки><Скидка><Процент>10</Процент><УчтеноВСумме>false</УчтеноВСумме></Скидка></Скидки>";
    assert_eq!(amounts(&order("5220", &goods(), percent)), "2880.00 2340.00");
}

#[test]
fn of_two_explanations_the_one_as_declared_is_taken() {
    let discount = "<Скидки><Скидка><Сумма>100</Сумма><УчтеноВСумме>false</УчтеноВСумме></Скидка></Скидки>";
    let cost = requisites(&[("Стоимость доставки", "100")]);
    let found = order("1000", &[line("1", "1000", "")], &format!("{discount}{cost}"));
    assert_eq!(amounts(&found), "900.00 +100.00", "taking neither would give the total as well");
}

#[test]
fn discounts_of_lines_are_taken_off_once() {
    let discount = |included: &str| {
        format!("<Скидки><Скидка><Сумма>10</Сумма><УчтеноВСумме>{included}</УчтеноВСумме></Скидка></Скидки>")
    };
    assert_eq!(amounts(&order("100", &[line("1", "100", &discount("true"))], "")), "100.00");
    let outside = order("90", &[line("1", "100", &discount("false"))], "");
    assert_eq!(
        (amounts(&outside).as_str(), outside.lines[0].discount, outside.marks.len()),
        ("90.00", Money::whole(10), 0)
    );
    let inside = order("100", &[line("1", "100", &discount("false"))], "");
    assert_eq!(inside.marks, [Mark::TakenOtherwise(Part::LineDiscounts)]);
    let percent = "<Скидки><Скидка><Процент>10</Процент><УчтеноВСумме>false</УчтеноВСумме></Скидка></Скидки>";
    assert_eq!(amounts(&order("90", &[line("1", "100", percent)], "")), "90.00");
}

#[test]
fn tax_is_known_in_and_on_top_of_the_sum() {
    let tax = |rate: &str, sum: &str, included: &str| {
        format!(
            "<Налоги><Налог><Наименование>НДС</Наименование><УчтеноВСумме>{included}</УчтеноВСумме>\
                <Сумма>{sum}</Сумма><Ставка>{rate}</Ставка></Налог></Налоги>"
        )
    };
    let vat = |found: &NormalisedOrder| found.lines[0].vat.unwrap();
    let inside = order("122", &[line("1", "122", &tax("22", "22", "true"))], "");
    assert_eq!((amounts(&inside).as_str(), vat(&inside).percent), ("122.00", Some(Percent::whole(22))));
    let top = order("122", &[line("1", "100", &tax("НДС22", "22", "false"))], "");
    assert_eq!((amounts(&top).as_str(), vat(&top).included, top.marks.len()), ("122.00", true, 0));
    let counted = order("122", &[line("1", "100", &tax("22%", "", "false"))], "");
    assert_eq!(amounts(&counted), "122.00", "a rate without a sum is computed");
    let whole = order("122", &[line("1", "60", ""), line("1", "40", "")], &tax("", "22", "false"));
    assert_eq!(amounts(&whole), "73.20 48.80");
    let lie = order("100", &[line("1", "100", &tax("22", "18.03", "false"))], "");
    assert_eq!(
        (amounts(&lie).as_str(), lie.marks.as_slice()),
        ("100.00", [Mark::TakenOtherwise(Part::Taxes)].as_slice())
    );
    let rates = "<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>Без НДС</Ставка>\
        </СтавкаНалога></СтавкиНалогов>";
    assert_eq!(vat(&order("100", &[line("1", "100", rates)], "")).percent, None, "without VAT is said, not silent");
    assert!(order("100", &[line("1", "100", "")], "").lines[0].vat.is_none());
    let spelling = tax("10", "10", "false").replace("УчтеноВСумме", "УчтенВСумме");
    assert_eq!(amounts(&order("110", &[line("1", "100", &spelling)], "")), "110.00", "another spelling of the switch");
    let document_rate = order("110", &[line("1", "110", "")], &tax("10", "10", "true"));
    assert_eq!(vat(&document_rate).percent, Some(Percent::whole(10)), "the only rate of the document");
}

#[test]
fn strange_quantities_are_marked() {
    let fine = order("10", &[line("1.2345", "10", "")], "");
    assert_eq!(fine.marks, [Mark::QuantityRounded { line: 0 }]);
    assert_eq!(fine.lines[0].qty.to_string(), "1.235");
    let none = order("10", &[line("", "10", "")], "");
    assert_eq!(
        (none.lines[0].qty.short().as_str(), none.marks.as_slice()),
        ("1", [Mark::QuantityMissing { line: 0 }].as_slice())
    );
    assert!(order("10", &[line("0", "10", "")], "").needs_check());
    assert!(order("0.00", &[line("-1", "-10", ""), line("1", "10", "")], "").needs_check());
}

#[test]
fn a_status_alone_has_no_lines() {
    let found = normalised(&document(&requisites(&[("Статус заказа", "Открыт"), ("Стоимость доставки", "300")])));
    assert_eq!((found.lines.len(), found.total, found.marks.as_slice()), (0, Money::ZERO, [Mark::NoLines].as_slice()));
    assert!(!found.needs_check());
    let without_total = document(&format!("<Товары>{}</Товары>", line("1", "100", "")));
    assert_eq!(normalised(&without_total).total, Money::whole(100), "without a total the lines are it");
}

#[test]
fn every_mark_is_a_sentence_in_both_languages() {
    let sum = Money::whole(5);
    let parts =
        [Part::LineDiscounts, Part::OrderDiscounts, Part::IncludedDiscounts, Part::Taxes, Part::Costs, Part::Delivery];
    let mut marks: Vec<Mark> = parts.into_iter().map(Mark::TakenOtherwise).collect();
    marks.extend([
        Mark::SumsDiffer { total: sum, lines: sum },
        Mark::DeliveryByDifference(sum),
        Mark::DiscountByDifference(sum),
        Mark::DiscountSpread(sum),
        Mark::Rounded(sum),
        Mark::QuantityRounded { line: 0 },
        Mark::QuantityMissing { line: 0 },
        Mark::Negative { line: 0 },
        Mark::NoLines,
    ]);
    for mark in marks {
        for lang in [Lang::Ru, Lang::En] {
            let said = mark.text().show_in(lang);
            assert!(said.contains(' ') && !said.contains("site-") && !said.contains('$'), "{mark:?}: {said}");
        }
    }
}

#[test]
fn names_escaped_twice_are_mended_for_people() {
    let twice = line("1", "1", "").replace("Товар<", "Телевизор &amp;quot;JVC&amp;quot;<");
    let found = document(&format!("<Сумма>1</Сумма><Товары>{twice}</Товары>"));
    assert_eq!(found.lines[0].name, "Телевизор &quot;JVC&quot;", "as the site wrote it");
    assert_eq!(normalised(&found).lines[0].name, "Телевизор \"JVC\"");
}

#[test]
fn requisites_are_found_by_name_whatever_its_case_and_blanks() {
    let found = document(&requisites(&[
        (" статус  ЗАКАЗА ", "[P] Оплачен"),
        ("Отменён", "true"),
        ("Причина отмены", "передумал"),
        ("Заказ оплачен", "да"),
        ("Дата оплаты", "23.11.2026 10:00:00"),
        ("Номер платежного документа", "77"),
        ("Метод оплаты", "Карта"),
        ("Метод оплаты ИД", "3"),
        ("Сумма доставки", "350.0000"),
        ("Адрес доставки", "Тверь"),
        ("Идентификатор отправления", "RA123"),
        ("Доставка разрешена", "false"),
        ("Неизвестный", "есть"),
        ("Пустой", ""),
    ]));
    assert_eq!(found.requisites.len(), 14, "unknown and empty ones are kept");
    assert_eq!((found.status().id.as_str(), found.status().name.as_str()), ("P", "Оплачен"));
    assert!(found.is_cancelled() && found.payment().paid && !found.is_delivery_allowed());
    assert_eq!(found.cancel_reason(), "передумал");
    assert_eq!((found.payment().moment.iso().as_str(), found.payment().number.as_str()), ("2026-11-23T10:00:00", "77"));
    assert_eq!((found.payment_method().id.as_str(), found.payment_method().name.as_str()), ("3", "Карта"));
    assert_eq!(found.delivery_cost(), Some(Money::whole(350)));
    assert_eq!((found.delivery_address(), found.tracking_number()), ("Тверь", "RA123"));
    assert_eq!((found.requisite("неизвестный"), found.requisite("Пустой")), (Some("есть"), None));
}

#[test]
fn refunds_of_the_site_are_known() {
    let payment = "<ХозОперация>Выплата безналичных денег</ХозОперация>";
    assert!(!document(payment).is_refund());
    assert!(document(&format!("{payment}{}", requisites(&[("Признак возврата", "true")]))).is_refund());
    assert!(document("<ХозОперация>Возврат безналичных денег</ХозОперация>").is_refund());
}
