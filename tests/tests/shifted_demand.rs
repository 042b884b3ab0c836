//! Load that may be used at another time, each model solved by hand.
//!
//! Without discounting; costs are in MUSD/PJ.

use std::fmt::Write as _;

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::model::{Model, RegionGroup, RegionIx, RegionPart, RegionSplit};
use kzleap_study::resolution::{merge_regions, split_regions};
use kzleap_tests::by_hand::{GW_YEAR, plant, read, solved};
use kzleap_tests::{activity, assert_close, capacity, solve};

/// PJ that 1 GW makes in eight hours of each day.
const BLOCK: f64 = GW_YEAR / 3.0;

/// A day of blocks with so many hours and a load.
fn day(blocks: &[(&str, u32, f64)]) -> String {
    let mut text = "[time]\nyears = [2030]\n[finance]\ndiscount_rate = 0.0\n".to_owned();
    let mut loads = String::new();
    text.push_str("[time.blocks]\n");
    for (name, hours, load) in blocks {
        writeln!(text, "{name} = {hours}").expect("a text grows");
        writeln!(loads, "{name} = {load}").expect("a text grows");
    }
    text + "[profiles.load]\n" + &loads
}

const THIRDS: &[(&str, u32, f64)] = &[("night", 8, 0.5), ("day", 8, 1.0), ("evening", 8, 1.5)];

/// 0.5, 1 and 1.5 GW; 1.1 GW of the cheap plant at 2, the rest at 10.
fn system(blocks: &[(&str, u32, f64)], shift: &str) -> (Model, Plan) {
    let demand = format!(
        "[commodities.electricity]\n[demands.electricity.land]\nannual = {GW_YEAR}\n\
         profile = \"load\"\n{shift}\n"
    );
    let plants = plant("cheap", 1.1, 2.0, "") + &plant("expensive", 1.0, 10.0, "");
    solved(&[&day(blocks), &demand, &plants])
}

/// What it costs where so many GW of the evening are of the expensive plant.
fn cost(expensive: f64) -> f64 {
    GW_YEAR * 2.0 + expensive * BLOCK * 8.0
}

const FIFTH: &str = "shift = { share = 0.2, cycle = \"day\" }";

/// A fifth: 0.3 GW may be taken from the evening, 0.1 added to the night and 0.2 to the day, of which
/// 0.1 find a cheap plant. So 0.4 - 0.2 GW of the evening are expensive.
#[test]
fn a_fifth_is_moved_into_the_night_and_the_day() {
    let (model, plan) = system(THIRDS, "");
    assert_close("as it is", plan.solution.objective, cost(0.4));
    assert!(model.storages.is_empty());
    let (model, plan) = system(THIRDS, FIFTH);
    assert_close("shifted", plan.solution.objective, cost(0.2));
    let moved = |name: &str| activity(&model, &plan, name, "land", 0);
    assert_close("taken away", moved("electricity.shift"), 0.2 * BLOCK);
    assert_close("added", moved("electricity.added"), 0.2 * BLOCK);
}

/// The highest load of the part is 0.3 GW: in four hours of it 1.2 GWh may wait, 0.15 GW over eight
/// hours of the evening.
#[test]
fn no_more_waits_than_so_many_hours() {
    let (_, plan) = system(THIRDS, "shift = { share = 0.2, cycle = \"day\", hours = 4 }");
    assert_close("shifted", plan.solution.objective, cost(0.4 - 0.15));
}

/// The part, 0.2 GW in the mean, may use 0.4 GW by night, of which 0.1 are its own, and no more than
/// its own by day: the 0.3 GW of the evening move into the night.
#[test]
fn there_is_room_where_it_may_use_more() {
    let plugged = "shift = { share = 0.2, cycle = \"day\", most = \"plugged\" }\n\
         [profiles.plugged]\nnight = 2\nday = 0\nevening = 1\n";
    let (_, plan) = system(THIRDS, plugged);
    assert_close("shifted", plan.solution.objective, cost(0.1));
}

/// Nothing crosses the end of a day: a winter day of 1.5 GW at all hours stays as it is though the
/// summer has room. Over the year it would move.
#[test]
fn a_day_ends_as_it_began() {
    let seasons = "[time]\nyears = [2030]\n[finance]\ndiscount_rate = 0.0\n\
         [[time.seasons]]\nname = \"winter\"\ndays = 182.5\n[[time.seasons]]\nname = \"summer\"\n\
         days = 182.5\n[time.blocks]\nday = 12\nnight = 12\n[profiles.load]\nwinter = 1.5\n\
         summer = 0.5\n";
    let solved_with = |cycle: &str| {
        let demand = format!(
            "[commodities.electricity]\n[demands.electricity.land]\nannual = {GW_YEAR}\n\
             profile = \"load\"\nshift = {{ share = 0.2, cycle = \"{cycle}\" }}\n"
        );
        let plants = plant("cheap", 1.1, 2.0, "") + &plant("expensive", 1.0, 10.0, "");
        solved(&[seasons, &demand, &plants]).1.solution.objective
    };
    let half = GW_YEAR / 2.0;
    assert_close("by day", solved_with("day"), GW_YEAR * 2.0 + 0.4 * half * 8.0);
    // a fifth of the summer's load may be added to it: 0.1 GW
    assert_close("by year", solved_with("year"), GW_YEAR * 2.0 + 0.3 * half * 8.0);
}

