//! The company of these tests, and the simplest way to count.

use crate::bases::{Bases, ENGINES};
use crate::scenarios::lines::scenarios;
use crate::scenarios::world::World;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::refs::AnyRef;
use kontora::kernel::register::Register;
use kontora::ops::gate::Session;
use kontora::report::declare::Definition;
use kontora::report::load::load;
use kontora::report::run::run;
use kontora::report::setup::Setup;
use kontora::report::sheet::Sheet;
use kontora::report::time::Span;

/// Three months: stock in two warehouses, FIFO and average, orders, returns, debts and advances both ways,
/// money in two places, a closed month, entries by hand, an off-balance account, documents entered back-dated.
const STORY: &str = r#"
сценарий: Осень
  проверка: в конце
  режим ОСН
  расчетный счет
  склад W2 "Второй склад"
  сотрудник E1 "Петрова Анна"
  сотрудник E2 "Яковлев Иван"
  группа товаров F1 "Посуда"
  группа товаров F2 "Чайники" (папка F1)
  товар T1 "Чайник" (папка F2, article А-001)
  товар T2 "Ёмкость для круп" (папка F1, article А-002)
  товар T3 "Утюг" (ФИФО, article Б-017)
  товар T4 "Лампа"
  услуга U1 "Сборка"
  поставщик S1 "Север"
  поставщик S2 "Ёлка"
  покупатель C1 "Ромашка"
  покупатель C2 "Ирис"
  покупатель C3 "Розничный покупатель"
  2026-09-01 остатки B-0: товар T1 10 на 10000,00; товар T4 5 на 500,00; деньги BA 50000,00; должен C2 3000,00;
    должны S2 1500,00 поставщик; 80.09 Кт 62000,00
  2026-09-02 поступление R-1 от S1: T1 20 x 1220,00; T2 40 x 61,00
  2026-09-03 поступление R-2 от S2 (склад W2): T3 10 x 2440,00; T1 5 x 1464,00
  2026-09-04 заказ O-1 от C1 (менеджер E1): T1 8 x 1830,00; T2 10 x 122,00; U1 1 x 500,00
  2026-09-05 10:00 отгрузка G-1 по O-1: T1 5; T2 10; U1 1
  2026-09-07 поступление на счет P-1 от C1 10000,00: O-1 10000,00
  2026-09-10 списание со счета P-2 от S1 20000,00
  2026-09-15 заказ O-2 от C2 (менеджер E2, склад W2): T3 3 x 3660,00
  2026-09-16 отгрузка G-2 по O-2
  2026-09-20 ПКО P-3 от C2 10000,00: O-2 10000,00
  2026-09-25 РКО P-4 4000,00 (операция to_bank)
  2026-09-26 операция H-1: Дт 44.01/cash_flow_item:012 Кт 76.05/S1 700,00
  2026-09-30 закрытие месяца M-9
  2026-10-01 ПКО P-5 от C3 5000,00
  2026-10-02 отгрузка G-3 по O-1: T1 3
  2026-10-05 возврат от покупателя W-1 по G-1: T1 1
  2026-10-06 заказ поставщику Q-1 от S1: T1 30 x 1098,00; T4 10 x 122,00
  2026-10-10 поступление R-3 по Q-1: T1 12
  2026-10-12 заказ O-3 от C3 (менеджер E1): T1 20 x 1830,00; T4 9 x 244,00
  2026-10-14 отгрузка G-4 по O-3: T1 4; T4 2
  2026-10-15 возврат поставщику X-1 по R-2: T3 2 x 2440,00
  2026-10-20 списание со счета P-6 300,00 (операция bank_fee)
  2026-10-21 поступление на счет P-7 250,00 (операция other, счет 91.01)
  2026-10-22 операция H-2: Дт 009/C1 900,00
  2026-10-31 закрытие месяца M-10
  2026-11-02 заказ O-4 от C1 (менеджер E2): T3 4 x 3660,00
  2026-11-03 отгрузка G-5 от C2 (склад W2): T3 1 x 3000,00; T1 2 x 1800,00
  2026-11-09 РКО P-8 от S1 2000,00
  2026-11-15 заказ O-5 от C2 (менеджер E2): T2 5 x 122,00
  # Задним числом: октябрьская продажа введена в ноябре.
  2026-10-18 отгрузка G-6 от C1: T2 7 x 130,00
  2026-11-20 ПКО P-9 от C1 700,00
  2026-10-12 спрос D-1 от C3 (причина no_stock): T2 3 x 130,00; T4 2 x 244,00
