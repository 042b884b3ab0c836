//! Colours: one for each thing, and apart from those beside it.

use kzleap_model::{Family, SectorKind};
use kzleap_report::page::{Colours, Group, Thing, palette};

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

/// Linear light of a channel, 0 to 1.
fn linear(channel: i32) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// What eyes of four kinds make of light: all colours; no red, no green, no blue (Machado, Oliveira
/// and Fernandes 2009, full severity).
const SIGHTS: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
];

fn times(matrix: [[f64; 3]; 3], of: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(of).map(|(a, b)| a * b).sum())
}

/// A colour in the space OKLab, where equal distances look alike (Ottosson 2020).
fn oklab(light: [f64; 3]) -> [f64; 3] {
    let cones = times(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ],
        light,
    );
    times(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ],
        cones.map(f64::cbrt),
    )
}

/// How far apart two colours are for the eye that tells them apart least.
fn apart(one: &str, other: &str) -> f64 {
    let seen = |colour: &str, sight| {
        let light = channels(colour).map(linear);
        oklab(times(sight, light).map(|value| value.max(0.0)))
    };
    let far = |sight| {
        let (a, b) = (seen(one, sight), seen(other, sight));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    };
    SIGHTS.map(far).into_iter().fold(f64::INFINITY, f64::min)
}

/// Families and sectors that may follow one another in a stack differ whatever colours a reader
/// sees: each and the two after it.
#[test]
fn neighbours_of_the_palette_are_apart_for_colour_blind_readers() {
    assert!(apart("#de8a45", "#6f9a4c") < 0.03, "orange and green are alike without red");
    for of in ["family", "sector"] {
        let mut rows: Vec<_> = palette().iter().filter(|row| row.0 == of).collect();
        rows.sort_by_key(|row| row.2);
        rows.dedup_by_key(|row| row.2);
        assert!(rows.len() > 15, "{of}");
        for (n, one) in rows.iter().enumerate() {
            for other in rows.iter().skip(n + 1).take(2) {
                let far = apart(one.3, other.3);
                assert!(far >= 0.06, "{} and {} are {far:.3} apart", one.1, other.1);
            }
        }
    }
}

/// No family or sector is left without a row.
#[test]
fn the_palette_has_every_family_and_sector() {
    for (of, words) in [("family", Family::WORDS), ("sector", SectorKind::WORDS)] {
        for word in words {
            assert!(palette().iter().any(|row| (row.0, row.1) == (of, *word)), "{of} {word}");
        }
    }
}
