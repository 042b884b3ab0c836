//! Hourly tables as people have them: clocks, gaps, years, and what is said of those that cannot
//! be read.

use kzleap_input::{Change, Tree};
use kzleap_model::{Model, Series, SliceIx, YearIx};

use crate::support::{Files, messages};

const DAYS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The hours of a year as `2023-01-01 00:00`, in the order of its clock.
pub(crate) fn hours(year: usize) -> Vec<String> {
    let leap = usize::from(year.is_multiple_of(4));
    let mut all = Vec::new();
    for (month, days) in DAYS.iter().enumerate() {
        let days = days + if month == 1 { leap } else { 0 };
        for day in 1..=days {
            all.extend((0..24).map(|h| format!("{year}-{:02}-{day:02} {h:02}:00", month + 1)));
        }
    }
    all
}

/// A table in which the wind of the n-th row is n / 20,000.
pub(crate) fn table(times: &[String]) -> String {
    let row =
        |(n, time): (usize, &String)| format!("{time},{},{}\n", n as f64 / 2e4, 1 + n % 24);
    "time,wind,load\n".to_owned() + &times.iter().enumerate().map(row).collect::<String>()
}

/// The valley with seasons by their first day and `[hourly.weather]` of a file.
pub(crate) fn valley(declared: &str, csv: &str) -> Files {
    Files::right()
        .replace("blocks = { night = 8, day = 16 }\n", "")
        .replace("days = 181", "from = \"11-01\"")
        .replace("days = 184", "from = \"04-01\"")
        .without("profiles.csv")
        .add("hours.toml", &format!("[hourly.weather]\nfile = \"weather.csv\"\n{declared}"))
        .add("weather.csv", csv)
}

pub(crate) fn model(files: &Files) -> Model {
    let input = files.read(None);
    assert_eq!(messages(&input), "");
    input.model.expect("no error, so a model")
}

/// The row of the table that gives the wind of an hour of the model.
fn row_at(model: &Model, hour: &str) -> f64 {
    let (_, wind) = model.processes.iter_ix().find(|(_, p)| p.name == "wind").expect("wind");
    let slice = model.time.slices.iter().position(|s| s.name == hour).expect("a slice");
    (wind.availability.at(SliceIx::new(slice), YearIx::new(0)) * 2e4).round()
}

#[test]
fn every_hour_is_a_slice_of_its_season_and_the_calendar_follows_the_year() {
    let model = model(&valley("zone = \"UTC+5\"\n", &table(&hours(2023))));
    assert_eq!((model.time.slices.len(), model.time.calendar.len()), (8760, 365));
    for (hour, row) in
        [("01-01.00", 0.0), ("03-01.07", 59.0 * 24.0 + 7.0), ("12-31.23", 8759.0)]
    {
        assert!((row_at(&model, hour) - row).abs() < 1e-9, "{hour}");
    }
    let season = |day: usize| {
        let of = model.time.day_types[model.time.calendar[day]].season;
        model.time.seasons[of].name.as_str()
    };
    // 31 March, 1 April, 31 October, 1 November
    assert_eq!([89, 90, 303, 304].map(season), ["winter", "summer", "summer", "winter"]);
    let hours: f64 = match &model.time.year_split {
        Series::BySlice(shares) => shares.iter().sum(),
        _ => 0.0,
    };
    assert!((hours - 1.0).abs() < 1e-9);
}

/// 05:00 in Kazakhstan is midnight in UTC; what the table lacks is at its other end.
#[test]
fn a_table_in_utc_is_moved_to_the_clock_of_the_model() {
    let files = valley("zone = \"UTC\"\n", &table(&hours(2023)));
    let files = files.replace("horizon_end = 2049\n", "horizon_end = 2049\nzone = \"UTC+5\"\n");
    let input = files.read(None);
    let moved = input.defaults.iter().find(|default| default.path == "hourly.weather");
    assert_eq!(moved.map(|default| default.value.as_str()), Some("5 hours moved"));
    let model = input.model.expect("no error, so a model");
    let rows = ["01-01.05", "01-01.00", "12-31.23"].map(|hour| row_at(&model, hour));
    assert_eq!(rows, [0.0, 8755.0, 8754.0]);
}

