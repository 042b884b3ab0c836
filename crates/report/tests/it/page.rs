//! The pages: self-contained, escaped, complete.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_model::{Model, RegionIx, Solution, YearIx};
use kzleap_report::hours::{HourCheck, Verdict};
use kzleap_report::page::{Charts, render, with_remark};
use kzleap_report::{Resolution, RunInfo, Summary, Unique, compare_summaries};
use serde_json::{Value, json};

use crate::fixture::{NORTH, info, model, solution};

fn rendered(model: &Model, solution: &Solution, info: &RunInfo) -> String {
    let accounts = Accounts::new(model, solution);
    without_words(&render(&accounts, info, &Charts::new(&accounts, info)).expect("a page"))
}

/// A page without the catalogue of messages, which has the texts of all pages.
fn without_words(page: &str) -> String {
    let (before, rest) = page.split_once("\"phrases\":[[").expect("the catalogue");
    let (_, after) = rest.split_once("]],").expect("it ends");
    format!("{before}{after}")
}

fn page(info: &RunInfo) -> String {
    let model = model();
    let solution = solution(&model);
    rendered(&model, &solution, info)
}

/// A page without the script of plotly, which is not ours.
fn own(page: &str) -> String {
    let start = page.find("/**\n* plotly.js").expect("the script of plotly is there");
    let end = start + page[start..].find("</script>").expect("it ends");
    format!("{}{}", &page[..start], &page[end..])
}

fn summary_of(info: &RunInfo) -> Summary {
    let model = model();
    let solution = solution(&model);
    Summary::new(&Accounts::new(&model, &solution), info)
}

fn summaries() -> Vec<Summary> {
    let other = RunInfo { scenario: "reference".into(), ..info() };
    vec![summary_of(&info()), summary_of(&other)]
}

#[test]
fn nothing_is_fetched() {
    for page in [page(&info()), compare_summaries(&summaries(), &[]).expect("a page")] {
        let own = own(&page);
        for fetch in
            ["http://", "https://", "src=", "@import", "url(", "<link rel=\"stylesheet"]
        {
            assert!(!own.contains(fetch), "{fetch}");
        }
        assert_eq!(page.matches("* plotly.js v").count(), 1, "the script is there once");
        assert!(page.len() < 5_000_000, "{} bytes", page.len());
    }
}

#[test]
fn text_of_the_model_cannot_break_out() {
    let own = own(&page(&info()));
    assert!(own.contains("A <tag> & a book"), "the script puts it into the page as text");
    assert!(own.contains("<\\/script> half of today"), "it cannot end the script");
    assert_eq!(own.matches("<script").count(), own.matches("</script>").count());
}

#[test]
fn the_certificate_is_plain_to_see() {
    assert!(page(&info()).contains("Certified optimal"));
    let mut failed = info();
    failed.certificate.certified = false;
    assert!(page(&failed).contains("NOT certified (optimal): do not rely on these numbers"));
}

#[test]
fn whole_units_are_certified_to_a_gap_and_prices_say_what_they_are() {
    assert!(!page(&info()).contains("whole units"));
    let mut whole = info();
    whole.certificate.integer_gap = Some(2.5e-7);
    let page = page(&whole);
    assert!(page.contains("Certified optimal to a gap of 2e-7, in whole units"));
    assert!(page.contains("Prices are those of the plan with its units fixed"));
    assert!(page.contains("Gap of whole units"));
}

