//! Loads and means over the year from the tables of results alone: with the length of the slices
//! nothing else is needed.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_generator::{Size, national};
use kzleap_report::tables::{self, Table};
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_study::resolution::Resolution;
use kzleap_tests::{assert_close, model, solve};

/// A table as rows of cells by column.
fn rows(model: &Model, plan: &Plan, table: Table) -> Vec<BTreeMap<String, String>> {
    let csv = table(&Accounts::new(model, &plan.solution)).to_csv();
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned));
    let header: Vec<String> = lines.next().expect("a header").collect();
    lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect()
}

fn value(row: &BTreeMap<String, String>) -> f64 {
    row["value"].parse().expect("a number")
}

/// One item of the slices by slice, in a year.
fn item(model: &Model, plan: &Plan, item: &str, year: &str) -> BTreeMap<String, f64> {
    let rows = rows(model, plan, tables::slices::sheet);
    let of_it = rows.iter().filter(|row| row["item"] == item && row["year"] == year);
    of_it.map(|row| (row["slice"].clone(), value(row))).collect()
}

/// The sun shines by day, at most 3 GW, and fills a battery for the night; what nobody takes is
/// thrown away. The demand is 1 GW all day. The mean price by load is that of the table, that over
/// time the mean of the hours.
#[test]
fn loads_and_means_by_hand() {
    let model = model("storage-day", None);
    let plan = solve(&model);
    let hours = item(&model, &plan, "hours", "2030");
    assert_close("hours of the year", hours.values().sum(), 8760.0);
    assert_eq!(hours.len(), 2);
    let made = rows(&model, &plan, tables::generation::sheet);
    // PJ in a slice over its hours: GW
    let gigawatts =
        |row: &BTreeMap<String, String>| value(row) / (hours[&row["slice"]] * 0.0036);
    let mut load: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &made {
        *load.entry(row["slice"].as_str()).or_default() += gigawatts(row);
        if row["process"] == "solar" {
            assert!(gigawatts(row) <= 3.0 + 1e-9, "{row:?}");
        }
    }
    // 8.76 TWh of flat demand are 1 GW; by night nothing else is taken
    let night = load.iter().find(|(slice, _)| slice.contains("night")).expect("a night").1;
    assert_close("load by night", *night, 1.0);
    let price = rows(&model, &plan, tables::price::sheet);
    // GWh taken: 1 GW of demand, and by day what the battery is filled with
    let filled: f64 =
        rows(&model, &plan, tables::inputs::sheet).iter().map(|row| value(row) / 0.0036).sum();
    let taken = |slice: &str| hours[slice] + if slice.contains("day") { filled } else { 0.0 };
    let by_load: f64 = price.iter().map(|p| value(p) * taken(&p["slice"])).sum();
    let energy: f64 = hours.keys().map(|slice| taken(slice)).sum();
    let annual = rows(&model, &plan, tables::price::annual_sheet);
    assert_close("price by load", by_load / energy, value(&annual[0]));
    // and the same from the table of what is taken out
    let load = rows(&model, &plan, tables::load::sheet);
    let out = load.iter().filter(|row| row["item"] != "surplus");
    let price_of = |slice: &str| {
        value(price.iter().find(|row| row["slice"] == slice).expect("every slice has a price"))
    };
    let by_table: f64 = out.clone().map(|row| value(row) * price_of(&row["slice"])).sum();
    let taken_out: f64 = out.map(value).sum();
    assert_close("price by load", by_table / taken_out, value(&annual[0]));
    // 3 GW of sun by day, less 1 GW and what the battery takes
    let surplus: f64 =
        load.iter().filter(|row| row["item"] == "surplus").map(|row| value(row) / 0.0036).sum();
    let all: f64 = made
        .iter()
        .filter(|row| row["process"] == "solar")
        .map(|row| value(row) / 0.0036)
        .sum();
    let by_day = hours.iter().find(|(slice, _)| slice.contains("day")).expect("a day").1;
    assert_close("surplus", surplus, all - by_day - filled);
    let over_time: f64 =
        price.iter().map(|p| value(p) * hours[&p["slice"]]).sum::<f64>() / 8760.0;
    let [first, second] = &price[..] else { panic!("two slices") };
    assert_close("price over time", over_time, f64::midpoint(value(first), value(second)));
}

/// At any number of slices: the hours are those of the year, the days those of the seasons, and
/// what is made in the slices is what is made in the year.
#[test]
fn slices_add_up_when_they_are_merged() {
    let size = Size { regions: 1, seasons: 3, blocks: 4, years: 2, variants: 1 };
    for slices in [None, Some(7), Some(4), Some(1)] {
        let resolution = Resolution { regions: None, slices, ..Resolution::default() };
        let Ok(model) = resolution.of(national(size, 7)) else { panic!("it can be merged") };
        let plan = solve(&model);
        let milestone = model.time.years.iter().next().expect("a year").milestone.to_string();
        let of = |what: &str| item(&model, &plan, what, &milestone);
        assert_close("hours", of("hours").values().sum(), 8760.0);
        assert_close("shares", of("share").values().sum(), 1.0);
        let (days, a_day) = (of("days"), of("hours_a_day"));
        let (season, share) = (of("season_days"), of("day_type_share"));
        for (slice, hours) in of("hours") {
            assert_close("hours of days", days[&slice] * a_day[&slice], hours);
            assert_close("days of a season", season[&slice] * share[&slice], days[&slice]);
        }
        let sum = |table: Table| -> BTreeMap<String, f64> {
            let mut sums = BTreeMap::new();
            for row in rows(&model, &plan, table) {
                let key = format!("{} {} {}", row["process"], row["commodity"], row["year"]);
                *sums.entry(key).or_default() += value(&row);
            }
            sums
        };
        let annual = sum(tables::generation::annual_sheet);
        for (key, made) in sum(tables::generation::sheet) {
            assert_close(&key, made, annual[&key]);
        }
    }
}