/// The same year five ways: rows in any order, offsets in the times, numbers from 0 or 1, dates
/// with points, and what spreadsheets add.
#[test]
fn the_same_year_is_read_however_it_is_written() {
    let times = hours(2023);
    let plain = model(&valley("zone = \"UTC+5\"\n", &table(&times)));
    let numbers = |from: usize| (from..from + 8760).map(|n| n.to_string()).collect::<Vec<_>>();
    let offset: Vec<String> = times.iter().map(|time| format!("{time}+05:00")).collect();
    let points: Vec<String> = times
        .iter()
        .map(|t| format!("{}.{}.{} {}", &t[8..10], &t[5..7], &t[..4], &t[11..]))
        .collect();
    let mut turned: Vec<String> =
        table(&times).lines().map(|line| line.to_owned() + "\n").collect();
    turned[1..].reverse();
    let csv = table(&times);
    let quoted = csv.replace("time,wind", "\"time\",\"wind\"").replace(",\n", "\n");
    let spreadsheet = format!("\u{feff}sep=,\n# from a desk\n\n{}", quoted.replace(' ', "T"));
    let others = [
        ("zone = \"UTC+5\"\n", turned.concat()),
        ("", table(&offset)),
        ("", table(&numbers(0))),
        ("", table(&numbers(1))),
        ("zone = \"UTC+5\"\n", table(&points)),
        ("zone = \"UTC+5\"\n", spreadsheet.replace('\n', "\r\n")),
        ("zone = \"+05:00\"\ntime = \"when\"\n", last_column(&csv)),
    ];
    for (declared, csv) in others {
        let other = model(&valley(declared, &csv));
        for hour in ["01-01.00", "02-28.23", "03-01.00", "12-31.23"] {
            let (one, same) = (row_at(&plain, hour), row_at(&other, hour));
            assert!((one - same).abs() < 1e-9, "{hour}: {one}, {same}: {}", &csv[..80]);
        }
    }
}

/// The table with its index first, as data frames are saved, and its times last.
fn last_column(csv: &str) -> String {
    let line = |(n, line): (usize, &str)| {
        let (time, rest) = line.split_once(',').expect("three columns");
        let index = if n == 0 { String::new() } else { (n - 1).to_string() };
        format!("{index},{rest},{}\n", if n == 0 { "when" } else { time })
    };
    csv.lines().enumerate().map(line).collect()
}

/// Kazakhstan went from UTC+6 to UTC+5 at the start of March 2024, a leap year: until then hours
/// come an hour earlier on a clock of UTC+5, afterwards at the hour they say. Rows: 29 February has
/// 25 hours on that clock, 23:00 twice.
#[test]
fn a_clock_that_changed_and_a_leap_year() {
    let mut times = hours(2024);
    let end_of_february = (31 + 29) * 24;
    times.insert(end_of_february, times[end_of_february - 1].clone());
    times.pop(); // the year of this clock ends an hour later
    let files = valley("zone = \"Asia/Almaty\"\n", &table(&times));
    let files = files.replace("horizon_end = 2049\n", "horizon_end = 2049\nzone = \"UTC+5\"\n");
    let input = files.read(None);
    let model = input.model.expect("no error, so a model");
    let march = (end_of_february + 1) as f64;
    let at = ["01-01.00", "02-28.23", "03-01.00", "03-01.12"].map(|hour| row_at(&model, hour));
    assert_eq!(at, [1.0, 59.0 * 24.0, march, march + 12.0]);
    let said: Vec<&str> = (input.defaults.iter())
        .filter(|default| default.path == "hourly.weather")
        .map(|default| default.value.as_str())
        .collect();
    assert_eq!(said, ["29 February left out", "1 hour moved"]);
}

