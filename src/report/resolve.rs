//! A report's file against what is declared: every name is looked up, and everything unknown is told at once.

use super::declare::{
    Absence, At, Column, ColumnFile, Definition, Field, FieldFile, FieldKind, File, Route, Shape, Source, SourceFile,
    Split, What, sort_of, unsorted,
};
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::text::{self, Text};
use crate::kernel::value::Type;
use crate::store::report::{Axis, Condition, Origin, Target};
use crate::store::schema::Schema;
use crate::text;
use std::collections::BTreeMap;

/// A definition being put together.
struct Resolve<'a> {
    schema: &'a Schema,
    problems: Vec<Text>,
    sources: Vec<Source>,
    fields: Vec<Field>,
    columns: Vec<Column>,
}

/// What a path leads to.
pub(super) struct Reached {
    /// How.
    pub route: Route,
    /// What its values are.
    pub kind: FieldKind,
    /// Its declared label in the user's language.
    pub label: String,
}

fn object(schema: &Schema, code: &str) -> Option<&'static ObjectMeta> {
    schema.kinds().iter().map(|kind| kind.meta()).find(|meta| meta.code == code)
}

fn kind_of(kind: Type) -> FieldKind {
    match kind {
        Type::Ref(meta) => FieldKind::Object(meta()),
        Type::AnyRef => FieldKind::Any,
        other => FieldKind::Value(other),
    }
}

/// The declared type by which values are chosen: references to a kind are declared somewhere.
fn edit_type(schema: &Schema, kind: FieldKind) -> Type {
    match kind {
        FieldKind::Any => Type::AnyRef,
        FieldKind::Day | FieldKind::Month => Type::Date,
        FieldKind::Value(kind) => kind,
        FieldKind::Object(meta) => {
            let fields = schema.kinds().iter().flat_map(|kind| kind.meta().fields);
            let columns = schema.registers().iter().flat_map(|register| register.columns());
            let mut types = fields.chain(columns).map(|field| field.kind);
            types.find(|kind| kind.target() == Some(meta)).unwrap_or(Type::AnyRef)
        }
    }
}

/// What a field's value is called in a file as the number stored: a code of a choice, `yes` and `no`, a number.
fn plain_value(kind: FieldKind, value: &str) -> Option<i64> {
    match kind {
        FieldKind::Value(Type::Choice(meta)) => meta.parse(value),
        FieldKind::Value(Type::Bool) => match value {
            "yes" | "true" => Some(1),
            "no" | "false" => Some(0),
            _ => None,
        },
        FieldKind::Value(Type::Int) => value.parse().ok(),
        _ => None,
    }
}

/// The label, name and kind of a column of an origin.
fn column(schema: &Schema, origin: Origin, name: &str) -> Option<(&'static str, FieldKind, String)> {
    let own = origin.axis(name)?;
    match origin {
        Origin::Register(meta) => {
            let field = meta.key.iter().chain(meta.note).find(|field| field.name == own)?;
            Some((own, kind_of(field.kind), meta.field_label(field)))
        }
        Origin::Documents(meta) => {
            let field = meta.fields.iter().find(|field| field.name == own)?;
            Some((own, kind_of(field.kind), meta.field_label(field)))
        }
        Origin::Ledger => {
            let (code, label) = match own {
                "company" => ("company", text!("report-field-company")),
                "account" => ("account", text!("report-field-account")),
                "corr" => ("account", text!("report-field-corr")),
                "currency" => ("currency", text!("report-field-currency")),
                "sub1" | "corr1" => ("", text!("report-field-sub1")),
                "sub2" | "corr2" => ("", text!("report-field-sub2")),
                _ => ("", text!("report-field-sub3")),
            };
            let kind = object(schema, code).map_or(FieldKind::Any, FieldKind::Object);
            Some((own, kind, label.show()))
        }
    }
}

