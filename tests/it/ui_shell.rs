//! The window: tabs, sections, dialogs, messages, the palette, files.

use crate::ui_kit::{CTRL, Cpu, press, type_text};
use crate::ui_sample::{App, open};
use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kontora::ui::shell::dialog::{Answer, Dialog};
use kontora::ui::shell::files::FileDialog;
use kontora::ui::shell::page::{Open, Page, PageContext, Request};
use std::time::Duration;

type Window = Harness<'static, App>;

const NONE: Modifiers = Modifiers::NONE;

fn front(harness: &Window) -> String {
    let pages = harness.state().0.pages();
    pages.into_iter().find(|(_, front)| *front).map(|(key, _)| key).unwrap_or_default()
}

fn count(harness: &Window) -> usize {
    harness.state().0.pages().len()
}

fn look(harness: &Window, cpu: &Cpu, name: &str) {
    cpu.look(harness, &format!("shell-{name}"));
}

fn says(harness: &Window, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn focused(harness: &Window, label: &str) -> bool {
    harness.query_all_by_label(label).any(|node| node.is_focused())
}

#[test]
fn the_window_is_drawn_in_both_themes() {
    for theme in [Theme::Light, Theme::Dark] {
        let (mut harness, cpu) = open(theme, 1.0);
        look(&harness, &cpu, &format!("journal-{theme:?}"));
        press(&mut harness, NONE, Key::Enter);
        look(&harness, &cpu, &format!("order-{theme:?}"));
        press(&mut harness, Modifiers::ALT, Key::Num2);
        look(&harness, &cpu, &format!("section-{theme:?}"));
        press(&mut harness, NONE, Key::Escape);
        press(&mut harness, CTRL, Key::K);
        type_text(&mut harness, "за");
        look(&harness, &cpu, &format!("palette-{theme:?}"));
        press(&mut harness, NONE, Key::Escape);
        press(&mut harness, CTRL, Key::F1);
        look(&harness, &cpu, &format!("keys-{theme:?}"));
        press(&mut harness, NONE, Key::Escape);
        press(&mut harness, CTRL, Key::F2);
        type_text(&mut harness, "12*(100+50)");
        press(&mut harness, NONE, Key::Enter);
        type_text(&mut harness, "7/2");
        look(&harness, &cpu, &format!("calculator-{theme:?}"));
    }
    let (harness, cpu) = open(Theme::Light, 1.5);
    look(&harness, &cpu, "journal-150");
}

#[test]
fn pages_are_opened_walked_and_closed_by_keys() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    assert_eq!(front(&harness), "orders");
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(front(&harness), "order:2");
    press(&mut harness, CTRL, Key::Tab);
    assert_eq!(front(&harness), "start");
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::Tab);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::Tab);
    assert_eq!(front(&harness), "orders");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!((front(&harness).as_str(), count(&harness)), ("order:2", 3), "what is open is not opened twice");
    press(&mut harness, NONE, Key::Escape);
    assert_eq!((front(&harness).as_str(), count(&harness)), ("orders", 2));
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(front(&harness), "order:3", "the list had its focus back");
    press(&mut harness, CTRL, Key::F4);
    harness.get_by_role_and_label(Kind::Tab, "Начальная страница").click();
    harness.run_ok();
    press(&mut harness, CTRL, Key::F4);
    assert_eq!((front(&harness).as_str(), count(&harness)), ("start", 2), "the start page stays");
}

#[test]
fn a_page_with_changes_asks_before_it_closes() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Enter);
    harness.get_by_role_and_label(Kind::TextInput, "Комментарий").click();
    harness.run_ok();
    type_text(&mut harness, "перезвонить");
    // Esc comes while the comment is still being typed: nothing of it may be lost.
    press(&mut harness, NONE, Key::Escape);
    look(&harness, &cpu, "save");
    assert!(says(&harness, "Да"));
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(front(&harness), "order:1");
    assert!(says(&harness, "* Заказ КА00-0000001"));
    press(&mut harness, CTRL, Key::F4);
    type_text(&mut harness, "н");
    assert_eq!(front(&harness), "orders", "the letter of the button answers");
}

