//! What `[time]` says of the hours of a year: seasons that begin again, what makes hours alike, and
//! the slices they are in.

use kzleap_model::SliceIx;

use crate::hourly::{hours, model, table, valley};
use crate::support::{Files, messages};

/// A cold week of its own in the middle of winter, which goes on after it.
#[test]
fn a_season_that_is_written_again_begins_again() {
    let again = |label: &str| {
        let cold = format!(
            "[[time.seasons]]\nname = \"cold\"\nfrom = \"12-10\"\n\
             [[time.seasons]]\nname = \"winter\"\nfrom = \"12-17\"\n{label}[finance]"
        );
        valley("zone = \"UTC+5\"\n", &table(&hours(2023))).replace("[finance]", &cold)
    };
    let two = messages(&again("label = \"Late winter\"\n").read(None));
    assert!(two.contains("`winter` has two labels"), "{two}");
    let model = model(&again(""));
    let days = |name: &str| {
        let season = model.time.seasons.iter().position(|season| season.name == name);
        let of = |day: &&usize| Some(model.time.day_types[**day].season) == season;
        model.time.calendar.iter().filter(of).count()
    };
    // November to March are 151 days
    assert_eq!(["winter", "cold", "summer"].map(days), [144, 7, 214]);
    let first_of = |name: &str| {
        let season = model.time.seasons.iter().find(|season| season.name == name);
        season.map(|season| model.time.slices[SliceIx::new(season.slices.start)].name.as_str())
    };
    assert_eq!(first_of("cold"), Some("12-10.00"));
    assert_eq!(model.time.seasons.len(), 3);
}

/// The valley with what makes its hours alike.
fn alike(names: &str) -> Files {
    valley("zone = \"UTC+5\"\n", &table(&hours(2023)))
        .replace("horizon_end = 2049\n", &format!("horizon_end = 2049\nalike = {names}\n"))
}

/// The wind of the n-th row is n / 20,000: the values of the series, by slice.
#[test]
fn hours_are_alike_by_the_series_that_are_named() {
    let model = model(&alike("[\"wind\"]"));
    let [wind] = model.time.cutting.alike.as_slice() else { panic!("one series") };
    let noon = model.time.slices.iter().position(|slice| slice.name == "02-01.12");
    let hour = 31.0 * 24.0 + 12.0;
    assert!((wind[noon.expect("a slice")] * 2e4 - hour).abs() < 1e-9);
    let said = messages(&alike("[\"wnid\"]").read(None));
    assert!(said.contains("wnid") && said.contains("wind"), "{said}");
    let written = Files::right()
        .replace("horizon_end = 2049\n", "horizon_end = 2049\nalike = [\"load\"]\n");
    let said = messages(&written.read(None));
    assert!(said.contains("`alike`"), "{said}");
}

/// The valley with a number for each hour.
fn numbered(number: impl Fn(usize) -> String, time: &str) -> Files {
    let mut periods = "hour,number\n".to_owned();
    for hour in 0..8760 {
        periods += &format!("{hour},{}\n", number(hour));
    }
    valley("zone = \"UTC+5\"\n", &table(&hours(2023)))
        .replace("horizon_end = 2049\n", &format!("horizon_end = 2049\n{time}"))
        .replace("[hourly.", "[hourly.periods]\nfile = \"periods.csv\"\n[hourly.")
        .add("periods.csv", &periods)
}

/// Every seventh day is cut at noon; the others are one slice. Summer begins on day 90.
#[test]
fn hours_may_say_which_slice_they_are_in() {
    let number = |hour: usize| {
        let of_day = match (hour / 24 % 7, hour % 24) {
            (0, ..12) => 1,
            (0, _) => 2,
            _ => 3,
        };
        if (90..304).contains(&(hour / 24)) { of_day + 3 } else { of_day }
    };
    let periods = "periods = \"number\"\n";
    let model = model(&numbered(|hour| number(hour).to_string(), periods));
    let cut = model.time.cutting.periods.expect("periods");
    assert_eq!(cut.kinds, [vec![0, 12, 24], vec![0, 24], vec![0, 24], vec![0, 12, 24]]);
    assert_eq!(cut.calendar[..9], [0, 1, 1, 1, 1, 1, 1, 0, 1]);
    assert_eq!(cut.calendar[89..92], [1, 2, 3]);

    let fraction = numbered(|hour| (number(hour) as f64 / 2.0).to_string(), periods);
    let said = messages(&fraction.read(None));
    assert!(said.contains("`number` is 0.5 at 01-01 00:00: no number of a slice"), "{said}");
    let in_both_seasons = numbered(|hour| (hour % 24 + 1).to_string(), periods);
    let said = messages(&in_both_seasons.read(None));
    assert!(said.contains("`number` has 1 at 01-01 00:00, and again at 04-01 00:00"), "{said}");
    let twice = numbered(|hour| (hour / 12 % 3 + 1).to_string(), periods);
    let said = messages(&twice.read(None));
    assert!(said.contains("`number` has 1 at 01-01 00:00, and again at 01-02 12:00"), "{said}");
    let both = numbered(|hour| number(hour).to_string(), "periods = \"number\"\nslices = 3\n");
    let said = messages(&both.read(None));
    assert!(said.contains("`slices` beside `periods`"), "{said}");
}
