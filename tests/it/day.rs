//! The whole working day by headless commands on a demo base: orders of a site come in, what is lacking is
//! bought, goods go out, money comes in, papers are printed, and the books are proved after every step.

use kontora::cli::{Asked, DONE, REFUSED, run};
use serde_json::{Value, json};
use std::path::Path;

/// The orders of the tour.
const TOUR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/site_orders.xml");

/// A base and the folder it lies in.
struct Day {
    folder: tempfile::TempDir,
}

impl Day {
    fn begun() -> Self {
        let day = Self { folder: tempfile::tempdir().unwrap() };
        let (code, _, said) = command(&["new", "--demo", &day.path("day.kontora")]);
        assert_eq!(code, DONE, "{said}");
        day
    }
    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }
    /// Runs a command on the base: its code, what it gives, what it says.
    fn asked(&self, args: &[&str]) -> (u8, String, String) {
        let base = self.path("day.kontora");
        command(&[&["--base", &base], args].concat())
    }
    /// Runs a command that has to succeed.
    fn done(&self, args: &[&str]) -> String {
        let (code, out, said) = self.asked(args);
        assert_eq!(code, DONE, "{args:?}: {out}{said}");
        out
    }
    /// The rows a command gives.
    fn rows(&self, args: &[&str]) -> Vec<Value> {
        let out = self.done(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{args:?}: {error}: {out}"))
    }
    /// Loads lines; the base is proved afterwards.
    fn load(&self, lines: &[Value]) {
        let file = self.path("lines.jsonl");
        let text: Vec<String> = lines.iter().map(Value::to_string).collect();
        std::fs::write(&file, text.join("\n")).unwrap();
        self.done(&["load", &file]);
        self.proved();
    }
    /// The line of a list whose cell is this.
    fn found(&self, kind: &str, column: &str, value: &str) -> Value {
        let rows = self.rows(&["list", kind, "--search", value]);
        let fits = |row: &&Value| row[column] == value;
        rows.iter().find(fits).cloned().unwrap_or_else(|| panic!("no {kind} with {column} {value}: {rows:?}"))
    }
    /// An order of the site by its number there.
    fn order(&self, number: &str) -> Value {
        self.found("customer_order", "site_number", number)
    }
    fn state(&self, number: &str) -> String {
        self.order(number)["state"].as_str().unwrap_or_default().to_owned()
    }
    fn proved(&self) {
        let (code, out, said) = self.asked(&["check"]);
        assert_eq!(code, DONE, "{out}{said}");
    }
}

