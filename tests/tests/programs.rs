//! The linear programs of small models are those that were: a change of the formulation that was
//! not meant is seen here, one that was meant is stated by new digests. Those of Kazakhstan are in
//! `figures.rs`.

use kzleap_study::formulation::formulate;
use kzleap_tests::model;

/// A digest of every number of the program (`Lp::digest`), by model, without a scenario.
const PROGRAMS: [(&str, &str); 6] = [
    ("two-plants", "5659b3b3e3ff1012f27c9dbb6709420cdf7e3f014d36aa5b8b561c17425d2d28"),
    ("two-regions", "8422002eebad5a17cf6e6afaeea4b2213bc44c96fbb445781831662c0c436a21"),
    ("storage-day", "b1e33e9f338781b0f03192ea0223fc7c9ff526a2af1061ea8cd51a97cf8e967a"),
    ("heat-and-power", "81c4ed8b16fbb2ab1b8862f9b50604280771dcc2cdae27313e21cbbd777524f6"),
    ("milestone-periods", "9bdb9d47889c15ed733a5dc1a75e3ec0493cfa87540fcd24573e9c993323c9e6"),
    ("steel-and-travel", "3b49f73ffb1c33d3330b8c4392f8bada082a523e3c1faa63175b24dc1d624daa"),
];

#[test]
fn programs_change_on_purpose_only() {
    let today = PROGRAMS.map(|(name, _)| (name, formulate(&model(name, None)).lp.digest()));
    let were = PROGRAMS.map(|(name, digest)| (name, digest.to_owned()));
    assert_eq!(today, were, "if the change is meant, these are the new digests");
}
