//! The program over a base in a window: what it opens with, what it keeps.

use crate::app_kit::World;
use egui::Theme;

#[test]
fn the_window_opens_with_the_start_page_and_keeps_what_the_user_arranged() {
    let world = World::with(r#"{"type":"counterparty","code":"C9","name":"Новый"}"#);
    let (mut harness, _) = world.window(Theme::Light);
    let shell = &mut harness.state_mut().0;
    assert_eq!(shell.pages(), [("start".to_owned(), true)]);
    assert_eq!(shell.host().title(), "small — Контора");
    let status: Vec<String> = shell.host().status().into_iter().map(|part| part.text).collect();
    assert_eq!(status, ["Иванова М. П.", "Наша организация", "small"]);
    shell.host().keep("theme", "dark".to_owned());
    assert_eq!(shell.host().kept("theme").as_deref(), Some("dark"));
    // What was kept is written at the latest when the window is closed.
    drop(harness);
    let session = world.session();
    let user = world.find("user", "U1");
    assert_eq!(session.store.user_settings(user.id()).unwrap(), [("theme".to_owned(), "dark".to_owned())]);
    assert!(world.path().is_file());
}
