//! Days that are kept whole: found by what is said of them, and what is said where none are.

use crate::hourly::{hours, valley};
use crate::support::{Files, messages};

/// A year in which wind is low over New Year and around the 100th day, the load of the north is
/// twice as high on the 11th of January, and that of the south three times on the 20th of July.
fn csv() -> String {
    let row = |(n, time): (usize, String)| {
        let day = n / 24;
        let wind = match day {
            363 | 364 | 0 | 1 => 0.25,
            100 => 0.125,
            _ => 0.5,
        };
        let (north, south) = (if day == 10 { 2 } else { 1 }, if day == 200 { 3 } else { 1 });
        format!("{time},{wind},{north},{south},1\n")
    };
    let rows: String = hours(2023).into_iter().enumerate().map(row).collect();
    format!("time,wind,load,south,even\n{rows}")
}

fn with(extremes: &str) -> Files {
    valley("zone = \"UTC+5\"\n", &csv())
        .replace(
            "south = { annual = 4, profile = \"load\" }",
            "south = { annual = 4, profile = \"south\" }",
        )
        .replace(
            "[[time.seasons]]\nname = \"winter\"",
            &format!("{extremes}[[time.seasons]]\nname = \"winter\""),
        )
}

/// Of the four days of low wind over New Year, 30 December is the first; three in a row may begin
/// on it or the next day, and what begins first in the year counts. A demand
/// is that of all domestic regions: 10, 12 and 16 TWh of the north and three times 4 of the south,
/// so the day of the north has 38 · 2 + 12 parts and that of the south 38 + 12 · 3.
#[test]
fn days_are_found_by_what_is_lowest_or_highest() {
    for (extreme, kept, shown) in [
        ("profile = \"wind\"\nis = \"lowest\"\n", vec![100], "04-11"),
        (
            "profile = \"wind\"\nis = \"lowest\"\ndays = 4\n",
            vec![0, 1, 363, 364],
            "12-30 to 01-02",
        ),
        (
            "profile = \"wind\"\nis = \"lowest\"\ndays = 3\n",
            vec![0, 363, 364],
            "12-30 to 01-01",
        ),
        ("demand = \"electricity\"\nis = \"highest\"\n", vec![10], "01-11"),
        (
            "demand = \"electricity\"\nregion = \"south\"\nis = \"highest\"\n",
            vec![200],
            "07-20",
        ),
    ] {
        let input = with(&format!("[[time.extremes]]\n{extreme}")).read(None);
        assert_eq!(messages(&input), "", "{extreme}");
        let said = input.defaults.iter().find(|default| default.path == "time.extremes.1");
        assert_eq!(said.map(|said| said.value.as_str()), Some(shown), "{extreme}");
        assert_eq!(input.model.map(|model| model.time.cutting.kept), Some(kept), "{extreme}");
    }
}

#[test]
fn days_of_several_extremes_are_kept_once() {
    let lull = "[[time.extremes]]\nprofile = \"wind\"\nis = \"lowest\"\n";
    let files = with(&format!("{lull}days = 4\n{lull}days = 3\n{lull}"));
    let model = files.read(None).model.expect("no error, so a model");
    assert_eq!(model.time.cutting.kept, [0, 1, 100, 363, 364]);
}

#[test]
fn what_is_said_of_extremes_that_are_none() {
    let lowest = "is = \"lowest\"\n";
    let cases = [
        ("nothing", String::new()),
        ("nothing of what", lowest.to_owned()),
        ("both", format!("profile = \"wind\"\ndemand = \"electricity\"\n{lowest}")),
        ("neither lowest nor highest", "profile = \"wind\"\n".to_owned()),
        ("another word", "profile = \"wind\"\nis = \"least\"\n".to_owned()),
        ("no such profile", format!("profile = \"winds\"\n{lowest}")),
        ("no such commodity", format!("demand = \"power\"\n{lowest}")),
        ("no such region", format!("demand = \"electricity\"\nregion = \"east\"\n{lowest}")),
        ("a demand that is none", format!("demand = \"coal\"\n{lowest}")),
        ("a region of a profile", format!("profile = \"wind\"\nregion = \"north\"\n{lowest}")),
        ("a month", format!("profile = \"wind\"\n{lowest}days = 30\n")),
        ("all alike", format!("profile = \"even\"\n{lowest}")),
        (
            "twice",
            format!(
                "profile = \"wind\"\n{lowest}[[time.extremes]]\nprofile = \"wind\"\n{lowest}"
            ),
        ),
    ];
    let said = cases.into_iter().map(|(name, extreme)| {
        let files = with(&format!("[[time.extremes]]\n{extreme}"));
        format!("## {name}\n{}", messages(&files.read(None)))
    });
    let without = Files::right()
        .replace("[[time.seasons]]\nname = \"winter\"", "[[time.extremes]]\nprofile = \"wind\"\nis = \"lowest\"\n[[time.seasons]]\nname = \"winter\"");
    let without = format!("## without hours\n{}", messages(&without.read(None)));
    let said: Vec<String> = said.chain([without]).collect();
    insta::assert_snapshot!("extremes", said.join("\n\n"));
}
