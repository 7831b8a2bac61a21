//! Who may not see cost sees no price of purchase either, whichever way he asks; and what he writes keeps it.

use super::base::{Shop, refused, shops, take};
use crate::bases::or_say;
use crate::reports::base::{by, leaves, report};
use kontora::domain::purchases::goods_receipt::GoodsReceipt;
use kontora::domain::registry;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::Object;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::Value;
use kontora::ops::draft::{Touch, recalculate_for};
use kontora::ops::export::export;
use kontora::ops::gate::{Op, Session};
use kontora::ops::movements::movements;
use kontora::ops::printing::papers;
use kontora::ops::related::related;
use kontora::ops::save::How;
use kontora::ops::start::{Start, start};
use kontora::ops::versions::{at_version, compare, versions};
use kontora::store::lists::{Anchor, ListQuery};
use kontora::store::report::{Axis, Measure, Origin, Portion, Question};

const MORE: &str = r#"
{"type":"item","code":"T2","name":"Сито"}
{"type":"price_setting","key":"P-1","date":"2026-10-30","price_kind":"purchase","post":true,"prices":[{"item":"T1","price":"100"},{"item":"T2","price":"40"}]}
{"type":"price_setting","key":"P-2","date":"2026-10-30","price_kind":"retail","post":true,"prices":[{"item":"T1","price":"200"}]}
{"type":"supplier_order","key":"SO-1","date":"2026-11-06","supplier":"S1","post":true,"goods":[{"item":"T1","qty":4,"price":"95"}]}
{"type":"supplier_return","key":"SR-1","date":"2026-11-07","supplier":"S1","receipt":"R-1","post":true,"goods":[{"item":"T1","qty":1,"price":"100"}]}
{"type":"tax_invoice_received","key":"TR-1","on":"goods_receipt:R-1","date":"2026-11-01","post":true}
"#;

/// The keeper's shop with documents of purchase of every kind.
fn stocked() -> Vec<Shop> {
    let all = shops();
    all.iter().for_each(|shop| take(&shop.own, MORE));
    all
}

fn receipt(object: &dyn Object) -> &GoodsReceipt {
    object.downcast::<GoodsReceipt>().unwrap()
}

#[test]
fn every_sum_of_a_purchase_is_declared_to_tell_cost() {
    use kontora::domain::company::section::Section;
    use kontora::kernel::value::Type;
    for kind in registry::KINDS {
        let meta = kind.meta();
        let fields = meta.fields.iter().map(|field| (field.name.to_owned(), field.kind));
        let cells = meta.tables.iter().flat_map(|part| {
            part.fields.iter().map(move |field| (format!("{}.{}", part.name, field.name), field.kind))
        });
        let all: Vec<(String, Type)> = fields.chain(cells).collect();
        for name in kind.costs() {
            assert!(all.iter().any(|(known, _)| known == name), "{}.{name}", meta.code);
        }
        if Section::of(meta.code) == Section::Purchases {
            let sums = all.iter().filter(|(_, kind)| matches!(kind, Type::Money | Type::Price));
            for (name, _) in sums {
                assert!(kind.costs().contains(&name.as_str()), "{}.{name}", meta.code);
            }
        }
    }
}

#[test]
fn lists_have_no_sums_of_purchases() {
    for shop in stocked() {
        let keeper = shop.of("keeper");
        let meta = registry::by_code("goods_receipt").unwrap().meta();
        let amount = meta.field("amount").unwrap();
        let query = ListQuery::usual(meta, vec![0, amount]);
        let cells = |session: &Session| -> Vec<i64> {
            let page = or_say(session.store.list_page(&query, &Anchor::Start, 10));
            page.iter().map(|line| line.cells[1].int()).collect()
        };
        assert_eq!(cells(&keeper), [0], "{}", shop.place);
        assert_eq!(cells(&shop.of("head")), [100_000, 66_000], "{}", shop.place);
        let said = "Нет права видеть себестоимость и прибыль. Его может дать: Администратор";
        assert_eq!(refused(keeper.store.list_sums(&query, &["amount"])), said);
        let sorted = ListQuery { sort: "amount", ..query.clone() };
        assert_eq!(refused(keeper.store.list_page(&sorted, &Anchor::Start, 10)), said);
        // Purchase prices are not in the lists of prices at all.
        let kinds = |session: &Session, code: &str| {
            let meta = registry::by_code(code).unwrap().meta();
            or_say(session.store.list_page(&ListQuery::usual(meta, vec![0]), &Anchor::Start, 10)).len()
        };
        let anna = shop.of("anna");
        assert_eq!((kinds(&anna, "price_kind"), kinds(&anna, "price_setting")), (2, 1), "{}", shop.place);
        assert_eq!((kinds(&shop.of("books"), "price_kind"), kinds(&shop.of("books"), "price_setting")), (3, 2));
        let setting = shop.find("price_setting", "P-1");
        assert!(refused(start(&anna, &Start::Saved(setting))).contains("Вид цен"), "{}", shop.place);
    }
}

