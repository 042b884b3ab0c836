//! What all builders share: the tree, the sets known so far, and everything found on the way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, Span};
use kzleap_model::YearIx;

use crate::damage::Damage;
use crate::formula::Formulas;
use crate::hourly::HourlyFiles;
use crate::registry::{
    Amount, CapacityUnit, Default, Field, Items, Key, Kind, Listed, Members,
    Names as ListOfNames, OF_EACH_CLASS, OneTable, TableKind, class, process, resource, root,
};
use crate::sets::Sets;
use crate::trace::Evaluated;
use crate::tree::{Entry, Node, Table, Value, join};
use crate::units::{Currency, Unit, UnitError, parse};
use crate::waivers::{self, Waivers};

/// A value that the model's files do not give, taken by rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultUsed {
    /// Where it would have been given.
    pub path: String,
    /// What was taken.
    pub value: String,
    /// By which rule.
    pub reason: String,
}

/// A table of the tree together with what it may hold.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) kind: &'static TableKind,
    pub(crate) table: &'a Table,
    /// What holds where it says nothing itself: of a class, the table of its process and its path.
    pub(crate) base: Option<(&'a Table, String)>,
    /// Its name; empty for the root.
    pub(crate) name: &'a str,
    /// Its path.
    pub(crate) path: String,
    /// The path of the process, storage … it is part of, or its own.
    pub(crate) owner: String,
    /// Where its name is written.
    pub(crate) place: Span,
    /// What its activity is counted in: what it makes, uses, carries or keeps; `None` where that
    /// could not be read, which has been reported.
    pub(crate) amount: Option<Amount>,
    /// The heat value of the fuel that its activity is counted in: so `USD/t` can be read.
    pub(crate) heat: Option<Unit>,
    /// The region it is of, where that is part of its path.
    pub(crate) region: Option<&'a str>,
    pub(crate) unit: CapacityUnit,
    /// The unit of `capacity` as written, which holds for capacities without their own.
    pub(crate) written_unit: Option<(Cow<'a, str>, Span)>,
}

impl<'a> Item<'a> {
    pub(crate) fn new(
        kind: &'static TableKind,
        path: String,
        entry: &'a Entry,
    ) -> Option<Self> {
        Some(Self {
            kind,
            table: entry.node.table()?,
            base: None,
            name: &entry.key,
            owner: path.clone(),
            path,
            place: entry.key_span,
            amount: Some(Amount::Energy),
            heat: None,
            region: None,
            unit: CapacityUnit::Gigawatt,
            written_unit: None,
        })
    }

    /// A table within this one.
    pub(crate) fn within(
        &self,
        kind: &'static TableKind,
        path: String,
        entry: &'a Entry,
    ) -> Option<Self> {
        let owner = self.owner.clone();
        let table = entry.node.table()?;
        let (name, place) = (entry.key.as_str(), entry.key_span);
        Some(Self { kind, table, base: None, name, path, owner, place, ..self.clone() })
    }

    /// A class of this process: what it does not say itself is as said here.
    pub(crate) fn class(&self, entry: &'a Entry) -> Option<Self> {
        let path = join(&self.path_of(process::CLASSES), &entry.key);
        let mut class = self.within(&class::TABLE, path, entry)?;
        class.base = Some((self.table, self.path.clone()));
        class.owner.clone_from(&class.path);
        Some(class)
    }

    /// The table in a field, as an item of its own.
    pub(crate) fn inner(&self, field: Field<OneTable>) -> Option<Self> {
        let OneTable(kind) = field.holds;
        Item::new(kind, self.path_of(field), self.entry(field)?)
    }

    pub(crate) fn path_of(&self, field: impl Into<Key>) -> String {
        let field: Key = field.into();
        match self.base_of(field) {
            Some((base, path))
                if self.table.get(&field).is_none() && base.get(&field).is_some() =>
            {
                join(path, &field)
            }
            _ => join(&self.path, &field),
        }
    }

    /// What holds for a field that it does not give itself.
    fn base_of(&self, field: Key) -> Option<&(&'a Table, String)> {
        self.base.as_ref().filter(|_| !OF_EACH_CLASS.contains(&field))
    }

    pub(crate) fn has(&self, field: impl Into<Key>) -> bool {
        self.get(field).is_some()
    }

    /// The first of some fields that is given.
    pub(crate) fn first_of(&self, fields: &[Key]) -> Option<Key> {
        fields.iter().copied().find(|field| self.has(*field))
    }

    /// What is in a field.
    pub(crate) fn get(&self, field: impl Into<Key>) -> Option<&'a Node> {
        self.entry(field).map(|entry| &entry.node)
    }

    /// A field with its place.
    pub(crate) fn entry(&self, field: impl Into<Key>) -> Option<&'a Entry> {
        let field: Key = field.into();
        self.table.entry(&field).or_else(|| self.base_of(field)?.0.entry(&field))
    }

    /// Where a field is written, or else the name of the table.
    pub(crate) fn place_of(&self, field: impl Into<Key>) -> Span {
        self.entry(field).map_or(self.place, |entry| entry.key_span)
    }

    /// Where the value of a field is written, or else the name of the table.
    pub(crate) fn value_place(&self, field: impl Into<Key>) -> Span {
        self.get(field).map_or(self.place, |node| node.span)
    }
}