"#;

/// The company's base.
pub fn session() -> Session {
    session_of(&ENGINES[0])
}

/// The company's base on an engine.
pub fn session_of(engine: &Bases) -> Session {
    let mut world = World::new(engine);
    for scenario in scenarios(STORY).unwrap() {
        for statement in &scenario.statements {
            world.take(statement).unwrap_or_else(|said| panic!("{}: {}: {said}", statement.line, statement.text));
        }
    }
    world.prove().unwrap();
    world.session
}

pub fn day(month: u32, day: u32) -> Date {
    Date::ymd(2026, month, day).unwrap()
}

/// Whole days from one to another.
pub fn span(from: Date, until: Date) -> Span {
    Span { from: from.start(), until: until.end() }
}

/// Every day of the story and some before and after it.
pub fn days() -> Vec<Date> {
    (0..100).map(|after| day(8, 28).plus_days(after)).collect()
}

pub fn definition(session: &Session, code: &str) -> Definition {
    load(&session.store, code, None).unwrap_or_else(|error| panic!("{code}: {}", error.sentence()))
}

pub fn usual(definition: &Definition) -> Setup {
    Setup::usual(definition, day(11, 23))
}

pub fn made(session: &Session, definition: &Definition, setup: &Setup) -> Sheet {
    run(&session.store, definition, setup, &|| true)
        .unwrap_or_else(|error| panic!("{}: {}", setup.link(), error.sentence()))
}

/// A report by its code, with changes to the usual choice.
pub fn report(session: &Session, code: &str, change: impl FnOnce(&mut Setup)) -> Sheet {
    let definition = definition(session, code);
    let mut setup = usual(&definition);
    change(&mut setup);
    made(session, &definition, &setup)
}

pub fn by(setup: &mut Setup, fields: &[&str]) {
    setup.by = fields.iter().map(|field| (*field).to_owned()).collect();
}

/// Every movement there is of a register, read document by document.
pub fn moves<R: Register>(session: &Session) -> Vec<(AnyRef, Moment, R)> {
    let mut found = Vec::new();
    for kind in kontora::domain::registry::KINDS {
        if kind.meta().kind != kontora::kernel::meta::Kind::Document {
            continue;
        }
        for document in session.store.posted_of(kind.meta().code).unwrap() {
            for moved in session.store.moves_of(R::meta(), document).unwrap() {
                found.push((document, moved.date, R::from_cells(&moved.cells)));
            }
        }
    }
    found
}

/// The numbers of a column by the titles that lead to each row without rows below it; noughts are left out.
pub fn leaves(sheet: &Sheet, column: &str) -> std::collections::BTreeMap<String, i64> {
    let at = sheet.head(column).unwrap_or_else(|| panic!("no column {column}"));
    let mut found = std::collections::BTreeMap::new();
    for (place, row) in sheet.rows.iter().enumerate() {
        let below = sheet.rows.get(place + 1).is_some_and(|next| next.level > row.level);
        let number = row.cells[at].number().unwrap_or(0);
        if !below && number != 0 {
            *found.entry(title_path(sheet, place)).or_insert(0) += number;
        }
    }
    found
}

/// The titles that lead to a row: those of folders left out.
pub fn title_path(sheet: &Sheet, place: usize) -> String {
    let mut parts = Vec::new();
    let mut next = Some(place);
    while let Some(at) = next {
        let row = &sheet.rows[at];
        if row.key.is_some_and(|key| !key.folder) {
            parts.push(kontora::report::show::cell(&sheet.heads[0], &row.cells[0], row.line));
        }
        next = row.parent.map(|parent| parent as usize);
    }
    parts.reverse();
    parts.join(" / ")
}

/// The number of a column in the total.
pub fn total(sheet: &Sheet, column: &str) -> i64 {
    let at = sheet.head(column).unwrap_or_else(|| panic!("no column {column}"));
    sheet.total.as_ref().and_then(|row| row.cells[at].number()).unwrap_or(0)
}

/// What an object is called.
pub fn name(session: &Session, reference: AnyRef) -> String {
    let facts = session.facts();
    kontora::ops::present::title(reference, &session.store, &facts).unwrap()
}
