//! Orders of real sites become ours, once, with every line accounted for.

use crate::shared::shared;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::money::Money;
use kontora::kernel::object::Declared as _;
use kontora::ops::check::check;
use kontora::ops::gate::Session;
use kontora::ops::import_orders::{Attention, Fate, bind_item, import_orders, unbound_lines};
use kontora::ops::load::load;
use kontora::ops::seed;

fn session() -> Session {
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    seed::create_in_memory(clock).unwrap_or_else(|error| panic!("{}", error.sentence()))
}

fn orders(session: &Session) -> Vec<CustomerOrder> {
    let ids = session.store.posted_of("customer_order").unwrap_or_default();
    ids.into_iter()
        .map(|reference| session.store.load(reference).unwrap_or_default().unwrap())
        .map(|object| object.downcast::<CustomerOrder>().unwrap().clone())
        .collect()
}

#[test]
fn every_sample_is_loaded_on_a_link_of_its_own_and_again_changes_nothing() {
    let Some(folder) = shared("exchange/samples/orders") else { return };
    let session = session();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in &files {
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().to_string();
        let first = import_orders(&session, &name, &bytes, &name, &mut |_, _| true);
        let first = first.unwrap_or_else(|error| panic!("{name}: {}", error.sentence()));
        assert_eq!(first.count(|fate| matches!(fate, Fate::Broken(_))), 0, "{name}: {:?}", first.documents);
        let before = session.store.derived_digest().unwrap_or_default();
        let count = orders(&session).len();
        let again = import_orders(&session, &name, &bytes, &name, &mut |_, _| true);
        let again = again.unwrap_or_else(|error| panic!("{name}: {}", error.sentence()));
        assert_eq!(again.count(|fate| matches!(fate, Fate::Created(_) | Fate::Updated(_))), 0, "{name}");
        assert_eq!((orders(&session).len(), session.store.derived_digest().unwrap_or_default()), (count, before));
    }
    let all = orders(&session);
    // 1 + 2 + 2 + 1 + 1 + 3 + 1 + 3 orders; the rest are an accounting program's own answers.
    assert_eq!(all.len(), 14, "{:?}", all.iter().map(|o| o.site_number.clone()).collect::<Vec<_>>());
    let paid = all.iter().find(|order| order.site_number == "20").unwrap();
    assert!(paid.site_paid);
    assert_eq!(paid.amount, Money::parse("9683.42").unwrap());
    let cancelled = all.iter().find(|order| order.site_number == "125").unwrap();
    assert!(cancelled.goods.iter().all(|line| line.cancelled));
    let report = check(&session, &mut |_| true).unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
}

#[test]
fn an_unmatched_line_waits_until_it_is_bound() {
    let session = session();
    let items = "{\"type\":\"item\",\"code\":\"T1\",\"name\":\"Чайник\"}\n{\"type\":\"counterparty\",\"code\":\"S\",\"name\":\"Поставщик\"}\n{\"type\":\"goods_receipt\",\"key\":\"R\",\"date\":\"2026-11-01\",\"supplier\":\"S\",\"post\":true,\"goods\":[{\"item\":\"T1\",\"qty\":5,\"price\":10}]}";
    assert!(load(&session, items, &mut |_| true).is_ok());
    let file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><КоммерческаяИнформация ВерсияСхемы=\"2.08\"><Документ>\
        <Ид>7</Ид><Номер>7</Номер><Дата>2026-11-20</Дата><ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль>\
        <Валюта>RUB</Валюта><Сумма>300</Сумма><Контрагенты><Контрагент><Ид>5</Ид><Наименование>Анна</Наименование>\
        </Контрагент></Контрагенты><Товары><Товар><Ид>abc</Ид><Наименование>Чайник</Наименование>\
        <Количество>3</Количество><Сумма>300</Сумма></Товар></Товары></Документ></КоммерческаяИнформация>";
    let import = import_orders(&session, "orders.xml", file.as_bytes(), "file", &mut |_, _| true);
    let import = import.unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert!(matches!(import.documents[0].fate, Fate::Created(_)));
    let order = orders(&session).remove(0);
    assert_eq!(Attention::read(&order.attention), [Attention::Item]);
    let waiting = unbound_lines(&session, 10).unwrap_or_default();
    assert_eq!((waiting.len(), waiting[0].proposals.len()), (1, 1));
    let item = waiting[0].proposals[0].typed();
    assert_eq!(bind_item(&session, waiting[0].order, waiting[0].line, item).unwrap_or(0), 1);
    let order = orders(&session).remove(0);
    assert_eq!((order.attention.as_str(), order.state.label().as_str()), ("", "Готов к отгрузке"));
    assert!(unbound_lines(&session, 10).unwrap_or_default().is_empty());
    let _ = CustomerOrder::declared();
}
