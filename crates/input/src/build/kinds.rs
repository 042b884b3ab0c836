//! What things are: kinds, families and gases, colours, and the categories and sectors that carry
//! them.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Amount, Category, CommodityKind, Family, Sector, SectorKind};

use super::Build;
use super::declare::{given, label};
use crate::reader::{Item, Reader};
use crate::registry::{Choice, Field, Text, category, commodity, root, sector};

/// Reads the categories and sectors that the model lists.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::CATEGORIES) {
        let category = Category {
            name: item.name.to_owned(),
            label: label(rd, &item, category::LABEL),
            family: family(rd, &item, category::FAMILY),
            colour: colour(rd, &item, category::COLOUR),
        };
        add_category(build, category);
    }
    for item in rd.items(root::SECTORS) {
        let sector = Sector {
            name: item.name.to_owned(),
            label: label(rd, &item, sector::LABEL),
            kind: word(rd, &item, sector::KIND).and_then(SectorKind::named),
            colour: colour(rd, &item, sector::COLOUR),
        };
        build.model.sectors.push(sector);
    }
}

fn add_category(build: &mut Build, category: Category) {
    build.categories.insert(category.name.clone(), build.model.categories.len());
    build.model.categories.push(category);
}

/// The category an item names, or one like itself; from then on it is one of the model's.
pub(super) fn category<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    field: Field<Text>,
    itself: Category,
) -> Category {
    let named = given(rd, item, field);
    let category = match named {
        Some(name) => Category {
            name: name.to_owned(),
            label: name.to_owned(),
            family: None,
            colour: None,
        },
        None => itself,
    };
    if let Some(known) = build.categories.get(&category.name) {
        return build.model.categories[*known].clone();
    }
    add_category(build, category.clone());
    category
}

/// The category of this name; from now on one of the model's, if it was not.
pub(super) fn like(build: &mut Build, name: &str, family: Family) -> Category {
    if let Some(known) = build.categories.get(name) {
        return build.model.categories[*known].clone();
    }
    let (name, label) = (name.to_owned(), name.to_owned());
    let category = Category { name, label, family: Some(family), colour: None };
    add_category(build, category.clone());
    category
}

/// `family`, if it is given.
pub(super) fn family<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Choice>,
) -> Option<Family> {
    word(rd, item, field).and_then(Family::named)
}

/// One of the words of a field, if it is given.
pub(super) fn word<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Choice>,
) -> Option<&'static str> {
    if item.has(field) { rd.choice(item, field) } else { None }
}

/// `colour`, if it is given and one.
pub(super) fn colour<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Text>,
) -> Option<String> {
    let text = given(rd, item, field)?;
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(text.to_ascii_lowercase());
    }
    let message = format!("`{text}` is no colour");
    let hint = "write red, green and blue with two hexadecimal digits each: `#3fa39a`";
    let place = item.value_place(field);
    rd.fail(item, Diagnostic::error("bad-colour", message, place, "").hint(hint));
    None
}

/// Kind and family of a commodity, which must go with what it is counted in.
pub(super) fn of_commodity<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
) -> (Option<CommodityKind>, Option<Family>) {
    let kind = word(rd, item, commodity::KIND).and_then(CommodityKind::named);
    let family = family(rd, item, commodity::FAMILY);
    if let (Some(kind), Some(amount)) = (kind, item.amount) {
        let needed = counted_in(kind);
        if needed.is_some_and(|needed| needed != amount) {
            wrong_kind(rd, item, kind, amount);
        }
    }
    let has_family = matches!(kind, None | Some(CommodityKind::Fuel | CommodityKind::Natural));
    if let (Some(kind), Some(_), false) = (kind, family, has_family) {
        let message = format!("`{}` is `{}`, which has no family", item.path, kind.text());
        let hint = "`family` says which fuel something is, or what of nature: leave it out";
        let place = item.place_of(commodity::FAMILY);
        let diagnostic = Diagnostic::error("family-of-no-fuel", message, place, "")
            .also(item.place_of(commodity::KIND), "its kind")
            .hint(hint);
        rd.fail(item, diagnostic);
    }
    (kind, family)
}

/// What a kind of commodity must be counted in, if in one thing only.
const fn counted_in(kind: CommodityKind) -> Option<Amount> {
    match kind {
        CommodityKind::Electricity
        | CommodityKind::Heat
        | CommodityKind::Cold
        | CommodityKind::Fuel
        | CommodityKind::Natural => Some(Amount::Energy),
        CommodityKind::Material | CommodityKind::Carbon => Some(Amount::Mass),
        CommodityKind::Service => None,
    }
}

fn wrong_kind(rd: &mut Reader<'_>, item: &Item<'_>, kind: CommodityKind, amount: Amount) {
    let message =
        format!("`{}` is `{}`, but counted in {}", item.path, kind.text(), amount.unit());
    let hint = match counted_in(kind) {
        Some(Amount::Mass) => "give it `unit = \"Mt\"`, or another `kind`",
        _ => {
            "leave `unit` out: it is counted in energy, and a fuel with `heat_value` may still be \
             written in tonnes; or give it another `kind`"
        }
    };
    let mut diagnostic =
        Diagnostic::error("kind-of-another-unit", message, item.place_of(commodity::KIND), "");
    if item.has(commodity::UNIT) {
        diagnostic = diagnostic.also(item.place_of(commodity::UNIT), "its unit");
    }
    rd.fail(item, diagnostic.hint(hint));
}
