//! Hostile and accidental garbage: the reader never panics, never hangs, and never takes half a document for one.

use crate::shared::shared;
use kontora::exchange::site::{Mark, OrdersFile, normalised, read_orders};
use kontora::kernel::money::Money;
use kontora::kernel::text::Lang;

const ROOT: &str = "КоммерческаяИнформация";

/// A small generator with a seed (Marsaglia's xorshift): the same garbage on every machine.
struct Garbage(u64);

impl Garbage {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    /// Spoils a file in a few places: bytes changed, cut out, repeated, or replaced by dangerous pieces.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        const PIECES: [&[u8]; 16] = [
            b"<",
            b">",
            b"</",
            b"/>",
            b"&",
            b"&#0;",
            b"&b;",
            b"]]>",
            b"<![CDATA[",
            b"<!--",
            b"-->",
            b"<!DOCTYPE a [",
            b"\xff\xfe",
            b"99999999999999999999999999",
            "<Документ>".as_bytes(),
            "</Документ>".as_bytes(),
        ];
        for _ in 0..=self.next(6) {
            let at = self.next(bytes.len());
            let end = (at + self.next(40)).min(bytes.len());
            match self.next(5) {
                0 => bytes[at] = u8::try_from(self.next(256)).unwrap(),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                3 => bytes.truncate(bytes.len() - self.next(60).min(bytes.len() / 2)),
                _ => drop(bytes.splice(at..end, PIECES[self.next(PIECES.len())].iter().copied())),
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
    }
}

/// What must hold of any file, however spoiled.
fn check(file: &OrdersFile) {
    for text in file.warnings.iter().chain(&file.fatal) {
        assert!(!text.show_in(Lang::Ru).starts_with("site-"), "{text:?}");
    }
    assert!(file.fatal.is_none() || (file.documents.is_empty() && file.broken.is_empty()));
    for document in &file.documents {
        assert!(!document.key().is_empty());
        document.status();
        document.payment();
        document.delivery_cost();
        document.parties.iter().for_each(|party| drop(party.best_name()));
        let order = normalised(document);
        let sum: Money = order.lines.iter().map(|line| line.amount).sum();
        let told = order.marks.iter().any(|mark| matches!(mark, Mark::SumsDiffer { .. } | Mark::NoLines));
        assert!(told || sum == order.total, "{}: {sum} is not {}", document.number, order.total);
    }
}

fn own_sample() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><{ROOT} ВерсияСхемы=\"2.08\"><Контейнер><Документ><Ид>1</Ид>\
            <Номер>1</Номер>\
         <Дата>2026-11-23</Дата><Сумма>1130.50</Сумма><Контрагенты><Контрагент><Ид>17#a@x.ru#Анна</Ид><Контакты>\
         <Контакт>\
         <Тип>Телефон</Тип><Значение>8 999 000-00-11</Значение></Контакт></Контакты></Контрагент></Контрагенты>\
         <Скидки><Скидка><Сумма>10</Сумма><УчтеноВСумме>false</УчтеноВСумме></Скидка></Скидки><Товары><Товар>\
         <Ид>a#b</Ид>\
         <Количество>3</Количество><Сумма>1000</Сумма><Налоги><Налог><Ставка>22</Ставка>\
         <УчтеноВСумме>false</УчтеноВСумме>\
         <Сумма>110.50</Сумма></Налог></Налоги></Товар></Товары><ЗначенияРеквизитов><ЗначениеРеквизита>\
         <Наименование>Стоимость \
         доставки</Наименование><Значение>30</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Документ>\
             </Контейнер></{ROOT}>"
    )
}

#[test]
fn thousands_of_spoiled_files_never_panic() {
    let mut samples = vec![own_sample().into_bytes()];
    if let Some(folder) = shared("") {
        for name in ["opencart_utf8.xml", "django_cp1251.xml", "bitrix_3.1_container.xml", "spec_2.03_mixed.xml"] {
            samples.push(std::fs::read(folder.join("exchange/samples/orders").join(name)).unwrap());
        }
    }
    let mut garbage = Garbage(0x1234_5678_9abc_def0);
    let (mut taken, mut named, mut refused) = (0, 0, 0);
    for round in 0..4000 {
        let mut bytes = samples[round % samples.len()].clone();
        garbage.spoil(&mut bytes);
        let file = read_orders(&bytes, Some("text/xml; charset=windows-1251"));
        check(&file);
        taken += file.documents.len();
        named += file.broken.len();
        refused += usize::from(file.fatal.is_some());
    }
    // The garbage must reach every way out, or it proves nothing.
    assert!(taken > 500 && named > 500 && refused > 100, "taken {taken}, named {named}, refused {refused}");
}

#[test]
fn bytes_without_any_sense_never_panic() {
    let mut garbage = Garbage(42);
    for length in 0..600 {
        let mut bytes: Vec<u8> = (0..length).map(|_| u8::try_from(garbage.next(256)).unwrap()).collect();
        check(&read_orders(&bytes, Some("text/xml; charset=koi8-r")));
        bytes.splice(0..0, format!("<{ROOT}>").bytes());
        bytes.extend(format!("</{ROOT}>").bytes());
        check(&read_orders(&bytes, None));
    }
}

