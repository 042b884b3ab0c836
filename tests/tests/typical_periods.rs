//! Typical periods of hourly models: sums and seasons stay, storages last as long as they must,
//! a plan never costs more than that of all hours, and what means nothing changes nothing.

use kzleap_study::input::read;
use kzleap_study::model::{Model, Periods, SliceIx, YearIx};
use kzleap_study::resolution::{Resolution, merge_slices};
use kzleap_tests::totals::assert_totals;
use kzleap_tests::{assert_close, solve};

/// A model of one region with the demand of 1 GW, hourly series, and what is added to it.
fn land(series: &str, more: &str) -> Model {
    land_with("", series, more)
}

/// The same with days that are kept.
fn land_with(kept: &str, series: &str, more: &str) -> Model {
    let model = "format = 2\nname = \"land\"\nlabel = \"Land\"\ncurrency = \"USD2022\"\n\
        [units]\ncapital_cost = \"USD/kW\"\nvariable_cost = \"USD/MWh\"\ndemand = \"TWh/a\"\n\
        [time]\nyears = [2030]\n\
        [[time.seasons]]\nname = \"cold\"\nfrom = \"10-15\"\n\
        [[time.seasons]]\nname = \"warm\"\nfrom = \"04-10\"\n\
        [finance]\ndiscount_rate = 0\n[regions.land]\n\
        [commodities.electricity]\nkind = \"electricity\"\n\
        [hourly.series]\nfile = \"series.csv\"\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    write("model.toml", &format!("{model}{kept}{more}"));
    write("series.csv", series);
    let input = read(folder.path(), None);
    for finding in &input.diagnostics {
        println!("{}\n", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    input.model.expect("the model has no errors")
}

/// A table of hours with the columns of a header, by day and hour of day.
fn table(header: &str, row: impl Fn(usize, usize) -> String) -> String {
    let hours = (0..365).flat_map(|day| (0..24).map(move |hour| (day, hour)));
    let rows: String =
        hours.map(|(day, hour)| format!("{},{}\n", 24 * day + hour, row(day, hour))).collect();
    format!("hour,{header}\n{rows}")
}

/// Wind, sun and load that differ from day to day, and a plant of fuel.
fn varied() -> Model {
    let series = table("wind,sun,load", |day, hour| {
        let hour = hour / 6 * 6 + 3; // four stretches a day, so that these are as good as hours
        let wind = (day * 37 % 11) as f64 / 11.0;
        let noon = 1.0 - (hour as f64 - 12.0).abs() / 7.0;
        let sun = noon.max(0.0) * (0.5 + (day * 17 % 7) as f64 / 20.0);
        let load = 1.0 + 0.1 * (hour % 9) as f64 + if day % 7 < 5 { 0.3 } else { 0.0 };
        format!("{wind},{sun},{load}")
    });
    land(
        &series,
        "[processes.gas]\noutput = \"electricity\"\ncapacity = \"GW\"\nvariable_cost = 60\n\
         capital_cost = 600\nlife = 20\n\
         [processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\navailability = \"wind\"\n\
         capital_cost = 900\nlife = 20\n\
         [processes.sun]\noutput = \"electricity\"\ncapacity = \"GW\"\navailability = \"sun\"\n\
         capital_cost = 500\nlife = 20\n\
         [demands.electricity]\nland = { annual = 8.76, profile = \"load\" }\n",
    )
}

/// Sums of the year, seasons and the calendar stay; and fewer slices never cost more.
#[test]
fn typical_periods_keep_sums_and_seasons_and_cost_no_more() {
    let fine = varied();
    let year = YearIx::new(0);
    let all = merge_slices(&fine, 4 * 365).expect("they can be merged");
    assert_eq!(all.time.slices.len(), 4 * 365);
    let all = solve(&all).solution.objective;
    for most in [2, 24, 60, 240] {
        let coarse = merge_slices(&fine, most).expect("they can be merged");
        assert!(coarse.time.slices.len() <= most, "{} of {most}", coarse.time.slices.len());
        assert_eq!(coarse.time.calendar.len(), 365);
        assert_totals(&coarse, &fine);
        for (coarse_process, process) in coarse.processes.iter().zip(fine.processes.iter()) {
            let yearly = |model: &Model, series: &kzleap_study::model::Series| -> f64 {
                let slices = model.time.slices.ixs();
                slices.map(|s| series.at(s, year) * model.time.hours(s, year)).sum()
            };
            let (one, other) = (
                yearly(&coarse, &coarse_process.availability),
                yearly(&fine, &process.availability),
            );
            assert_close(&process.name, one, other);
        }
        for (day, kind) in coarse.time.calendar.iter().enumerate() {
            let of = |model: &Model, kind: usize| model.time.day_types[kind].season;
            assert_eq!(of(&coarse, *kind), of(&fine, fine.time.calendar[day]), "day {day}");
        }
        for (at, kind) in coarse.time.day_types.iter().enumerate() {
            let comes = coarse.time.calendar.iter().filter(|of| **of == at).count();
            assert!((kind.passes - comes as f64).abs() < 1e-9, "{}", kind.name);
            let slices = kind.slices.clone().map(SliceIx::new);
            let hours: f64 = slices.map(|s| coarse.time.slices[s].hours_per_pass).sum();
            assert!(hours >= 24.0 - 1e-9 && (hours / 24.0).fract() < 1e-9, "{hours}");
        }
        let cost = solve(&coarse).solution.objective;
        assert!(cost <= all * (1.0 + 1e-9), "{cost} with {most} slices, {all} with all hours");
    }
}

/// Power costs 50 USD/MWh on working days and 10 at weekends; 1 GW of demand all year. The store
/// holds 20 GWh: filling it takes 20 / 0.9 = 22.22 GWh at the weekend and saves 20 GWh in the week,
/// 1000 - 222.22 = 777.78 thousand USD a week. There are 261 working days, 104 others and 365 / 7
/// weeks: 0.024 (261 · 50 + 104 · 10) - 365 / 7 · 0.777778 = 297.60444 MUSD.
#[test]
fn a_store_that_fills_every_weekend() {
    let series =
        table("working,weekend", |day, _| (if day % 7 < 5 { "1,0" } else { "0,1" }).to_owned());
    let plant = |name: &str, cost: f64| {
        format!(
            "[processes.{name}_power]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
             residual_capacity = 9\navailability = \"{name}\"\nvariable_cost = {cost}\n"
        )
    };
    let store = "[storages.pumped]\ncommodity = \"electricity\"\nhours = 20\ncycle = \"week\"\n\
         charge_efficiency = 0.9\ndischarge_efficiency = 1\nresidual_capacity = { value = 1, unit = \"GW\" }\n\
         [demands.electricity]\nland = { annual = 8.76, profile = \"flat\" }\n";
    let more = [plant("working", 50.0), plant("weekend", 10.0), store.to_owned()].concat();
    let model = land(&series, &more);
    let coarse = merge_slices(&model, 8).expect("they can be merged");
    let cost = 0.024 * (261.0 * 50.0 + 104.0 * 10.0) - 365.0 / 7.0 * (1.0 - 0.2 / 0.9);
    assert_close("cost of typical days", solve(&coarse).solution.objective, cost);
}

/// A lull of some days in an otherwise windy year, from a day on.
fn lull(from: usize, days: usize, name: &str) -> Model {
    let series = table("wind", |day, _| {
        (if (day + 365 - from) % 365 < days { "0" } else { "1" }).to_owned()
    });
    let more = format!(
        "[processes.{name}]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         residual_capacity = 3\navailability = \"wind\"\n\
         [storages.store]\ncommodity = \"electricity\"\nhours = {}\ncycle = \"year\"\n\
         charge_efficiency = 1\ndischarge_efficiency = 1\ncapital_cost = 100\nlife = 10\n\
         [demands.electricity]\nland = {{ annual = 8.76, profile = \"flat\" }}\n",
        24 * days
    );
    land(&series, &more)
}

/// 1 GW is served from the store through the whole lull, 24 GWh a day. With as many hours of
/// content the store has 1 GW, which costs 100 USD/kW over ten years: 10 MUSD a year. However few
/// slices there are, wherever the lull is in the year, also over its end, and whatever things are
/// called; a week, and a reservoir that serves a season.
#[test]
fn a_store_lasts_through_a_lull() {
    for (from, days, name) in
        [(40, 7, "wind"), (361, 7, "wind"), (40, 7, "a_mill"), (300, 120, "wind")]
    {
        let model = lull(from, days, name);
        for most in [12, 48] {
            let coarse = merge_slices(&model, most).expect("they can be merged");
            assert_close("cost", solve(&coarse).solution.objective, 10.0);
        }
    }
    assert_close("cost of all hours", solve(&lull(40, 7, "wind")).solution.objective, 10.0);
}

/// Wind of 2 GW blows but for one day, the 101st, on which a plant of 1 GW at 100 USD/MWh is all
/// there is; the load of 1 GW is even. With as many slices as two seasons have, the day is lost in
/// the mean of its season, in which wind is above 1 GW, and nothing is paid.
/// Kept whole, it is a kind of day that comes once, on the 101st day, and costs 24 GWh · 100 USD/MWh
/// = 2.4 MUSD.
#[test]
fn a_day_that_is_kept_is_a_kind_of_its_own() {
    let series = table("wind", |day, _| (if day == 100 { "0" } else { "1" }).to_owned());
    let more = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         residual_capacity = 2\navailability = \"wind\"\n\
         [processes.oil]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         residual_capacity = 1\nvariable_cost = 100\n\
         [demands.electricity]\nland = { annual = 8.76, profile = \"flat\" }\n";
    let means = merge_slices(&land(&series, more), 2).expect("they can be merged");
    assert_close("cost of means", solve(&means).solution.objective, 0.0);
    let kept = "[[time.extremes]]\nprofile = \"wind\"\nis = \"lowest\"\n";
    let model = land_with(kept, &series, more);
    for most in [1, 3, 6] {
        let coarse = merge_slices(&model, most).expect("they can be merged");
        let kind = coarse.time.calendar[100];
        let days: Vec<usize> =
            (0..365).filter(|day| coarse.time.calendar[*day] == kind).collect();
        assert_eq!(days, [100], "{most} slices");
        assert_eq!(coarse.time.slices.len(), most.max(3), "two seasons and a day");
        assert_close("cost", solve(&coarse).solution.objective, 2.4);
    }
}

/// Two days that are alike are two kinds if both are kept. In a year of two other kinds of day in
/// the cold season (78 and 97 days) and one in the warm (188), each with two pairs of levels of wind,
/// all but six of 20 slices are there. A kept day counts as a kind comes in the mean: 365 / 5 =
/// 73 days. So the kept days and the kind of 78 days lose two slices each; if it counted as one
/// day, the kept days would lose all six.
/// Every other day is windy, and every third asks for four times as much. Eight slices are two kinds
/// of day a season: by all profiles those of little and of much load, by wind those with and
/// without it.
#[test]
fn days_are_alike_by_what_the_model_says() {
    let series = table("wind,load", |day, _| {
        let wind = if day % 2 == 0 { 0.9 } else { 0.1 };
        format!("{wind},{}", if day % 3 == 0 { 4 } else { 1 })
    });
    let mut model = land(
        &series,
        "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\navailability = \"wind\"\n\
         capital_cost = 900\nlife = 20\n[storages.store]\ncommodity = \"electricity\"\n\
         cycle = \"day\"\ncapacity = \"GW\"\nhours = 4\ncapital_cost = 9\nlife = 20\n\
         [demands.electricity]\nland = { annual = 8.76, profile = \"load\" }\n",
    );
    let (_, wind) = model.processes.iter_ix().find(|(_, p)| p.name == "wind").expect("wind");
    let wind = wind.availability.clone();
    let unmixed = |model: &Model| {
        let coarse = merge_slices(model, 8).expect("they can be merged");
        assert_eq!(coarse.time.slices.len(), 8);
        let (_, of) = coarse.processes.iter_ix().find(|(_, p)| p.name == "wind").expect("wind");
        let at = |s: SliceIx| of.availability.at(s, YearIx::new(0));
        coarse.time.slices.ixs().all(|s| (at(s) - 0.5).abs() > 0.4 - 1e-9)
    };
    assert!(!unmixed(&model), "by load");
    let by_slice = |s: SliceIx| wind.at(s, YearIx::new(0));
    model.time.cutting.alike = vec![model.time.slices.ixs().map(by_slice).collect()];
    assert!(unmixed(&model), "by wind");
}

#[test]
fn a_day_that_is_kept_is_cut_as_finely_as_a_kind_that_comes_often() {
    let series = table("wind,calm", |day, hour| {
        let wind = [0.0, 0.25, 0.75, 1.0][if day < 99 { hour / 6 } else { 3 - hour / 6 }];
        format!("{wind},{}", i32::from(day == 50 || day == 51))
    });
    let kept = "[[time.extremes]]\nprofile = \"calm\"\nis = \"highest\"\ndays = 2\n";
    let more = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         residual_capacity = 9\navailability = \"wind\"\n\
         [demands.electricity]\nland = { annual = 8.76, profile = \"flat\" }\n";
    let coarse = merge_slices(&land_with(kept, &series, more), 14).expect("they can be merged");
    let time = &coarse.time;
    let [one, other, rare, often, warm] = [50, 51, 300, 10, 200].map(|day| time.calendar[day]);
    assert_ne!(one, other);
    let found = [one, other, rare, often, warm].map(|kind| {
        let kind = &time.day_types[kind];
        (kind.passes.round(), kind.slices.len())
    });
    assert_eq!(found, [(1.0, 2), (1.0, 2), (78.0, 2), (97.0, 4), (188.0, 4)]);
}

/// What was chosen can be written down and read again: the same slices, the same program. Of another
/// year, or garbled, it is refused.
#[test]
fn periods_are_written_down_and_read_again() {
    let model = varied();
    let chosen = Resolution { slices: Some(30), ..Resolution::default() };
    let coarse = chosen.of(model.clone()).expect("a native model");
    let periods = Periods::of(&coarse.time);
    assert_eq!(periods.calendar.len(), 365);
    assert!(
        periods
            .kinds
            .iter()
            .all(|edges| edges.first() == Some(&0) && edges.last() == Some(&24))
    );
    // however many slices are asked for: the choice is made
    let again =
        Resolution { slices: Some(4), periods: Some(periods.clone()), ..Resolution::default() };
    let text = serde_json::to_string(&again).expect("plain data");
    assert_eq!(serde_json::from_str::<Resolution>(&text).expect("what was written"), again);
    let again = again.of(model.clone()).expect("the periods of the model");
    assert_eq!(format!("{:?}", again.time), format!("{:?}", coarse.time));
    let digest = |model: &Model| kzleap_study::formulation::formulate(model).lp.digest();
    assert_eq!(digest(&again), digest(&coarse));
    let last = *periods.calendar.last().expect("days");
    for (calendar, kinds) in [
        (vec![0; 365], periods.kinds.clone()), // kinds that never come
        (periods.calendar[1..].to_vec(), periods.kinds.clone()), // a day too few
        ([&periods.calendar[..], &[last]].concat(), periods.kinds.clone()), // a day too many
        (vec![0; 365], vec![vec![0, 24]]),     // two seasons in one
        (periods.calendar.clone(), vec![vec![0, 20]; periods.kinds.len()]), // no whole days
        (periods.calendar.clone(), vec![vec![0, 12, 12, 24]; periods.kinds.len()]), // nothing
        (periods.calendar.clone(), vec![]),    // kinds that are not there
    ] {
        let wrong = Periods { calendar, kinds };
        let wrong = Resolution { periods: Some(wrong.clone()), ..Resolution::default() };
        let refused = wrong.of(model.clone()).expect_err("no periods of this year");
        assert!(refused.iter().any(|finding| finding.code == "other-periods"), "{refused:?}");
    }
}

/// Wind in two-hour steps, fixed plants, a battery of the day and a store of the year: `turned` days
/// later round the year, and for so much demand.
fn stored(turned: usize, twh: f64) -> Model {
    let series = table("wind,load", |day, hour| {
        let (day, step) = ((day + turned) % 365, hour / 2);
        let wind = (day * 37 % 11 + step * 5 % 7) as f64 / 16.0;
        format!("{wind},{}", 1.0 + 0.1 * (step % 5) as f64)
    });
    let gw = twh / 8.76;
    let more = format!(
        "[processes.gas]\noutput = \"electricity\"\ncapacity = \"GW\"\nvariable_cost = 60\n\
         residual_capacity = {{ value = {gw}, unit = \"GW\" }}\n\
         [processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\navailability = \"wind\"\n\
         residual_capacity = {{ value = {}, unit = \"GW\" }}\n\
         [storages.battery]\ncommodity = \"electricity\"\nhours = 4\ncycle = \"day\"\n\
         charge_efficiency = 0.9\ndischarge_efficiency = 0.9\n\
         residual_capacity = {{ value = {}, unit = \"GW\" }}\n\
         [storages.lake]\ncommodity = \"electricity\"\nhours = 100\ncycle = \"year\"\n\
         charge_efficiency = 0.8\ndischarge_efficiency = 0.9\n\
         residual_capacity = {{ value = {}, unit = \"GW\" }}\n\
         [demands.electricity]\nland = {{ annual = {twh}, profile = \"load\" }}\n",
        1.8 * gw,
        0.2 * gw,
        0.3 * gw,
    );
    land(&series, &more)
}

/// Steps of two hours as one slice each, or as two alike: an hour cut in two changes nothing, and
/// neither does the day on which the year begins.
#[test]
fn halves_of_a_slice_and_the_start_of_the_year_mean_nothing() {
    let steps = |turned| {
        let merged = merge_slices(&stored(turned, 8.76), 12 * 365).expect("they can be");
        assert_eq!(merged.time.slices.len(), 12 * 365);
        solve(&merged).solution.objective
    };
    let whole = steps(0);
    assert!(whole > 50.0, "gas is needed: {whole} MUSD");
    assert_close("halves", solve(&stored(0, 8.76)).solution.objective, whole);
    for turned in [1, 200] {
        assert_close("turned", steps(turned), whole);
    }
}

/// With all that is there twice, twice as much is needed, and costs twice as much: the choice of
/// typical periods knows no sizes.
#[test]
fn typical_periods_scale_with_the_system() {
    let of = |twh| merge_slices(&stored(0, twh), 60).expect("they can be merged");
    let (one, two) = (of(8.76), of(17.52));
    assert_eq!(one.time.calendar, two.time.calendar);
    let (one, two) = (solve(&one).solution.objective, solve(&two).solution.objective);
    assert_close("cost", two, 2.0 * one);
}

/// A reserve through a lull of a week: 1.2 GW are to be held in each of its 168 hours. A store of 1 GW
/// and 168 hours is needed for the load itself; it holds 1 GW, and peakers at half its cost the rest.
/// With 84 hours of content, 2 GW of it serve the load, and hold 1 GW too, half of what they have of
/// power.
#[test]
fn a_reserve_lasts_through_a_lull() {
    let series =
        table("wind", |day, _| (if (40..47).contains(&day) { "0" } else { "1" }).to_owned());
    for (hours, store) in [(168, 10.0), (84, 20.0)] {
        let more = format!(
            "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
             residual_capacity = 3\navailability = \"wind\"\n\
             [processes.peaker]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
             variable_cost = 9000\ncapital_cost = 50\nlife = 10\n\
             [storages.store]\ncommodity = \"electricity\"\nhours = {hours}\ncycle = \"year\"\n\
             charge_efficiency = 1\ndischarge_efficiency = 1\ncapital_cost = 100\nlife = 10\n\
             [demands.electricity]\nland = {{ annual = 8.76, profile = \"flat\" }}\n\
             [reserve_margins.land]\ncommodity = \"electricity\"\nmargin = 0.2\n"
        );
        let coarse = merge_slices(&land(&series, &more), 24).expect("they can be merged");
        assert_close("cost", solve(&coarse).solution.objective, store + 0.2 * 5.0);
    }
}
