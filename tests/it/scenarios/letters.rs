//! Steps and checks about letters to buyers.
//!
//! | line | what it is |
//! |---|---|
//! | `почта уходит` | every letter that waits is handed over, and the server takes it |
//! | `почта уходит: 550 5.1.1 нет такого` | the server answers so to the first letter |
//! | `письма O-1 = Заказ получен (отправлено); Отгружен (ждет)` | what an order has told its buyer |

use super::words::Words;
use super::world::{Said, World, said};
use kontora::exchange::mail::fake::Fake;
use kontora::exchange::mail::{Carried, Carrier};
use kontora::kernel::problems::Outcome;
use kontora::ops::chores::Chore as _;
use kontora::ops::letters::event_label;
use kontora::ops::letters::send::{LetterChore, Reach};
use kontora::store::letters::{Letter, LetterState};
use std::sync::Arc;

/// A step; `None` when the statement is something else.
pub fn step(world: &World, text: &str) -> Option<Outcome<()>> {
    let mut words = Words::new(text);
    let answer = match text {
        "почта уходит" => None,
        _ if words.eat("почта уходит:") => Some(words.rest().to_owned()),
        _ => return None,
    };
    let fake = Fake::default();
    fake.say(answer.map(|answer| match answer.get(..1) {
        Some("4") => Carried::Later { answer, slow: false },
        _ => Carried::NoAddress { gone: answer.contains("5.1.1"), answer },
    }));
    let reach: Reach = Arc::new(move |_, _| Box::new(fake.clone()) as Box<dyn Carrier>);
    Some(LetterChore::new(reach).round(&world.session).map(|_| ()))
}

/// What the base says about a subject; `None` when the subject is another.
pub fn found(world: &World, subject: &str) -> Option<Said<String>> {
    let mut words = Words::new(subject);
    words.eat("письма").then(|| told(world, &mut words))
}

fn told(world: &World, words: &mut Words<'_>) -> Said<String> {
    let letters = said(world.session.store.letters_of(world.name(words.next())?))?;
    let all: Vec<String> = letters.iter().map(|one| format!("{} ({})", event_label(one.event), state(one))).collect();
    Ok(if all.is_empty() { "нет".to_owned() } else { all.join("; ") })
}

fn state(letter: &Letter) -> &'static str {
    match letter.state {
        LetterState::New => "ждет",
        LetterState::Deferred => "отложено",
        LetterState::Sending => "отправляется",
        LetterState::Sent => "отправлено",
        LetterState::Failed => "не принято",
        LetterState::Unknown => "неизвестно",
        LetterState::Withdrawn => "отозвано",
    }
}
