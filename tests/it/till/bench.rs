//! A till with goods on a base, and the training registrar on a wire whose time goes by as it is waited for.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use kontora::devices::manager::view::Lamp;
use kontora::devices::manager::{Manager, NoPainter};
use kontora::devices::proto::fiscal::{FiscalReceipt, ReceiptKind};
use kontora::devices::proto::shtrih::answer::{
    AnswerError, Closed, Found, MemoryState, Mode, ShiftState, State, body, money,
};
use kontora::devices::proto::shtrih::host::Host;
use kontora::devices::proto::shtrih::link::{Event, Failure, Times};
use kontora::devices::proto::shtrih::refusal::Refusal;
use kontora::devices::proto::shtrih::request::{Passwords, Request};
use kontora::devices::proto::shtrih::script;
use kontora::devices::proto::shtrih::training::memory::Memory;
use kontora::devices::proto::shtrih::training::wire::Wired;
use kontora::devices::proto::shtrih::training::{Registrar as Device, TrainingSettings};
use kontora::devices::settings::{Address, DeviceSettings, Kind, KindName};
use kontora::domain::retail::receipt::{TillReceipt, TillReceiptLine};
use kontora::domain::retail::shift::TillShift;
use kontora::domain::retail::till::Till;
use kontora::domain::stock::item::Item;
use kontora::kernel::clock::Clock;
use kontora::kernel::facts::Facts;
use kontora::kernel::moment::Moment;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::refs::Ref;
use kontora::kernel::text::Text;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::ops::till::registrar::{JobKey, Made, Plain, Registrar, Sent, ShiftSums, Standing};
use kontora::ops::till::sale;
use kontora::text;
use std::sync::Arc;

/// Our program was killed at an exchange.
pub struct Killed;

/// The training registrar and the wire to it.
pub struct Training {
    pub wired: Wired,
    host: Host,
    now_ms: u64,
    start: NaiveDateTime,
    passwords: Passwords,
    /// After so many exchanges the program is killed: before the device gets the bytes, or after it has answered.
    pub kill_at: Option<(u32, bool)>,
    pub exchanges: u32,
}

impl Training {
    pub fn new() -> Self {
        let settings = TrainingSettings {
            name: "УЧЕБНАЯ ККТ".to_owned(),
            memory_number: "9999078900001234".to_owned(),
            serial: 77,
            words: |code| format!("ошибка {code}"),
        };
        Self {
            wired: Wired::new(Device::new(settings)),
            host: Host::new(Times::default()),
            now_ms: 0,
            start: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(9, 0, 0).unwrap(),
            passwords: Passwords::default(),
            kill_at: None,
            exchanges: 0,
        }
    }

    /// The device's calendar goes slower than the waiting, so that a shift lasts through a thousand faults.
    fn now(&self) -> NaiveDateTime {
        self.start + TimeDelta::seconds(i64::from(self.exchanges / 10))
    }

    fn ask(&mut self, request: &Request) -> Result<Vec<u8>, Failure> {
        self.exchanges += 1;
        let dies = self.kill_at.filter(|(at, _)| *at <= self.exchanges).map(|(_, after)| after);
        if dies == Some(false) {
            std::panic::resume_unwind(Box::new(Killed));
        }
        let mut events = self.host.begin(&request.data, request.answer_ms, self.now_ms);
        let mut coming: Vec<(u64, Vec<u8>)> = Vec::new();
        loop {
            for event in std::mem::take(&mut events) {
                match event {
                    Event::Done(_) if dies.is_some() => std::panic::resume_unwind(Box::new(Killed)),
                    Event::Done(result) => return result,
                    Event::Send(bytes) => {
                        let replies = self.wired.take(&bytes, self.now_ms, self.now());
                        let at = self.now_ms + 1;
                        coming.extend(replies.into_iter().map(|reply| (at + reply.after_ms, reply.bytes)));
                    }
                }
            }
            let due = self.host.due_ms().unwrap();
            coming.sort_by_key(|(at, _)| *at);
            if coming.first().is_some_and(|(at, _)| *at <= due) {
                let (at, bytes) = coming.remove(0);
                self.now_ms = at;
                events = self.host.take(&bytes, at);
            } else {
                self.now_ms = due;
                events = self.host.tick(due);
            }
        }
    }

