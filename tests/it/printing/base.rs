//! A small base with everything printed forms ask for, and its documents.

use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::ops::seed;

/// The firm, its bank, its people, a buyer, a supplier, goods.
pub const MASTERS: &str = r#"
{"type":"bank","code":"044525225","name":"ПАО Сбербанк","city":"Москва","correspondent":"30101810400000000225"}
{"type":"company","code":"main","name":"Ромашка","full_name":"ООО «Ромашка»","inn":"7707083893","kpp":"770701001","ogrn":"1027700132195","okpo":"00032537","address":"170000, г. Тверь, ул. Садовая, д. 1","phone":"+7 482 200-00-00","director_post":"Директор","director":"Кравец Лев Игоревич","accountant":"Сидорова Светлана Сергеевна","cashier":"Петрова Полина Павловна","regimes":[{"from":"2004-01-01","regime":"general"}]}
{"type":"bank_account","code":"A1","name":"Основной","company":"main","number":"40702810100000000017","bank":"044525225","currency":"RUB"}
{"type":"employee","code":"E1","name":"Кладов Пётр Ильич","post":"Кладовщик"}
{"type":"employee","code":"E2","name":"Менеджерова Анна Львовна","post":"Менеджер"}
{"type":"warehouse","code":"main","name":"Основной склад","keeper":"E1"}
{"type":"counterparty","code":"C1","name":"Покупатель и партнеры","full_name":"ООО «Покупатель и партнеры»","kind":"company","inn":"5887789321","kpp":"588701001","okpo":"01746813","address":"190000, г. Санкт-Петербург, Невский проспект, д. 100","phone":"+7 812 300-00-00"}
{"type":"counterparty","code":"P1","name":"Черных Анна Игоревна","kind":"person","passport":"паспорт 45 10 123456, выдан 01.02.2015 ОВД г. Твери"}
{"type":"counterparty","code":"S1","name":"Оптовик","full_name":"Индивидуальный предприниматель Петров Пётр Петрович","kind":"entrepreneur","inn":"500100732259","ogrn":"304500116000157"}
{"type":"bank_account","code":"A2","name":"Петров","counterparty":"S1","number":"40802810500000000012","bank":"044525225","currency":"RUB"}
{"type":"contract","code":"D1","name":"Поставка","counterparty":"C1","company":"main","kind":"customer","contract_number":"7","date":"2026-09-01"}
{"type":"item","code":"T1","name":"Вентилятор","full_name":"Вентилятор напольный «Бриз», 3 скорости, пульт, белый","article":"ВН-100","weight":"4.2","country":"Китай"}
{"type":"item","code":"T2","name":"Кабель питания 1,5 м","article":"КБ-7/2","weight":"0.15"}
{"type":"item","code":"B1","name":"Книга детская","article":"КН-1","vat":"reduced"}
"#;

