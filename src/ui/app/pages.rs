//! Which page a code, an object or a link opens. One line a kind of page; a code is `family:rest`, an object
//! is called `kontora/<kind>/<id>` in links and among the pages opened again at the next start.

use super::base::Base;
use super::door::change::PasswordPage;
use super::door::mail::MailPasswordPage;
use super::form::FormPage;
use super::kinds::KindPage;
use super::list;
use super::preview::PreviewPage;
use super::report::ReportPage;
use super::today::Today;
use super::work;
use crate::domain::company::user::User;
use crate::domain::crm::mail_account::MailAccount;
use crate::domain::registry;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::text;
use crate::ui::shell::page::{Open, Page, Request, Toast};
use crate::ui::theme::Role;
use std::rc::Rc;

/// What links to objects begin with.
const LINK: &str = "kontora/";

/// Makes the page; `None` when there is nothing to show, and a request then says why.
pub fn open(base: &Rc<Base>, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
    let page = match what {
        Open::Code(code) | Open::Link(code) => match reference_of(code) {
            Some(reference) => object(base, reference),
            None => coded(base, code),
        },
        Open::Object(reference) => object(base, *reference),
        Open::New(meta, name) => shown(FormPage::create(base, meta, name)),
        Open::Choose(Some(meta), present, limits) => Some(list::choose(base, meta, *present, limits)),
        Open::Choose(None, _, limits) => Some(boxed(KindPage::new(base, limits))),
    };
    if page.is_none() {
        let text = text!("page-none").into();
        requests.push(Request::Toast(Toast { text, role: Role::Warning, opens: None }));
    }
    page
}

fn boxed(page: impl Page + 'static) -> Box<dyn Page> {
    Box::new(page)
}

/// The link to an object.
pub fn link(reference: AnyRef) -> Option<String> {
    let kind = registry::of(reference)?;
    Some(format!("{LINK}{}/{}", kind.meta().code, reference.id()))
}

/// The object a link leads to, whatever stands before it.
pub fn reference_of(link: &str) -> Option<AnyRef> {
    let (_, rest) = link.trim().rsplit_once(LINK)?;
    let (code, id) = rest.split_once('/')?;
    let reference = AnyRef::new(registry::by_code(code)?.meta().tag, id.parse().ok()?);
    (!reference.is_empty()).then_some(reference)
}

/// A page by its code.
fn coded(base: &Rc<Base>, code: &str) -> Option<Box<dyn Page>> {
    let (family, rest) = code.split_once(':').unwrap_or((code, ""));
    match family {
        "start" => Some(boxed(Today::new(Rc::clone(base)))),
        "list" => list::open(base, rest),
        "print" => Some(boxed(PreviewPage::open(base, rest))),
        "report" => Some(boxed(ReportPage::open(base, rest))),
        "work" => work::open(base, rest),
        "mail-password" => {
            Some(boxed(MailPasswordPage::new(base, AnyRef::new(MailAccount::TAG, rest.parse().unwrap_or(0)))))
        }
        "password" => Some(boxed(PasswordPage::new(base, AnyRef::new(User::TAG, rest.parse().unwrap_or(0))))),
        _ => None,
    }
}

/// The form of a new object with these fields set.
pub fn create(base: &Rc<Base>, meta: &'static ObjectMeta, given: Vec<(&'static str, Value)>) -> Option<Box<dyn Page>> {
    shown(FormPage::create_with(base, meta, given))
}

/// The form of a copy of an object.
pub fn copy(base: &Rc<Base>, reference: AnyRef) -> Option<Box<dyn Page>> {
    shown(FormPage::copy(base, reference))
}

/// The form of a new object on the basis of another.
pub fn on_basis(base: &Rc<Base>, meta: &'static ObjectMeta, basis: AnyRef) -> Option<Box<dyn Page>> {
    shown(FormPage::on_basis(base, meta, basis))
}

/// The form of an object.
fn object(base: &Rc<Base>, reference: AnyRef) -> Option<Box<dyn Page>> {
    shown(FormPage::open(base, reference))
}

fn shown(form: Option<FormPage>) -> Option<Box<dyn Page>> {
    form.map(boxed)
}

#[cfg(test)]
mod tests {
    use super::{link, reference_of};
    use crate::kernel::refs::AnyRef;

    #[test]
    fn a_link_leads_back_to_its_object() {
        let order = AnyRef::new(46, 17);
        assert_eq!(link(order).as_deref(), Some("kontora/customer_order/17"));
        assert_eq!(reference_of(" https://example.org/kontora/customer_order/17 "), Some(order));
        for wrong in ["list:item", "kontora/nobody/1", "kontora/item/x", "kontora/item/0"] {
            assert_eq!(reference_of(wrong), None, "{wrong}");
        }
    }
}