/// In Berlin 02:00 is left out on 26 March 2023 and comes twice on 29 October.
#[test]
fn summer_time_is_taken_back() {
    let mut times = hours(2023);
    let october = times.iter().position(|time| time == "2023-10-29 02:00").expect("an hour");
    times.insert(october, times[october].clone());
    times.retain(|time| time != "2023-03-26 02:00");
    let files = valley("zone = \"Europe/Berlin\"\n", &table(&times));
    let files = files.replace("horizon_end = 2049\n", "horizon_end = 2049\nzone = \"UTC+1\"\n");
    let model = model(&files);
    for (hour, n) in hours(2023).iter().zip(0..) {
        let name = format!("{}.{}", &hour[5..10], &hour[11..13]);
        if n % 97 == 0 {
            assert!((row_at(&model, &name) - f64::from(n)).abs() < 1e-9, "{name}");
        }
    }
}

#[test]
fn short_gaps_are_filled_and_said() {
    let mut lines: Vec<String> = table(&hours(2023)).lines().map(ToOwned::to_owned).collect();
    lines[101] = "2023-01-05 04:00,,5".to_owned(); // row 100
    lines.remove(202);
    let csv = lines.join("\n") + "\n";
    let input = valley("zone = \"UTC\"\nfill_gaps = 1\n", &csv).read(None);
    let filled = input.defaults.iter().find(|default| default.path == "hourly.weather");
    assert_eq!(filled.map(|default| default.value.as_str()), Some("3 values"));
    let model = input.model.expect("no error, so a model");
    assert_eq!([row_at(&model, "01-05.04"), row_at(&model, "01-09.09")], [100.0, 201.0]);
}

/// A profile made of a series: shifted a day later round the year, scaled and cut off.
#[test]
fn a_profile_may_be_made_of_a_series() {
    let made = "[profiles.other]\nof = \"wind\"\nscale = 0.5\nshift = 24\nat_most = 0.21\n";
    let files = valley("zone = \"UTC\"\n", &table(&hours(2023)))
        .add("hours.toml", made)
        .replace("availability = \"wind\"", "availability = \"other\"");
    let model = model(&files);
    let rows =
        ["01-02.00", "01-03.00", "01-01.00", "11-01.00"].map(|hour| row_at(&model, hour));
    assert_eq!(rows, [0.0, 12.0, 4200.0, 3636.0]);
}

/// An availability that is an hourly series, or made of one, leads to its file and its hours.
#[test]
fn series_are_traced() {
    let made = "[profiles.other]\nof = \"wind\"\nscale = 0.5\n";
    let files = valley("zone = \"UTC\"\n", &table(&hours(2023))).add("hours.toml", made);
    let found = |path: &str| -> Vec<String> {
        let trace = files.trace(path);
        let line = |value: kzleap_input::Traced| {
            let place = trace.sources.file(value.place.file).path.clone();
            let rule = value.rule.map_or_else(String::new, |rule| format!(": {rule}"));
            format!("{} = {} ({place}){rule}", value.path, value.value)
        };
        trace.values.into_iter().map(line).collect()
    };
    assert_eq!(
        found("processes.wind.availability"),
        [
            "processes.wind.availability = wind (system.toml)",
            "profiles.wind = 0.218975 (weather.csv): mean over the year, from the hourly table",
        ]
    );
    assert_eq!(
        found("processes.wind.availability.01-02.00"),
        [
            "processes.wind.availability = wind (system.toml)",
            "profiles.wind.01-02.00 = 0.0012 (weather.csv): from the hourly table",
        ]
    );
    assert_eq!(
        found("profiles.other.01-02.00"),
        ["profiles.other.01-02.00 = 0.0006 (hours.toml): from the series it is made of"]
    );
    assert_eq!(found("profiles.nothing"), [""; 0]);
}