#[test]
fn forms_papers_and_the_history_have_none_either() {
    for shop in stocked() {
        let keeper = shop.of("keeper");
        let one = shop.find("goods_receipt", "R-1");
        or_say(shop.own.run(Op::Post, |tx| {
            let mut object = tx.store.load(one)?.unwrap();
            let own = object.downcast_mut::<GoodsReceipt>().unwrap();
            own.goods[0].price = Price::whole(120);
            own.goods[0].amount = Money::from_minor(120_000);
            own.comment = "дороже".to_owned();
            tx.save(object.as_mut(), How::Post)
        }));
        let object = or_say(start(&keeper, &Start::Saved(one)));
        let seen = receipt(object.as_ref());
        assert_eq!((seen.amount, seen.goods[0].price, seen.goods[0].total), Default::default(), "{}", shop.place);
        assert_eq!(seen.goods[0].qty, Qty::whole(10));
        let past = or_say(at_version(&keeper, one, 1));
        assert_eq!((receipt(past.as_ref()).amount, receipt(past.as_ref()).goods[0].amount), Default::default());
        let told = or_say(versions(&keeper, one));
        let places: Vec<&str> =
            told.iter().flat_map(|version| &version.changes).map(|change| change.place.as_str()).collect();
        assert_eq!(places, ["Комментарий"], "{}", shop.place);
        assert_eq!(or_say(compare(&keeper, one, 1, 2)).len(), 1, "{}", shop.place);
        assert!(or_say(compare(&shop.of("head"), one, 1, 2)).len() > 3);
        let said = "Нет права «Видеть себестоимость и прибыль». Его может дать: Администратор";
        for (kind, key) in [("goods_receipt", "R-1"), ("supplier_order", "SO-1"), ("supplier_return", "SR-1")] {
            let document = shop.find(kind, key);
            assert_eq!(refused(papers(&keeper, &[(document, String::new())])), said, "{kind}, {}", shop.place);
            let tables = or_say(movements(&keeper, document));
            let titles: Vec<String> =
                tables.iter().flat_map(|table| &table.columns).map(|column| column.title.clone()).collect();
            let sums = ["Сумма", "Стоимость"];
            assert!(!titles.iter().any(|title| sums.contains(&title.as_str())), "{titles:?}, {}", shop.place);
            assert!(!tables.iter().any(|table| table.code == "ledger"), "{}", shop.place);
        }
        let tree = or_say(related(&keeper, one));
        assert!(tree.iter().all(|node| node.amount.is_none()) && tree.len() >= 2, "{tree:?}");
    }
}

