//! Letter template (Шаблон письма): what a buyer is told of his order, and at which event.

use super::letter_text::{self, Pattern};
use super::mail_account::MailAccount;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::problems::Problems;
use crate::{choice, field, object, text};

choice! {
    /// What happens to an order and is told to its buyer.
    LetterEvent = "letter_event" {
        Arrived = 0 "arrived" "Заказ получен",
        Confirmed = 1 "confirmed" "Заказ подтвержден",
        ReadyToShip = 2 "ready_to_ship" "Готов к отгрузке",
        Shipped = 3 "shipped" "Отгружен",
        StateChanged = 4 "state_changed" "Изменилось состояние",
        Cancelled = 5 "cancelled" "Отменен",
        ReserveExpires = 6 "reserve_expires" "Резерв истекает завтра",
    }
}

object! {
    /// A subject and a text with placeholders; text and HTML of a letter are made of the same body.
    catalog LetterTemplate = 13 "letter_template" "Шаблон письма" {
        event: LetterEvent = "Событие",
        active: bool = "Отправлять",
        site_only: bool = "Только заказы с сайта",
        subject: String = "Тема" [required],
        body: String = "Текст письма" [required],
    }
}

impl LetterTemplate {
    /// The subject and the body as understood; the problems name what is not known.
    pub fn pattern(&self) -> Result<Pattern, Problems> {
        let mut problems = Problems::new();
        let subject = letter_text::line(&self.subject, false);
        let body = letter_text::body(&self.body);
        for (name, texts) in [
            (field!(LetterTemplate, subject), subject.as_ref().err()),
            (field!(LetterTemplate, body), body.as_ref().err()),
        ] {
            texts.into_iter().flatten().for_each(|text| problems.field(name, text.clone()));
        }
        match (subject, body) {
            (Ok(subject), Ok(lines)) => Ok(Pattern { subject, lines }),
            _ => Err(problems),
        }
    }
}

impl Behaviour for LetterTemplate {
    fn fill_new(&mut self, _facts: &dyn Facts) {
        self.site_only = true;
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        if self.folder {
            return;
        }
        self.subject = self.subject.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Err(found) = self.pattern() {
            problems.0.extend(found.0);
        }
        if self.active && facts.every::<MailAccount>().iter().all(|account| account.folder) {
            problems.field(field!(LetterTemplate, active), text!("letter-no-account"));
        }
    }
}
