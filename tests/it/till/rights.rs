//! A discount above the cashier's limit, and a supervisor's permission for it without signing off.

use super::bench::{fill, open, receipt, till};
use crate::bases::{ENGINES, or_say, today};
use kontora::domain::company::user::User;
use kontora::domain::retail::receipt::TillReceipt;
use kontora::kernel::facts::Facts;
use kontora::kernel::money::Percent;
use kontora::kernel::refs::AnyRef;
use kontora::ops::load::load;
use kontora::ops::sign_in::{permit, set_password};
use kontora::ops::till::sale::sell;

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
