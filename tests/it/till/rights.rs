//! A discount above the cashier's limit, and a supervisor's permission for it without signing off.

use super::bench::{fill, open, receipt, till};
use crate::bases::{ENGINES, engines, or_say, today};
use kontora::domain::company::user::User;
use kontora::domain::retail::receipt::TillReceipt;
use kontora::kernel::facts::Facts;
use kontora::kernel::money::Percent;
use kontora::kernel::refs::AnyRef;
use kontora::ops::load::load;
use kontora::ops::sign_in::{permit, permit_by_card, set_card, set_password};
use kontora::ops::till::find::corrected;
use kontora::ops::till::sale::{correct, sell};

const PEOPLE: &str = r#"
{"type":"role","code":"till","name":"Кассир зала","others_documents":true,"discount_max":"5","permissions":[{"subject":"all","read":true},{"subject":"till_receipt","write":true,"post":true}]}
{"type":"role","code":"head","name":"Старший кассир","others_documents":true,"discount_max":"30","permissions":[{"subject":"all","read":true},{"subject":"till_receipt","write":true,"post":true}]}
{"type":"role","code":"boss","name":"Владелец","full":true}
{"type":"user","code":"U0","name":"Владелец","roles":[{"role":"boss"}]}
{"type":"user","code":"U1","name":"Кассир","roles":[{"role":"till"}]}
{"type":"user","code":"U2","name":"Старший","roles":[{"role":"head"}]}
"#;

#[test]
fn a_supervisor_permits_a_discount_once() {
    let mut session = ENGINES[0].fresh(today());
    fill(&session);
    let shift = open(&session);
    assert!(load(&session, PEOPLE, &mut |_| true).is_ok());
    let user = |code: &str| -> AnyRef {
        let facts = session.facts();
        (&facts as &dyn Facts).coded::<User>(code).any()
    };
    let (cashier, head) = (user("U1"), user("U2"));
    or_say(set_password(&session, head, "", "сорок два"));
    or_say(session.act_as(cashier));
    let discounted = |percent: i32| -> TillReceipt {
        let mut made = receipt(&session, shift, &[("T1", 1_000, 12_200)]);
        made.goods[0].discount = Percent::whole(percent);
        made
    };
    let key = || session.clock.unique();
    or_say(sell(&session, key(), &discounted(5), None));
    let refused = sell(&session, key(), &discounted(20), None).unwrap_err().sentence();
    assert!(refused.contains("20") && refused.contains('5'), "{refused}");
    assert!(permit(&session, head, "сорок").is_err(), "a wrong password permits nothing");
    let given = or_say(permit(&session, head, "сорок два"));
    let (sold, _) = or_say(sell(&session, key(), &discounted(20), Some(&given)));
    assert!(sell(&session, key(), &discounted(40), Some(&given)).is_err(), "above the supervisor's own limit");
    assert!(sell(&session, key(), &discounted(20), None).is_err(), "it was for one receipt");
    let made = or_say(session.store.load(sold.any())).unwrap();
    assert_eq!(made.downcast::<TillReceipt>().unwrap().permitted_by.any(), head);
    assert_eq!(session.user(), cashier);
    assert_eq!(or_say(session.store.open_jobs(till(&session).any())), 3, "the shift and two receipts");
}

#[test]
fn a_correction_is_made_by_who_may_or_with_his_permission() {
    let mut session = ENGINES[0].fresh(today());
    fill(&session);
    let shift = open(&session);
    assert!(load(&session, PEOPLE, &mut |_| true).is_ok());
    let people = r#"{"type":"role","code":"tax","name":"Бухгалтер","others_documents":true,"permissions":[{"subject":"all","read":true},{"subject":"till_correction","write":true,"post":true}]}
{"type":"user","code":"U3","name":"Бухгалтер","roles":[{"role":"tax"}]}"#;
    assert!(load(&session, people, &mut |_| true).is_ok());
    let user = |code: &str| -> AnyRef {
        let facts = session.facts();
        (&facts as &dyn Facts).coded::<User>(code).any()
    };
    let (cashier, accountant) = (user("U1"), user("U3"));
    or_say(set_password(&session, accountant, "", "сорок два"));
    or_say(session.act_as(cashier));
    let (sold, _) =
        or_say(sell(&session, session.clock.unique(), &receipt(&session, shift, &[("T1", 1_000, 12_200)]), None));
    let (own, names) = or_say(corrected(&session, (till(&session), shift), "", sold.any()));
    assert_eq!((own.goods.len(), names.len(), own.receipt), (1, 1, sold));
    let key = session.clock.unique();
    let refused = correct(&session, key, &own, None).unwrap_err().sentence();
    assert!(refused.contains("Чеки коррекции") || refused.contains("коррекции"), "{refused}");
    let given = or_say(permit(&session, accountant, "сорок два"));
    let (made, _) = or_say(correct(&session, key, &own, Some(&given)));
    // The answer was lost: the same deed is not done twice.
    assert_eq!(or_say(correct(&session, key, &own, Some(&given))).0, made);
    let jobs = or_say(session.store.jobs_of(made.any()));
    assert_eq!(jobs.len(), 1, "{jobs:?}");
}

#[test]
fn a_card_permits_in_the_place_of_a_password() {
    for engine in engines() {
        let mut session = engine.fresh(today());
        fill(&session);
        let shift = open(&session);
        assert!(load(&session, PEOPLE, &mut |_| true).is_ok());
        let user = |code: &str| -> AnyRef {
            let facts = session.facts();
            (&facts as &dyn Facts).coded::<User>(code).any()
        };
        let (cashier, head) = (user("U1"), user("U2"));
        let short = set_card(&session, head, "1234567").err().unwrap().sentence();
        assert!(short.contains('8'), "{short}");
        or_say(set_card(&session, head, " 2900000000025 "));
        or_say(session.act_as(cashier));
        assert!(set_card(&session, head, "2900000000032").is_err(), "a cashier gives nobody a card");
        let mut made = receipt(&session, shift, &[("T1", 1_000, 12_200)]);
        made.goods[0].discount = Percent::whole(20);
        assert!(sell(&session, session.clock.unique(), &made, None).is_err());
        let strange = permit_by_card(&session, "2900000000018").err().unwrap().sentence();
        assert!(strange.contains("ничья"), "{strange}");
        let permit = or_say(permit_by_card(&session, "2900000000025"));
        assert_eq!(permit.user, head);
        or_say(sell(&session, session.clock.unique(), &made, Some(&permit)));
        // Who tries cards has to wait, as who tries passwords.
        for _ in 0..5 {
            assert!(permit_by_card(&session, "2900000000018").is_err());
        }
        let waits = permit_by_card(&session, "2900000000025").err().unwrap().sentence();
        assert!(!waits.contains("ничья"), "{waits}");
    }
}
