//! Whose order it is (PROTOCOL 6.1): by the stored link, ИНН, e-mail, telephone - never by a name alone.

use super::super::gate::Tx;
use super::super::save::How;
use super::{Link, space};
use crate::domain::crm::counterparty::{ContactKind, Counterparty, CounterpartyContact, CounterpartyKind};
use crate::exchange::site::{PartyKind, SiteDocument, SiteParty};
use crate::kernel::meta::Kind;
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::kernel::value::Stored;
use crate::text;
use std::collections::BTreeSet;

/// The key under which a link keeps its buyer without a name and contacts.
const NOBODY: &str = "#nobody";

impl Tx<'_> {
    /// The buyer of a document, and whether he is clear.
    pub(super) fn find_buyer(
        &mut self,
        link: &Link,
        document: &SiteDocument,
        remarks: &mut Vec<Text>,
    ) -> Outcome<(Ref<Counterparty>, bool)> {
        let Some(party) = document.buyer() else { return Ok((self.nobody(link)?, true)) };
        let stored = if party.is_guest_id || party.site_id.is_empty() {
            None
        } else {
            self.store.known(&space(link, "party"), &party.site_id)?
        };
        if let Some(known) = stored
            && let Some(card) = self.card(known.object)?
        {
            let (emails, phones) = contacts_of(&card);
            if !party.contradicts(&emails, &phones) {
                return Ok((self.complete_card(card, party, remarks)?, true));
            }
        }
        if let Some(found) = self.by_tax_number(party)? {
            return self.linked(link, party, found, remarks);
        }
        let by_email = self.by_contacts("email", &party.contacts.emails)?;
        let phones: Vec<String> = party.contacts.phones.iter().map(|phone| phone.number.clone()).collect();
        let by_phone = self.by_contacts("phone", &phones)?;
        let both: BTreeSet<AnyRef> = by_email.union(&by_phone).copied().collect();
        let met: BTreeSet<AnyRef> = by_email.intersection(&by_phone).copied().collect();
        let found = match (both.len(), met.len()) {
            (0, _) => None,
            (1, _) => both.first().copied(),
            (_, 1) => met.first().copied(),
            // The e-mail and the telephone are of different people: a person decides.
            _ => return Ok((self.nobody(link)?, false)),
        };
        if let Some(found) = found {
            return self.linked(link, party, found, remarks);
        }
        Ok((self.make_buyer(link, party)?, true))
    }

    fn linked(
        &mut self,
        link: &Link,
        party: &SiteParty,
        found: AnyRef,
        remarks: &mut Vec<Text>,
    ) -> Outcome<(Ref<Counterparty>, bool)> {
        self.remember_party(link, party, found)?;
        let Some(card) = self.card(found)? else { return Ok((found.typed(), true)) };
        Ok((self.complete_card(card, party, remarks)?, true))
    }

    fn remember_party(&self, link: &Link, party: &SiteParty, buyer: AnyRef) -> Outcome<()> {
        if party.is_guest_id || party.site_id.is_empty() {
            return Ok(());
        }
        self.store.remember(&space(link, "party"), &party.site_id, buyer, "")
    }

    fn card(&self, reference: AnyRef) -> Outcome<Option<Counterparty>> {
        Ok(self.store.load(reference)?.and_then(|object| object.downcast::<Counterparty>().cloned()))
    }

    fn by_tax_number(&self, party: &SiteParty) -> Outcome<Option<AnyRef>> {
        if party.inn.is_empty() {
            return Ok(None);
        }
        let found = self.store.find_by(Counterparty::declared(), "inn", &Stored::Text(party.inn.clone()))?;
        let mut fitting = Vec::new();
        for reference in found {
            let same = self
                .card(reference)?
                .is_some_and(|card| card.kpp == party.kpp || party.kpp.is_empty() || card.kpp.is_empty());
            if same {
                fitting.push(reference);
            }
        }
        Ok(fitting.first().copied())
    }

    /// Counterparties that have one of these contacts, on the card itself or in its list.
    fn by_contacts(&self, field: &str, values: &[String]) -> Outcome<BTreeSet<AnyRef>> {
        let meta = Counterparty::declared();
        debug_assert!(meta.kind == Kind::Catalog);
        let mut found = BTreeSet::new();
        for value in values.iter().filter(|value| !value.is_empty()) {
            let stored = Stored::Text(value.clone());
            found.extend(self.store.find_by(meta, field, &stored)?);
            found.extend(self.store.find_by_row(meta, "contacts", "value", &stored)?);
        }
        Ok(found)
    }

    /// An existing card is never overwritten by the site: only what is empty is filled, the rest is told.
    fn complete_card(
        &mut self,
        mut card: Counterparty,
        party: &SiteParty,
        remarks: &mut Vec<Text>,
    ) -> Outcome<Ref<Counterparty>> {
        let before = card.clone();
        let fresh = fields_of(party);
        let pairs = [
            (&mut card.full_name, fresh.full_name),
            (&mut card.inn, fresh.inn),
            (&mut card.kpp, fresh.kpp),
            (&mut card.address, fresh.address),
            (&mut card.phone, fresh.phone),
            (&mut card.email, fresh.email),
        ];
        for (own, site) in pairs {
            if own.is_empty() {
                *own = site;
            } else if !site.is_empty() && *own != site {
                remarks.push(text!("import-buyer-differs", name = before.name.clone(), own = own.clone(), site = site));
            }
        }
        if card != before {
            self.save(&mut card, How::Write)?;
        }
        Ok(card.reference())
    }

    fn make_buyer(&mut self, link: &Link, party: &SiteParty) -> Outcome<Ref<Counterparty>> {
        let mut card = fields_of(party);
        let known = !card.name.is_empty() || !card.phone.is_empty() || !card.email.is_empty();
        if !known && (party.is_guest_id || party.site_id.is_empty()) {
            return self.nobody(link);
        }
        if card.name.is_empty() {
            card.name = text!("import-retail-buyer").show_in(crate::kernel::text::Lang::Ru);
        }
        card.parent = link.card.customers_parent;
        self.save(&mut card, How::Write)?;
        self.remember_party(link, party, card.reference().any())?;
        Ok(card.reference())
    }

    /// The buyer of orders that say nothing of theirs: one a link.
    fn nobody(&mut self, link: &Link) -> Outcome<Ref<Counterparty>> {
        if let Some(known) = self.store.known(&space(link, "party"), NOBODY)? {
            return Ok(known.object.typed());
        }
        let mut card = Counterparty {
            name: text!("import-retail-buyer").show_in(crate::kernel::text::Lang::Ru),
            kind: CounterpartyKind::Person,
            parent: link.card.customers_parent,
            ..Counterparty::default()
        };
        self.save(&mut card, How::Write)?;
        self.store.remember(&space(link, "party"), NOBODY, card.reference().any(), "")?;
        Ok(card.reference())
    }
}