#[test]
fn all_problems_are_told_at_once_and_each_leads_to_its_field() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Insert);
    assert!(focused(&harness, "Покупатель"));
    harness.get_by_role_and_label(Kind::Grid, "Товары").focus();
    harness.run_ok();
    press(&mut harness, NONE, Key::Insert);
    type_text(&mut harness, "чайн");
    press(&mut harness, CTRL, Key::Enter);
    look(&harness, &cpu, "messages");
    assert!(says(&harness, "Покупатель: «Покупатель» не найдено"));
    assert!(says(&harness, "Товары, строка 1, Количество: "));
    assert_eq!(count(&harness), 3, "what is wrong is not closed");
    press(&mut harness, NONE, Key::Escape);
    press(&mut harness, NONE, Key::F8);
    assert!(focused(&harness, "Покупатель"));
    press(&mut harness, NONE, Key::F8);
    assert!(focused(&harness, "Товары"));
    harness.get_by_role_and_label(Kind::ListItem, "Покупатель: «Покупатель» не найдено").click();
    harness.run_ok();
    assert!(focused(&harness, "Покупатель"));
    type_text(&mut harness, "ромашка");
    press(&mut harness, NONE, Key::Enter);
    press(&mut harness, CTRL, Key::S);
    assert!(!says(&harness, "Покупатель: «Покупатель» не найдено"), "mended problems are gone");
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::Z);
    assert!(!says(&harness, "Товары, строка 1"));
}

#[test]
fn a_command_takes_in_the_cell_that_is_being_typed() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Enter);
    harness.get_by_role_and_label(Kind::Grid, "Товары").focus();
    harness.run_ok();
    press(&mut harness, NONE, Key::ArrowRight);
    type_text(&mut harness, "55");
    press(&mut harness, CTRL, Key::S);
    assert!(says(&harness, "1: Кабель ВВГнг(А)-LS 3×2,5 мм²; 55"));
    assert!(says(&harness, "Заказ записан"));
    press(&mut harness, NONE, Key::Escape);
    type_text(&mut harness, "66");
    harness.get_by_role_and_label(Kind::Button, "Записать").click();
    harness.run_ok();
    assert!(says(&harness, "1: Кабель ВВГнг(А)-LS 3×2,5 мм²; 66"), "and so does a button");
}

#[test]
fn leaving_a_page_takes_in_what_is_half_typed() {
    let type_comment = |harness: &mut Window| {
        press(harness, NONE, Key::Enter);
        harness.get_by_role_and_label(Kind::TextInput, "Комментарий").focus();
        harness.run_ok();
        type_text(harness, "перезвонить");
    };
    let (mut harness, _) = open(Theme::Light, 1.0);
    type_comment(&mut harness);
    harness.get_by_role_and_label(Kind::Tab, "Начальная страница").click();
    harness.run_ok();
    assert!(says(&harness, "* Заказ КА00-0000001"), "a click on another tab");
    let (mut harness, _) = open(Theme::Light, 1.0);
    type_comment(&mut harness);
    harness.state_mut().0.open(Open::Code("customers".into()));
    harness.run_ok();
    assert!(says(&harness, "* Заказ КА00-0000001"), "another page was opened");
    let (mut harness, _) = open(Theme::Light, 1.0);
    type_comment(&mut harness);
    let tab = harness.get_by_role_and_label(Kind::Tab, "Заказ КА00-0000001").rect();
    let cross = tab.right_center() - egui::vec2(14.0, 0.0);
    harness.drag_at(cross);
    harness.drop_at(cross);
    harness.run_ok();
    assert!(says(&harness, "данные изменены"), "the cross of the tab asks");
}

#[test]
fn a_row_has_a_menu_by_the_right_button_and_by_a_key() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    harness.get_by_label_contains("КА00-0000003;").click_secondary();
    harness.run_ok();
    look(&harness, &cpu, "row-menu");
    harness.get_by_role_and_label(Kind::MenuItem, "Изменить").click();
    harness.run_ok();
    assert_eq!(front(&harness), "order:3");
    press(&mut harness, NONE, Key::Escape);
    press(&mut harness, Modifiers::SHIFT, Key::F10);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Пометка поставлена"));
    assert!(focused(&harness, "Заказы клиентов"));
}

#[test]
fn nothing_is_saved_over_what_could_not_be_read() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Enter);
    harness.get_by_role_and_label(Kind::TextInput, "Предоплата").focus();
    harness.run_ok();
    type_text(&mut harness, "много");
    press(&mut harness, CTRL, Key::S);
    assert!(says(&harness, "Предоплата: «много» не число"));
    assert!(!says(&harness, "Заказ записан"));
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "5");
    press(&mut harness, CTRL, Key::S);
    assert!(says(&harness, "Заказ записан"));
    assert!(!says(&harness, "«много»"));
}

