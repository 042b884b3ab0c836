//! Colours: one for each thing, and apart from those beside it.

use kzleap_report::page::Colours;

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
    let names = [
        "coal",
        "coal CHP",
        "boiler-coal",
        "gas",
        "gas CHP",
        "boiler-gas",
        "oil",
        "boiler-oil",
        "nuclear",
        "hydro",
        "wind",
        "solar",
        "battery",
        "hydrogen",
        "biomass",
        "biomass CCS",
        "electric heat",
        "electric vehicles",
        "heat pumps",
        "net imports",
        "grid",
        "removal",
        "exogenous",
        "unserved",
        "what is gathered into one",
    ];
    let colours = Colours::new(names[..names.len() - 1].iter().copied());
    let (one, other, far) = nearest(&colours, &names);
    assert!(far >= 24, "{one} and {other} differ by {far} of 255");
}

#[test]
fn sectors_can_be_told_apart_and_keep_their_colour() {
    let names = [
        "power plants",
        "CHP",
        "heat plants",
        "refineries",
        "coal mining",
        "own use",
        "industry",
        "transport",
        "households",
        "services",
        "agriculture",
        "farming",
        "non-energy use",
        "waste",
        "other processes",
        "removal",
        "export",
        "exogenous",
        "oil and gas leaks",
    ];
    let all = Colours::of_sectors(names);
    let (one, other, far) = nearest(&all, &names);
    assert!(far >= 24, "{one} and {other} differ by {far} of 255");
    let few = Colours::of_sectors(["transport", "households"]);
    assert_eq!(few.of("transport"), all.of("transport"));
    assert_eq!(few.of("households"), all.of("households"));
}