/// Each block as two of half the hours: the same plan.
#[test]
fn a_block_in_halves_is_a_block() {
    let halves = [
        ("night", 4, 0.5),
        ("dawn", 4, 0.5),
        ("morning", 4, 1.0),
        ("noon", 4, 1.0),
        ("evening", 4, 1.5),
        ("late", 4, 1.5),
    ];
    let (_, plan) = system(&halves, FIFTH);
    assert_close("in halves", plan.solution.objective, cost(0.2));
}

/// Load that is split between two parts of a region, 0.3 and 0.7 of the demand where other things are
/// halves, is shifted as before; so is that of two regions as one.
#[test]
fn regions_split_and_merged_shift_as_much() {
    let (model, plan) = system(THIRDS, FIFTH);
    let land = RegionIx::new(0);
    let part = |name: &str, share: f64| RegionPart {
        region: land,
        name: name.to_owned(),
        label: name.to_owned(),
        share: 0.5,
        demands: model.commodities.ixs().map(|commodity| (commodity, share)).collect(),
        owners: Default::default(),
    };
    let parts = vec![part("west", 0.3), part("east", 0.7)];
    let split = RegionSplit { parts, local: Vec::new() };
    let parts = split_regions(&model, &split).expect("it can be split");
    let shiftable = |name: &str| -> f64 {
        let own = parts
            .capacities
            .iter()
            .filter(|k| k.name == "electricity.shift" && parts.regions[k.region].name == name);
        own.map(|k| k.residual[0]).sum()
    };
    assert_close("west", shiftable("west"), 0.3 * 0.3);
    assert_close("east", shiftable("east"), 0.7 * 0.3);
    assert_close("with a line", solve(&parts).solution.objective, plan.solution.objective);
    let members = parts.regions.ixs().collect();
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let one = merge_regions(&parts, &[group]).expect("they are alike");
    assert_eq!(one.storages.len(), 1);
    assert_close("as one", solve(&one).solution.objective, plan.solution.objective);
}

/// A branch has a storage of its own name, which follows what it needs.
#[test]
fn a_branch_shifts_its_own() {
    let branch = format!(
        "{}[commodities.electricity]\n[branches.cars]\ncommodity = \"electricity\"\n\
         annual = {GW_YEAR}\nprofile = \"load\"\n{FIFTH}\n",
        day(THIRDS)
    );
    let model = read(&[&branch, &plant("cheap", 2.0, 2.0, "")]);
    for name in ["cars.shift", "cars.added"] {
        let capacity = model.capacities.iter().find(|capacity| capacity.name == name);
        assert_close("GW", capacity.expect("it has one").residual[0], 0.3);
    }
}

/// Firm power of 1.1 times the load as it is shifted: with no room by day the night takes 0.1 GW of the
/// evening, whose 1.4 GW are the highest load left. Peakers are paid 10 MUSD a year and GW and never
/// run, since the cheap plant has all it takes.
#[test]
fn firm_power_is_for_the_load_as_it_is_shifted() {
    let demand = |shift: &str| {
        let demand = format!(
            "[commodities.electricity]\n[demands.electricity.land]\nannual = {GW_YEAR}\n\
             profile = \"load\"\n{shift}\n[reserve_margins.land]\ncommodity = \"electricity\"\n\
             margin = 0.1\n[processes.peaker]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
             capital_cost = 100\nvariable_cost = 9\nlife = 10\n"
        );
        let (model, plan) = solved(&[&day(THIRDS), &demand, &plant("cheap", 1.5, 2.0, "")]);
        let accounts = Accounts::new(&model, &plan.solution);
        let firm = accounts.firmness(model.reserves.iter().next().expect("one"))[0];
        assert_close("firm", firm.firm, firm.required);
        (capacity(&model, &plan, "peaker", 0).1, firm.required)
    };
    let (built, required) = demand("");
    assert_close("as it is", built, 1.65 - 1.5);
    assert_close("needed", required, 1.65);
    let (built, required) = demand(
        "shift = { share = 0.2, cycle = \"day\", most = \"night\" }\n[profiles.night]\nnight = 1\n\
         day = 0\nevening = 0\n",
    );
    assert_close("shifted", built, 1.1 * 1.4 - 1.5);
    assert_close("needed", required, 1.1 * 1.4);
}