#[test]
fn numbers_beyond_all_measure_never_panic() {
    let numbers = [
        "99999999999999",
        "9999999999999999999",
        "79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "90000000000000",
        "-90000000000000",
        "1e28",
        "1e-28",
        "100000000000",
    ];
    for sum in numbers {
        for other in numbers {
            let line = format!(
                "<Товар><Ид>a</Ид><Количество>{other}</Количество><Коэффициент>{sum}</Коэффициент>\
                    <ЦенаЗаЕдиницу>{sum}</ЦенаЗаЕдиницу>\
                 <Сумма>{sum}</Сумма><Скидки><Скидка><Процент>{other}</Процент>\
                 <УчтеноВСумме>false</УчтеноВСумме></Скидка></Скидки>\
                 <Налоги><Налог><Ставка>22</Ставка><УчтеноВСумме>false</УчтеноВСумме></Налог></Налоги></Товар>"
            );
            let nothing = line.replace(&format!("<Сумма>{sum}</Сумма>"), "");
            let cost = format!("<ДопРасходы><ДопРасход><Сумма>{other}</Сумма></ДопРасход></ДопРасходы>");
            for total in [format!("<Сумма>{other}</Сумма>"), String::new()] {
                let goods = format!("{}{nothing}", line.repeat(3));
                let discount =
                    format!("<Скидки><Скидка><Сумма>{sum}</Сумма><УчтеноВСумме>false</УчтеноВСумме></Скидка></Скидки>");
                let text = format!(
                    "<{ROOT}><Документ><Ид>1</Ид>{total}<Товары>{goods}</Товары>{cost}{discount}</Документ></{ROOT}>"
                );
                let file = read_orders(text.as_bytes(), None);
                assert_eq!(file.documents.len(), 1);
                check(&file);
            }
        }
    }
}

#[test]
fn deep_nesting_spoils_only_its_own_document() {
    let deep = format!("<Документ><Ид>1</Ид>{}{}</Документ>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let text = format!("<{ROOT}>{deep}<Документ><Ид>2</Ид></Документ></{ROOT}>");
    let file = read_orders(text.as_bytes(), None);
    assert_eq!((file.documents[0].site_id.as_str(), file.broken[0].site_id.as_str()), ("2", "1"));
    assert!(file.broken[0].reason.show_in(Lang::Ru).contains("64"));
    let outside = format!("<{ROOT}>{}<Документ><Ид>2</Ид></Документ></{ROOT}>", "<a>".repeat(100_000));
    check(&read_orders(outside.as_bytes(), None));
}

#[test]
fn missing_elements_leave_an_order_that_can_be_looked_at() {
    let sample = own_sample();
    for name in [
        "Ид",
        "Номер",
        "Дата",
        "Сумма",
        "Контрагенты",
        "Товары",
        "Количество",
        "ЗначенияРеквизитов",
        "Контакты",
        "Скидки",
    ] {
        let mut text = sample.clone();
        while let (Some(from), Some(to)) = (text.find(&format!("<{name}>")), text.find(&format!("</{name}>"))) {
            text.replace_range(from..to + name.len() + 3, "");
        }
        let file = read_orders(text.as_bytes(), None);
        assert_eq!(file.documents.len(), 1, "without {name}: {file:?}");
        check(&file);
    }
}

#[test]
fn a_buyer_cannot_write_an_order_of_his_own_into_a_comment() {
    let forged = "<Документ><Ид>9</Ид><Номер>9</Номер></Документ>";
    let orders =
        |comment: &str| format!("<{ROOT}><Документ><Ид>1</Ид><Комментарий>{comment}</Комментарий></Документ></{ROOT}>");
    for comment in [forged.to_owned(), format!("{forged}<этаж>"), format!("</Комментарий>{forged}<Комментарий>")]
    {
        let file = read_orders(orders(&comment).as_bytes(), None);
        assert!(file.documents.iter().all(|document| document.site_id != "9"), "{comment}: {file:?}");
    }
}

#[test]
fn hostile_repetition_is_read_in_reasonable_time() {
    let started = std::time::Instant::now();
    let tails = ["<Документ>", "</Документ>", "<", "&", "&#x;", "<a ", "<Документ a='"];
    let endless = ["<!--", "<![CDATA["];
    let tails = tails.iter().map(|tail| tail.repeat(200_000)).chain(endless.iter().map(|tail| tail.repeat(1_000_000)));
    for tail in tails {
        check(&read_orders(format!("<{ROOT}>{tail}</{ROOT}>").as_bytes(), None));
        check(&read_orders(format!("<{ROOT}>{tail}").as_bytes(), None));
    }
    // Seconds are enough; work that grows with the square of the length would take hours.
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
