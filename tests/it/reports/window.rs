//! Reports in the window: made, narrowed, drilled down to the document, regrouped, saved, printed.

use crate::app_kit::{App, World};
use crate::ui_kit::{CTRL, press};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::ui::shell::page::{Open, Request};
use std::time::{Duration, Instant};

const MORE: &str = r#"
{"type":"goods_issue","key":"G-1","date":"2026-11-05","on":"customer_order:O-2","post":true}
{"type":"goods_issue","key":"G-2","date":"2026-11-12","customer":"C1","post":true,"goods":[{"item":"T3","qty":1,"price":"120"}]}
{"type":"cash_receipt","key":"P-1","date":"2026-11-13","counterparty":"C1","amount":"100","post":true}
"#;

/// Draws frames until something is seen.
fn until(harness: &mut Harness<'static, App>, what: &str, seen: impl Fn(&Harness<'static, App>) -> bool) {
    let begun = Instant::now();
    loop {
        harness.run_ok();
        if seen(harness) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// Something on the screen says this.
fn says(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn rows(harness: &Harness<'static, App>) -> Vec<String> {
    harness.query_all_by_role(Role::Row).filter_map(|node| node.accesskit_node().label()).collect()
}

fn open(world: &World, theme: Theme, code: &str) -> (Harness<'static, App>, crate::ui_kit::Cpu) {
    let (mut harness, cpu) = world.window(theme);
    harness.state_mut().0.open(Open::Code(code.to_owned()));
    let _ = Request::Close;
    (harness, cpu)
}

#[test]
fn a_report_is_made_regrouped_and_drilled_down_to_the_document() {
    let world = World::with(MORE);
    let (mut harness, cpu) = open(&world, Theme::Light, "report:sales");
    until(&mut harness, "sales", |harness| rows(harness).iter().any(|row| row.contains("Лампа настольная")));
    cpu.look(&harness, "report_sales_light");
    assert!(rows(&harness).iter().any(|row| row.starts_with("Лампа настольная; 5; 240,00")), "{:?}", rows(&harness));
    // Another grouping, from the menu.
    harness.get_by_label("По: Номенклатура").click();
    harness.run_ok();
    harness.get_by_label("Покупатель / Номенклатура").click();
    until(&mut harness, "customers", |harness| {
        rows(harness).iter().any(|row| row.starts_with("Ёлкина Анна Сергеевна;"))
    });
    cpu.look(&harness, "report_sales_grouped");
    // Down to the movements of the first row, and on to its document.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "ways down", |harness| harness.query_by_label("Движения: Продажи").is_some());
    cpu.look(&harness, "report_ways");
    harness.get_by_label("Движения: Продажи").click();
    until(&mut harness, "movements", |harness| rows(harness).iter().any(|row| row.contains("Реализация товаров")));
    cpu.look(&harness, "report_movements");
    let pages = harness.state_mut().0.pages();
    assert!(pages.iter().any(|(key, _)| key.starts_with("report:sales/sales?")), "{pages:?}");
    // The grouping is kept for the next time.
    let kept = harness.state_mut().0.host().kept("report-sales").unwrap_or_default();
    assert!(kept.starts_with("customer,item\n"), "{kept}");
}

#[test]
fn periods_have_keys_and_a_stale_report_says_so() {
    let world = World::with(MORE);
    let (mut harness, _) = open(&world, Theme::Dark, "report:sales");
    until(&mut harness, "sales", |harness| !rows(harness).is_empty());
    press(&mut harness, Modifiers::ALT, Key::PageUp);
    until(&mut harness, "October", |harness| says(harness, "Нет данных"));
    press(&mut harness, Modifiers::ALT, Key::Num5);
    until(&mut harness, "the year", |harness| !rows(harness).is_empty());
    let before = rows(&harness);
    // Someone sells more.
    let session = world.session();
    let line = r#"{"type":"goods_issue","key":"G-9","date":"2026-11-21","customer":"C3","post":true,"goods":[{"item":"T3","qty":1,"price":"500"}]}"#;
    kontora::ops::load::load(&session, line, &mut |_| true).unwrap();
    press(&mut harness, Modifiers::NONE, Key::F5);
    until(&mut harness, "the new sale", |harness| rows(harness) != before);
    assert!(rows(&harness).iter().any(|row| row.contains("740,00")), "{:?}", rows(&harness));
}

#[test]
fn stock_and_trial_balance_look_well_in_both_themes() {
    let world = World::with(MORE);
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (code, part) in [
            ("stock", "Чайник"),
            ("trial_balance", "Товары"),
            ("settlements_customers", "Ромашка"),
            ("order_states", "Итого"),
        ] {
            let (mut harness, cpu) = open(&world, theme, &format!("report:{code}"));
            if part == "Итого" {
                until(&mut harness, code, |harness| !rows(harness).is_empty());
            } else {
                until(&mut harness, code, |harness| rows(harness).iter().any(|row| row.contains(part)));
            }
            cpu.look(&harness, &format!("report_{code}_{name}"));
        }
    }
}

#[test]
fn a_report_is_printed_and_a_bad_one_says_why() {
    let world = World::with(MORE);
    let (mut harness, cpu) = open(&world, Theme::Light, "report:stock");
    until(&mut harness, "stock", |harness| !rows(harness).is_empty());
    press(&mut harness, CTRL, Key::P);
    until(&mut harness, "pages", |harness| {
        says(harness, "Сохранить в PDF") || harness.state().0.pages().iter().any(|(key, _)| key.starts_with("pages:"))
    });
    cpu.look(&harness, "report_stock_pages");
    let (mut harness, _) = open(&world, Theme::Light, "report:nothing");
    until(&mut harness, "why", |harness| says(harness, "Нет отчета «nothing»"));
    let (mut harness, _) = open(&world, Theme::Light, "report:account_card");
    until(&mut harness, "the empty card", |harness| says(harness, "Нет данных"));
    press(&mut harness, Modifiers::NONE, Key::F5);
    until(&mut harness, "what is missing", |harness| says(harness, "Не указан параметр «Счет»"));
}
