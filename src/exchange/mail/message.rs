//! The bytes of a letter: one addressee, a subject and names beyond Latin as RFC 2047 wants them, the text and the
//! same as HTML, lines ended by CR LF.

use crate::kernel::text::Text;
use crate::text;
use lettre::Address;
use lettre::message::header::{Date, Header as _, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};

/// What a letter is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The address of the sender.
    pub from: String,
    /// How he is called.
    pub sender: String,
    /// Where answers go; empty for the sender himself.
    pub reply_to: String,
    /// The address of the buyer.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The plain text, lines ended by line feeds.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The moment as a letter bears it: see [`crate::kernel::clock::Clock::letter_date`].
    pub date: String,
    /// What makes the letter known, without brackets: see [`message_id`].
    pub id: String,
}

/// What makes a letter known everywhere: something unique, and the domain of the sender.
pub fn message_id(unique: &str, from: &str) -> String {
    let domain = from.rsplit_once('@').and_then(|(_, domain)| idna::domain_to_ascii(domain).ok());
    let domain = domain.filter(|domain| !domain.is_empty());
    format!("{unique}@{}", domain.as_deref().unwrap_or("kontora.invalid"))
}

/// An address as the mail knows it; the text says what is wrong with it. A domain beyond Latin is written as the mail
/// writes it (RFC 5891); names beyond Latin before the `@` are taken by few servers: they are refused here and not on
/// the way.
pub fn address(input: &str) -> Result<Address, Text> {
    let strange = || text!("mail-address-strange", input = input);
    let (user, domain) = input.trim().rsplit_once('@').ok_or_else(strange)?;
    if !user.is_ascii() {
        return Err(text!("mail-address-not-latin", input = input));
    }
    let domain = idna::domain_to_ascii(domain).map_err(|_| strange())?;
    Address::new(user, domain).map_err(|_| strange())
}

/// Lines ended by CR LF, as mail has them.
fn lines(text: &str) -> String {
    text.lines().map(|line| format!("{line}\r\n")).collect()
}

/// The whole letter.
pub fn message(parts: &Parts) -> Result<String, Text> {
    let from = Mailbox::new(Some(parts.sender.clone()).filter(|name| !name.is_empty()), address(&parts.from)?);
    let to = Mailbox::new(None, address(&parts.to)?);
    let wrong = || text!("letter-not-made");
    let mut builder = Message::builder().from(from).to(to);
    if !parts.reply_to.is_empty() {
        builder = builder.reply_to(Mailbox::new(None, address(&parts.reply_to)?));
    }
    let date = Date::parse(&parts.date).map_err(|_| wrong())?;
    let automatic = HeaderName::new_from_ascii("Auto-Submitted".to_owned()).map_err(|_| wrong())?;
    let made = builder
        .subject(parts.subject.clone())
        .header(date)
        .message_id(Some(format!("<{}>", parts.id)))
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(lines(&parts.text), lines(&parts.html)))
        .map_err(|_| wrong())?;
    String::from_utf8(made.formatted()).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::{Parts, address, message, message_id};

    #[test]
    fn a_letter_is_of_seven_bits_and_says_what_it_must() {
        let parts = Parts {
            from: "shop@example.ru".to_owned(),
            sender: "Тёплый берег, магазин".to_owned(),
            to: "anna@example.org".to_owned(),
            subject: "Заказ 17: ".to_owned() + &"очень длинная тема ".repeat(8),
            text: format!("Здравствуйте!\n.\n{}\n", "длинно ".repeat(300)),
            html: "<p>Здравствуйте!</p>\n".to_owned(),
            date: "Mon, 23 Nov 2026 06:00:00 +0000".to_owned(),
            id: message_id("u1", "shop@example.ru"),
            ..Parts::default()
        };
        let made = message(&parts).unwrap();
        assert!(made.is_ascii());
        assert!(made.split("\r\n").all(|line| line.len() < 998 && !line.contains(['\r', '\n'])), "{made}");
        for line in ["To: anna@example.org", "Message-ID: <u1@example.ru>", "Date: Mon, 23 Nov 2026 06:00:00 +0000"] {
            assert!(made.contains(line), "{line} in {made}");
        }
        for line in ["MIME-Version: 1.0", "multipart/alternative", "text/plain", "text/html", "Auto-Submitted"] {
            assert!(made.contains(line), "{line} in {made}");
        }
        assert!(!made.contains("Reply-To") && !made.contains("List-Unsubscribe"));
    }

    #[test]
    fn addresses_the_mail_does_not_know_are_refused() {
        assert!(address("anna@example.org").is_ok());
        for wrong in ["anna", "иван@example.org", "anna@", "an na@example.org"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        assert_eq!(message_id("u", "shop"), "u@kontora.invalid");
    }

    #[test]
    fn a_domain_beyond_latin_is_written_as_the_mail_writes_it() {
        // «xn--p1ai» is the zone .рф of the registry of top-level domains.
        assert_eq!(address("anna@Пример.рф").unwrap().to_string(), "anna@xn--e1afmkfd.xn--p1ai");
        assert_eq!(message_id("u", "shop@пример.рф"), "u@xn--e1afmkfd.xn--p1ai");
    }
}
