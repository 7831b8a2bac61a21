//! Papers in the window: read, looked at in both themes, made larger, turned, saved, printed, mended.

use crate::app_kit::{App, World, wait};
use crate::printing::base::{DOCUMENTS, MASTERS};
use crate::ui_kit::{CTRL, press};
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};
use kontora::kernel::refs::AnyRef;
use kontora::print::pages::Pages;
use kontora::print::printer::{FakePrinters, Printer};
use kontora::ui::app::preview::PreviewPage;
use kontora::ui::shell::page::{Open, Request};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

type Window = Harness<'static, App>;

fn world(change: impl Fn(String) -> String) -> World {
    World::with(&change(format!("{MASTERS}{DOCUMENTS}")))
}

fn has(harness: &Window, label: &str) -> bool {
    harness.query_all(By::new().label_contains(label)).next().is_some()
}

fn until(harness: &mut Window, label: &str) {
    wait(label, || {
        harness.step();
        has(harness, label).then_some(())
    });
    harness.run_ok();
}

fn rest(world: &World, name: &str) -> String {
    let (kind, key) = name.split_once(':').unwrap();
    format!("{kind}:{}", world.find(kind, key).id())
}

/// Opens papers and waits for them.
fn open(harness: &mut Window, code: String) {
    harness.state_mut().0.open(Open::Code(code));
    harness.run_ok();
    until(harness, "Страница 1 из");
}

#[test]
fn papers_are_seen_as_they_are_printed_in_both_themes() {
    let world = world(|lines| lines);
    for theme in [Theme::Light, Theme::Dark] {
        let (mut harness, cpu) = world.window(theme);
        for (name, form) in [("goods_issue:GI-1", "upd"), ("payment_order:PO-1", "pp_0401060"), ("invoice:I-1", "")] {
            let code = format!("print:{}:{form}", rest(&world, name));
            open(&mut harness, code.trim_end_matches(':').to_owned());
            cpu.look(&harness, &format!("preview-{}-{theme:?}", name.split(':').next().unwrap()));
            press(&mut harness, CTRL, Key::Num1);
            cpu.look(&harness, &format!("preview-whole-{}-{theme:?}", name.split(':').next().unwrap()));
        }
        press(&mut harness, CTRL, Key::Num0);
        for _ in 0..3 {
            press(&mut harness, CTRL, Key::Plus);
        }
        cpu.look(&harness, &format!("preview-large-{theme:?}"));
    }
}

#[test]
fn several_documents_are_one_paper_and_pages_are_turned_by_keys() {
    let world = world(|lines| lines);
    let (mut harness, _) = world.window(Theme::Light);
    let names = ["cash_receipt:CR-1", "goods_issue:GI-1", "invoice:I-1"].map(|name| rest(&world, name));
    open(&mut harness, format!("print:{}", names.join(",")));
    assert!(has(&harness, "Комплект документов: 3"), "the tab says what is in it");
    assert!(has(&harness, "Страница 1 из 3"));
    press(&mut harness, CTRL, Key::PageDown);
    assert!(has(&harness, "Страница 2 из 3"));
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(has(&harness, "Страница 3 из 3"));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(has(&harness, "Страница 1 из 3"));
    assert_eq!(harness.state().0.reopen(), ["start".to_owned(), format!("print:{}", names.join(","))][1..]);
}

#[test]
fn what_is_missing_stands_above_and_goes_away_when_it_is_filled_in() {
    let world = world(|lines| lines.replace("\"okpo\":\"00032537\",", ""));
    let (mut harness, cpu) = world.window(Theme::Light);
    open(&mut harness, format!("print:{}", rest(&world, "cash_receipt:CR-1")));
    assert!(has(&harness, "Не заполнен 1 реквизит") && has(&harness, "Не заполнено: ОКПО организации"));
    cpu.look(&harness, "preview-blanks");
    // A click leads to the card where it is filled in, and the paper is still there behind it.
    harness.get_by(|node| node.label().is_some_and(|said| said == "Не заполнено: ОКПО организации")).click();
    until(&mut harness, "ОГРН");
    cpu.look(&harness, "preview-card");
    let front = harness.state().0.pages().into_iter().find(|(_, front)| *front).unwrap().0;
    assert_eq!(front, format!("object:company:{}", world.find("company", "main").id()));
    press(&mut harness, CTRL, Key::F4);
    until(&mut harness, "Страница 1 из 1");
    // Printing with blanks asks first.
    press(&mut harness, CTRL, Key::P);
    assert!(has(&harness, "Все равно напечатать?"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let base = world.base();
    let ticket = base.write(kontora::ops::gate::Op::Save, |tx| {
        tx.load_line(r#"{"type":"company","code":"main","okpo":"00032537"}"#).map(|_| ())
    });
    wait("saving", || ticket.poll()).unwrap();
    press(&mut harness, Modifiers::NONE, Key::F5);
    wait("the paper", || {
        harness.step();
        (!has(&harness, "Не заполнено")).then_some(())
    });
}

#[test]
fn so_many_labels_of_each_item_as_are_asked_for() {
    let world = world(|lines| lines);
    let (mut harness, cpu) = world.window(Theme::Light);
    let items = ["item:T1", "item:T2"].map(|name| format!("{}:item_label", rest(&world, name)));
    open(&mut harness, format!("print:{}", items.join(",")));
    assert!(has(&harness, "Страница 1 из 2"));
    press(&mut harness, CTRL, Key::Num3);
    until(&mut harness, "Штук каждого");
    assert!(has(&harness, "По количеству в документе"));
    cpu.look(&harness, "preview-label-count");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, CTRL, Key::A);
    crate::ui_kit::type_text(&mut harness, "4");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "Страница 1 из 8");
    let counted = items.map(|item| format!("{item}*4")).join(",");
    assert_eq!(harness.state().0.reopen()[0], format!("print:{counted}"), "another start shows the same");
}

#[test]
fn another_form_of_the_document_is_chosen_in_place() {
    let world = world(|lines| lines);
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, format!("print:{}", rest(&world, "goods_issue:GI-1")));
    assert!(has(&harness, "Расходная накладная № 41"));
    harness.get_by_label("Форма").click();
    harness.run_ok();
    harness.get_by_label("Товарная накладная (ТОРГ-12)").click();
    harness.run_ok();
    until(&mut harness, "Товарная накладная ТОРГ-12 № 41");
}

