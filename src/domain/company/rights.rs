//! What a user may do, put together from his roles. Pure: who enforces it is `ops::rights`.

use super::employee::Employee;
use super::permission::covers;
use super::role::{Role, RolePermission};
use super::section::Section;
use super::user::User;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::money::Percent;
use crate::kernel::object::{Object as _, Referable as _};
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// What is done with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Seen in lists, forms, reports, prints, files.
    Read,
    /// Made or changed.
    Write,
    /// Posted, or its posting taken back.
    Post,
    /// Marked for deletion, or the mark taken off.
    Mark,
}

/// A right that is not about one kind of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Roles themselves, and who has full rights.
    Full,
    /// Users, their roles and passwords.
    Users,
    /// Cost and profit.
    SeeCost,
    /// Changing what another has made or manages.
    OthersDocuments,
    /// Agreeing to orders that differ from their agreement.
    ApproveOrders,
    /// Shipping before what is to be paid before shipment is paid.
    ShipUnpaid,
    /// Moving back the day up to which a period is locked.
    OpenPeriod,
    /// Writing data into files for other programs.
    Export,
    /// Loading data from files.
    Load,
    /// Copies of the base and the proof of it.
    Maintain,
}

impl Act {
    /// In the user's language.
    pub fn label(self) -> Text {
        match self {
            Act::Read => text!("act-read"),
            Act::Write => text!("act-write"),
            Act::Post => text!("act-post"),
            Act::Mark => text!("act-mark"),
        }
    }
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Right {
    /// The name of the field of a role that gives it.
    pub const fn field(self) -> &'static str {
        match self {
            Right::Full => "full",
            Right::Users => "users",
            Right::SeeCost => "see_cost",
            Right::OthersDocuments => "others_documents",
            Right::ApproveOrders => "approve_orders",
            Right::ShipUnpaid => "ship_unpaid",
            Right::OpenPeriod => "open_period",
            Right::Export => "export",
            Right::Load => "load",
            Right::Maintain => "maintain",
        }
    }
    /// In the user's language: as the field of a role is called.
    pub fn label(self) -> String {
        let meta = <Role as crate::kernel::object::Declared>::META;
        let field = meta.field(self.field()).and_then(|at| meta.fields.get(at));
        field.map_or_else(String::new, |field| meta.field_label(field))
    }
}

/// Everything a user may do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rights {
    full: bool,
    /// By the code of a kind or a register.
    acts: BTreeMap<&'static str, u8>,
    rights: BTreeSet<Right>,
    discount_max: Percent,
    /// Warehouses whose records are seen; all when empty.
    pub warehouses: Vec<Ref<Warehouse>>,
    /// Cash desks whose records are seen; all when empty.
    pub cash_desks: Vec<Ref<CashDesk>>,
    /// Managers whose records are seen; all when empty.
    pub managers: Vec<Ref<Employee>>,
    /// Who he is among the employees.
    pub employee: Ref<Employee>,
    /// His roles.
    pub roles: BTreeSet<i64>,
    /// Who can grant more, in words.
    pub grantors: String,
}

/// Rights are given by those who may give them, not by those who may write everything else.
const APART: [&str; 2] = ["user", "role"];

fn bits(row: &RolePermission) -> u8 {
    let flag = |on: bool, act: Act| if on { act.bit() } else { 0 };
    flag(row.read, Act::Read) | flag(row.write, Act::Write) | flag(row.post, Act::Post) | flag(row.mark, Act::Mark)
}

impl Rights {
    /// Everything: of the program itself, and of a base that asks nobody who he is.
    pub fn all() -> Self {
        Self { full: true, ..Self::default() }
    }

    /// Of a user with these roles.
    pub fn of(user: &User, roles: &[&Role], grantors: String) -> Self {
        let mut found = Self {
            warehouses: user.warehouses.iter().map(|row| row.warehouse).collect(),
            cash_desks: user.cash_desks.iter().map(|row| row.cash_desk).collect(),
            managers: user.managers.iter().map(|row| row.manager).collect(),
            employee: user.employee,
            roles: roles.iter().map(|role| role.reference().id()).collect(),
            grantors,
            ..Self::default()
        };
        for role in roles.iter().filter(|role| !role.head().marked) {
            found.add(role);
        }
        found
    }

    fn add(&mut self, role: &Role) {
        self.full |= role.full;
        let flags = [
            (role.full, Right::Full),
            (role.users, Right::Users),
            (role.see_cost, Right::SeeCost),
            (role.others_documents, Right::OthersDocuments),
            (role.approve_orders, Right::ApproveOrders),
            (role.ship_unpaid, Right::ShipUnpaid),
            (role.open_period, Right::OpenPeriod),
            (role.export, Right::Export),
            (role.load, Right::Load),
            (role.maintain, Right::Maintain),
        ];
        self.rights.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, right)| right));
        self.discount_max = self.discount_max.max(role.discount_max);
        for code in Section::everything().filter(|code| !APART.contains(code)) {
            let rows = role.permissions.iter().filter(|row| covers(row.subject, code));
            *self.acts.entry(code).or_default() |= rows.fold(0, |sum, row| sum | bits(row));
        }
        if role.users {
            self.acts.insert("user", Act::Read.bit() | Act::Write.bit() | Act::Mark.bit());
            self.acts.insert("role", Act::Read.bit());
        }
    }

    fn acts_of(&self, code: &str) -> u8 {
        self.acts.get(code).copied().unwrap_or(0)
    }

    /// True when nothing is refused for want of rights.
    pub const fn is_full(&self) -> bool {
        self.full
    }
    /// True when this may be done with objects of a kind, or a register read, by its code.
    pub fn may(&self, act: Act, code: &str) -> bool {
        self.full || self.acts_of(code) & act.bit() != 0
    }
    /// True when he has a right.
    pub fn has(&self, right: Right) -> bool {
        self.full || self.rights.contains(&right)
    }
    /// The largest discount he may give; `None` when any.
    pub fn discount_max(&self) -> Option<Percent> {
        (!self.full).then_some(self.discount_max)
    }
    /// True when he has a role.
    pub fn has_role(&self, role: Ref<Role>) -> bool {
        self.roles.contains(&role.id())
    }
}
