//! Our commands against the training registrar over both links: a shift, refusals, the eight faults of a till.

use super::answer::{
    AnswerError, Closed, ExchangeState, Found, Identity, MemoryState, Mode, PrintState, ShiftDocument, ShiftState,
    State, body, document_length, done, money, words,
};
use super::host::Host;
use super::link::{Event, Failure, Times};
use super::marking::{MarkingCheck, Planned};
use super::numbered::NumberedHost;
use super::refusal::Refusal;
use super::request::{Item, Passwords, Request, TaxGroup};
use super::tlv::{self, Tag, tag};
use super::training::memory::Memory;
use super::training::wire::{Fault, Wired};
use super::training::{Registrar, Tape, TrainingSettings};
use crate::devices::proto::fiscal::{Payments, ReceiptKind};
use crate::devices::proto::fuzz::Dice;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

fn settings() -> TrainingSettings {
    TrainingSettings {
        name: "УЧЕБНАЯ ККТ".to_owned(),
        memory_number: "9999078900001234".to_owned(),
        serial: 77,
        words: |code| format!("ошибка {code}"),
    }
}

/// A till: our link, the wire, the registrar; time goes by as it is waited.
struct Till {
    wired: Wired,
    first: Host,
    second: Option<NumberedHost>,
    now_ms: u64,
    start: NaiveDateTime,
    passwords: Passwords,
    dice: Dice,
}

impl Till {
    fn new(numbered: bool) -> Self {
        Self {
            wired: Wired::new(Registrar::new(settings())),
            first: Host::new(Times::default()),
            second: numbered.then(|| NumberedHost::new(Times::default())),
            now_ms: 0,
            start: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap().and_hms_opt(9, 0, 0).unwrap(),
            passwords: Passwords::default(),
            dice: Dice::new(97),
        }
    }

    fn now(&self) -> NaiveDateTime {
        self.start + TimeDelta::milliseconds(i64::try_from(self.now_ms).unwrap())
    }

    fn ask(&mut self, request: &Request) -> Result<Vec<u8>, Failure> {
        let (data, limit) = (&request.data, request.answer_ms);
        let mut events = match &mut self.second {
            Some(host) => host.begin(data, limit, self.now_ms),
            None => self.first.begin(data, limit, self.now_ms),
        };
        let mut coming: Vec<(u64, Vec<u8>)> = Vec::new();
        loop {
            for event in std::mem::take(&mut events) {
                match event {
                    Event::Done(result) => return result,
                    Event::Send(bytes) => {
                        // A wire hands over bytes in whatever pieces it likes.
                        for piece in self.dice.split(&bytes) {
                            let replies = self.wired.take(&piece, self.now_ms, self.now());
                            let at = self.now_ms + 1;
                            coming.extend(replies.into_iter().map(|reply| (at + reply.after_ms, reply.bytes)));
                        }
                    }
                }
            }
            let due = self.second.as_ref().map_or(self.first.due_ms(), NumberedHost::due_ms).unwrap();
            coming.sort_by_key(|(at, _)| *at);
            if coming.first().is_some_and(|(at, _)| *at <= due) {
                let (at, bytes) = coming.remove(0);
                self.now_ms = at;
                events = match &mut self.second {
                    Some(host) => host.take(&bytes, at),
                    None => self.first.take(&bytes, at),
                };
            } else {
                self.now_ms = due;
                events = match &mut self.second {
                    Some(host) => host.tick(due),
                    None => self.first.tick(due),
                };
            }
        }
    }

    fn answer(&mut self, request: &Request) -> Vec<u8> {
        self.ask(request).unwrap()
    }

    fn order(&mut self, request: &Request) {
        let answer = self.answer(request);
        assert_eq!(done(&answer), Ok(()), "{:02X?}", request.data);
    }