    /// The program starts anew: what was in its hands is gone, bytes on the wire are read away.
    pub fn start_again(&mut self) {
        self.host = Host::new(Times::default());
        self.kill_at = None;
        self.now_ms += 1_000;
    }

    fn question(&mut self, request: &Request) -> Result<Vec<u8>, Text> {
        // A question changes nothing: it may be asked again.
        for _ in 0..3 {
            if let Ok(answer) = self.ask(request) {
                return body(&answer).map(|_| answer.clone()).map_err(|error| told(&error));
            }
        }
        Err(text!("till-not-sent"))
    }

    fn cancel_open(&mut self) -> Result<(), Text> {
        let state = self.question(&self.passwords.state())?;
        if State::read(&state).is_ok_and(|state| state.mode == Mode::DocumentOpen) {
            let cancel = self.passwords.cancel_receipt();
            let _ = self.ask(&cancel);
        }
        Ok(())
    }

    /// Cancels what is open and looks for what came of it behind a document.
    fn look(&mut self, after: u32, receipt: &FiscalReceipt) -> Sent {
        let found = (|| {
            self.cancel_open()?;
            let memory = self.question(&self.passwords.memory_state())?;
            let last = MemoryState::read(&memory).map_or(after, |memory| memory.last);
            let operation = match receipt.kind {
                ReceiptKind::Sale => 1,
                _ => 2,
            };
            for number in after + 1..=last {
                let answer = self.question(&self.passwords.find(number))?;
                if let Ok(found) = Found::read(&answer)
                    && found.settled == Some((operation, receipt.total()))
                {
                    return Ok(Some(Made { number, sign: found.sign, at: Moment::EMPTY }));
                }
            }
            Ok(None)
        })();
        match found {
            Ok(Some(made)) => Sent::Done(made),
            Ok(None) => Sent::NotDone(text!("till-not-sent")),
            Err(why) => Sent::Unknown(why),
        }
    }
}

fn told(error: &AnswerError) -> Text {
    match error {
        AnswerError::Refused(_, Refusal::NoPaper | Refusal::CoverOpen) => text!("till-cashier"),
        _ => text!("till-not-sent"),
    }
}

impl Registrar for Training {
    fn standing(&mut self) -> Result<Standing, Text> {
        let (memory, shift) = (self.passwords.memory_state(), self.passwords.shift());
        let memory = self.question(&memory)?;
        let shift = self.question(&shift)?;
        let cash = self.question(&self.passwords.money_register(241))?;
        let (Ok(memory), Ok(shift), Ok(cash)) = (MemoryState::read(&memory), ShiftState::read(&shift), money(&cash))
        else {
            return Err(text!("till-not-sent"));
        };
        let number = u32::from(shift.number);
        Ok(Standing { last_document: memory.last, shift_open: shift.open, shift: number, cash, ..Standing::default() })
    }

    fn sums(&mut self) -> Result<ShiftSums, Text> {
        let mut sum = |number: u8| {
            let answer = self.question(&self.passwords.money_register(number))?;
            money(&answer).map_err(|error| told(&error))
        };
        let of = |kind| (Memory::cash_register(kind), Memory::electronic_register(kind));
        let (sales, returns) = (of(ReceiptKind::Sale), of(ReceiptKind::SaleReturn));
        Ok(ShiftSums {
            sales: sum(sales.0)? + sum(sales.1)?,
            returns: sum(returns.0)? + sum(returns.1)?,
            cash: sum(241)?,
        })
    }

    fn receipt(&mut self, _: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        if receipt.check().is_err() {
            return Sent::Refused(text!("till-not-sent"));
        }
        if let Err(why) = self.cancel_open() {
            return Sent::NotDone(why);
        }
        let requests = script::receipt(&self.passwords, receipt);
        for request in &requests {
            match self.ask(request) {
                Err(_) => return self.look(after, receipt),
                Ok(answer) => {
                    if let Err(error) = body(&answer) {
                        return match self.look(after, receipt) {
                            Sent::NotDone(_) => Sent::NotDone(told(&error)),
                            other => other,
                        };
                    }
                    if let Ok(Closed { document: Some((number, sign)), .. }) = Closed::read(&answer)
                        && request.data.starts_with(&[0xFF, 0x45])
                    {
                        return Sent::Done(Made { number, sign, at: Moment::EMPTY });
                    }
                }
            }
        }
        self.look(after, receipt)
    }

    fn recover(&mut self, _: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        self.look(after, receipt)
    }