fn command(args: &[&str]) -> (u8, String, String) {
    let all = ["kontora"].iter().chain(args).map(|arg| (*arg).to_owned()).collect();
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let Asked::Code(code) = run(all, &mut out, &mut errors) else { panic!("{args:?} asks for a window") };
    (code, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_default().to_owned()
}

/// Orders arrive: each with its fate, and again without a change.
fn orders_arrive(day: &Day) {
    let taken = day.rows(&["import", "orders", TOUR]);
    assert_eq!(taken.len(), 3);
    assert!(taken.iter().all(|row| text(row, "result") == "загружен" && text(row, "ref").contains(":#")), "{taken:?}");
    let again = day.rows(&["import", "orders", TOUR]);
    assert!(again.iter().all(|row| text(row, "result") == "без изменений"), "{again:?}");
    day.proved();
    let paid = day.order("5001");
    assert_eq!((text(&paid, "site_paid"), text(&paid, "state")), ("Да".into(), "Готов к отгрузке".into()));
    assert_eq!(day.state("5002"), "Ожидается обеспечение");
    assert_eq!(text(&day.order("5003"), "attention"), "item");
    // The line the program could not tell is bound by hand.
    let waiting = day.rows(&["import", "lines"]);
    assert_eq!(waiting.len(), 1);
    let (order, line) = (text(&waiting[0], "order"), text(&waiting[0], "line"));
    day.done(&["import", "bind", &order, &line, &text(&waiting[0], "proposals")]);
    assert_eq!(text(&day.order("5003"), "attention"), "");
    assert_eq!(day.state("5003"), "Готов к отгрузке");
    let (code, _, said) = day.asked(&["import", "bind", "goods_issue:#1", &line, "00302"]);
    assert_eq!(code, REFUSED, "{said}");
    day.proved();
}

/// What is lacking is ordered, received, registered, and paid; the waiting orders get their reserve.
fn goods_are_bought(day: &Day) {
    let lacking = day.rows(&["supply"]);
    assert!(lacking.iter().any(|row| text(row, "item").contains("Волна") && text(row, "qty") == "3"), "{lacking:?}");
    let made = day.rows(&["supply", "--order"]);
    assert!(!made.is_empty() && day.rows(&["supply"]).is_empty());
    day.proved();
    let mut lines = Vec::new();
    for (at, order) in made.iter().enumerate() {
        let receipt = format!("R-{at}");
        lines.push(json!({"type": "goods_receipt", "key": receipt, "on": text(order, "ref"), "post": true,
            "incoming_number": format!("{}", 700 + at)}));
        lines.push(json!({"type": "tax_invoice_received", "key": format!("F-{at}"), "post": true,
            "on": format!("goods_receipt:{receipt}")}));
    }
    // One supplier is paid in cash, the others by the bank.
    lines.push(json!({"type": "cash_issue", "key": "KO-1", "on": "goods_receipt:R-0", "flow": "002", "post": true}));
    for at in 1..made.len() {
        lines.push(json!({"type": "payment_order", "key": format!("PP-{at}"), "post": true, "flow": "002",
            "on": format!("goods_receipt:R-{at}")}));
        lines.push(json!({"type": "bank_debit", "key": format!("BD-{at}"), "post": true,
            "on": format!("payment_order:PP-{at}")}));
    }
    day.load(&lines);
    assert_eq!(day.state("5002"), "Готов к отгрузке");
}

/// Shipment on the basis of each order, with a tax invoice for the firm; nothing is left to ship twice.
fn goods_go_out(day: &Day) {
    for number in ["5001", "5002", "5003"] {
        let order = text(&day.order(number), "ref");
        day.load(&[
            json!({"type": "invoice", "key": format!("I-{number}"), "on": order, "post": true}),
            json!({"type": "goods_issue", "key": format!("G-{number}"), "on": order, "post": true}),
        ]);
        assert_eq!(day.state(number), "Ожидается оплата", "{number}");
    }
    day.load(&[json!({"type": "tax_invoice_issued", "key": "T-5003", "on": "goods_issue:G-5003", "post": true})]);
    let file = day.path("twice.jsonl");
    let twice = json!({"type": "goods_issue", "on": text(&day.order("5001"), "ref"), "post": true});
    std::fs::write(&file, twice.to_string()).unwrap();
    let (code, out, _) = day.asked(&["load", &file]);
    assert_eq!(code, REFUSED, "{out}");
}

/// Money by bank, by cash, one receipt for two orders; a return and its refund. Orders close by themselves.
fn money_comes_in(day: &Day) {
    let of = |number: &str| text(&day.order(number), "ref");
    day.load(&[
        json!({"type": "bank_receipt", "key": "B-5001", "on": of("5001"), "bank_account": "cards", "flow": "001", "post": true}),
        json!({"type": "cash_receipt", "key": "K-5002", "on": of("5002"), "flow": "001", "post": true}),
    ]);
    assert_eq!((day.state("5001"), day.state("5002")), ("Закрыт".to_owned(), "Закрыт".to_owned()));
    // The firm orders once more and pays for both orders at once.
    day.load(&[json!({"type": "customer_order", "key": "O-2", "customer": "К204", "price_kind": "wholesale",
        "post": true, "goods": [{"item": "00301", "qty": 2}]})]);
    day.load(&[json!({"type": "goods_issue", "key": "G-2", "on": "customer_order:O-2", "post": true})]);
    // 5003: 4 * 952 + 1526; O-2: 2 * 952.
    let split = [
        json!({"order": of("5003"), "amount": "5334.00"}),
        json!({"order": "customer_order:O-2", "amount": "1904.00"}),
    ];
    day.load(&[
        json!({"type": "bank_receipt", "key": "B-2", "counterparty": "К204", "amount": "7238.00", "flow": "001",
        "split": split, "post": true}),
    ]);
    assert_eq!(day.state("5003"), "Закрыт");
    // One chest comes back, and its price is given back from the cash desk.
    day.load(&[
        json!({"type": "customer_return", "key": "V-1", "on": "goods_issue:G-5002", "post": true,
            "goods": [{"item": "00300", "qty": 1, "price": "529.00"}]}),
        json!({"type": "cash_issue", "key": "KO-2", "on": of("5002"), "flow": "003", "post": true}),
    ]);
    let refund = day.rows(&["list", "cash_issue", "--limit", "1"]);
    assert_eq!(text(&refund[0], "amount"), "529,00");
    assert_eq!(text(&day.order("5002"), "unpaid"), "0,00");
}

/// Every paper of the day is a PDF.
fn papers_are_printed(day: &Day) {
    let papers = [
        ("cash_receipt:K-5002", "ko1"),
        ("cash_issue:KO-2", "ko2"),
        ("payment_order:PP-1", "pp_0401060"),
        ("invoice:I-5003", "invoice_for_payment"),
        ("goods_issue:G-5003", "goods_issue"),
    ];
    // The cash order asks for the paper of the one who takes the money: it is not printed without.
    let (code, _, said) = day.asked(&["print", "cash_issue:KO-2", "--out", &day.path("refused.pdf")]);
    assert_eq!(code, REFUSED, "{said}");
    assert!(said.contains("--force") && !Path::new(&day.path("refused.pdf")).exists(), "{said}");
    let passport = "паспорту 40 19 555012, выдан ГУ МВД по г. Санкт-Петербургу 12.03.2019";
    day.load(&[json!({"type": "cash_issue", "key": "KO-2", "passport": passport})]);
    for (document, form) in papers {
        let file = day.path(&format!("{form}.pdf"));
        day.done(&["print", document, "--form", form, "--out", &file]);
        let bytes = std::fs::read(Path::new(&file)).unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 5_000, "{form}: {} bytes", bytes.len());
    }
}

