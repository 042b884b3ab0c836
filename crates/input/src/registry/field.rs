//! A field: named once, with all that is said of it, and typed by what it holds.
//!
//! Whoever reads a field, checks it or speaks of it does so by its constant, such as
//! `process::CAPITAL_COST`: a misspelt one does not compile, nor one that was taken out.

use std::fmt;
use std::ops::Deref;

use super::{Default, Kind, Of, Quantity, TableKind};

/// The name of a field, or of a key that tables of numbers may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(&'static str);

impl Key {
    pub(super) const fn new(name: &'static str) -> Self {
        Self(name)
    }

    pub(crate) const fn name(self) -> &'static str {
        self.0
    }

    /// The path of what has this name within the field.
    pub(crate) fn path(self, name: &str) -> String {
        format!("{}.{name}", self.0)
    }

    /// Whether a path leads into the field.
    pub(crate) fn leads(self, path: &str) -> bool {
        path.split_once('.').is_some_and(|(first, _)| first == self.0)
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

/// A field as the list of its table has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) default: Default,
    pub(crate) doc: &'static str,
}

impl Listed {
    /// The field as one that holds this, for those who go through a whole list.
    pub(crate) const fn holding<H>(self, holds: H) -> Field<H> {
        Field { listed: self, holds }
    }
}

impl From<Listed> for Key {
    fn from(listed: Listed) -> Self {
        Self(listed.name)
    }
}

/// A field as code reads it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<H> {
    pub(crate) listed: Listed,
    /// What it holds.
    pub(crate) holds: H,
}

impl<H> Field<H> {
    pub(crate) const fn key(&self) -> Key {
        Key(self.listed.name)
    }

    pub(crate) const fn name(&self) -> &'static str {
        self.listed.name
    }
}

impl<H> From<Field<H>> for Key {
    fn from(field: Field<H>) -> Self {
        field.key()
    }
}

impl<H> From<Field<H>> for Listed {
    fn from(field: Field<H>) -> Self {
        field.listed
    }
}

impl<H> fmt::Display for Field<H> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.listed.name)
    }
}

/// Declares a type for each thing that fields may hold, and a function that makes such a field.
macro_rules! holds {
    ($($(#[$doc:meta])* $Type:ident $(($($part:ident: $of:ty),*))? by $make:ident is $kind:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub(crate) struct $Type $(($(pub(crate) $of),*))?;

            pub(super) const fn $make(
                name: &'static str,
                $($($part: $of,)*)?
                default: Default,
                doc: &'static str,
            ) -> Field<$Type> {
                Listed { name, kind: $kind, default, doc }.holding($Type $(($($part),*))?)
            }
        )*
    };
}

holds! {
    /// A text.
    Text by text is Kind::Text;
    /// `true` or `false`.
    Flag by flag is Kind::Flag;
    /// One of these words.
    Choice(words: &'static [&'static str]) by choice is Kind::Choice(words);
    /// A list of calendar years.
    Years by years is Kind::Years;
    /// A list of plain numbers.
    Numbers by numbers is Kind::Numbers;
    /// One name.
    Name(of: Of) by name is Kind::Name(of);
    /// A list of names.
    Names(of: Of) by names is Kind::Names(of);
    /// The unit of a capacity.
    UnitOfCapacity by unit_of_capacity is Kind::CapacityUnit;
    /// A number, the same in all years and slices.
    Number(quantity: Quantity) by number is Kind::Quantity(in_no_year(quantity));
    /// A number that may vary by year.
    ByYear(quantity: Quantity) by by_year is Kind::Quantity(in_no_slice(quantity));
    /// A number that may vary by slice, and most by year too.
    BySlice(quantity: Quantity) by by_slice is Kind::Quantity(quantity);
    /// A quantity for each of several names.
    Map(of: Of, quantity: Quantity) by map is Kind::Map(of, quantity);
    /// A table of its own.
    OneTable(kind: &'static TableKind) by one_table is Kind::Table(kind);
    /// Tables under names that users choose.
    Items(kind: &'static TableKind) by items is Kind::Items(kind);
    /// A list of tables.
    List(kind: &'static TableKind) by list is Kind::List(kind);
    /// Units by field name, which hold for one file.
    Units by units is Kind::Units;
    /// Whatever belongs at a path.
    Any by any is Kind::Any;
}

const fn in_no_year(quantity: Quantity) -> Quantity {
    assert!(!quantity.varies.year, "a number that varies by year is declared by `by_year`");
    in_no_slice(quantity)
}

const fn in_no_slice(quantity: Quantity) -> Quantity {
    assert!(!quantity.varies.slice, "a number that varies by slice is declared by `by_slice`");
    quantity
}

/// What is given in numbers.
pub(crate) trait Given: Copy {
    fn quantity(self) -> Quantity;
}

impl Given for Number {
    fn quantity(self) -> Quantity {
        self.0
    }
}

impl Given for ByYear {
    fn quantity(self) -> Quantity {
        self.0
    }
}

impl Given for BySlice {
    fn quantity(self) -> Quantity {
        self.0
    }
}

/// Declares a kind of table: a constant for each of its fields, and the list of them.
///
/// A field that nothing reads is a constant that nothing uses, of which the compiler warns: what
/// the list has is made anew, and uses no constant.
macro_rules! table {
    (
        title: $title:expr,
        written: $written:expr,
        doc: $doc:expr,
        open: $open:expr;
        $(const $name:ident: Field<$holds:ident> = $field:expr;)*
    ) => {
        $(pub(crate) const $name: $crate::registry::Field<$holds> = $field;)*

        pub(crate) static TABLE: $crate::registry::TableKind = $crate::registry::TableKind {
            title: $title,
            written: $written,
            doc: $doc,
            fields: &[$($field.listed),*],
            open: $open,
        };
    };
}
pub(super) use table;