#[test]
fn inputs_stand_with_file_line_and_source() {
    let page = page(&info());
    let row = r#"["processes.solar.capital_cost","2025: 600; 2030: 450","USD/kW",0,12,0]"#;
    assert!(page.contains(row), "the input");
    assert!(page.contains(r#""files":["plants.toml"]"#), "each file once");
    assert!(page.contains(r#"["high","A <tag> & a book","",""]"#), "what is said of it");
}

#[test]
fn sections_are_those_of_a_balance() {
    let page = page(&info());
    let at = |title: &str| {
        page.find(&format!(">{title}</button>")).unwrap_or_else(|| panic!("no tab {title}"))
    };
    let order = ["Overview", "Electricity", "Energy", "Emissions", "Money", "Prices", "Why"];
    assert!(order.map(at).is_sorted(), "{order:?}");
    assert!(!page.contains("Services and materials"), "a small model needs no chooser");
}

/// The data of a page: what its script draws.
fn data(page: &str) -> Value {
    let own = own(page);
    let mark = "<script type=\"application/json\" id=\"data\">";
    let start = own.find(mark).expect("the data") + mark.len();
    let end = start + own[start..].find("</script>").expect("they end");
    serde_json::from_str(&own[start..end]).expect("JSON")
}

/// What is drawn in the chart with this id.
fn picture<'d>(data: &'d Value, id: &str) -> &'d Value {
    let charts = data["charts"].as_array().expect("charts");
    let chart = charts.iter().find(|chart| chart["id"] == id);
    &chart.unwrap_or_else(|| panic!("no chart {id}"))["picture"]
}

/// The values of all domestic regions by the name of the series, in the chart with this id.
fn series(data: &Value, id: &str) -> BTreeMap<String, Value> {
    let picture = picture(data, id);
    let traces = picture["series"].as_array().expect("series");
    let values = picture["views"]["*"][0]["values"].as_array().expect("values");
    let name = |trace: &Value| trace["name"].as_str().unwrap_or_default().to_owned();
    traces.iter().map(name).zip(values.iter().cloned()).collect()
}

/// The sun shines 2 PJ more in each of two slices of 2030, which nobody uses.
#[test]
fn what_is_made_and_not_used_stands_apart() {
    let model = model();
    let mut solution = solution(&model);
    let before = data(&page(&info()));
    assert!(!series(&before, "primary-supply").contains_key("Surplus, not used"));
    for slice in [1, 3] {
        solution.activity[2][(0, slice, 1)] += 2.0;
    }
    let page = rendered(&model, &solution, &info());
    let after = data(&page);
    let supply = series(&after, "generation-electricity");
    assert_eq!(supply["Surplus, not used"], json!([0.0, -1.111]), "4 PJ in TWh");
    let primary = series(&after, "primary-supply");
    assert_eq!(primary["Surplus, not used"], json!([0.0, -4.0]));
    let row = |page: &str, name: &str| {
        let start = page.find(&format!("{name}<span")).expect("the indicator");
        page[start..].split("</tr>").next().unwrap_or_default().to_owned()
    };
    assert_eq!(row(&page, "Primary energy"), row(&self::page(&info()), "Primary energy"));
    assert!(row(&page, "Electricity: surplus, not used").contains("<td>1.11</td>"));
}

#[test]
fn a_neighbour_with_nothing_to_see_cannot_be_chosen() {
    let model = model();
    let mut solution = solution(&model);
    let keys = |solution: &Solution| {
        let data = data(&rendered(&model, solution, &info()));
        let regions = data["regions"].as_array().expect("regions").clone();
        let keys = regions.iter().filter_map(|region| region["key"].as_str());
        keys.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(keys(&solution), ["*", "north", "south", "abroad"], "it buys electricity");
    solution.flow[1].fill(0.0);
    assert_eq!(keys(&solution), ["*", "north", "south"], "it does nothing");
}

#[test]
fn what_a_plan_uses_is_hatched() {
    let data = data(&page(&info()));
    let dispatch = picture(&data, "dispatch-electricity");
    let series = dispatch["series"].as_array().expect("series");
    let hatched = series.iter().filter(|one| one["mark"]["kind"] == "hatched");
    let names: Vec<&str> = hatched.filter_map(|trace| trace["name"].as_str()).collect();
    assert_eq!(names, ["Battery: charge", "Exports"]);
}

#[test]
fn the_certificate_says_how_much_is_unique() {
    assert!(!page(&info()).contains("Several plans may cost the same"));
    let mut info = info();
    info.unique.insert("capacity".into(), Unique { rows: 6, unique: 5 });
    info.unique.insert("balance".into(), Unique { rows: 40, unique: 38 });
    let page = page(&info);
    let says =
        "The same in every one of them: capacity 5 of 6, energy balance 38 of 40 figures.";
    assert!(page.contains(says));
}

/// Merged regions and hours make a plan too cheap; regions disaggregated never do.
#[test]
fn a_rough_view_says_so() {
    let rough = "Coarse resolution: costs are underestimated.";
    let finer = "Finer resolution than the model is written in.";
    let mixed = "Finer regions, merged hours: costs are neither a lower bound nor exact.";
    let at = |regions: Option<&str>, split: bool, slices: Option<usize>| Resolution {
        regions: regions.map(str::to_owned),
        split,
        slices,
        of_hours: slices == Some(36),
    };
    for (resolution, heading, says) in [
        (at(None, false, None), None, ""),
        (
            at(None, false, Some(36)),
            Some(rough),
            "36 slices, made of the hours of a year: merging hours hides low-wind evenings. \
             --check-hours says what they hide.",
        ),
        (
            at(Some("national"), false, Some(4)),
            Some(rough),
            "Solved with regions national, 4 slices, not as the model is written: merging \
             regions and hours hides grid congestion and low-wind evenings.",
        ),
        (at(Some("national"), false, None), Some(rough), "from a run without --regions."),
        (at(None, false, Some(4)), Some(rough), "merging hours hides low-wind evenings."),
        (
            at(Some("oblasts"), true, None),
            Some(finer),
            "never cheaper than the model as written.",
        ),
        (
            at(Some("oblasts"), true, Some(4)),
            Some(mixed),
            "the same --slices without --regions.",
        ),
    ] {
        let page = page(&RunInfo { resolution: resolution.clone(), ..info() });
        let mut runs = summaries();
        runs[1].resolution = resolution;
        let compared = without_words(&compare_summaries(&runs, &[]).expect("a page"));
        for known in [rough, finer, mixed] {
            assert_eq!(page.contains(known), heading == Some(known), "{known}");
            assert_eq!(compared.contains(known), heading == Some(known), "{known}");
        }
        assert!(page.contains(says), "{says}");
    }
    let resolution = at(Some("national"), false, Some(4));
    let page = page(&RunInfo { resolution: resolution.clone(), ..info() });
    assert!(page.contains("The model as written: Coal in the north, sun in the south"));
    let mut runs = summaries();
    runs[1].resolution = resolution;
    runs[0].resolution = at(Some("oblasts"), true, None);
    let page = without_words(&compare_summaries(&runs, &[]).expect("a page"));
    assert!(page.contains("but with regions national, 4 slices (Reference)."));
    assert!(page.contains("but with regions oblasts ("));
}

/// The remark of a later run is shown where it can be seen, once, and as text.
#[test]
fn a_page_says_that_it_is_outdated() {
    let page = page(&info());
    let once = with_remark(&page, "A later run <failed>.").expect("a page");
    assert!(once.contains("<p class=\"rough\">A later run &lt;failed&gt;.</p>"));
    let twice = with_remark(&once, "Another.").expect("a page");
    assert!(twice.contains("Another.") && !twice.contains("A later run"));
    assert_eq!(with_remark("<p>no page of ours</p>", "x"), None);
}

/// The runs differ in emissions, in nothing else: one chart each for the cap and its emission.
#[test]
fn a_comparison_begins_with_system_cost() {
    let mut runs = summaries();
    let other = &mut runs[1];
    for by_year in [&mut other.cap_emissions, &mut other.emissions] {
        for values in by_year.values_mut() {
            values.insert(2030, 20.0);
        }
    }
    let page = without_words(&compare_summaries(&runs, &[]).expect("a page"));
    let titles: Vec<String> = data(&page)["charts"]
        .as_array()
        .expect("charts")
        .iter()
        .filter_map(|chart| chart["title"].as_str().map(str::to_owned))
        .collect();
    let by_year = titles.iter().skip_while(|title| title.contains("scenario"));
    let by_year: Vec<&String> = by_year.collect();
    assert_eq!(by_year, ["Emissions under cap “Power”", "CO₂"]);
    let (_, figures) = page.split_once("id=\"indicators\"").expect("key numbers");
    let first = figures.find("<th scope=\"row\">").expect("a table");
    assert!(figures[first..].starts_with("<th scope=\"row\">Total discounted system cost"));
    assert!(page.contains("<th scope=\"row\">Transfers (taxes, subsidies), discounted"));
    assert!(
        page.contains("Transfers (taxes, subsidies) are paid by one and received by another")
    );
    assert!(page.contains("charts are left out below: the runs do not differ there."));
}

/// What rounding leaves under a cap of zero is nothing, and so is it of a difference.
#[test]
fn a_comparison_shows_no_rounding() {
    let mut runs = summaries();
    runs[1].system_cost = runs[0].system_cost * (1.0 + 1e-14);
    let caps = runs.iter_mut().flat_map(|run| run.cap_emissions.values_mut());
    for values in caps {
        values.insert(2100, 1.42e-14);
    }
    let page = without_words(&compare_summaries(&runs, &[]).expect("a page"));
    let row = |name: &str| {
        let (_, after) = page.split_once(name).expect("a row");
        after.split_once("</tr>").expect("a row ends").0.matches(">0<").count()
    };
    assert_eq!(row("Emissions under cap “Power”: in the last year"), runs.len());
    assert_eq!(row("… more than the first"), runs.len());
    assert!(!page.contains("e−14"));
}

#[test]
fn a_comparison_calls_things_as_people_do() {
    let mut runs = summaries();
    for run in &mut runs {
        run.emission_labels.insert("co2".into(), "Carbon dioxide".into());
        run.labels.insert("electricity".into(), "electricity at plants".into());
    }
    runs[0].generation.clear();
    let page = without_words(&compare_summaries(&runs, &[]).expect("a page"));
    assert!(page.contains("Carbon dioxide: in the last year"));
    assert!(page.contains("<h2>Electricity at plants: supply</h2>"));
}

#[test]
fn a_page_has_one_scale_of_money() {
    let model = model();
    let mut solution = solution(&model);
    assert!(page(&info()).contains("cost 12.7 billion USD2022 (present value, 2025)"));
    // 53 MUSD a year of tax, and a subsidy of 250 MUSD on what is paid for from 2030 on
    let beside = "beside it; what is minimised is both together, 12.9";
    assert!(page(&info()).contains("are 0.18") && page(&info()).contains(beside));
    // nothing but coal of the first year, worth 350 MUSD today
    solution.activity.iter_mut().for_each(|activity| activity.fill(0.0));
    solution.flow.iter_mut().for_each(|flow| flow.fill(0.0));
    solution.balances.iter_mut().for_each(|balance| balance.unserved_lots.clear());
    for all in [&mut solution.capacity, &mut solution.new_capacity, &mut solution.subsidy] {
        all.fill(0.0);
    }
    solution.emissions.slice_mut(ndarray::s![0, 0, ..]).fill(1.0); // those from outside
    let first = model.flow_present_value(RegionIx::new(NORTH), YearIx::new(0));
    solution.activity[0][(0, 0, 0)] = 350.0 / first;
    solution.objective = 350.0;
    let page = rendered(&model, &solution, &info());
    assert!(page.contains(
        "Least-cost plan for 2025–2039: total discounted system cost 350 million USD2022"
    ));
    assert!(!own(&page).contains("billion"));
}

/// A year that does not hold is marked at the top of the page and of a comparison; where that was
/// not looked at, nothing is said.
#[test]
fn a_plan_that_does_not_hold_over_all_hours_is_marked() {
    let fails = |holds: bool| {
        let verdict = Verdict {
            year: 2040,
            holds,
            certified: true,
            largest_unserved_share: if holds { 0.0 } else { 0.02 },
            unused_share: 0.1,
            largest_excess: 0.0,
        };
        let hours = HourCheck { verdicts: vec![verdict], ..HourCheck::default() };
        RunInfo { hours: Some(hours), ..info() }
    };
    for (info, said) in [(info(), [0, 0]), (fails(true), [0, 1]), (fails(false), [1, 0])] {
        let page = page(&info);
        let count = |text: &str| page.matches(text).count();
        let found =
            [count("DOES NOT HOLD hour by hour in 2040"), count("Holds hour by hour in 2040")];
        assert_eq!(found, said);
        assert_eq!(page.contains("up to 2.0 % of a demand goes unserved"), said[0] == 1);
        // a warning of slices that hide what hours would show, unless the hours were looked at
        let resolution =
            Resolution { slices: Some(36), of_hours: true, ..Resolution::default() };
        let coarse = self::page(&RunInfo { resolution, ..info.clone() });
        let warned = coarse.contains("<strong>Coarse resolution: costs are underestimated.");
        assert_eq!(warned, said[1] == 0);
        let compared = compare_summaries(&[summary_of(&info), summary_of(&info)], &[]);
        let marks =
            compared.expect("a page").matches("DOES NOT HOLD hour by hour in 2040").count();
        assert_eq!(marks, 2 * said[0]);
    }
}

/// The first screen says what the plan costs more than its reference, what it emits, and whether
/// limits are met; charts have the reference beside them.
#[test]
fn the_answer_comes_first_and_the_reference_stands_beside_it() {
    let alone = page(&info());
    assert!(
        alone.contains("Costs 12.7 billion USD2022 over the horizon (present value, 2025).")
    );
    assert!(!alone.contains("Extra cost"));
    let mut other = summary_of(&RunInfo { scenario: "reference".into(), ..info() });
    other.system_cost -= 1000.0;
    other.scenario_label = "As usual".into();
    for values in other.cap_emissions.values_mut() {
        values.values_mut().for_each(|value| *value += 5.0);
    }
    let info = RunInfo { reference: Some(Box::new(other)), ..info() };
    let beside = page(&info);
    assert!(
        beside.contains("Costs 1 billion USD2022 more than As usual (present value, +8.52 %).")
    );
    assert!(beside.contains("All limits on emissions are met."));
    assert!(beside.contains("<b>+1</b> billion USD2022"));
    let data = data(&beside);
    let emissions = series(&data, "answer-emissions");
    let (own, usual) = (&emissions["Cap"], &emissions["As usual"]);
    assert_eq!(own[0].as_f64().map(|value| value + 5.0), usual[0].as_f64());
    assert!(emissions.contains_key("Limit"));
    assert!(series(&data, "generation-electricity").contains_key("As usual"));
}

/// What is avoided against the reference is the difference of the two, sector by sector.
#[test]
fn a_wedge_is_the_difference_to_the_reference() {
    let mut other = summary_of(&RunInfo { scenario: "reference".into(), ..info() });
    let coal = other.headline.sectors.values_mut().find_map(|all| all.get_mut("Coal"));
    coal.expect("coal emits").values_mut().for_each(|value| *value += 3.0);
    let info = RunInfo { reference: Some(Box::new(other)), ..info() };
    let wedge = series(&data(&page(&info)), "wedge-0");
    assert_eq!(wedge["Coal"], json!([3.0, 3.0]));
    assert_eq!(wedge.len(), 1, "nothing else differs");
}

/// Flows close: what leaves a carrier is what reaches it, but for ribbons too thin to see.
#[test]
fn energy_flows_are_those_of_the_balance() {
    let data = data(&page(&info()));
    let flows = picture(&data, "flows");
    assert_eq!(flows["years"], json!([2025, 2030]));
    let nodes = flows["nodes"].as_array().expect("nodes");
    let at = |name: &str| nodes.iter().position(|node| node[0] == name);
    let electricity = at("Electricity").expect("electricity") as u64;
    let ribbons = flows["views"][0].as_array().expect("ribbons");
    let sum = |end: usize| -> f64 {
        let own = ribbons.iter().filter(|one| one[end].as_u64() == Some(electricity));
        own.filter_map(|one| one[2].as_f64()).sum()
    };
    assert!(sum(0) > 0.0 && (sum(0) - sum(1)).abs() < 0.02 * sum(0), "{} {}", sum(0), sum(1));
}