/// Reports tell what has happened, to people and to other programs.
fn reports_tell(day: &Day) {
    let report = |args: &[&str]| -> Value {
        let out = day.done(&[&["report"], args, &["--format", "json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{args:?}: {error}: {out}"))
    };
    // Two rugs were there and three bought, five have gone; two chests have gone and one is back.
    let rugs = report(&["stock", "--filter", "item=00299"]);
    assert!(rugs["rows"].as_array().unwrap().is_empty(), "{rugs}");
    let chests = report(&["stock", "--filter", "item=00300"]);
    assert_eq!(text(&chests["total"], "on_hand"), "13.000");
    let sold = report(&["sales", "--period", "all", "--filter", "item=00300"]);
    assert_eq!((text(&sold["total"], "qty"), text(&sold["total"], "amount")), ("1.000".into(), "529.00".into()));
    let trial = report(&["trial_balance", "--period", "month"]);
    let total = &trial["total"];
    let sums = ["opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit"];
    let sums = sums.map(|column| text(total, column));
    assert!(sums.iter().all(|sum| !sum.is_empty()), "{total}");
    assert_eq!((&sums[0], &sums[2], &sums[4]), (&sums[1], &sums[3], &sums[5]), "{total}");
    let card = report(&["account_card", "--period", "today", "--filter", "account=50.01"]);
    let documents: Vec<String> = card["rows"].as_array().unwrap().iter().map(|row| text(row, "document")).collect();
    assert!(documents.iter().any(|title| title.starts_with("Приходный кассовый ордер")), "{documents:?}");
    for (format, begins) in [("xlsx", "PK"), ("pdf", "%PDF-"), ("csv", "")] {
        let file = day.path(&format!("states.{format}"));
        day.done(&["report", "order_states", "--format", format, "--out", &file]);
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()) && bytes.len() > 100, "{format}");
    }
}

#[test]
fn a_day_by_headless_commands() {
    let day = Day::begun();
    orders_arrive(&day);
    goods_are_bought(&day);
    goods_go_out(&day);
    money_comes_in(&day);
    papers_are_printed(&day);
    reports_tell(&day);
    let copy = day.path("evening.kontora");
    day.done(&["backup", &copy]);
    let (code, out, said) = command(&["--base", &copy, "check"]);
    assert_eq!(code, DONE, "{out}{said}");
}