#[test]
fn reports_and_files_have_none() {
    for shop in stocked() {
        let keeper = shop.of("keeper");
        let meta = registry::by_code("goods_receipt").unwrap().meta();
        let asked = |by: Vec<Axis>, column: &'static str| {
            let measures = vec![Measure { column, portion: Portion::Net, when: None }];
            let question = Question { origin: Origin::Documents(meta), by, measures, conditions: Vec::new() };
            let from = kontora::kernel::moment::Moment::EMPTY;
            keeper.store.report_turnovers(&question, from, crate::bases::today(), &mut |_| Ok(()))
        };
        let said = "Нет права видеть себестоимость и прибыль. Его может дать: Администратор";
        assert_eq!(refused(asked(vec![Axis::Column("supplier")], "amount")), said, "{}", shop.place);
        assert_eq!(refused(asked(vec![Axis::Column("amount")], "vat_included")), said, "{}", shop.place);
        // What is owed to suppliers is the sum of what they brought.
        let owed = |user: &str| {
            let sheet = report(&shop.of(user), "settlements_suppliers", |setup| {
                setup.span = kontora::report::time::Span::ALL;
                by(setup, &["counterparty"]);
            });
            leaves(&sheet, "closing").len()
        };
        assert_eq!((owed("head"), owed("keeper"), owed("anna")), (1, 0, 0), "{}", shop.place);
        let kinds = ["supplier_order", "goods_receipt", "supplier_return"].map(|code| registry::by_code(code).unwrap());
        let mut lines = Vec::new();
        or_say(export(&keeper, &kinds, &mut |line| {
            lines.push(line.to_owned());
            true
        }));
        assert_eq!(lines.len(), 3, "{lines:?}");
        for line in &lines {
            assert!(line.contains("\"qty\"") && !line.contains("price\":") && !line.contains("amount"), "{line}");
        }
    }
}

fn touched(row: usize, object: &dyn Object, field: &str, value: Value) -> Touch {
    let column = object.meta().tables[0].field(field).unwrap();
    Touch::Cell { table: 0, key: object.row(0, row).unwrap().key(), column, value }
}

#[test]
fn a_keeper_receives_by_quantity_and_the_prices_stay() {
    for shop in stocked() {
        let keeper = shop.of("keeper");
        // On the basis of an order, with nothing of its prices on the form.
        let meta = registry::by_code("goods_receipt").unwrap().meta();
        let order = shop.find("supplier_order", "SO-1");
        let mut made = or_say(start(&keeper, &Start::Basis(meta, order)));
        assert_eq!((receipt(made.as_ref()).amount, receipt(made.as_ref()).goods[0].price), Default::default());
        let changed = touched(0, made.as_ref(), "qty", Value::Qty(Qty::whole(3)));
        made = or_say(recalculate_for(&keeper, made, std::slice::from_ref(&changed))).into_after();
        assert_eq!(receipt(made.as_ref()).goods[0].amount, Money::ZERO);
        or_say(keeper.run(Op::Post, |tx| tx.save(made.as_mut(), How::Post)));
        let base = |reference: AnyRef| or_say(shop.own.store.load(reference)).unwrap();
        let saved = base(made.any_ref());
        let line = &receipt(saved.as_ref()).goods[0];
        assert_eq!((line.price, line.amount), (Price::whole(95), Money::from_minor(28_500)), "{}", shop.place);
        // Fewer came: he writes the quantity over an object without sums, the sums follow.
        let one = shop.find("goods_receipt", "R-1");
        let mut object = or_say(start(&keeper, &Start::Saved(one)));
        let changed = touched(0, object.as_ref(), "qty", Value::Qty(Qty::whole(9)));
        object = or_say(recalculate_for(&keeper, object, std::slice::from_ref(&changed))).into_after();
        object.downcast_mut::<GoodsReceipt>().unwrap().goods.push(Default::default());
        let item = Value::Ref(shop.find("item", "T2"));
        let at = object.meta().tables[0].field("item").unwrap();
        assert!(object.row_mut(0, 1).unwrap().set(at, item.clone()));
        object.row_mut(0, 1).unwrap().set_key(2);
        let chosen = touched(1, object.as_ref(), "item", item);
        object = or_say(recalculate_for(&keeper, object, &[chosen])).into_after();
        assert_eq!(receipt(object.as_ref()).goods[1].price, Price::ZERO, "he sees no price of the list");
        or_say(keeper.run(Op::Post, |tx| tx.save(object.as_mut(), How::Post)));
        let saved = base(one);
        let (lines, amount) = (&receipt(saved.as_ref()).goods, receipt(saved.as_ref()).amount);
        assert_eq!((lines[0].price, lines[0].amount), (Price::whole(100), Money::from_minor(90_000)), "{}", shop.place);
        assert_eq!((lines[1].price, lines[1].qty), (Price::whole(40), Qty::whole(1)), "{}", shop.place);
        assert_eq!(amount, Money::from_minor(94_000), "{}", shop.place);
        // Another price in a row of somebody's is refused, not lost in silence.
        let mut object = base(one);
        object.downcast_mut::<GoodsReceipt>().unwrap().goods[0].price = Price::whole(1);
        let said = refused(keeper.run(Op::Save, |tx| tx.save(object.as_mut(), How::Write)));
        assert!(said.contains("Товары, строка 1") && said.contains("закупочные цены"), "{said}");
    }
}