    fn refused(&mut self, request: &Request) -> Refusal {
        match body(&self.answer(request)) {
            Err(AnswerError::Refused(_, refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    fn open_shift(&mut self) {
        let own = self.passwords;
        self.order(&own.begin_opening());
        self.order(&own.document_tag(&Tag::text(tag::CASHIER, "Щукина Ё.", 64)));
        let opened = ShiftDocument::read(&self.answer(&own.open_shift())).unwrap();
        assert_eq!((opened.shift, opened.number), (1, 1));
    }

    /// The commands of one receipt.
    fn receipt(&self, kind: ReceiptKind, payments: &Payments) -> Vec<Request> {
        let own = self.passwords;
        vec![
            own.open_receipt(kind, false),
            own.item(kind, &item("Чай чёрный № 7", 2_000_000, 61_725)),
            own.item_tag(&Tag::byte(tag::MEASURE, 0)),
            own.item(kind, &item("Щётка", 333_000, 9_990)),
            own.document_tag(&Tag::text(tag::OWN_ATTRIBUTE, "job-0001", 16)),
            own.close_receipt(payments, 0, 1),
        ]
    }
}

fn item(name: &str, quantity: u64, price: u64) -> Item {
    Item {
        name: name.to_owned(),
        quantity,
        price,
        sum: None,
        tax: TaxGroup::of_code(11).unwrap(),
        method: 4,
        subject: 1,
    }
}

/// Total of [`Till::receipt`]: 1234.50 and 33.27 (0.333 of 99.90, rounded).
const TOTAL: u64 = 123_450 + 3_327;

#[test]
fn a_shift_over_both_links() {
    for numbered in [false, true] {
        let mut till = Till::new(numbered);
        let own = till.passwords;
        let identity = Identity::read(&till.answer(&own.identify())).unwrap();
        assert_eq!((identity.kind, identity.name.as_str()), (0, "УЧЕБНАЯ ККТ"));
        assert_eq!(State::read(&till.answer(&own.state())).unwrap().mode, Mode::ShiftClosed);
        till.open_shift();
        till.order(&own.cash_in(500_000));
        let mixed = Payments { cash: 100_000, electronic: 50_000, ..Payments::default() };
        let receipt = till.receipt(ReceiptKind::Sale, &mixed);
        let (close, before) = receipt.split_last().unwrap();
        before.iter().for_each(|request| till.order(request));
        assert_eq!(State::read(&till.answer(&own.state())).unwrap().mode, Mode::DocumentOpen);
        let closed = Closed::read(&till.answer(close)).unwrap();
        assert_eq!((closed.change, closed.document.unwrap().0), (150_000 - TOTAL, 2));
        // The document says the same.
        let found = Found::read(&till.answer(&own.find(2))).unwrap();
        assert_eq!((found.kind, found.settled, found.sign), (3, Some((1, TOTAL)), closed.document.unwrap().1));
        assert_eq!(found.at, closed.at);
        let tags = read_whole(&mut till, 2);
        let value = |number| tags.iter().find(|one| one.number == number).unwrap();
        assert_eq!(value(tag::CASH).as_amount(), Some(TOTAL - 50_000));
        assert_eq!(value(tag::OWN_ATTRIBUTE).as_text(), "job-0001");
        let first = tlv::read(&value(tag::ITEM).value).unwrap();
        assert_eq!(first[0].as_text(), "Чай чёрный № 7");
        assert!(first.contains(&Tag::byte(tag::TAX_RATE, 11)) && first.contains(&Tag::byte(tag::MEASURE, 0)));
        // Registers for the comparison at the end of the shift.
        let register = |till: &mut Till, number| money(&till.answer(&own.money_register(number))).unwrap();
        assert_eq!(register(&mut till, Memory::cash_register(ReceiptKind::Sale)), TOTAL - 50_000);
        assert_eq!(register(&mut till, Memory::electronic_register(ReceiptKind::Sale)), 50_000);
        assert_eq!(register(&mut till, 241), 500_000 + TOTAL - 50_000);
        // A return, then the end of the shift.
        for request in till.receipt(ReceiptKind::SaleReturn, &Payments { electronic: TOTAL, ..Payments::default() }) {
            till.order(&request);
        }
        let exchange = ExchangeState::read(&till.answer(&own.exchange())).unwrap();
        assert_eq!((exchange.waiting, exchange.first), (3, 1));
        till.wired.registrar.deliver();
        assert_eq!(ExchangeState::read(&till.answer(&own.exchange())).unwrap().waiting, 0);
        till.order(&own.x_report());
        till.order(&own.begin_closing());
        assert_eq!(ShiftDocument::read(&till.answer(&own.close_shift())).unwrap().number, 4);
        assert!(!ShiftState::read(&till.answer(&own.shift())).unwrap().open);
        let tape = till.wired.registrar.take_tape();
        let documents: Vec<u32> =
            tape.iter().filter_map(|one| if let Tape::Document(number) = one { Some(*number) } else { None }).collect();
        assert_eq!(documents, [1, 2, 3, 4]);
    }
}

fn read_whole(till: &mut Till, number: u32) -> Vec<Tag> {
    let own = till.passwords;
    let length = usize::from(document_length(&till.answer(&own.read_document(number))).unwrap());
    let mut bytes = Vec::new();
    while bytes.len() < length {
        let piece = till.answer(&own.read_on());
        bytes.extend_from_slice(body(&piece).unwrap().rest());
    }
    tlv::read(&bytes).unwrap()
}

#[test]
fn refusals_name_what_is_to_be_done() {
    let mut till = Till::new(false);
    let own = till.passwords;
    assert_eq!(till.refused(&own.open_receipt(ReceiptKind::Sale, false)), Refusal::ShiftClosed);
    assert_eq!(till.refused(&own.x_report()), Refusal::ShiftClosed);
    till.open_shift();
    assert_eq!(till.refused(&own.begin_opening()), Refusal::ShiftOpen);
    assert_eq!(till.refused(&own.cash_out(1)), Refusal::CashTooLittle);
    assert_eq!(till.refused(&own.cancel_receipt()), Refusal::NoReceipt);
    let stranger = Passwords { cashier: 99, administrator: 30 };
    assert_eq!(till.refused(&stranger.state()), Refusal::Password);
    assert_eq!(words(&till.answer(&own.words(0x4F))).unwrap(), "ошибка 79");
    till.order(&own.open_receipt(ReceiptKind::Sale, false));
    assert_eq!(till.refused(&own.open_receipt(ReceiptKind::Sale, false)), Refusal::ReceiptOpen);
    let pay = |cash, electronic, rounding| {
        own.close_receipt(&Payments { cash, electronic, ..Payments::default() }, rounding, 1)
    };
    assert_eq!(till.refused(&pay(1, 0, 0)), Refusal::ZeroTotal);
    till.order(&own.item(ReceiptKind::Sale, &item("x", 1_000_000, 10_050)));
    assert_eq!(till.refused(&own.item(ReceiptKind::SaleReturn, &item("x", 1, 1))), Refusal::Parameters);
    let wrong = Item { sum: Some(5), ..item("x", 1_000_000, 100) };
    assert_eq!(till.refused(&own.item(ReceiptKind::Sale, &wrong)), Refusal::Parameters);
    assert_eq!(till.refused(&pay(10_000, 0, 0)), Refusal::PaidTooLittle);
    assert_eq!(till.refused(&pay(0, 10_051, 0)), Refusal::CardAboveTotal);
    assert_eq!(till.refused(&pay(0, 10_050, 51)), Refusal::Parameters);
    assert_eq!(till.refused(&own.close_shift()), Refusal::ReceiptOpen);
    till.order(&pay(10_000, 0, 50));
    assert_eq!(
        till.refused(&Request { data: vec![0xFF, 0x99, 30, 0, 0, 0], answer_ms: 100, harmless: true }),
        Refusal::Unsupported
    );
    // A return of more cash than the drawer holds.
    till.order(&own.open_receipt(ReceiptKind::SaleReturn, false));
    till.order(&own.item(ReceiptKind::SaleReturn, &item("x", 1_000_000, 20_000)));
    assert_eq!(till.refused(&pay(20_000, 0, 0)), Refusal::CashTooLittle);
    till.order(&own.cancel_receipt());
    // The next day.
    till.now_ms += 25 * 3_600_000;
    assert_eq!(State::read(&till.answer(&own.state())).unwrap().mode, Mode::ShiftExpired);
    assert_eq!(till.refused(&own.open_receipt(ReceiptKind::Sale, false)), Refusal::ShiftExpired);
    till.order(&own.close_shift());
    till.wired.registrar.memory_full = true;
    assert_eq!(till.refused(&own.begin_opening()), Refusal::MemoryFull);
    till.wired.registrar.date_lost = true;
    assert_eq!(till.refused(&own.begin_opening()), Refusal::ConfirmDate);
    let now = till.now();
    till.order(&own.confirm_date(now));
    assert!(!till.wired.registrar.date_lost);
}

#[test]
fn paper_that_ends_in_a_receipt_and_corrections() {
    let mut till = Till::new(false);
    let own = till.passwords;
    till.open_shift();
    till.wired.registrar.set_paper(false);
    assert_eq!(till.refused(&own.open_receipt(ReceiptKind::Sale, false)), Refusal::NoPaper);
    till.wired.registrar.set_paper(true);
    till.wired.registrar.paper_ends_in_receipt = true;
    till.order(&own.open_receipt(ReceiptKind::Sale, true));
    till.order(&own.item(ReceiptKind::Sale, &item("x", 1_000_000, 100)));
    till.order(&own.document_tag(&Tag::byte(tag::CORRECTION_KIND, 0)));
    till.order(&own.close_receipt(&Payments { credit: 100, ..Payments::default() }, 0, 2));
    assert_eq!(State::read(&till.answer(&own.state())).unwrap().printer, PrintState::PaperEnded);
    till.wired.registrar.set_paper(true);
    assert_eq!(till.refused(&own.x_report()), Refusal::WaitsToGoOn);
    till.order(&own.go_on());
    till.order(&own.copy());
    let found = Found::read(&till.answer(&own.find(2))).unwrap();
    assert_eq!((found.kind, found.settled), (31, Some((1, 100))));
}

#[test]
fn marked_goods_are_bound_only_when_they_were_accepted() {
    let mut till = Till::new(false);
    let own = till.passwords;
    till.open_shift();
    let code = b"0104600123456782215abcDE\x1d93dGVz";
    let check = own.check_marking(code, Planned::PieceSold, &[]).unwrap();
    assert_eq!(MarkingCheck::read(&till.answer(&check)).unwrap().server, None);
    till.order(&own.accept_marking(false));
    assert_eq!(till.refused(&own.accept_marking(true)), Refusal::Parameters);
    till.order(&own.open_receipt(ReceiptKind::Sale, false));
    till.order(&own.item(ReceiptKind::Sale, &item("x", 1_000_000, 100)));
    let bind = own.bind_marking(code).unwrap();
    assert_eq!(till.refused(&bind), Refusal::Parameters);
    till.order(&check);
    till.order(&own.accept_marking(true));
    till.order(&bind);
    assert_eq!(own.bind_marking(&[b'x'; 201]), None);
}

#[test]
fn older_commands_make_the_same_document() {
    let mut till = Till::new(false);
    let own = till.passwords;
    till.open_shift();
    let group = TaxGroup::of_code(2).unwrap();
    till.order(&own.older_item(ReceiptKind::Sale, "Чай чёрный № 7", 2000, 61_725, group));
    till.order(&own.older_item(ReceiptKind::Sale, "Щётка", 333, 9_990, group));
    let payments = Payments { cash: 200_000, ..Payments::default() };
    let closed = Closed::read(&body_after_user(&till.answer(&own.older_close(&payments).unwrap()))).unwrap();
    assert_eq!((closed.change, closed.document), (200_000 - TOTAL, None));
    let found = Found::read(&till.answer(&own.find(2))).unwrap();
    assert_eq!(found.settled, Some((1, TOTAL)));
    assert_eq!(own.older_close(&Payments { credit: 1, ..payments }), None);
}

/// The answer of a short command without the number of the user.
fn body_after_user(answer: &[u8]) -> Vec<u8> {
    [&answer[..2], &answer[3..]].concat()
}

/// What a till does after an unknown outcome: looks for its receipt among the documents made since.
fn recover(till: &mut Till, before: u32) -> bool {
    let own = till.passwords;
    till.wired.plug_in();
    let state = loop {
        if let Ok(answer) = till.ask(&own.memory_state()) {
            break MemoryState::read(&answer).unwrap();
        }
    };
    let made = (before + 1..=state.last).any(|number| {
        let found = Found::read(&till.answer(&own.find(number))).unwrap();
        found.settled == Some((1, TOTAL))
    });
    if !made && state.document != 0 {
        till.order(&own.cancel_receipt());
    }
    made
}

#[test]
fn eight_faults_leave_exactly_one_receipt() {
    let faults = [
        None,
        Some(Fault::BadSum),
        Some(Fault::Refuse),
        Some(Fault::Slow(20_000)),
        Some(Fault::DropAnswer),
        Some(Fault::PowerLossBefore),
        Some(Fault::PowerLossAfter),
        Some(Fault::Unplugged),
    ];
    let codes: [&[u8]; 4] = [&[0x8D], &[0xFF, 0x46], &[0xFF, 0x0C], &[0xFF, 0x45]];
    for (fault, code) in faults.into_iter().flat_map(|fault| codes.map(|code| (fault, code))) {
        let mut till = Till::new(false);
        till.open_shift();
        let own = till.passwords;
        if let Some(fault) = fault {
            till.wired.order(code, fault);
        }
        let mut attempts = 0;
        loop {
            attempts += 1;
            assert!(attempts < 4, "{fault:?} {code:02X?}");
            let before = MemoryState::read(&till.answer(&own.memory_state())).unwrap().last;
            let payments = Payments { cash: 200_000, ..Payments::default() };
            let requests = till.receipt(ReceiptKind::Sale, &payments);
            let whole = requests.iter().all(|request| till.ask(request).is_ok_and(|answer| done(&answer).is_ok()));
            if whole || recover(&mut till, before) {
                break;
            }
        }
        let documents = till.wired.registrar.memory().documents();
        let receipts = documents.iter().filter(|document| document.settled.is_some()).count();
        assert_eq!(receipts, 1, "{fault:?} {code:02X?}");
        let tape = till.wired.registrar.take_tape();
        assert_eq!(tape.iter().filter(|one| **one == Tape::Document(2)).count(), 1);
    }
}

#[test]
fn no_command_upsets_it() {
    let mut registrar = Registrar::new(settings());
    let now = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let mut dice = Dice::new(59);
    let long: Vec<u8> = (0..0x50).collect();
    for _ in 0..100_000 {
        let mut command = match dice.below(3) {
            0 => dice.bytes(1),
            1 => vec![dice.pick(&[0x10, 0x11, 0x1A, 0x40, 0x50, 0x51, 0x80, 0x82, 0x85, 0x88, 0x8D, 0xB0, 0xE0, 0x17])],
            _ => vec![0xFF, dice.pick(&long)],
        };
        command.extend([30, 0, 0, 0]);
        let rest: Vec<u8> = dice.bytes(130).iter().map(|byte| if byte % 3 == 0 { 0 } else { byte % 9 }).collect();
        command.extend(rest);
        let answer = registrar.command(&command, now);
        assert!(answer.len() >= 2);
        registrar.set_paper(true);
    }
    assert!(registrar.memory().documents().len() > 1);
}