#[test]
fn scenarios_change_the_year_the_zone_and_the_file() {
    let two = [hours(2022), hours(2023)].concat();
    let still: Vec<String> = hours(2023).iter().map(|time| time.replace(' ', "T")).collect();
    let scenario = |path: &str, value: &str| {
        format!("label = \"S\"\n[[set]]\nreason = \"r\"\npath = \"{path}\"\nvalue = {value}\n")
    };
    let files = valley("zone = \"UTC\"\n", &table(&two))
        .replace(
            "horizon_end = 2049\n",
            "horizon_end = 2049\nzone = \"UTC\"\nweather_year = 2022\n",
        )
        .add("scenarios/later.toml", &scenario("time.weather_year", "2023"))
        .add("scenarios/east.toml", &scenario("hourly.weather.zone", "\"UTC+5\""))
        .add("scenarios/still.toml", &scenario("hourly.weather.file", "\"still.csv\""))
        .add("scenarios/wrong.toml", &scenario("hourly.weather.file", "\"nowhere.csv\""))
        .add("still.csv", &table(&still));
    let noon = |scenario: Option<&str>| {
        let input = files.read(scenario);
        input
            .model
            .map(|model| row_at(&model, "01-01.12"))
            .ok_or(messages(&files.read(scenario)))
    };
    assert_eq!(noon(None), Ok(12.0));
    assert_eq!(noon(Some("later")), Ok(8772.0));
    assert_eq!(noon(Some("east")), Ok(17.0));
    // the other file has only 2023
    let said = noon(Some("still")).expect_err("no such year");
    assert!(
        said.contains("still.csv has no hours of 2022") && said.contains("8760 of 2023"),
        "{said}"
    );
    let said = noon(Some("wrong")).expect_err("no such file");
    assert!(said.contains("there is no hourly table nowhere.csv"), "{said}");
    assert!(said.contains("scenarios/wrong.toml:5"), "{said}");
    let folder = files.written();
    let tree = Tree::read(folder.path()).scenario(Some("still"));
    let both = tree.with(&[Change::set("time.weather_year", 2023.0)]).input();
    assert!((row_at(&both.model.expect("a model"), "01-01.12") - 12.0).abs() < 1e-9);
}