#[test]
fn a_value_is_chosen_from_the_list_over_the_form() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Enter);
    assert!(focused(&harness, "Покупатель"));
    press(&mut harness, NONE, Key::F4);
    look(&harness, &cpu, "choose");
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    let customer = harness.get_by_role_and_label(Kind::TextInput, "Покупатель").value();
    assert_eq!(customer.as_deref(), Some("ИП Иванов Иван Иванович"));
    assert!(focused(&harness, "Покупатель"), "the focus came back to the field");
    press(&mut harness, NONE, Key::F4);
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(front(&harness), "order:1", "Esc closes the list, not the form");
    assert!(focused(&harness, "Покупатель"));
}

#[test]
fn sections_are_opened_by_alt_and_a_number_and_walked_by_arrows() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    press(&mut harness, Modifiers::ALT, Key::Num2);
    for _ in 0..3 {
        press(&mut harness, NONE, Key::ArrowDown);
    }
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(front(&harness), "customers");
    harness.get_by_role_and_label(Kind::Button, "Продажи").click();
    harness.run_ok();
    harness.get_by_role_and_label(Kind::MenuItem, "Заказы клиентов").click();
    harness.run_ok();
    assert_eq!(front(&harness), "orders");
    press(&mut harness, NONE, Key::F6);
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Возвраты от покупателей"), "the sections are reached by F6");
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(front(&harness), "orders");
}

#[test]
fn the_palette_finds_commands_pages_and_data() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    press(&mut harness, CTRL, Key::K);
    type_text(&mut harness, "контраг");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(front(&harness), "customers");
    press(&mut harness, CTRL, Key::K);
    type_text(&mut harness, "ромаш");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(front(&harness), "order:1");
    press(&mut harness, CTRL, Key::K);
    type_text(&mut harness, "пересч ит");
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Пересчёт итогов"), "a command of the host shows its progress");
    press(&mut harness, CTRL, Key::K);
    type_text(&mut harness, "ъъъ");
    press(&mut harness, NONE, Key::Enter);
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(front(&harness), "order:1");
}

#[test]
fn a_link_is_copied_and_gone_to() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Enter);
    press(&mut harness, CTRL, Key::F11);
    assert!(says(&harness, "Ссылка скопирована"));
    press(&mut harness, Modifiers::SHIFT, Key::F11);
    type_text(&mut harness, "kontora:order/77");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(front(&harness), "order:77");
}

#[test]
fn the_command_bar_is_reached_and_left_by_keys() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    press(&mut harness, Modifiers::ALT, Key::F10);
    assert!(focused(&harness, "Создать"));
    press(&mut harness, NONE, Key::ArrowRight);
    assert!(focused(&harness, "Скопировать"));
    press(&mut harness, NONE, Key::Escape);
    assert!(focused(&harness, "Заказы клиентов"), "Esc goes back to the list");
    harness.get_by_role_and_label(Kind::Button, "Ещё").click();
    harness.run_ok();
    look(&harness, &cpu, "more");
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert!(focused(&harness, "Заказы клиентов"));
}

#[test]
fn typing_over_a_list_searches_and_the_arrow_goes_back_to_the_rows() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    type_text(&mut harness, "ром");
    let search = harness.get_by_role_and_label(Kind::TextInput, "Поиск");
    assert!(search.is_focused());
    assert_eq!(search.value().as_deref(), Some("ром"));
    press(&mut harness, NONE, Key::ArrowDown);
    assert!(focused(&harness, "Заказы клиентов"));
}

#[test]
fn the_theme_is_turned_by_a_key_and_kept() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    press(&mut harness, CTRL, Key::F12);
    assert_eq!(harness.ctx.theme(), Theme::Dark);
    assert_eq!(harness.state_mut().0.host().kept("theme").as_deref(), Some("dark"));
}

#[test]
fn a_narrow_window_moves_buttons_under_more() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    press(&mut harness, NONE, Key::Enter);
    harness.set_size(egui::vec2(720.0, 480.0));
    harness.run_ok();
    look(&harness, &cpu, "narrow");
    harness.get_by_role_and_label(Kind::Button, "Ещё").click();
    harness.run_ok();
    assert!(says(&harness, "Счёт на оплату"), "the menu of printing went under «Ещё»");
}

