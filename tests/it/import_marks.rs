//! Everything the import of orders has to say about an order, each said of an order that gives reason for it.

use crate::bases::{ENGINES, today};
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::ops::gate::Session;
use kontora::ops::import_orders::{Attention, Fate, Import, import_orders};
use kontora::ops::load::load;

const MASTERS: &str = r#"
{"type":"item","code":"T1","name":"Чайник"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Анна","email":"anna@example.com","address":"Тверь"}
{"type":"counterparty","code":"C2","name":"Борис","phone":"+79011111111"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":50,"price":10}]}
"#;

fn session() -> Session {
    let session = ENGINES[0].fresh(today());
    done(&session, MASTERS);
    session
}

fn done(session: &Session, lines: &str) {
    load(session, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
}

fn contact(kind: &str, value: &str) -> String {
    format!("<Контакт><Тип>{kind}</Тип><Значение>{value}</Значение></Контакт>")
}

/// A file with one order: what stands in its head, its buyer, its lines and requisites.
fn file(head: &str, contacts: &str, lines: &str, requisites: &str) -> String {
    format!(
        "<КоммерческаяИнформация ВерсияСхемы=\"2.08\"><Документ><Ид>7</Ид><Номер>7</Номер>\
         <ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль>{head}\
         <Контрагенты><Контрагент><Ид>5</Ид><Наименование>Анна</Наименование><Роль>Покупатель</Роль>\
         <Контакты>{contacts}</Контакты></Контрагент></Контрагенты><Товары>{lines}</Товары>\
         <ЗначенияРеквизитов>{requisites}</ЗначенияРеквизитов></Документ></КоммерческаяИнформация>"
    )
}

const HEAD: &str = "<Дата>2026-11-20</Дата><Валюта>RUB</Валюта><Сумма>300</Сумма>";
const LINE: &str =
    "<Товар><Ид>abc</Ид><Наименование>Чайник</Наименование><Количество>3</Количество><Сумма>300</Сумма></Товар>";
const CANCELLED: &str =
    "<ЗначениеРеквизита><Наименование>Отменен</Наименование><Значение>true</Значение></ЗначениеРеквизита>";

fn take(session: &Session, file: &str) -> Import {
    let taken = import_orders(session, "orders.xml", file.as_bytes(), "shop", &mut |_, _| true);
    taken.unwrap_or_else(|error| panic!("{}", error.sentence()))
}

/// What was said of the only order, and the marks it bears.
fn said(session: &Session, import: &Import) -> (Vec<String>, Vec<String>) {
    let taken = &import.documents[0];
    let (Fate::Created(order) | Fate::Updated(order) | Fate::Same(order)) = taken.fate else { panic!("{taken:?}") };
    let object = session.store.load(order).unwrap_or_default().expect("the order just taken");
    let marks = Attention::read(&object.downcast::<CustomerOrder>().expect("an order").attention);
    let remarks = taken.remarks.iter().map(kontora::kernel::text::Text::show).collect();
    (remarks, marks.into_iter().map(|mark| mark.text().show()).collect())
}

/// Imports into a fresh base and gives what was said.
fn fresh(head: &str, contacts: &str, lines: &str) -> (Vec<String>, Vec<String>) {
    let session = session();
    let import = take(&session, &file(head, contacts, lines, ""));
    said(&session, &import)
}

#[test]
fn a_mark_says_what_a_person_must_look_at() {
    let item = "есть строки без номенклатуры: привяжите их к товарам";
    let known = LINE.replace("abc", "T1");
    let marks = |head: &str, contacts: &str, line: &str| fresh(head, contacts, line).1;
    assert_eq!(marks(HEAD, "", LINE), [item]);
    let buyer = [contact("Почта", "anna@example.com"), contact("Телефон", "+7 901 111-11-11")].concat();
    let unclear = "непонятно, кто покупатель: почта и телефон принадлежат разным контрагентам";
    assert!(marks(HEAD, &buyer, &known).contains(&unclear.to_owned()));
    let delivery = LINE.replace("abc", "ORDER_DELIVERY").replace("<Количество>3", "<Количество>1");
    let lines = [known.clone(), delivery].concat();
    let sums = HEAD.replace("<Сумма>300", "<Сумма>5000");
    assert!(marks(&sums, "", &lines).contains(&"сумма заказа не сходится с суммой строк".to_owned()));
    let undated = HEAD.replace("2026-11-20", "вчера");
    let date = "дата заказа на сайте не прочитана, поставлена дата загрузки";
    assert!(marks(&undated, "", &known).contains(&date.to_owned()));
    let money = HEAD.replace("RUB", "золото");
    assert!(marks(&money, "", &known).contains(&"валюта заказа неизвестна".to_owned()));
}

#[test]
fn a_card_that_differs_is_told_and_left_as_it_is() {
    let contacts = [contact("Почта", "anna@example.com"), contact("Адрес доставки", "Псков")].concat();
    let session = session();
    let with_address = file(HEAD, &contacts, LINE, "").replace(
        "<Роль>Покупатель</Роль>",
        "<Роль>Покупатель</Роль><АдресРегистрации><Представление>Псков</Представление></АдресРегистрации>",
    );
    let import = take(&session, &with_address);
    let (remarks, _) = said(&session, &import);
    let told = "у покупателя «Анна» в базе «Тверь», на сайте «Псков»: карточка не изменена";
    assert!(remarks.contains(&told.to_owned()), "{remarks:?}");
}

#[test]
fn a_line_without_a_name_is_called_so() {
    let session = session();
    let nameless = LINE.replace("<Наименование>Чайник</Наименование>", "");
    let import = take(&session, &file(HEAD, "", &nameless, ""));
    let Fate::Created(order) = import.documents[0].fate else { panic!("{:?}", import.documents) };
    let object = session.store.load(order).unwrap_or_default().expect("the order just taken");
    assert_eq!(object.downcast::<CustomerOrder>().expect("an order").goods[0].name, "Позиция без наименования");
    let link = session.store.load(object.by_name("link").expect("a field").any_ref()).unwrap_or_default();
    let name = link.expect("the link").by_name("name");
    assert_eq!(name, Some(kontora::kernel::value::Value::Text("Сайт «shop»".to_owned())));
}

#[test]
fn an_order_in_work_keeps_its_lines_and_says_what_the_site_wants() {
    let session = session();
    let bound = "{\"type\":\"site_link\",\"code\":\"shop\",\"name\":\"Лавка\",\"create_items\":true}";
    done(&session, bound);
    let import = take(&session, &file(HEAD, "", LINE, ""));
    let Fate::Created(order) = import.documents[0].fate else { panic!("{:?}", import.documents) };
    let number = session.store.number_and_date(order).unwrap_or_default().expect("the order").0;
    done(
        &session,
        &format!(
            "{{\"type\":\"cash_receipt\",\"date\":\"2026-11-21\",\"on\":\"customer_order:{number}\",\"post\":true}}"
        ),
    );
    let more = LINE.replace("<Количество>3", "<Количество>4").replace("<Сумма>300", "<Сумма>400");
    let changed = take(&session, &file(&HEAD.replace("300", "400"), "", &more, ""));
    let (remarks, marks) = said(&session, &changed);
    let told = "на сайте заказ изменили, а у нас он уже в работе: взяты только статус, оплата и комментарий";
    assert!(remarks.contains(&told.to_owned()), "{remarks:?}");
    assert!(marks.contains(&"заказ изменен на сайте, когда он уже в работе".to_owned()), "{marks:?}");
    let cancelled = take(&session, &file(HEAD, "", LINE, CANCELLED));
    let (_, marks) = said(&session, &cancelled);
    assert!(marks.contains(&"заказ отменен на сайте, но по нему уже были отгрузка или оплата".to_owned()), "{marks:?}");
}

#[test]
fn what_is_no_file_of_orders_and_what_is_not_ours_is_said() {
    let session = session();
    let refused = import_orders(&session, "письмо.xml", b"\x00\x01 no xml", "shop", &mut |_, _| true);
    let refused = refused.map(|_| ()).unwrap_err().sentence();
    assert!(refused.starts_with("Файл «письмо.xml» не загружен: "), "{refused}");
    let own =
        "<ЗначениеРеквизита><Наименование>Номер по 1С</Наименование><Значение>АБ-1</Значение></ЗначениеРеквизита>";
    let import = take(&session, &file(HEAD, "", LINE, own));
    let Fate::Skipped(reason) = &import.documents[0].fate else { panic!("{:?}", import.documents) };
    let told = "ответ учетной программы о заказе «АБ-1», которого сайт нам не передавал: загружать нечего";
    assert_eq!(reason.show(), told);
}