#[test]
fn the_ledger_is_closed_to_those_who_may_see_a_part() {
    for shop in shops() {
        let roles = r#"{"type":"role","code":"ledger","name":"Учет","permissions":[{"subject":"section_ledger","read":true},{"subject":"section_stock","read":true},{"subject":"goods_issue","read":true}]}
{"type":"role","code":"dear","name":"Себестоимость","see_cost":true}
{"type":"user","code":"nobody","roles":[{"role":"ledger"}]}
{"type":"user","code":"keeper","roles":[{"role":"ledger"},{"role":"dear"}]}"#;
        take(&shop.own, roles);
        let cost = "Проводки показывают себестоимость и закупки, а права видеть их нет. Его может дать: Администратор";
        let part = "Проводки не делятся по складам, кассам и менеджерам, а вам разрешена только их часть: бухгалтерские \
                    отчеты закрыты. Доступ расширяет: Администратор";
        for (user, said) in [("nobody", cost), ("keeper", part)] {
            let session = shop.of(user);
            assert_eq!(super::reading::try_report(&session, "trial_balance"), said, "{}", shop.place);
        }
        let tables = or_say(movements(&shop.of("keeper"), shop.find("goods_issue", "G-1")));
        assert!(!tables.is_empty() && !tables.iter().any(|table| table.code == "ledger"), "{}", shop.place);
    }
}

#[test]
fn a_price_lowered_by_hand_is_a_discount() {
    for shop in stocked() {
        let anna = shop.of("anna");
        let order = |key: &str, terms: &str| {
            format!(
                r#"{{"type":"customer_order","key":"{key}","date":"2026-11-20","customer":"C1","manager":"E1","post":true,"goods":[{{"item":"T1","qty":3,{terms}}}]}}"#
            )
        };
        or_say(shop.line(&anna, &order("L-1", r#""price":"180""#)));
        let said = "Товары, строка 1, Цена: цена 179,00 ниже разрешенной вам: по прайсу «Розничная» 200,00, скидка не больше 10 %, \
                    самая низкая цена 180,00. Больше может разрешить: Администратор";
        assert_eq!(refused(shop.line(&anna, &order("L-2", r#""price":"179""#))), said, "{}", shop.place);
        // Neither by the amount, nor by a lower price with an allowed discount on top.
        assert!(refused(shop.line(&anna, &order("L-3", r#""amount":"500""#))).contains("166,67"), "{}", shop.place);
        let both = order("L-4", r#""price":"190","discount":"10""#);
        assert!(refused(shop.line(&anna, &both)).contains("171,00"), "{}", shop.place);
        // What was granted stays, also for another quantity, and on what is made on its basis.
        or_say(shop.line(&shop.own, &order("L-5", r#""price":"120""#)));
        let granted = shop.find("customer_order", "L-5");
        or_say(shop.again(&anna, granted, How::Write, "comment", "как договорились"));
        let mut object = or_say(start(&anna, &Start::Saved(granted)));
        let fewer = touched(0, object.as_ref(), "qty", Value::Qty(Qty::whole(1)));
        object = or_say(recalculate_for(&anna, object, &[fewer])).into_after();
        or_say(anna.run(Op::Save, |tx| tx.save(object.as_mut(), How::Write)));
        let cheaper = touched(0, object.as_ref(), "price", Value::Price(Price::whole(119)));
        object = or_say(recalculate_for(&anna, object, &[cheaper])).into_after();
        assert!(refused(anna.run(Op::Save, |tx| tx.save(object.as_mut(), How::Write))).contains("119,00"));
        or_say(shop.line(
            &anna,
            r#"{"type":"goods_issue","key":"L-6","on":"customer_order:L-5","date":"2026-11-21","post":true}"#,
        ));
    }
}