/// Follows a path: a column of the origin, then fields of what it refers to.
pub(super) fn reach(schema: &Schema, origin: Origin, path: &str) -> Result<Reached, Text> {
    let unknown = |name: &str| text!("report-path-unknown", path = path, name = name);
    let mut steps = path.split('.');
    let first = steps.next().unwrap_or_default();
    let (axis, mut kind, mut label) = match first {
        "document" => (Axis::Document, FieldKind::Any, text!("report-field-document").show()),
        "day" => (Axis::Day, FieldKind::Day, text!("report-field-day").show()),
        "month" => (Axis::Month, FieldKind::Month, text!("report-field-month").show()),
        name => {
            let (own, kind, label) = column(schema, origin, name).ok_or_else(|| unknown(name))?;
            (Axis::Column(own), kind, label)
        }
    };
    let mut route = Route { axis, target: None, path: Vec::new() };
    for name in steps {
        let target = match kind {
            FieldKind::Object(meta) => Target::Kind(meta),
            FieldKind::Any if route.path.is_empty() => Target::Any,
            _ => return Err(unknown(name)),
        };
        let (meta, field) = field_of(schema, target, name).ok_or_else(|| unknown(name))?;
        if field.kind.is_text() {
            return Err(text!("report-path-text", path = path, name = name));
        }
        route.target.get_or_insert(target);
        route.path.push(field.name);
        kind = kind_of(field.kind);
        label = meta.field_label(field);
    }
    Ok(Reached { route, kind, label })
}

/// A field of a kind, or of the first kind that has it.
fn field_of(schema: &Schema, target: Target, name: &str) -> Option<(&'static ObjectMeta, &'static FieldMeta)> {
    let of = |meta: &'static ObjectMeta| meta.field(name).and_then(|at| meta.fields.get(at)).map(|field| (meta, field));
    match target {
        Target::Kind(meta) => of(meta),
        Target::Any => schema.kinds().iter().find_map(|kind| of(kind.meta())),
    }
}

/// A condition of a file: the path must hold the value.
pub(super) fn fixed(schema: &Schema, origin: Origin, path: &str, value: &str) -> Result<Condition, Text> {
    let reached = reach(schema, origin, path)?;
    let stored = plain_value(reached.kind, value).ok_or_else(|| text!("report-value", path = path, value = value))?;
    let Route { axis, path, target } = reached.route;
    Ok(Condition { axis, path, target, values: vec![stored] })
}

/// The whole report.
pub(super) fn definition(schema: &Schema, code: &str, file: &File) -> Result<Definition, Vec<Text>> {
    let mut work =
        Resolve { schema, problems: Vec::new(), sources: Vec::new(), fields: Vec::new(), columns: Vec::new() };
    for source in &file.source {
        work.source(source);
    }
    if work.sources.is_empty() {
        work.problems.push(text!("report-no-source"));
        return Err(work.problems);
    }
    for field in &file.field {
        work.field(field);
    }
    for column in &file.column {
        work.column(column);
    }
    let apart = file.apart.as_ref().and_then(|path| work.flag(path));
    let mut list = |names: &[String]| names.iter().filter_map(|name| work.named(name)).collect::<Vec<usize>>();
    let (by, filters, required) = (list(&file.by), list(&file.filters), list(&file.required));
    let choices = file.choices.iter().map(|names| list(names)).collect();
    if work.columns.is_empty() && file.shape == Shape::Groups {
        work.problems.push(text!("report-no-column"));
    }
    let sort = file.sort.as_deref().map(sort_of);
    work.problems.extend(unsorted(sort.as_ref(), &work.columns));
    if !work.problems.is_empty() {
        return Err(work.problems);
    }
    Ok(Definition {
        code: code.to_owned(),
        title: file.title.clone(),
        time: file.time,
        shape: file.shape,
        default: file.default,
        sources: work.sources,
        fields: work.fields,
        columns: work.columns,
        by,
        choices,
        filters,
        required,
        related: file.related.clone(),
        sort,
        apart,
        names: file.names.clone(),
    })
}