impl Members {
    /// The field by which an item names its members: `categories` where it names no processes.
    pub(crate) fn written(&self, item: &Item<'_>) -> Field<ListOfNames> {
        if item.has(self.processes) { self.processes } else { self.categories }
    }
}

/// Units by field name, each with its place.
pub(crate) type FileUnits = BTreeMap<FileId, BTreeMap<String, (String, Span)>>;

/// What all builders share.
pub(crate) struct Reader<'a> {
    pub(crate) root: &'a Table,
    pub(crate) hourly: &'a HourlyFiles,
    pub(crate) diags: Diagnostics,
    pub(crate) defaults: Vec<DefaultUsed>,
    /// Paths of items with a mistake: checks that would only repeat it pass them over.
    pub(crate) failed: BTreeSet<String>,
    /// How often an item could not be read, for mistakes reported or not.
    pub(crate) mistakes: usize,
    /// What could not be read: items may lack something for it.
    pub(crate) damage: Damage,
    /// Paths of items with a region that is not known: where they stand is not either.
    pub(crate) unplaced: BTreeSet<String>,
    /// Names that a scenario took out, with the place that says so.
    pub(crate) removed: BTreeMap<String, Span>,
    pub(crate) currency: Currency,
    pub(crate) file_units: FileUnits,
    pub(crate) sets: Sets,
    pub(crate) formulas: Formulas,
    pub(crate) waivers: Waivers,
    /// Paths of values of which nothing holds before the first given year.
    pub(crate) begin_with_first: BTreeSet<String>,
    /// What formulas gave, each with its place.
    pub(crate) evaluated: Vec<(Span, Evaluated)>,
    /// The milestone year of building that values are read for; `None` for what exists already,
    /// and where vintages do not differ.
    pub(crate) vintage: Option<YearIx>,
    /// The calendar year in which the service of what is being read began, of existing capacity that
    /// is known by that.
    pub(crate) commissioned: Option<i32>,
    /// Whether a value that differs by year of building was read.
    pub(crate) differs_by_vintage: bool,
    defaults_seen: BTreeSet<String>,
    units: BTreeMap<String, Result<Unit, UnitError>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        root: &'a Table,
        hourly: &'a HourlyFiles,
        file_units: FileUnits,
        diags: Diagnostics,
        damage: Damage,
    ) -> Self {
        Self {
            root,
            hourly,
            diags,
            defaults: Vec::new(),
            failed: BTreeSet::new(),
            mistakes: 0,
            damage,
            unplaced: BTreeSet::new(),
            removed: BTreeMap::new(),
            currency: Currency::default(),
            file_units,
            sets: Sets::default(),
            formulas: Formulas::default(),
            waivers: waivers::find(root),
            begin_with_first: BTreeSet::new(),
            evaluated: Vec::new(),
            vintage: None,
            commissioned: None,
            differs_by_vintage: false,
            defaults_seen: BTreeSet::new(),
            units: BTreeMap::new(),
        }
    }

    /// Reports a mistake in an item.
    pub(crate) fn fail(&mut self, item: &Item<'_>, diagnostic: Diagnostic) {
        self.fail_silently(item);
        self.diags.push(diagnostic);
    }

    /// Notes that an item could not be read for a mistake that has been reported.
    pub(crate) fn fail_silently(&mut self, item: &Item<'_>) {
        self.mistakes += 1;
        self.failed.insert(item.owner.clone());
        self.failed.extend(item.base.as_ref().map(|(_, process)| process.clone()));
    }

    /// Reports that something is missing, unless it may be among what could not be read.
    pub(crate) fn fail_missing(&mut self, item: &Item<'_>, diagnostic: Diagnostic) {
        if self.damage.may_complete(&item.owner) {
            self.fail_silently(item);
        } else {
            self.fail(item, diagnostic);
        }
    }

    /// Whether something of this name could not be read whole, which has been reported.
    pub(crate) fn may_lack(&self, name: &str) -> bool {
        const COLLECTIONS: [Field<Items>; 4] =
            [root::PROCESSES, root::RESOURCES, root::STORAGES, root::LINKS];
        let failed = |field: &Field<Items>| self.failed.contains(&field.key().path(name));
        let demands = root::DEMANDS.key().path(name);
        self.failed
            .range(demands.clone()..)
            .next()
            .is_some_and(|path| path.starts_with(&demands))
            || self.damage.may_hold(name)
            || self.damage.may_declare()
            || COLLECTIONS.iter().any(failed)
            || self.failed.iter().any(|path| self.category_of(path) == Some(name))
    }

    /// The category that the item at a path gives, or would have by its name.
    fn category_of(&self, path: &str) -> Option<&str> {
        let (collection, name) = path.split_once('.')?;
        let table = self.root.get(collection)?.table()?.get(name)?.table()?;
        let named = table.get(&process::CATEGORY.key());
        named.or_else(|| table.get(&resource::COMMODITY.key())).and_then(Node::text)
    }

    /// Notes a default, once for each path.
    pub(crate) fn default_used(
        &mut self,
        path: String,
        value: impl Display,
        reason: impl Into<String>,
    ) {
        let reason = reason.into();
        if self.defaults_seen.insert(format!("{path} {reason}")) {
            self.defaults.push(DefaultUsed { path, value: format!("{value}"), reason });
        }
    }

    /// A unit, parsed once.
    pub(crate) fn parse_unit(&mut self, text: &str) -> Result<Unit, UnitError> {
        if let Some(known) = self.units.get(text) {
            return known.clone();
        }
        let unit = parse(text, &self.currency);
        self.units.insert(text.to_owned(), unit.clone());
        unit
    }

    /// A unit of the registry, where `USD` stands for the model's currency.
    pub(crate) fn own_unit(&mut self, text: &str) -> Option<Unit> {
        let text = self.in_own_money(text);
        self.parse_unit(&text).ok()
    }

    /// A unit of the registry as a user of this model would write it.
    pub(crate) fn in_own_money(&self, text: &str) -> String {
        text.replace("USD", &self.currency.code)
    }

    /// Counts an item in a commodity: what that is counted in, and its heat value.
    pub(crate) fn count_in(&self, item: &mut Item<'_>, commodity: &str) {
        item.amount = self.sets.amounts.get(commodity).copied();
        item.heat = self.sets.heat.get(commodity).copied();
    }

    /// Every table of a collection.
    pub(crate) fn items(&self, collection: Field<Items>) -> Vec<Item<'a>> {
        let Items(kind) = collection.holds;
        let item = |entry: &'a Entry| Item::new(kind, collection.key().path(&entry.key), entry);
        self.collection(collection).into_iter().flat_map(Table::iter).filter_map(item).collect()
    }

    /// A collection as it is written.
    pub(crate) fn collection(&self, collection: Field<Items>) -> Option<&'a Table> {
        self.root.get(&collection.key())?.table()
    }

    /// The node of a field: its own, or that of `[defaults]`.
    pub(crate) fn node(
        &mut self,
        item: &Item<'a>,
        field: impl Into<Listed>,
    ) -> Option<&'a Node> {
        let field: Listed = field.into();
        if let Some(node) = item.get(field) {
            return Some(node);
        }
        let root: &'a Table = self.root;
        let node = root.get(&root::DEFAULTS.key())?.table()?.get(field.name)?;
        let serves = [root::PROCESSES, root::STORAGES, root::LINKS]
            .iter()
            .any(|collection| collection.key().leads(&item.path));
        if !serves {
            return None;
        }
        let number = match field.kind {
            Kind::Quantity(quantity) => {
                self.as_written(item, (field.name, quantity), node, None)
            }
            _ => None,
        };
        let value = number.unwrap_or_else(|| match &node.value {
            Value::Flag(flag) => flag.to_string(),
            _ => "as there".to_owned(),
        });
        self.default_used(item.path_of(field), value, "given in [defaults]");
        Some(node)
    }

    /// Says that a field that must be there is not.
    pub(crate) fn missing(&mut self, item: &Item<'_>, field: impl Into<Listed>) {
        let Listed { name, doc, .. } = field.into();
        let whose = if item.path.is_empty() {
            "the model".to_owned()
        } else {
            format!("`{}`", item.path)
        };
        let message = format!("{whose} has no `{name}`");
        let hint = format!("add `{name}`: {doc}");
        let diagnostic = Diagnostic::error("missing-field", message, item.place, "").hint(hint);
        if item.path.is_empty() && self.damage.may_hold(name) {
            return;
        }
        self.fail_missing(item, diagnostic);
    }

    pub(crate) fn plain(
        &mut self,
        item: &Item<'a>,
        field: impl Into<Listed>,
    ) -> Option<&'a Node> {
        let field: Listed = field.into();
        let node = self.node(item, field);
        if node.is_none() && matches!(field.default, Default::Required) {
            self.missing(item, field);
        }
        node
    }

    pub(crate) fn wrong_type(
        &mut self,
        item: &Item<'_>,
        name: impl Display,
        node: &Node,
        expected: &str,
    ) {
        if matches!(node.value, Value::Broken) {
            self.fail_silently(item);
            return;
        }
        let message = format!("`{name}` takes {expected}, not {}", node.value.kind());
        self.fail(item, Diagnostic::error("wrong-type", message, node.span, ""));
    }
}