    fn plain(&mut self, _: &JobKey, plain: &Plain) -> Sent {
        let requests = match plain {
            Plain::OpenShift(cashier) => script::open_shift(&self.passwords, cashier),
            Plain::CloseShift(cashier) => script::close_shift(&self.passwords, cashier),
            Plain::CashIn(_, sum) => vec![self.passwords.cash_in(*sum)],
            Plain::CashOut(_, sum) => vec![self.passwords.cash_out(*sum)],
            Plain::Copy => vec![self.passwords.copy()],
        };
        for request in &requests {
            match self.ask(request) {
                Err(Failure::NotDone(_)) => return Sent::NotDone(text!("till-not-sent")),
                Err(Failure::Unknown(_)) => return Sent::Unknown(text!("till-not-sent")),
                Ok(answer) => {
                    if let Err(error) = body(&answer) {
                        return Sent::NotDone(told(&error));
                    }
                }
            }
        }
        Sent::Done(Made::default())
    }
}

/// Goods, a till, money for change.
pub const SHOP: &str = r#"
{"type":"item","code":"T1","name":"Чайник","barcodes":[{"barcode":"4600000000015"}]}
{"type":"item","code":"T2","name":"Хлеб","vat":"reduced"}
{"type":"item","code":"T3","name":"Сыр","unit":"166"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"counterparty","code":"RB","name":"Розничный покупатель"}
{"type":"cash_desk","code":"KD","name":"Касса зала","company":"main"}
{"type":"till","code":"K1","name":"Касса 1","company":"main","warehouse":"main","cash_desk":"KD","price_kind":"retail","buyer":"RB"}
{"type":"discount_card","code":"D1","name":"Карта Ромашки","number":"2900000000018","owner":"C1","discount":"5"}
{"type":"price_setting","key":"P-1","date":"2026-10-01","post":true,"price_kind":"retail","prices":[{"item":"T1","price":"122"},{"item":"T2","price":"55"},{"item":"T3","price":"733.33"}]}
{"type":"goods_receipt","key":"R-1","date":"2026-10-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":100000,"price":"61"},{"item":"T2","qty":100000,"price":"33"},{"item":"T3","qty":100000,"price":"300"}]}
"#;

/// Fills a base with a shop.
pub fn fill(session: &Session) {
    if let Err(bad) = load(session, SHOP, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

/// The till of the shop.
pub fn till(session: &Session) -> Ref<Till> {
    let facts = session.facts();
    (&facts as &dyn Facts).coded::<Till>("K1")
}

/// The workstation of a session with one training device, once it is reached.
pub fn workstation(session: &Session, kind: KindName) -> Manager {
    with_device(&session.clock, Address::Training, kind.usual())
}

/// A workstation with one device, once it is reached.
pub fn with_device(clock: &Clock, address: Address, kind: Kind) -> Manager {
    let manager = Manager::new(clock.clone(), Arc::new(NoPainter), || {});
    let (id, name) = ("1".to_owned(), "Учебный".to_owned());
    manager.apply(&[DeviceSettings { id, name, on: true, address, kind }]);
    while manager.view("1").is_none_or(|view| view.lamp != Lamp::Ready) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    manager
}

/// Opens a shift of the till.
pub fn open(session: &Session) -> Ref<TillShift> {
    let shift = TillShift { till: till(session), date: session.clock.now(), ..TillShift::default() };
    let made = sale::open_shift(session, &shift);
    made.unwrap_or_else(|error| panic!("{}", error.sentence())).0
}

/// A receipt of the shift: items by code with quantity in thousandths and price in kopecks.
pub fn receipt(session: &Session, shift: Ref<TillShift>, lines: &[(&str, i64, i64)]) -> TillReceipt {
    let facts = session.facts();
    let facts: &dyn Facts = &facts;
    let goods = lines.iter().map(|(code, qty, price)| TillReceiptLine {
        item: facts.coded::<Item>(code),
        qty: Qty::from_minor(*qty),
        price: Price::from_minor(*price * 100),
        ..TillReceiptLine::default()
    });
    TillReceipt {
        till: till(session),
        shift,
        date: session.clock.now(),
        goods: goods.collect(),
        ..TillReceipt::default()
    }
}

/// Kopecks as money.
pub fn kopecks(amount: i64) -> Money {
    Money::from_minor(amount)
}