fn contacts_of(card: &Counterparty) -> (Vec<String>, Vec<String>) {
    let of = |kind: ContactKind, own: &str| {
        let listed = card.contacts.iter().filter(move |contact| contact.kind == kind).map(|c| c.value.clone());
        std::iter::once(own.to_owned()).chain(listed).filter(|value| !value.is_empty()).collect()
    };
    (of(ContactKind::Email, &card.email), of(ContactKind::Phone, &card.phone))
}

/// A card as the site describes it. Numbers that do not check are left out: an order is not refused for them.
fn fields_of(party: &SiteParty) -> Counterparty {
    let right = |value: &str, check: fn(&str) -> Result<(), Text>| {
        if check(value).is_ok() { value.to_owned() } else { String::new() }
    };
    let phones = &party.contacts.phones;
    let shown = |phone: &crate::exchange::site::SitePhone| {
        if phone.number.is_empty() { phone.raw.clone() } else { phone.number.clone() }
    };
    let mut card = Counterparty {
        name: party.best_name().unwrap_or_default(),
        full_name: party.official_name.clone().or_else(|| party.full_name.clone()).unwrap_or_default(),
        kind: if party.kind == PartyKind::Company { CounterpartyKind::Company } else { CounterpartyKind::Person },
        inn: right(&party.inn, crate::kernel::check_digits::inn),
        kpp: right(&party.kpp, crate::kernel::check_digits::kpp),
        email: party.contacts.emails.first().cloned().unwrap_or_default(),
        phone: phones.first().map(shown).unwrap_or_default(),
        address: party.contacts.addresses.first().map(|address| address.text.clone()).unwrap_or_default(),
        ..Counterparty::default()
    };
    let further = party.contacts.emails.iter().skip(1).map(|email| (ContactKind::Email, email.clone()));
    let further = further.chain(phones.iter().skip(1).map(|phone| (ContactKind::Phone, shown(phone))));
    card.contacts =
        further.map(|(kind, value)| CounterpartyContact { key: 0, kind, value, note: String::new() }).collect();
    card
}
