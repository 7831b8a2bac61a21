//! Accounts and templates: what is refused when they are written, and what every base begins with.

use super::{done, refused};
use crate::bases::{engines, today};
use kontora::domain::crm::letter_template::LetterTemplate;
use kontora::domain::crm::mail_account::MailAccount;
use kontora::kernel::facts::Facts;
use kontora::store::passwords;

#[test]
fn a_template_with_unknown_placeholders_is_refused_with_those_known() {
    for engine in engines() {
        let session = engine.fresh(today());
        let said = refused(
            &session,
            r#"{"type":"letter_template","code":"X","name":"X","subject":"Заказ {Номмер}","body":"{Скидка}\n{Номер"}"#,
        );
        for word in ["{Номмер}", "{Скидка}", "{Покупатель}", "{Товары}", "скобка без пары"]
        {
            assert!(said.contains(word), "{}: {word} in {said}", engine.engine);
        }
        let said = refused(
            &session,
            r#"{"type":"letter_template","code":"X","name":"X","subject":"Заказ","body":"да","active":true}"#,
        );
        assert!(said.contains("учетную запись"), "{said}");
    }
}

#[test]
fn an_account_is_checked_and_completed() {
    for engine in engines() {
        let session = engine.fresh(today());
        let said = refused(
            &session,
            r#"{"type":"mail_account","code":"M","name":"M","server":"smtp.example.ru","security":"none","port":70000,"address":"нет","per_minute":-1}"#,
        );
        for word in ["без защиты", "порт от 1", "«нет»", "отрицательным"] {
            assert!(said.contains(word), "{}: {word} in {said}", engine.engine);
        }
        done(
            &session,
            r#"{"type":"mail_account","code":"M","name":"M","server":"127.0.0.1","security":"none","address":" Shop@Example.RU "}"#,
        );
        let facts = session.facts();
        let facts: &dyn Facts = &facts;
        let account = facts.get(facts.coded::<MailAccount>("M")).unwrap();
        let kept = (account.address.as_str(), account.port, account.per_minute, account.per_hour);
        assert_eq!(kept, ("shop@example.ru", 25, 30, 500));
    }
}

#[test]
fn every_base_begins_with_templates_that_send_nothing() {
    for engine in engines() {
        let session = engine.fresh(today());
        let facts = session.facts();
        let facts: &dyn Facts = &facts;
        let all = facts.every::<LetterTemplate>();
        assert_eq!(all.len(), 7, "{}: one for each event", engine.engine);
        for template in all {
            assert!(!template.active && template.site_only, "{}", template.name);
            assert!(template.pattern().is_ok(), "{}", template.name);
        }
    }
}

#[test]
fn the_password_of_an_account_is_kept_by_its_server_and_login() {
    passwords::keep_mail("smtp.example.ru", "letters", "тайна");
    assert_eq!(passwords::recall_mail("smtp.example.ru", "letters").as_deref(), Some("тайна"));
    assert_eq!(passwords::recall_mail("smtp.example.ru", "other"), None);
    passwords::forget_mail("smtp.example.ru", "letters");
    assert_eq!(passwords::recall_mail("smtp.example.ru", "letters"), None);
}
