//! Tables and prepared texts of SQL, from the declarations.

use super::dialect::Dialect;
use super::statements::{Moves, ObjectSql, RegisterSql, ServiceSql, all_moves, object_sql, register_sql};
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta, RegisterKind, RegisterMeta, TableMeta};
use crate::kernel::value::Type;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// The version of the layout; grows with every release that changes it, so that an earlier program does not write
/// into what it does not know. 1: release 0.1.
pub const VERSION: i64 = 3;

/// Columns every object has before its declared fields.
pub const HEAD: &[&str] = &["id", "uid", "version", "marked", "posted", "search"];

/// Everything declared, with the SQL it leads to. Built once at opening and shared.
pub struct Schema {
    /// The engine's manner of speaking.
    pub dialect: Dialect,
    kinds: Vec<&'static dyn KindOps>,
    registers: Vec<&'static RegisterMeta>,
    objects: BTreeMap<u8, ObjectSql>,
    moves: BTreeMap<&'static str, RegisterSql>,
    all_moves: Moves,
    service: ServiceSql,
    layout: OnceLock<String>,
}

/// An identifier in quotes: some of ours are words of SQL.
pub fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Names in quotes, after each other.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// The names of fields, in their order.
pub(super) fn names(fields: &'static [FieldMeta]) -> impl Iterator<Item = &'static str> {
    fields.iter().map(|field| field.name)
}

impl Schema {
    /// Builds the texts of all statements.
    pub fn new(dialect: Dialect, kinds: &[&'static dyn KindOps], registers: &[&'static RegisterMeta]) -> Arc<Self> {
        let objects = kinds.iter().map(|kind| (kind.meta().tag, object_sql(*kind))).collect();
        let moves = registers.iter().map(|register| (register.code, register_sql(register))).collect();
        let all_moves = all_moves(registers);
        let service = ServiceSql::new();
        Arc::new(Self {
            dialect,
            kinds: kinds.to_vec(),
            registers: registers.to_vec(),
            objects,
            moves,
            all_moves,
            service,
            layout: OnceLock::new(),
        })
    }
    /// The statements of tables that belong to no declaration.
    pub fn service(&self) -> &ServiceSql {
        &self.service
    }
    /// The statement that reads what a document has moved in all registers.
    pub fn all_moves(&self) -> &Moves {
        &self.all_moves
    }
    /// All kinds.
    pub fn kinds(&self) -> &[&'static dyn KindOps] {
        &self.kinds
    }
    /// All registers.
    pub fn registers(&self) -> &[&'static RegisterMeta] {
        &self.registers
    }
    /// The kind with a tag.
    pub fn kind(&self, tag: u8) -> Option<&'static dyn KindOps> {
        self.kinds.iter().copied().find(|kind| kind.meta().tag == tag)
    }
    /// The statements of a kind.
    pub fn object(&self, meta: &ObjectMeta) -> Option<&ObjectSql> {
        self.objects.get(&meta.tag)
    }
    /// The statements of a register.
    pub fn register(&self, meta: &RegisterMeta) -> Option<&RegisterSql> {
        self.moves.get(meta.code)
    }

    /// A digest of the declared layout: bases with the same one need no comparing.
    pub fn layout_digest(&self) -> &str {
        self.layout.get_or_init(|| super::layout::digest(&self.ddl()))
    }

    /// The statements that make an empty base.
    pub fn ddl(&self) -> String {
        let mut out = String::new();
        self.service_tables(&mut out);
        for kind in &self.kinds {
            self.object_tables(*kind, &mut out);
        }
        for register in &self.registers {
            self.register_tables(register, &mut out);
        }
        self.ledger_tables(&mut out);
        out
    }

    /// Whether documents of a kind are found by a field without reading all of them.
    pub(super) fn finds(&self, meta: &ObjectMeta, field: &str) -> bool {
        let own = meta.fields.iter().find(|own| own.name == field);
        let by_field = |kind: &dyn KindOps| own.is_some_and(|own| indexed(kind, own));
        meta.kind == Kind::Catalog || field == "number" || self.kind(meta.tag).is_some_and(by_field)
    }

    /// The statements that index the words of objects where the engine keeps such an index at the tables.
    pub fn search_indexes(&self, trigrams: bool) -> String {
        self.kinds.iter().map(|kind| self.dialect.search_index(kind.meta().code, trigrams)).collect()
    }

    fn column(&self, name: &str, kind: Type) -> String {
        let (storage, empty) = if kind.is_text() { (self.dialect.text(), "''") } else { (self.dialect.integer(), "0") };
        format!("  {} {storage} NOT NULL DEFAULT {empty},\n", quoted(name))
    }

    /// The condition that an object is of some kind. It says nothing new, and opens the index that has the kind
    /// before the operation to a question about one operation. `column` holds the object.
    pub fn of_any_kind(&self, column: &str) -> String {
        let tags: Vec<String> = self.kinds.iter().map(|kind| kind.meta().tag.to_string()).collect();
        format!("({column} & 255) IN ({})", tags.join(", "))
    }

    fn service_tables(&self, out: &mut String) {
        let (int, text, blob) = (self.dialect.integer(), self.dialect.text(), self.dialect.bytes());
        let (id, clustered, ordinary) = (self.dialect.identity(), self.dialect.clustered(), self.dialect.ordinary());
        let numbered = self.dialect.identity_of("operations");
        let _ = write!(
            out,
            "CREATE TABLE base_info (name {text} NOT NULL PRIMARY KEY, value {text} NOT NULL) {clustered};\n\
             CREATE TABLE numbers (kind {int} NOT NULL, prefix {text} NOT NULL, year {int} NOT NULL, \
             last {int} NOT NULL, PRIMARY KEY (kind, prefix, year)) {clustered};\n\
             CREATE TABLE keys (space {text} NOT NULL, key {text} NOT NULL, object {int} NOT NULL, \
             digest {text} NOT NULL DEFAULT '', PRIMARY KEY (space, key)) {clustered};\n\
             CREATE INDEX keys_object ON keys (object);\n\
             CREATE TABLE sessions (id {id}, account {int} NOT NULL, workstation {text} NOT NULL, \
             started {int} NOT NULL) {ordinary};\n\
             CREATE TABLE history (object {int} NOT NULL, version {int} NOT NULL, operation {int} NOT NULL DEFAULT 0, \
             deed {int} NOT NULL, change {blob} NOT NULL, PRIMARY KEY (object, version)) {clustered};\n\
             CREATE TABLE catalog_changes (kind {int} NOT NULL PRIMARY KEY, count {int} NOT NULL) {clustered};\n\
             CREATE INDEX history_kind ON history ((object & 255), operation, object, version);\n\
             CREATE TABLE operations (id {numbered}, session {int} NOT NULL, account {int} NOT NULL, at {int} NOT NULL, \
             op {int} NOT NULL, undoes {int} NOT NULL, key {text} NOT NULL, touched {blob} NOT NULL) {ordinary};\n\
             CREATE UNIQUE INDEX operations_key ON operations (key) WHERE key <> '';\n\
             CREATE TABLE user_settings (account {int} NOT NULL, name {text} NOT NULL, value {text} NOT NULL, \
             PRIMARY KEY (account, name)) {clustered};\n\
             CREATE TABLE credentials (account {int} NOT NULL PRIMARY KEY, secret {text} NOT NULL, \
             changed {int} NOT NULL DEFAULT 0, failures {int} NOT NULL DEFAULT 0, \
             refused_until {int} NOT NULL DEFAULT 0, card {text} NOT NULL DEFAULT '') {clustered};\n\
             CREATE TABLE import_files (id {id}, space {text} NOT NULL, name {text} NOT NULL, at {int} NOT NULL, \
             digest {text} NOT NULL, body {blob} NOT NULL) {ordinary};\n\
             CREATE TABLE import_errors (space {text} NOT NULL, key {text} NOT NULL, number {text} NOT NULL, \
             at {int} NOT NULL, reason {text} NOT NULL, PRIMARY KEY (space, key)) {clustered};\n\
             CREATE TABLE device_jobs (id {id}, place {int} NOT NULL, kind {int} NOT NULL, document {int} NOT NULL, \
             copy {int} NOT NULL, key {text} NOT NULL, state {int} NOT NULL, attempts {int} NOT NULL, \
             after_number {int} NOT NULL, cash_before {int} NOT NULL, number {int} NOT NULL, sign {int} NOT NULL, \
             printed {int} NOT NULL, reason {text} NOT NULL, created {int} NOT NULL, \
             holder {text} NOT NULL DEFAULT '') {ordinary};\n\
             CREATE UNIQUE INDEX device_jobs_document ON device_jobs (document, kind, copy);\n\
             CREATE INDEX device_jobs_open ON device_jobs (place, id) WHERE state < 2;\n\
             CREATE INDEX device_jobs_place ON device_jobs (place, id);\n\
             CREATE INDEX device_jobs_unsettled ON device_jobs (id) WHERE state < 2 OR state = 3;\n\
             {}{}",
            self.letter_tables(),
            self.dialect.own_tables()
        );
    }

    fn letter_tables(&self) -> String {
        let (int, text) = (self.dialect.integer(), self.dialect.text());
        let (id, clustered, ordinary) = (self.dialect.identity(), self.dialect.clustered(), self.dialect.ordinary());
        format!(
            "CREATE TABLE letters (id {id}, object {int} NOT NULL, event {int} NOT NULL, detail {int} NOT NULL, \
             occurrence {int} NOT NULL, template {int} NOT NULL, account {int} NOT NULL, recipient {text} NOT NULL, \
             subject {text} NOT NULL, body {text} NOT NULL, raw {text} NOT NULL, message_id {text} NOT NULL, \
             state {int} NOT NULL, handed {int} NOT NULL, attempts {int} NOT NULL, next_at {int} NOT NULL, \
             created {int} NOT NULL, last_at {int} NOT NULL, claimed_by {text} NOT NULL, lease {int} NOT NULL, \
             answer {text} NOT NULL, reason {text} NOT NULL) {ordinary};\n\
             CREATE UNIQUE INDEX letters_object ON letters (object, event, detail, occurrence);\n\
             CREATE INDEX letters_open ON letters (account, next_at) WHERE state < 3;\n\
             CREATE INDEX letters_state ON letters (state, id);\n\
             CREATE INDEX letters_last ON letters (account, last_at);\n\
             CREATE TABLE mail_addresses (address {text} NOT NULL PRIMARY KEY, refusals {int} NOT NULL, \
             invalid {int} NOT NULL, reason {text} NOT NULL, at {int} NOT NULL) {clustered};\n\
             CREATE TABLE mail_pace (account {int} NOT NULL PRIMARY KEY, until {int} NOT NULL, \
             failures {int} NOT NULL, reason {text} NOT NULL) {clustered};\n"
        )
    }

    fn object_tables(&self, kind: &dyn KindOps, out: &mut String) {
        let meta = kind.meta();
        let int = self.dialect.integer();
        let _ = write!(
            out,
            "CREATE TABLE {} (\n  id {int} PRIMARY KEY,\n  uid {} NOT NULL,\n  version {int} NOT NULL DEFAULT 1,\n  \
             marked {int} NOT NULL DEFAULT 0,\n  posted {int} NOT NULL DEFAULT 0,\n  search {} NOT NULL DEFAULT '',\n",
            quoted(meta.code),
            self.dialect.bytes(),
            self.dialect.text(),
        );
        for field in meta.fields {
            out.push_str(&self.column(field.name, field.kind));
        }
        trim_comma(out);
        let _ = writeln!(out, ") {};", self.dialect.ordinary());
        self.object_indexes(kind, out);
        for table in meta.tables {
            self.part_table(kind, table, out);
        }
    }

    fn object_indexes(&self, kind: &dyn KindOps, out: &mut String) {
        let meta = kind.meta();
        let index = |column: &str, columns: &str, condition: &str| {
            format!("CREATE INDEX {0}_{column} ON {1} ({columns}){condition};\n", meta.code, quoted(meta.code))
        };
        out.push_str(&index("marked", "id", " WHERE marked <> 0"));
        // Six bytes of the identifier tell objects apart; the query compares the rest.
        out.push_str(&index("uid", "substr(uid, 1, 6)", ""));
        match meta.kind {
            Kind::Catalog => {
                out.push_str(&index("code", "code", ""));
                let by_name = format!("parent, folder DESC, name {}, id", self.dialect.collation());
                out.push_str(&index("parent", &by_name, ""));
                out.push_str(&index("name", &format!("name {}, id", self.dialect.collation()), ""));
            }
            Kind::Document => {
                out.push_str(&index("date", "date, id", ""));
                out.push_str(&index("number", "number", ""));
            }
        }
        for field in meta.fields {
            if indexed(kind, field) {
                let tail = if meta.kind == Kind::Document { ", date, id" } else { "" };
                let sparse = points_to_document(field.kind) || kind.sparse().contains(&field.name);
                let filled =
                    if sparse { format!(" WHERE {}", super::objects::is_filled(field)) } else { String::new() };
                out.push_str(&index(field.name, &format!("{}{tail}", quoted(field.name)), &filled));
            }
        }
    }

    fn part_table(&self, kind: &dyn KindOps, table: &TableMeta, out: &mut String) {
        let meta = kind.meta();
        let int = self.dialect.integer();
        let name = part_name(meta, table);
        let _ = writeln!(
            out,
            "CREATE TABLE {} (\n  owner {int} NOT NULL,\n  line {int} NOT NULL,\n  key {int} NOT NULL,",
            quoted(&name)
        );
        for field in table.fields {
            out.push_str(&self.column(field.name, field.kind));
        }
        let _ = writeln!(out, "  PRIMARY KEY (owner, line)\n) {};", self.dialect.clustered());
        let named = |field: &FieldMeta| kind.indexed().contains(&format!("{}.{}", table.name, field.name).as_str());
        for field in table.fields.iter().filter(|field| points_to_document(field.kind) || named(field)) {
            let _ = writeln!(
                out,
                "CREATE INDEX {name}_{} ON {} ({}) WHERE {};",
                field.name,
                quoted(&name),
                quoted(field.name),
                super::objects::is_filled(field)
            );
        }
    }

    fn register_tables(&self, register: &RegisterMeta, out: &mut String) {
        let int = self.dialect.integer();
        let clustered = self.dialect.clustered();
        let code = register.code;
        let _ = writeln!(
            out,
            "CREATE TABLE {code}_moves (\n  document {int} NOT NULL,\n  line {int} NOT NULL,\n  date {int} NOT NULL,"
        );
        for field in register.columns() {
            out.push_str(&self.column(field.name, field.kind));
        }
        let _ = writeln!(out, "  PRIMARY KEY (document, line)\n) {clustered};");
        let key = list(names(register.key));
        let by_key = format!("CREATE INDEX {code}_moves_key ON {code}_moves ({key}, date, document, line);\n");
        let by_date = format!("CREATE INDEX {code}_moves_date ON {code}_moves (date);\n");
        match register.kind {
            RegisterKind::Balance => {
                out.push_str(&by_key);
                out.push_str(&by_date);
            }
            RegisterKind::Info => out.push_str(&by_key),
            RegisterKind::OpenDated | RegisterKind::Turnover => out.push_str(&by_date),
            RegisterKind::Open => {}
        }
        let sources = list(names(register.note).filter(|name| name.starts_with("source")));
        if !sources.is_empty() {
            let _ = writeln!(out, "CREATE INDEX {code}_moves_source ON {code}_moves ({sources}) WHERE source <> 0;");
        }
        if !has_totals(register) {
            return;
        }
        let columns: String = register.key.iter().chain(register.sum).map(|f| self.column(f.name, f.kind)).collect();
        let last = if register.kind == RegisterKind::Balance {
            format!("  last_date {int} NOT NULL DEFAULT 0,\n  last_document {int} NOT NULL DEFAULT 0,\n")
        } else {
            String::new()
        };
        let _ = writeln!(out, "CREATE TABLE {code}_now (\n{columns}{last}  PRIMARY KEY ({key})\n) {clustered};");
        if register.kind == RegisterKind::Balance {
            let _ = writeln!(
                out,
                "CREATE TABLE {code}_months (\n  month {int} NOT NULL,\n{columns}  PRIMARY KEY (month, {key})\n) {clustered};"
            );
        }
    }

    fn ledger_tables(&self, out: &mut String) {
        let int = self.dialect.integer();
        let clustered = self.dialect.clustered();
        let side = |name: &str| {
            format!(
                "  {name} {int} NOT NULL DEFAULT 0,\n  {name}1 {int} NOT NULL DEFAULT 0,\n  \
                 {name}2 {int} NOT NULL DEFAULT 0,\n  {name}3 {int} NOT NULL DEFAULT 0,\n  \
                 {name}_qty {int} NOT NULL DEFAULT 0,\n  {name}_currency {int} NOT NULL DEFAULT 0,\n  \
                 {name}_currency_amount {int} NOT NULL DEFAULT 0,\n"
            )
        };
        let _ = write!(
            out,
            "CREATE TABLE ledger_moves (\n  document {int} NOT NULL,\n  line {int} NOT NULL,\n  \
             date {int} NOT NULL,\n  company {int} NOT NULL,\n{}{}  amount {int} NOT NULL DEFAULT 0,\n  \
             rule {int} NOT NULL DEFAULT 0,\n  rule_line {int} NOT NULL DEFAULT 0,\n  \
             rule_base {int} NOT NULL DEFAULT 0,\n  PRIMARY KEY (document, line)\n) {clustered};\n\
             CREATE INDEX ledger_moves_debit ON ledger_moves (debit, date, document, line);\n\
             CREATE INDEX ledger_moves_credit ON ledger_moves (credit, date, document, line);\n",
            side("debit"),
            side("credit"),
        );
        let key = format!(
            "  company {int} NOT NULL,\n  account {int} NOT NULL,\n  sub1 {int} NOT NULL,\n  \
             sub2 {int} NOT NULL,\n  sub3 {int} NOT NULL,\n  currency {int} NOT NULL,\n"
        );
        let _ = write!(
            out,
            "CREATE TABLE ledger_now (\n{key}  amount {int} NOT NULL DEFAULT 0,\n  qty {int} NOT NULL DEFAULT 0,\n  \
             currency_amount {int} NOT NULL DEFAULT 0,\n  \
             PRIMARY KEY (company, account, sub1, sub2, sub3, currency)\n) {clustered};\n\
             CREATE TABLE ledger_months (\n  month {int} NOT NULL,\n{key}  debit {int} NOT NULL DEFAULT 0,\n  \
             credit {int} NOT NULL DEFAULT 0,\n  debit_qty {int} NOT NULL DEFAULT 0,\n  \
             credit_qty {int} NOT NULL DEFAULT 0,\n  debit_currency {int} NOT NULL DEFAULT 0,\n  \
             credit_currency {int} NOT NULL DEFAULT 0,\n  \
             PRIMARY KEY (month, company, account, sub1, sub2, sub3, currency)\n) {clustered};\n"
        );
    }
}