#[test]
fn the_sheet_of_keys_names_every_key_of_every_command() {
    let sheet = kontora::ui::shell::key_sheet(kontora::ui::commands::standard::all());
    let lines: Vec<&(String, String)> = sheet.iter().flat_map(|(_, lines)| lines).collect();
    for command in kontora::ui::commands::standard::all() {
        for key in &command.keys {
            let named =
                |(label, keys): &&(String, String)| *label == command.label.show() && keys.contains(&key.show());
            assert!(lines.iter().any(named), "{} is not in the sheet", command.code);
        }
    }
}

#[test]
fn one_of_several_is_chosen_by_the_arrows() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    let items = [("Счёт на оплату", "форма"), ("Накладная", "ТОРГ-12"), ("Акт", "")];
    let items = items.map(|(title, detail)| (title.to_owned(), detail.to_owned())).to_vec();
    let dialog = Dialog::List { title: "Что печатать".into(), items };
    harness.state_mut().0.request(Request::Show(Box::new(Asking(Some(dialog), String::new()))));
    harness.run_ok();
    look(&harness, &cpu, "list");
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Ответ: Item(1)"));
}

/// A page that asks something.
struct Asking(Option<Dialog>, String);

impl Page for Asking {
    fn key(&self) -> String {
        "asking".to_owned()
    }
    fn title(&self) -> String {
        "Вопрос".to_owned()
    }
    fn ui(&mut self, ui: &mut egui::Ui, ctx: &mut PageContext<'_>) {
        ui.label(format!("Ответ: {}", self.1));
        if let Some(dialog) = self.0.take() {
            ctx.ask(dialog, "question");
        }
    }
    fn answer(&mut self, _token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        self.1 = match answer {
            Answer::File(path) => path.file_name().unwrap().to_string_lossy().into_owned(),
            other => format!("{other:?}"),
        };
    }
}

fn ask_file(harness: &mut Window, dialog: FileDialog) {
    let asking = Asking(Some(Dialog::File(Box::new(dialog))), String::new());
    harness.state_mut().0.request(Request::Show(Box::new(asking)));
    // The folder is read by a thread.
    for _ in 0..100 {
        harness.run_ok();
        if says(harness, "прайс.csv") {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("архив")).unwrap();
    for name in ["прайс.csv", "остатки.csv", "заметки.txt", "фото.png"] {
        std::fs::write(folder.path().join(name), vec![0; 3_000]).unwrap();
    }
    folder
}

#[test]
fn a_file_is_chosen_by_the_keyboard() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    let folder = folder();
    let places = vec![("Домашняя папка".to_owned(), folder.path().to_path_buf())];
    ask_file(&mut harness, FileDialog::open(folder.path()).filter("Таблицы CSV", &["csv"]).places(places));
    look(&harness, &cpu, "file");
    assert!(says(&harness, "архив") && !says(&harness, "заметки.txt"), "folders and fitting files are shown");
    type_text(&mut harness, "п");
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Ответ: прайс.csv"));
}

#[test]
fn a_file_is_saved_with_its_extension_and_not_over_another_without_a_question() {
    let (mut harness, cpu) = open(Theme::Light, 1.0);
    let folder = folder();
    ask_file(&mut harness, FileDialog::save(folder.path(), "прайс").filter("Таблицы CSV", &["csv"]));
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Файл «прайс.csv» уже есть. Заменить его?"));
    look(&harness, &cpu, "file-replace");
    press(&mut harness, NONE, Key::Escape);
    harness.get_by_role_and_label(Kind::TextInput, "Имя файла").focus();
    harness.run_ok();
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "новый");
    press(&mut harness, NONE, Key::Enter);
    assert!(says(&harness, "Ответ: новый.csv"));
}

#[test]
fn a_folder_that_cannot_be_read_is_told() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    ask_file(&mut harness, FileDialog::open("/нет/такой/папки"));
    assert!(says(&harness, "Папка не прочитана"));
    press(&mut harness, NONE, Key::Escape);
    assert!(says(&harness, "Ответ: Cancelled"));
}

#[test]
fn a_new_page_is_shown_once_by_its_key() {
    let (mut harness, _) = open(Theme::Light, 1.0);
    harness.state_mut().0.open(Open::Code("customers".into()));
    harness.state_mut().0.open(Open::Code("orders".into()));
    harness.state_mut().0.open(Open::Code("customers".into()));
    harness.run_ok();
    assert_eq!((front(&harness).as_str(), count(&harness)), ("customers", 3));
    assert_eq!(harness.state().0.reopen(), ["orders", "customers"]);
}