impl Resolve<'_> {
    fn source(&mut self, file: &SourceFile) {
        let register = file.register.as_ref().map(|code| {
            let found = self.schema.registers().iter().find(|meta| meta.code == code).copied();
            found.map(Origin::Register).ok_or_else(|| text!("report-register-unknown", code = code))
        });
        let documents = file.documents.as_ref().map(|code| {
            let found = object(self.schema, code).filter(|meta| meta.kind == Kind::Document);
            found.map(Origin::Documents).ok_or_else(|| text!("report-documents-unknown", code = code))
        });
        let origin = match (register, documents, file.ledger) {
            (Some(found), None, false) | (None, Some(found), false) => found,
            (None, None, true) => Ok(Origin::Ledger),
            _ => Err(text!("report-source-one")),
        };
        let origin = match origin {
            Ok(origin) => origin,
            Err(problem) => return self.problems.push(problem),
        };
        let mut conditions = Vec::new();
        for (path, value) in &file.fixed {
            match fixed(self.schema, origin, path, value) {
                Ok(condition) => conditions.push(condition),
                Err(problem) => self.problems.push(problem),
            }
        }
        let code = file.code.clone().unwrap_or_else(|| origin.code().to_owned());
        self.sources.push(Source { code, origin, fixed: conditions, moves: file.moves.clone() });
    }

    fn field(&mut self, file: &FieldFile) {
        let usual = file.path.as_ref().unwrap_or(&file.code);
        let mut routes = Vec::new();
        let mut known: Option<(FieldKind, String)> = None;
        for source in &self.sources {
            let path = file.paths.get(&source.code).unwrap_or(usual);
            if path.is_empty() {
                routes.push(None);
                continue;
            }
            match reach(self.schema, source.origin, path) {
                Ok(reached) => {
                    routes.push(Some(reached.route));
                    known.get_or_insert((reached.kind, reached.label));
                }
                Err(problem) => {
                    routes.push(None);
                    self.problems.push(problem);
                }
            }
        }
        let Some((kind, label)) = known else { return };
        let within = file.within.as_ref().and_then(|name| self.named(name));
        let field = Field {
            code: file.code.clone(),
            title: file.title.clone().unwrap_or_default(),
            label,
            kind,
            edit: edit_type(self.schema, kind),
            routes,
            tree: file.tree,
            coded: file.coded,
            within,
        };
        self.fields.push(field);
    }

    fn named(&mut self, code: &str) -> Option<usize> {
        let found = self.fields.iter().position(|field| field.code == code);
        if found.is_none() {
            self.problems.push(text!("report-field-unknown", code = code));
        }
        found
    }

    /// `field.name`: a field of the report and a field of its object.
    fn of_object(&mut self, path: &str) -> Option<(usize, &'static FieldMeta)> {
        let (field, name) = path.split_once('.').unwrap_or((path, ""));
        let at = self.named(field)?;
        let found = match self.fields.get(at).map(|field| field.kind) {
            Some(FieldKind::Object(meta)) => field_of(self.schema, Target::Kind(meta), name),
            Some(FieldKind::Any) => field_of(self.schema, Target::Any, name),
            _ => None,
        };
        if found.is_none() {
            self.problems.push(text!("report-path-unknown", path = path, name = name));
        }
        found.map(|(_, meta)| (at, meta))
    }

    fn flag(&mut self, path: &str) -> Option<(usize, &'static str)> {
        self.of_object(path).map(|(field, meta)| (field, meta.name))
    }

    /// `field.name = value` as the field, the name and the stored value.
    fn object_is(&mut self, path: &str, value: &str) -> Option<(usize, &'static str, i64)> {
        let (field, meta) = self.of_object(path)?;
        let stored = plain_value(kind_of(meta.kind), value.trim());
        if stored.is_none() {
            self.problems.push(text!("report-value", path = path, value = value));
        }
        Some((field, meta.name, stored?))
    }

    fn column(&mut self, file: &ColumnFile) {
        let Some((what, kind, label)) = self.what(file) else { return };
        if file.title.is_none() && label.is_empty() {
            self.problems.push(text!("report-column-title", code = file.code.as_str()));
        }
        let wrong = file.wrong.iter().next().and_then(|(path, value)| self.object_is(path, value));
        self.columns.push(Column {
            code: file.code.clone(),
            title: file.title.clone().unwrap_or_default(),
            label,
            group: file.group.clone(),
            what,
            kind,
            aside: file.aside,
            hidden: file.hidden,
            wrong,
        });
    }

    fn what(&mut self, file: &ColumnFile) -> Option<(What, Type, String)> {
        if let Some(formula) = &file.formula {
            return self.formula(formula).map(|(what, kind)| (what, kind, String::new()));
        }
        if let Some(info) = &file.info {
            let (field, meta) = self.of_object(info)?;
            let label = text::declared("common", Some(meta.name), meta.title);
            return Some((What::Info(field, meta.name), Type::Text, label));
        }
        if let Some(of) = &file.class {
            let found = self.columns.iter().position(|column| column.code == *of);
            if found.is_none() {
                self.problems.push(text!("report-formula", formula = format!("class = {of}"), code = of));
            }
            return found.map(|at| (What::Class(at), Type::Text, String::new()));
        }
        self.figure(file)
    }

    fn figure(&mut self, file: &ColumnFile) -> Option<(What, Type, String)> {
        let at = file.at.unwrap_or_default();
        let source = match &file.source {
            None => Some(0),
            Some(code) => self.sources.iter().position(|source| source.code == *code),
        };
        let Some(source) = source else {
            self.problems.push(text!("report-source-unknown", code = file.source.clone().unwrap_or_default()));
            return None;
        };
        let origin = self.sources.get(source)?.origin;
        if matches!(at, At::Opening | At::Closing | At::Absent | At::Missed | At::Point) && !origin.has_balance() {
            self.problems.push(text!("report-no-balance", code = file.code.as_str()));
        }
        let name = file.sum.as_ref().unwrap_or(&file.code);
        let (sum, kind, label) = if at == At::Count {
            ("", Type::Int, String::new())
        } else {
            let Some(found) = sum_of(origin, name) else {
                self.problems.push(text!("report-sum-unknown", name = name, source = origin.code()));
                return None;
            };
            found
        };
        let when = self.when(origin, &file.when);
        let absence = if matches!(at, At::Absent | At::Missed | At::Point) { self.absence(file) } else { None };
        let kind = if at == At::Absent { Type::Int } else { kind };
        let half = file.half.map(|half| (half, file.split.iter().filter_map(|name| self.split(name)).collect()));
        Some((What::Figure { source, sum, at, when, negate: file.negate, half, absence }, kind, label))
    }

    /// The things a column tells absence of: of a register with balances only.
    fn absence(&mut self, file: &ColumnFile) -> Option<Absence> {
        let field = self.named(file.each.as_deref().unwrap_or_default())?;
        let days = file.days.iter().filter_map(|path| self.of_object(path)).map(|(_, meta)| meta.name).collect();
        Some(Absence { field, days, usual: file.usual })
    }

    fn when(&mut self, origin: Origin, file: &BTreeMap<String, String>) -> Option<(&'static str, i64)> {
        let (name, value) = file.iter().next()?;
        let found = column(self.schema, origin, name);
        let stored = found.and_then(|(own, kind, _)| plain_value(kind, value).map(|stored| (own, stored)));
        if stored.is_none() {
            self.problems.push(text!("report-value", path = name, value = value));
        }
        stored
    }

    /// `sub1 if account.kind = both`.
    fn split(&mut self, file: &str) -> Option<Split> {
        let (field, condition) = file.split_once(" if ").map_or((file, None), |(field, rest)| (field, Some(rest)));
        let field = self.named(field.trim())?;
        let only = match condition.and_then(|condition| condition.split_once('=')) {
            Some((path, value)) => Some(self.object_is(path.trim(), value)?),
            None => None,
        };
        Some(Split { field, only })
    }

    /// `a + b - c`, `a % b`, `a / b` over columns named before.
    fn formula(&mut self, formula: &str) -> Option<(What, Type)> {
        let words: Vec<&str> = formula.split_whitespace().collect();
        let mut place = |code: &str| {
            let found = self.columns.iter().position(|column| column.code == code);
            if found.is_none() {
                self.problems.push(text!("report-formula", formula = formula, code = code));
            }
            found
        };
        match words.as_slice() {
            [part, "%", whole] => Some((What::Percent(place(part)?, place(whole)?), Type::Percent)),
            [sum, "/", by] => Some((What::Per(place(sum)?, place(by)?), Type::Price)),
            [first, rest @ ..] => {
                let mut terms = vec![(1, place(first)?)];
                for pair in rest.chunks(2) {
                    match pair {
                        ["+", code] => terms.push((1, place(code)?)),
                        ["-", code] => terms.push((-1, place(code)?)),
                        other => {
                            let code = other.join(" ");
                            self.problems.push(text!("report-formula", formula = formula, code = code));
                            return None;
                        }
                    }
                }
                let kind =
                    terms.first().and_then(|(_, at)| self.columns.get(*at)).map_or(Type::Int, |first| first.kind);
                Some((What::Sum(terms), kind))
            }
            [] => None,
        }
    }
}

/// A sum of an origin: its name, type and label.
pub(super) fn sum_of(origin: Origin, name: &str) -> Option<(&'static str, Type, String)> {
    let own = origin.sum(name)?;
    match origin {
        Origin::Register(meta) => {
            let field = meta.sum.iter().find(|field| field.name == own)?;
            Some((own, field.kind, meta.field_label(field)))
        }
        Origin::Documents(meta) => {
            let field = meta.fields.iter().find(|field| field.name == own)?;
            Some((own, field.kind, meta.field_label(field)))
        }
        Origin::Ledger => Some(match own {
            "qty" => (own, Type::Qty, text!("report-sum-qty").show()),
            "currency_amount" => (own, Type::Money, text!("report-sum-currency").show()),
            _ => (own, Type::Money, text!("report-sum-amount").show()),
        }),
    }
}