/// What is said of tables that cannot be read; each in the terms of the file, with its line.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn what_is_said_of_tables_that_cannot_be_read() {
    let good = table(&hours(2023));
    let zone = "zone = \"UTC+5\"\n";
    let quarters: Vec<String> = hours(2023)
        .iter()
        .flat_map(|time| {
            ["00", "15", "30", "45"].map(|minute| format!("{}:{minute}", &time[..13]))
        })
        .collect();
    let ends: Vec<String> =
        hours(2023).into_iter().skip(1).chain(["2024-01-01 00:00".to_owned()]).collect();
    let without = |line: &str| {
        good.lines()
            .filter(|text| !text.starts_with(line))
            .map(|text| text.to_owned() + "\n")
            .collect::<String>()
    };
    let cases: Vec<(&str, Files)> = vec![
        ("no zone", valley("", &good)),
        ("a zone that is none", valley("zone = \"Asia/Nowhere\"\n", &good)),
        (
            "a changing clock, and none of the model",
            valley("zone = \"Europe/Berlin\"\n", &good),
        ),
        (
            "a changing clock without its change",
            valley("zone = \"Europe/Berlin\"\n", &good)
                .replace("horizon_end = 2049\n", "horizon_end = 2049\nzone = \"UTC+1\"\n"),
        ),
        (
            "a changing clock of the model",
            valley(zone, &good).replace(
                "horizon_end = 2049\n",
                "horizon_end = 2049\nzone = \"Europe/Berlin\"\n",
            ),
        ),
        ("quarters of an hour", valley(zone, &table(&quarters))),
        ("ends of hours", valley(zone, &table(&ends))),
        ("a day that is missing", valley(zone, &without("2023-05-07"))),
        (
            "an empty cell",
            valley(zone, &good.replace("2023-05-07 03:00,0.15135,", "2023-05-07 03:00,,")),
        ),
        (
            "a row given twice",
            valley(zone, &good.replace("2023-05-07 03:00", "2023-05-07 02:00")),
        ),
        ("a decimal comma", valley(zone, &good.replace(",0.15135,", ",\"0,15135\","))),
        (
            "a decimal comma without quotes",
            valley(zone, &good.replace(",0.15135,", ",0,15135,")),
        ),
        ("semicolons", valley(zone, &good.replace(',', ";"))),
        (
            "a line that says semicolons",
            valley(zone, &format!("sep=;\n{}", good.replace(',', ";"))),
        ),
        (
            "a row too short",
            valley(
                zone,
                &good.replace("2023-05-07 03:00,0.15135,4", "2023-05-07 03:00,0.3027"),
            ),
        ),
        ("months first", valley(zone, &good.replace("2023-05-07 03:00", "05/07/2023 03:00"))),
        ("a row of units", valley(zone, &good.replacen("load\n", "load\nh,,\n", 1))),
        ("a number among times", valley(zone, &good.replace("2023-05-07 03:00", "3027"))),
        (
            "dates as numbers",
            valley(zone, &good.replace("-", "").replace(' ', "").replace(":00", "")),
        ),
        ("no such column of times", valley("zone = \"UTC\"\ntime = \"tine\"\n", &good)),
        ("two columns of one name", valley(zone, &good.replacen("wind,load", "load,load", 1))),
        ("a column without name", valley(zone, &good.replacen("wind,load", ",load", 1))),
        (
            "a word of demands",
            valley(
                zone,
                &good
                    .replacen("wind,load", "wind,load,flat", 1)
                    .replace('\n', ",1\n")
                    .replacen("flat,1", "flat", 1),
            ),
        ),
        (
            "two days",
            valley(
                zone,
                &good.lines().take(49).map(|l| l.to_owned() + "\n").collect::<String>(),
            ),
        ),
        ("a header alone", valley(zone, "time,wind,load\n")),
        ("nothing", valley(zone, "")),
        ("no year of several", valley(zone, &table(&[hours(2022), hours(2023)].concat()))),
        ("a year that is not there", valley("zone = \"UTC+5\"\nyear = 2021\n", &good)),
        ("a file that is not there", valley(zone, &good).without("weather.csv")),
        (
            "a file whose name is misspelt",
            valley(zone, &good).without("weather.csv").add("wether.csv", &good),
        ),
        (
            "a year of hours that are numbered",
            valley("", &table(&(0..8760).map(|n| n.to_string()).collect::<Vec<_>>()))
                .replace("horizon_end = 2049\n", "horizon_end = 2049\nweather_year = 2019\n"),
        ),
        ("a workbook", valley(zone, "PK\u{3}\u{4}\u{14}\0\u{6}\0")),
        ("a clock too far away", valley("zone = \"UTC+25\"\n", &good)),
        ("a file that is not named", valley(zone, &good).add("sun.csv", &good)),
        (
            "blocks beside hours",
            valley(zone, &good)
                .replace("horizon_end = 2049\n", "horizon_end = 2049\nblocks = { all = 24 }\n"),
        ),
        ("a season by its days", valley(zone, &good).replace("from = \"11-01\"", "days = 181")),
        ("a season from no day", valley(zone, &good).replace("\"11-01\"", "\"02-29\"")),
        ("available above one", valley(zone, &good.replace(",0.15135,", ",1.15135,"))),
        ("available below zero", valley(zone, &good.replace(",0.15135,", ",-0.15135,"))),
        (
            "a demand never",
            valley(
                zone,
                &hours(2023)
                    .iter()
                    .fold("time,wind,load\n".to_owned(), |all, time| all + time + ",0.1,0\n"),
            ),
        ),
        (
            "a profile of no series",
            valley(zone, &good).add("hours.toml", "[profiles.other]\nof = \"winds\"\n"),
        ),
        (
            "a profile of a series, and values",
            valley(zone, &good)
                .add("hours.toml", "[profiles.other]\nof = \"wind\"\nwinter = 0.3\n"),
        ),
        (
            "a profile changed, and of nothing",
            valley(zone, &good)
                .add("hours.toml", "[profiles.other]\nscale = 2\nwinter = 0.3\nsummer = 0.2\n"),
        ),
        (
            "a profile named as a series",
            valley(zone, &good).add("hours.toml", "[profiles.load]\nof = \"wind\"\n"),
        ),
        (
            "seasons from a day without hours",
            Files::right().replace("days = 181", "from = \"11-01\""),
        ),
        (
            "typical slices without hours",
            Files::right().replace(
                "horizon_end = 2049\n",
                "horizon_end = 2049\nslices = 48\nzone = \"UTC\"\nweather_year = 2023\n",
            ),
        ),
        (
            "a profile of a series without hours",
            Files::right().add("system.toml", "[profiles.other]\nof = \"wind\"\n"),
        ),
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|(name, files)| format!("## {name}\n{}", messages(&files.read(None))))
        .collect();
    insta::assert_snapshot!("hourly_tables", said.join("\n\n"));
}
