//! Colours: one for each thing, and apart from those beside it.

use kzleap_model::{Family, SectorKind};
use kzleap_report::page::{Colours, Group, Thing};

/// Red, green and blue of `#rrggbb`.
fn channels(colour: &str) -> [i32; 3] {
    [1, 3, 5].map(|at| i32::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal"))
}

/// The two names whose colours are nearest, and the largest difference of a channel between them.
fn nearest<'a>(colours: &Colours, names: &[&'a str]) -> (&'a str, &'a str, i32) {
    let mut pairs = Vec::new();
    for (n, one) in names.iter().enumerate() {
        for other in &names[..n] {
            let (a, b) = (channels(colours.of(one)), channels(colours.of(other)));
            let far = (0..3).map(|at| (a[at] - b[at]).abs()).max().unwrap_or(0);
            pairs.push((*other, *one, far));
        }
    }
    pairs.into_iter().min_by_key(|(.., far)| *far).expect("several names")
}

#[test]
fn neighbours_in_a_chart_can_be_told_apart() {
    let families = [
        ("coal", Family::Coal),
        ("coal CHP", Family::Coal),
        ("boiler-coal", Family::Coal),
        ("gas", Family::Gas),
        ("gas CHP", Family::Gas),
        ("boiler-gas", Family::Gas),
        ("oil", Family::Oil),
        ("boiler-oil", Family::Oil),
        ("nuclear", Family::Nuclear),
        ("hydro", Family::Hydro),
        ("wind", Family::Wind),
        ("solar", Family::Solar),
        ("battery", Family::Storage),
        ("hydrogen", Family::Hydrogen),
        ("biomass", Family::Biomass),
        ("biomass CCS", Family::Biomass),
        ("electric heat", Family::Electric),
        ("electric vehicles", Family::Electric),
        ("heat pumps", Family::Heat),
        ("grid", Family::Network),
        ("removal", Family::Removal),
    ];
    let own = [
        ("net imports", Group::Trade),
        ("exogenous", Group::Exogenous),
        ("unserved", Group::Unserved),
    ];
    let families = families.map(|(name, family)| Thing::new(name, Some(Group::Family(family))));
    let own = own.map(|(name, group)| Thing::new(name, Some(group)));
    let things: Vec<Thing<'_>> = families.into_iter().chain(own).collect();
    let colours = Colours::new(things.clone());
    let mut names: Vec<&str> = things.iter().map(|thing| thing.name).collect();
    names.push("what is gathered into one");
    let (one, other, far) = nearest(&colours, &names);
    assert!(far >= 24, "{one} and {other} differ by {far} of 255");
}

#[test]
fn sectors_can_be_told_apart_and_keep_their_colour() {
    let sector = |kind: &SectorKind| Thing::new(kind.text(), Some(Group::Sector(*kind)));
    let exogenous = Thing::new("exogenous", Some(Group::Exogenous));
    // removal and networks have the colours of their families, which stand in other charts
    let all = Colours::new(SectorKind::ALL.iter().map(sector).chain([exogenous]));
    let mut names = SectorKind::WORDS.to_vec();
    names.push("exogenous");
    let (one, other, far) = nearest(&all, &names);
    assert!(far >= 24, "{one} and {other} differ by {far} of 255");
    let few = Colours::new([SectorKind::Transport, SectorKind::Residential].iter().map(sector));
    assert_eq!(few.of("transport"), all.of("transport"));
    assert_eq!(few.of("residential"), all.of("residential"));
}

/// A thing called `electricity` or `gas` in another language has the same colour, and one that is
/// called `gas` and is none has not.
#[test]
fn families_give_colours_and_names_do_not() {
    let gas = Some(Group::Family(Family::Gas));
    let english = Colours::new([Thing::new("gas", gas), Thing::new("gas CHP", gas)]);
    let russian = Colours::new([Thing::new("газ", gas), Thing::new("газовая ТЭЦ", gas)]);
    assert_eq!(english.of("gas"), russian.of("газ"));
    assert_eq!(english.of("gas CHP"), russian.of("газовая ТЭЦ"));
    let named = Colours::new([Thing::new("gas", None)]);
    assert_ne!(named.of("gas"), english.of("gas"));
    let own = Thing { colour: Some("#123456"), ..Thing::new("gas", gas) };
    assert_eq!(Colours::new([own]).of("gas"), "#123456");
}