fn shown_with(harness: &mut Window, world: &World, printers: &Arc<FakePrinters>) {
    let base = Rc::new(world.base());
    let page = PreviewPage::open(&base, &rest(world, "invoice:I-1")).with_printers(Arc::clone(printers) as _);
    // The page keeps its base alive.
    harness.state_mut().0.request(Request::Show(Box::new(page)));
    until(harness, "Страница 1 из 1");
}

#[test]
fn papers_go_to_the_chosen_printer() {
    let world = world(|lines| lines);
    let (mut harness, cpu) = world.window(Theme::Light);
    let printer = |name: &str, default: bool| Printer { name: name.to_owned(), default };
    let printers = FakePrinters {
        printers: vec![printer("Kyocera", false), printer("HP в зале", true), printer("Этикетки", false)],
        ..FakePrinters::default()
    };
    let printers = Arc::new(printers);
    shown_with(&mut harness, &world, &printers);
    press(&mut harness, CTRL, Key::P);
    until(&mut harness, "Экземпляров");
    cpu.look(&harness, "preview-printers");
    // The default one is chosen to begin with.
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, CTRL, Key::A);
    crate::ui_kit::type_text(&mut harness, "0");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "Экземпляров"), "nothing is printed nought times");
    press(&mut harness, CTRL, Key::A);
    crate::ui_kit::type_text(&mut harness, "2");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "Передано на печать: Kyocera");
    let printed = printers.printed.lock().unwrap();
    assert_eq!(printed.len(), 1);
    assert_eq!((printed[0].printer.as_deref(), printed[0].copies), (Some("Kyocera"), 2));
    assert_eq!(printed[0].title, "Счет на оплату № 15 от 20 ноября 2026 г.");
    assert!(printed[0].pdf.starts_with(b"%PDF-"));
}

#[test]
fn without_a_printer_the_user_is_told_what_to_do() {
    let world = world(|lines| lines);
    let (mut harness, _) = world.window(Theme::Light);
    shown_with(&mut harness, &world, &Arc::default());
    press(&mut harness, CTRL, Key::P);
    until(&mut harness, "сохраните документ в PDF");
}

#[test]
fn papers_are_saved_as_pdf() {
    let world = world(|lines| lines);
    let folder = world.path().parent().unwrap().to_path_buf();
    let (mut harness, _) = world.window(Theme::Light);
    harness.state_mut().0.host().keep("print-folder", folder.display().to_string());
    open(&mut harness, format!("print:{}", rest(&world, "cash_issue:CI-1")));
    press(&mut harness, CTRL, Key::S);
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let file: PathBuf = folder.join("Расходный кассовый ордер № 7 от 23.11.2026.pdf");
    wait("the file", || {
        harness.step();
        file.exists().then_some(())
    });
    until(&mut harness, "Сохранено");
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn what_cannot_be_shown_is_told() {
    let world = world(|lines| lines);
    let (mut harness, _) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("print:nobody:1".to_owned()));
    until(&mut harness, "Непонятно, что печатать: «nobody:1»");
    let receipt = rest(&world, "bank_receipt:BR-1");
    harness.state_mut().0.open(Open::Code(format!("print:{receipt}")));
    until(&mut harness, "нет печатных форм");
    assert_eq!(PreviewPage::code(&[AnyRef::new(48, 7), AnyRef::new(52, 8)], ""), "print:goods_issue:7,cash_receipt:8");
}

#[test]
fn pages_of_others_are_shown_and_printed_the_same_way() {
    let world = world(|lines| lines);
    let (mut harness, _) = world.window(Theme::Light);
    let session = world.session();
    let asked = [(world.find("goods_issue", "GI-1"), "torg12".to_owned())];
    let pages: Pages = kontora::ops::printing::papers(&session, &asked).unwrap().pages;
    let page = PreviewPage::of_pages("report", Pages { title: "Остатки товаров".to_owned(), ..pages });
    harness.state_mut().0.request(Request::Show(Box::new(page)));
    until(&mut harness, "Страница 1 из 1");
    assert!(has(&harness, "Остатки товаров"));
}
