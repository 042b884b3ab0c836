//! The model of Central Asia against statistics and yearbooks, and laws of trade and water.

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::input::{Change, Tree};
use kzleap_study::model::Model;
use kzleap_study::model::policy::ReserveRequirement;
use kzleap_tests::by_hand::{ONE_YEAR, solved};
use kzleap_tests::{activity, assert_close, model, repository, solve, sources};

/// The model in one of its years alone, which stands for five.
fn in_year(year: f64, scenario: Option<&str>, changes: &[Change]) -> Model {
    let alone = [
        Change::set("time.years", [year]),
        Change::set("time.horizon_end", year + 4.0),
        Change::set("finance.base_year", year),
    ];
    let changes: Vec<Change> = alone.iter().chain(changes).cloned().collect();
    let folder = repository().join("models/central-asia");
    let input = Tree::read(&folder).scenario(scenario).with(&changes).input();
    for finding in &input.diagnostics {
        println!("{}", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    input.model.expect("the model has no errors")
}

fn cost(year: f64, scenario: Option<&str>, changes: &[Change]) -> f64 {
    solve(&in_year(year, scenario, changes)).solution.objective
}

#[test]
fn every_scenario_is_sound() {
    sources::every_scenario_is_sound("central-asia", 18);
}

#[test]
fn every_number_has_its_source() {
    let model = model("central-asia", Some("shared-reserve"));
    let missing = sources::missing(&model);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(model.inputs.len() > 400, "{}", model.inputs.len());
}

/// What a process of a region does in some months of the first year, in its unit; nothing if there
/// is none. What is balanced by season has a value a month, the rest one a slice.
fn done(model: &Model, plan: &Plan, process: &str, region: &str, months: &[&str]) -> f64 {
    let here = model
        .processes
        .position(|p| p.name == process && model.regions[p.region].name == region);
    let Some(p) = here else { return 0.0 };
    let activity = plan.solution.activity[p.get()].index_axis(ndarray::Axis(2), 0);
    let blocks = activity.ncols() / YEAR.len();
    let of_months = activity.columns().into_iter().enumerate();
    let of_months = of_months.filter(|(node, _)| months.contains(&YEAR[node / blocks]));
    of_months.map(|(_, column)| column.sum()).sum()
}

/// What plants of a country make of electricity in some months, PJ.
fn made(model: &Model, plan: &Plan, region: &str, months: &[&str]) -> f64 {
    let plants = ["coal", "gas_old", "hydro", "toktogul_plant", "naryn_lower"];
    let plants = plants.into_iter().chain(["rogun_early", "nurek_plant", "vakhsh_lower"]);
    plants.map(|plant| done(model, plan, plant, region, months)).sum()
}

const YEAR: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// 2023 by country and fuel, and by month where a figure was published that the model was not made
/// from: output of Kyrgyzstan in January to May, of Tajikistan in January to June.
#[test]
fn the_base_year_is_that_of_the_statistics() {
    let model = in_year(2023.0, None, &[]);
    let plan = solve(&model);
    let accounts = Accounts::new(&model, &plan.solution);
    let rows = accounts.calibration();
    for row in rows.iter() {
        let (name, stated) = (&row.statistic.name, row.statistic.value);
        assert!(row.is_within(), "{name}: {}, statistics {stated}", row.plan);
    }
    assert_eq!(rows.len(), 14);
    let unserved: f64 = plan.solution.balances.iter().map(|b| b.unserved().sum()).sum();
    assert!(unserved < 1e-6, "{unserved} PJ unserved");

    let share = |region: &str, months: usize| {
        made(&model, &plan, region, &YEAR[..months]) / made(&model, &plan, region, &YEAR)
    };
    // National Statistical Committee: 6.486 TWh in January to May, of 13.8 in the year; in which
    // months imports come is not unique, so the plan has a wide band
    let kyrgyz = share("kyrgyzstan", 5);
    assert!((kyrgyz - 6.486 / 13.8).abs() < 0.06, "{kyrgyz} of the year in January to May");
    // Agency on Statistics: 10.7 TWh in January to June, of 21.86 in the year
    let tajik = share("tajikistan", 6);
    assert!((tajik - 10.7 / 21.86).abs() < 0.02, "{tajik} of the year in January to June");
}

/// Water of the cascades against the yearbooks of 2021, 2023 and 2024, km3.
#[test]
fn rivers_flow_as_in_the_yearbooks() {
    let model = in_year(2023.0, None, &[]);
    let plan = solve(&model);
    let summer = &YEAR[3..9];
    let km3 = |process: &str, region: &str, months: &[&str]| {
        done(&model, &plan, process, region, months) / 1e3
    };
    let came = km3("vakhsh_inflow", "tajikistan", &YEAR);
    let came_in_summer = km3("vakhsh_inflow", "tajikistan", summer);
    let went = km3("vakhsh_to_fields", "tajikistan", summer);
    assert!((19.26..21.01).contains(&came), "{came}");
    assert!((15.47..16.80).contains(&came_in_summer), "{came_in_summer}");
    assert!((11.83..13.28).contains(&went), "{went}");
    let moved = came_in_summer - went;
    assert!((3.5..3.8).contains(&moved), "{moved} km3 from summer to winter");
    let came = km3("naryn_inflow", "kyrgyzstan", &YEAR);
    let came_in_summer = km3("naryn_inflow", "kyrgyzstan", summer);
    assert!((came - 12.24).abs() < 0.01, "{came}");
    assert!((came_in_summer - 9.18).abs() < 0.01, "{came_in_summer}");
}

/// The less is forbidden between countries, the less it costs.
#[test]
fn exchange_never_costs_more_than_isolation() {
    let scenarios = [Some("isolated"), None, Some("free-trade"), Some("more-lines")];
    let costs = scenarios.map(|scenario| cost(2030.0, scenario, &[]));
    for (pair, names) in costs.windows(2).zip(scenarios.windows(2)) {
        assert!(pair[1] <= pair[0] * (1.0 + 1e-9), "{names:?}: {pair:?}");
    }
    assert!(costs[3] < costs[0] * 0.99, "exchange saves something: {costs:?}");
}

/// Isolation by rule and by lines that carry nothing is the same.
#[test]
fn a_line_of_no_capacity_is_isolation() {
    let lines = ["kz_kg", "kz_uz", "uz_kg", "kg_tj", "tj_uz", "tm_uz"];
    let of_each =
        |field: &str| lines.map(|line| Change::set(format!("links.{line}.{field}"), 0.0));
    // lines that stand idle are paid for, those that are not there are not
    let unpaid = of_each("fixed_cost");
    let by_rule = cost(2030.0, Some("isolated"), &unpaid);
    let by_lines = cost(2030.0, Some("free-trade"), &of_each("residual_capacity"));
    assert_close("cost", by_lines, by_rule);
}

/// Isolated countries cost together what each costs: what one asks for changes nothing elsewhere.
#[test]
fn countries_add_up_to_the_region() {
    // what is sold to Afghanistan by three of them has one limit, so it is left out
    let closed = [Change::set("processes.sale_afghanistan.max_activity", 0.0)];
    let region = in_year(2030.0, Some("isolated"), &closed);
    let with_demand_of = |countries: &[&str]| {
        let mut model = region.clone();
        let asks = |name: &str| countries.iter().any(|country| name.starts_with(country));
        for demand in &mut model.demands {
            if !asks(&region.regions[demand.region].name) {
                demand.annual.iter_mut().for_each(|annual| *annual = 0.0);
            }
        }
        for r in model.reserves.ixs() {
            let reserve = &mut model.reserves[r];
            let name = reserve.name.replace("kazakhstan", "kz");
            if let ReserveRequirement::Firm { peak, .. } = &mut reserve.requirement
                && !asks(&name)
            {
                peak.iter_mut().for_each(|peak| *peak = 0.0);
            }
        }
        solve(&model).solution.objective
    };
    let all = ["kz", "uzbekistan", "kyrgyzstan", "tajikistan", "turkmenistan"];
    let nobody = with_demand_of(&[]);
    let each: f64 = all.iter().map(|country| with_demand_of(&[country]) - nobody).sum();
    assert_close("cost beyond that of no demand", each, with_demand_of(&all) - nobody);
}

const SEASONS: &str = "[[time.seasons]]\nname = \"winter\"\ndays = 182.5\n\
     [[time.seasons]]\nname = \"summer\"\ndays = 182.5\n\
     [processes.backup]\noutput = \"electricity\"\nvariable_cost = 50\n\
     [profiles.thaw]\nwinter = 0\nsummer = 1\n";

/// A reservoir with one dam is a storage of what its water can make.
///
/// By hand: 15.768 PJ flow in summer, a plant of 0.5 GW makes all of it if half of it is kept for
/// winter, and 15.768 PJ of the demand of 31.536 are left for the backup at 50.
#[test]
fn a_cascade_of_one_reservoir_is_a_storage() {
    let demand =
        "[commodities.electricity]\n[demands.electricity]\nland = { annual = 31.536 }\n";
    let in_water = "[commodities.lake]\nunit = \"Mt\"\ntier = \"season\"\n\
         [processes.inflow]\noutput = \"lake\"\ncapacity = \"Mt/a\"\nfree = \"flow\"\n\
         residual_capacity = { value = 6307.2, unit = \"Mt/a\" }\navailability = \"thaw\"\n\
         [storages.dam]\ncommodity = \"lake\"\ncapacity = \"Mt/a\"\ncycle = \"year\"\n\
         residual_capacity = { value = 1e6, unit = \"Mt/a\" }\n\
         energy_residual_capacity = { value = KEPT, unit = \"Mt\" }\n\
         [processes.turbine]\ninputs = { lake = { value = 0.2, unit = \"t/MJ\" } }\n\
         outputs = { electricity = 1 }\ncapacity = \"GW\"\nresidual_capacity = 0.5\n";
    let in_energy = "[commodities.lake]\nkind = \"natural\"\ntier = \"season\"\n\
         [processes.inflow]\noutput = \"lake\"\ncapacity = \"GW\"\nfree = \"flow\"\n\
         residual_capacity = 1\navailability = \"thaw\"\n\
         [storages.dam]\ncommodity = \"lake\"\ncapacity = \"GW\"\ncycle = \"year\"\n\
         residual_capacity = 1e3\nenergy_residual_capacity = { value = KEPT, unit = \"GWh\" }\n\
         [processes.turbine]\ninput = \"lake\"\noutput = \"electricity\"\nefficiency = 1\n\
         capacity = \"GW\"\nresidual_capacity = 0.5\n";
    // of 7.884 PJ to be kept, all or half
    for (water, energy, backup) in [("1576.8", "2190", 15.768), ("788.4", "1095", 19.71)] {
        let [wet, plain] = [(in_water, water), (in_energy, energy)].map(|(text, kept)| {
            let dam = text.replace("KEPT", kept);
            let (model, plan) = solved(&[ONE_YEAR, SEASONS, demand, &dam]);
            (activity(&model, &plan, "backup", "land", 0), plan.solution.objective)
        });
        assert_close("backup with water", wet.0, backup);
        assert_close("backup with a storage", plain.0, backup);
        assert_close("cost", wet.1, plain.1);
    }
}