/// «The first columns of the key are these.»
pub fn prefix_condition(register: &RegisterMeta, length: usize) -> String {
    let parts: Vec<String> = register
        .key
        .iter()
        .take(length)
        .zip(1..)
        .map(|(field, at)| format!("{} = ?{at}", quoted(field.name)))
        .collect();
    if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") }
}

/// True when a register keeps current totals.
pub fn has_totals(register: &RegisterMeta) -> bool {
    register.kind == RegisterKind::Balance || is_open(register)
}

/// True when a register keeps only what is open.
pub fn is_open(register: &RegisterMeta) -> bool {
    matches!(register.kind, RegisterKind::Open | RegisterKind::OpenDated)
}

/// The table of a table part.
pub fn part_name(meta: &ObjectMeta, table: &TableMeta) -> String {
    format!("{}_{}", meta.code, table.name)
}

/// True for a field that may point to a document: such fields tell which documents belong together.
pub fn points_to_document(kind: Type) -> bool {
    match kind {
        Type::AnyRef => true,
        Type::Ref(meta) => meta().kind == Kind::Document,
        _ => false,
    }
}

/// Fields with an index: documents, counterparties of documents, and what the kind names itself.
fn indexed(kind: &dyn KindOps, field: &FieldMeta) -> bool {
    let owner = field.kind.target().is_some_and(|target| target.code == "counterparty") && field.name != "parent";
    kind.indexed().contains(&field.name) || points_to_document(field.kind) || owner
}

fn trim_comma(out: &mut String) {
    if out.ends_with(",\n") {
        out.truncate(out.len() - 2);
        out.push('\n');
    }
}