/// A day of the firm: every kind of document that is printed.
pub const DOCUMENTS: &str = r#"
{"type":"supplier_order","key":"SO-1","date":"2026-11-01","supplier":"S1","due":"2026-11-10","post":true,"vat_included":true,"goods":[{"item":"T1","qty":20,"price":"4000"}]}
{"type":"goods_receipt","key":"GR-1","date":"2026-11-02","supplier":"S1","order":"SO-1","incoming_number":"188","incoming_date":"2026-11-01","post":true,"vat_included":true,"goods":[{"item":"T1","qty":20,"price":"4000"},{"item":"T2","qty":300,"price":"50"},{"item":"B1","qty":10,"price":"300"}]}
{"type":"discrepancy_act","key":"DA-1","number":"000003","date":"2026-11-02","supplier":"S1","warehouse":"main","incoming_number":"188","incoming_date":"2026-11-01","reason":"Нарушена упаковка","post":true,"goods":[{"item":"T1","papers":21,"counted":20,"price":"4000"},{"item":"T2","papers":300,"counted":310,"price":"50"}]}
{"type":"customer_order","key":"CO-1","number":"122","date":"2026-11-20","customer":"C1","manager":"E2","ship_date":"2026-11-25","delivery_method":"Курьер","delivery_address":"г. Санкт-Петербург, Невский пр., 100","post":true,"vat_included":true,"goods":[{"item":"T1","qty":10,"price":"6100"},{"item":"T2","qty":100,"price":"122","discount":"10"},{"item":"B1","qty":3,"price":"550"}]}
{"type":"invoice","key":"I-1","number":"000015","date":"2026-11-20","customer":"C1","order":"CO-1","bank_account":"A1","due":"2026-11-25","post":true,"vat_included":true,"goods":[{"item":"T1","qty":10,"price":"6100"},{"item":"T2","qty":100,"price":"122","discount":"10"},{"item":"B1","qty":3,"price":"550"}]}
{"type":"bank_receipt","key":"BR-1","date":"2026-11-21","bank_account":"A1","counterparty":"C1","amount":"50000","incoming_number":"88","incoming_date":"2026-11-21","post":true,"split":[{"order":"customer_order:CO-1","amount":"50000"}]}
{"type":"goods_issue","key":"GI-1","number":"000041","date":"2026-11-23","customer":"C1","order":"CO-1","manager":"E2","post":true,"vat_included":true,"goods":[{"item":"T1","qty":10,"price":"6100"},{"item":"T2","qty":100,"price":"122","discount":"10"},{"item":"B1","qty":3,"price":"550"}]}
{"type":"tax_invoice_issued","key":"TI-1","number":"000039","date":"2026-11-23","customer":"C1","issue":"GI-1","post":true}
{"type":"cash_receipt","key":"CR-1","number":"000041","date":"2026-11-23","cash_desk":"main","counterparty":"C1","amount":"12200.50","received_from":"Кравец Лев Игоревич","basis":"Оплата по счету № 15 от 20.11.2026","attachment":"Счет № 15","post":true,"split":[{"order":"customer_order:CO-1","amount":"12200.50"}]}
{"type":"cash_issue","key":"CI-1","number":"000007","date":"2026-11-23","cash_desk":"main","operation":"accountable","employee":"E1","amount":"10000","passport":"паспорт 45 10 123456, выдан 01.02.2015 ОВД г. Твери","basis":"На хозяйственные нужды","post":true}
{"type":"payment_order","key":"PO-1","number":"000016","date":"2026-11-23","bank_account":"A1","counterparty":"S1","payee_account":"A2","amount":"122000","vat":"22","purpose":"Оплата по накладной № 188 от 01.11.2026. В т.ч. НДС (22%) 22000-00 руб.","post":true}
{"type":"customer_return","key":"RT-1","date":"2026-11-24","customer":"C1","issue":"GI-1","reason":"Брак","post":true,"goods":[{"item":"T1","qty":1,"price":"6100"}]}
{"type":"corrective_invoice","key":"KI-1","number":"000002","date":"2026-11-24","on":"customer_return:RT-1","post":true}
{"type":"till","code":"K1","name":"Касса зала","company":"main","warehouse":"main","cash_desk":"main","price_kind":"retail"}
{"type":"till_shift","key":"SH-1","number":"000005","date":"2026-11-24T09:00:00","till":"K1","cashier":"E2","post":true}
{"type":"till_receipt","key":"TR-1","date":"2026-11-24T10:00:00","shift":"SH-1","post":true,"paid_card":"100","goods":[{"item":"T2","qty":2,"price":"122"}]}
{"type":"till_return","key":"TB-1","date":"2026-11-24T11:00:00","on":"till_receipt:TR-1","shift":"SH-1","post":true,"goods":[{"item":"T2","qty":1}]}
{"type":"till_shift","key":"SH-1","closed":"2026-11-24T21:00:00","counted":"2272.5"}
{"type":"stock_count","key":"SC-1","number":"000003","date":"2026-11-24T18:00:00","warehouse":"main","keeper":"E1","order_number":"12","post":true,"goods":[{"item":"T1","qty":12},{"item":"T2","qty":"199.5"},{"item":"B1","qty":7}]}
{"type":"supplier_return","key":"SR-1","date":"2026-11-24","supplier":"S1","receipt":"GR-1","reason":"Брак","post":true,"goods":[{"item":"T1","qty":1,"price":"4000"}]}
"#;

/// A base in memory with these lines on top of the masters.
pub fn base(lines: &str) -> Session {
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create_in_memory(clock).unwrap_or_else(|error| panic!("{}", error.sentence()));
    take(&session, MASTERS);
    take(&session, lines);
    session
}

/// Loads lines; every one must be taken.
pub fn take(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

/// A document by its kind and key: `goods_issue:GI-1`.
pub fn document(session: &Session, name: &str) -> AnyRef {
    let (kind, key) = name.split_once(':').unwrap();
    let known = session.store.known(&format!("load:{kind}"), key).unwrap_or_default();
    known.unwrap_or_else(|| panic!("no {name}")).object
}
