//! Constraints in the modeller's own terms, each solved by hand.
//!
//! Without discounting; costs are in MUSD/PJ, so that prices are read off directly.

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::model::{Model, RegionIx, RegionPart, RegionSplit, YearIx};
use kzleap_study::resolution::{Resolution, only_year, split_regions};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, plant, power_price, read, solved};
use kzleap_tests::{activity, assert_close, capacity};

/// Two periods of ten years, of which only the first costs anything before the second begins.
const DECADES: &str =
    "[time]\nyears = [2030, 2040]\nhorizon_end = 2049\n[finance]\ndiscount_rate = 0.0\n";

/// A plant that may be built, without interest over 20 years.
fn built(name: &str, usd_per_kw: f64, more: &str) -> String {
    format!(
        "[processes.{name}]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         capital_cost = {usd_per_kw}\nlife = 20\n{more}\n"
    )
}

/// A number of the table `constraints`.
fn said(model: &Model, plan: &Plan, constraint: &str, item: &str, year: &str) -> f64 {
    let accounts = Accounts::new(model, &plan.solution);
    let text = kzleap_report::tables::constraints::sheet(&accounts).to_csv();
    let row = text.lines().find(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        cells[0] == constraint && cells[2] == item && cells[4] == year
    });
    let row = row.unwrap_or_else(|| panic!("{constraint} {item} {year} in\n{text}"));
    row.rsplit(',').next().and_then(|value| value.parse().ok()).expect("a number")
}

/// Wind takes 200 Mm2 a GW and makes 0.4 GW, sun 25 Mm2 and 0.2 GW; together they make 1 GW on
/// 150 Mm2: 0.2 s + 0.4 w = 1 and 25 s + 200 w = 150 give w = 1/6 and s = 14/3. Wind costs 50 MUSD
/// a year and GW, sun 30: 140 + 50/6. One Mm2 more is 1/150 GW of wind more and 2/150 of sun less,
/// which saves 10/150 MUSD.
#[test]
fn land_is_shared_at_different_densities() {
    let wind = built("wind", 1000.0, "availability = 0.4");
    let sun = built("sun", 600.0, "availability = 0.2");
    let gas = "[processes.gas]\noutput = \"electricity\"\nvariable_cost = 10\n";
    let land = "[constraints.land]\nunit = \"Mm2\"\nat_most = 150\n[constraints.land.terms.wind]\n\
                quantity = \"capacity\"\nprocesses = [\"wind\"]\nweight = { value = 0.2, unit = \
                \"Mm2/MW\" }\n[constraints.land.terms.sun]\nquantity = \"capacity\"\n\
                categories = [\"sun\"]\nweight = { value = 25, unit = \"Mm2/GW\" }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &wind, &sun, gas, land]);
    assert_close("cost", plan.solution.objective, 140.0 + 50.0 / 6.0);
    assert_close("wind", capacity(&model, &plan, "wind", 0).0, 1.0 / 6.0);
    assert_close("sun", capacity(&model, &plan, "sun", 0).0, 14.0 / 3.0);
    assert_close("land", said(&model, &plan, "land", "sum", "2030"), 150.0);
    assert_close(
        "a square kilometre",
        said(&model, &plan, "land", "price", "2030"),
        1.0 / 15.0,
    );
}

/// Coal at 1 MUSD/PJ takes 0.72 m3/MWh (0.2 million m3/PJ), gas at 3 takes 0.05 million m3/PJ. Of
/// 31.536 PJ coal makes c with 0.2 c + 0.05 (31.536 - c) = 3: a m3 less costs 2 / 0.15 USD. Written
/// in other units it is the same.
#[test]
fn water_in_any_unit() {
    let plants = [plant("coal", 2.0, 1.0, ""), plant("gas", 2.0, 3.0, "")].concat();
    let coal = (3.0 - 0.05 * GW_YEAR) / 0.15;
    for (unit, most, of_coal, of_gas) in [
        ("million m3", "3", "0.72, unit = \"m3/MWh\"", "0.05, unit = \"million m3/PJ\""),
        (
            "bcm/a",
            "3, unit = \"million m3/a\"",
            "0.2, unit = \"m3/GJ\"",
            "0.18, unit = \"m3/MWh\"",
        ),
    ] {
        let water = format!(
            "[constraints.water]\nunit = \"{unit}\"\nat_most = {{ value = {most} }}\n\
             terms.coal = {{ quantity = \"activity\", processes = [\"coal\"], weight = {{ value = \
             {of_coal} }} }}\nterms.gas = {{ quantity = \"output\", commodity = \"electricity\", \
             processes = [\"gas\"], weight = {{ value = {of_gas} }} }}\n"
        );
        let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plants, &water]);
        assert_close(unit, activity(&model, &plan, "coal", "land", 0), coal);
        let price = said(&model, &plan, "water", "price", "2030");
        let of_a_million = if unit == "bcm/a" { price / 1000.0 } else { price };
        assert_close("a million m3", of_a_million, 2.0 / 0.15);
    }
}

/// Gas at 4 must make half as much as wind and sun together, which cost 1 and 2; coal at 9 may
/// serve too. Wind gives 10 PJ, the rest is sun and a third gas: 21.024 of wind and sun, 10.512 of gas.
/// One PJ of demand more is 2/3 sun and 1/3 gas: 8/3. A PJ less of gas would be a PJ more of sun.
#[test]
fn one_sum_is_relative_to_another() {
    let wind = plant("wind", 2.0, 1.0, "max_activity = { value = 10, unit = \"PJ\" }");
    let plants = [&*wind, &plant("sun", 2.0, 2.0, ""), &plant("gas", 2.0, 4.0, "")].concat();
    let backup = "[constraints.backup]\nat_least = { 2030 = 0.5 }\n\
                  terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n\
                  relative_to.weather = { quantity = \"activity\", processes = [\"wind\", \"sun\"] }\n";
    let (model, plan) =
        solved(&[ONE_YEAR, DEMAND, &plants, &plant("coal", 2.0, 9.0, ""), backup]);
    assert_close("gas", activity(&model, &plan, "gas", "land", 0), GW_YEAR / 3.0);
    assert_close("price", power_price(&model, &plan, 0), 8.0 / 3.0);
    assert_close("gas and half", said(&model, &plan, "backup", "bound", "2030"), GW_YEAR / 3.0);
    assert_close("of a PJ", said(&model, &plan, "backup", "price", "2030"), 2.0 / 1.5);
}

/// Wind at 1 is twice the sun at 4, so together they cost 2, and less than gas at 3: all of it is
/// theirs. A PJ of wind beyond the ratio would save the price of the ratio: the sum of weights 1 and
/// -2 moves by one if wind rises by 1/3 and sun falls by as much, which saves 1. Plain weights are
/// ratios in any unit: a TWh is 3.6 PJ.
#[test]
fn a_sum_is_equal() {
    let plants =
        [plant("wind", 2.0, 1.0, ""), plant("sun", 2.0, 4.0, ""), plant("gas", 2.0, 3.0, "")];
    let ratio = "[constraints.ratio]\nunit = \"TWh\"\nequal = 0\n\
                 terms.wind = { quantity = \"activity\", processes = [\"wind\"] }\n\
                 terms.sun = { quantity = \"activity\", processes = [\"sun\"], weight = -2 }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plants.concat(), ratio]);
    assert_close("sun", activity(&model, &plan, "sun", "land", 0), GW_YEAR / 3.0);
    assert_close("cost", plan.solution.objective, 2.0 * GW_YEAR);
    assert_close("of a TWh", said(&model, &plan, "ratio", "price", "2030"), -3.6);
}

/// Coal may burn 400 PJ in 20 years, at an efficiency of a half: 200 PJ of electricity of 630.72. It
/// does not matter when. Then the fuel is banned from 2040 on: 10 years of half a PJ each of 40.
#[test]
fn a_quota_over_the_horizon_and_a_ban_from_a_year_on() {
    let coal = "[commodities.coal]\ntier = \"annual\"\n[resources.mine]\ncommodity = \"coal\"\n\
                cost = 1\n[processes.coal_plant]\ninput = \"coal\"\noutput = \"electricity\"\n\
                efficiency = 0.5\ncapacity = \"GW\"\nresidual_capacity = 2\n";
    let gas = plant("gas", 2.0, 5.0, "");
    let quota = "[constraints.quota]\nunit = \"PJ\"\nover = \"horizon\"\nat_most = 400\n\
                 terms.coal = { quantity = \"input\", commodity = \"coal\" }\n";
    let (model, plan) = solved(&[DECADES, DEMAND, coal, &gas, quota]);
    let all = 20.0 * GW_YEAR;
    assert_close("cost", plan.solution.objective, 400.0 + (all - 200.0) * 5.0);
    assert_close("of a PJ", said(&model, &plan, "quota", "price", "horizon"), 1.5);
    let ban = "[constraints.ban]\nunit = \"PJ\"\nat_most = { 2040 = 0 }\n\
               terms.coal = { quantity = \"input\", commodity = \"coal\" }\n";
    let (model, plan) = solved(&[DECADES, DEMAND, coal, &gas, quota, ban]);
    assert_close("2030", activity(&model, &plan, "coal_plant", "land", 0), 20.0);
    assert_close("2040", activity(&model, &plan, "coal_plant", "land", 1), 0.0);
}

/// The stock of wind was 1 GW in 2029, and grows by a fifth a year and 0.5 GW: 1.7 GW in 2030. Over
/// the next ten years it may grow to 1.7 x 1.2^10 + 0.5 (1.2^10 - 1) / 0.2. Wind saves money, so it
/// is as large as it may be; demand of 100 GW is served by gas otherwise.
#[test]
fn a_stock_grows() {
    let demand =
        "[commodities.electricity]\n[demands.electricity]\nland = { annual = 3153.6 }\n";
    let wind = built("wind", 20.0, "");
    let gas = "[processes.gas]\noutput = \"electricity\"\nvariable_cost = 1\n";
    let stock = "[constraints.stock]\nunit = \"MW\"\nstart = 1000\n\
                 growth = { rate = 0.2, seed = { value = 0.5, unit = \"GW\" } }\n\
                 terms.wind = { quantity = \"capacity\", processes = [\"wind\"] }\n";
    let (model, plan) = solved(&[DECADES, demand, &wind, gas, stock]);
    let tenfold = 1.2_f64.powi(10);
    assert_close("2030", capacity(&model, &plan, "wind", 0).0, 1.7);
    let later = 1.7 * tenfold + 0.5 * (tenfold - 1.0) / 0.2;
    assert_close("2040", capacity(&model, &plan, "wind", 1).0, later);
    assert_close("bound", said(&model, &plan, "stock", "bound", "2040"), 1000.0 * later);
}

/// Coal at 4, of 1 GW until 2049, would stop at once, where wind at 1 may come; but what
/// it makes may decline by a tenth a year: from 31.536 PJ in 2030 (all of it, while wind may not yet
/// be built) by 0.9^10 to 2040.
#[test]
fn an_activity_declines() {
    let wind = built(
        "wind",
        0.0,
        "variable_cost = 1\nmax_new_capacity = { 2039 = 0, 2040 = 10, unit = \"GW/a\" }",
    );
    let slow = "[constraints.slow]\ndecline = { rate = 0.1 }\n\
                terms.coal = { quantity = \"activity\", processes = [\"coal\"] }\n";
    let (model, plan) = solved(&[DECADES, DEMAND, &wind, &plant("coal", 1.0, 4.0, ""), slow]);
    let left = 0.9_f64.powi(10) * GW_YEAR;
    assert_close("2040", activity(&model, &plan, "coal", "land", 1), left);
    assert_close("sum", said(&model, &plan, "slow", "sum", "2040"), left);
    assert_close("bound", said(&model, &plan, "slow", "bound", "2040"), left);
    assert_close("of a PJ", said(&model, &plan, "slow", "price", "2040"), 3.0);
}

/// In winter (half of the year) gas may make 5 PJ; the rest of 15.768 PJ is oil at 9. In summer it
/// is free.
#[test]
fn a_weight_counts_one_season() {
    let seasons = "[time]\nyears = [2030]\n[[time.seasons]]\nname = \"winter\"\ndays = 182.5\n\
                   [[time.seasons]]\nname = \"summer\"\ndays = 182.5\n[finance]\n\
                   discount_rate = 0.0\n";
    let plants = [plant("gas", 2.0, 3.0, ""), plant("oil", 2.0, 9.0, "")].concat();
    let winter = "[constraints.winter]\nunit = \"PJ\"\nat_most = 5\nterms.gas = { quantity = \
                  \"output\", commodity = \"electricity\", processes = [\"gas\"], weight = { winter \
                  = 1, summer = 0 } }\n";
    let (model, plan) = solved(&[seasons, DEMAND, &plants, winter]);
    let half = GW_YEAR / 2.0;
    assert_close("gas", activity(&model, &plan, "gas", "land", 0), half + 5.0);
    assert_close("of a PJ", said(&model, &plan, "winter", "price", "2030"), 6.0);
    // in one slice half of it is winter
    let merged = kzleap_study::resolution::merge_slices(&model, 1).expect("slices are merged");
    let plan = kzleap_tests::solve(&merged);
    assert_close("merged", activity(&merged, &plan, "gas", "land", 0), 10.0);
}

/// Power is under a cap of 2 Mt and homes are not: of 31.536 PJ of electricity 20 are made of coal
/// (100 kt/PJ of electricity), the rest of gas, while homes emit what they like. A tonne costs 20
/// USD: a PJ of gas instead of coal costs 2 MUSD and saves 0.1 Mt.
#[test]
fn emissions_of_some_sectors() {
    let emits =
        "category = \"trading\"\nemissions = { co2 = { value = 100, unit = \"kt/PJ\" } }";
    let plants = [plant("coal", 2.0, 1.0, emits), plant("gas", 2.0, 3.0, "")].concat();
    let homes = "[emissions.co2]\n[commodities.heat]\n[demands.heat]\nland = { annual = 50 }\n\
                 [processes.stove]\noutput = \"heat\"\nvariable_cost = 1\n\
                 emissions = { co2 = { value = 200, unit = \"kt/PJ\" } }\n";
    let cap = "[constraints.trading]\nunit = \"Mt\"\nat_most = 2\nterms.power = { quantity = \
               \"emissions\", emission = \"co2\", categories = [\"trading\"] }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plants, homes, cap]);
    assert_close("coal", activity(&model, &plan, "coal", "land", 0), 20.0);
    assert_close("a tonne", said(&model, &plan, "trading", "price", "2030"), 20.0);
    let all =
        cap.replace("at_most = 2", "at_most = 11").replace(", categories = [\"trading\"]", "");
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plants, homes, &all]);
    assert_close("with homes", activity(&model, &plan, "coal", "land", 0), 10.0);
}

/// The same as a cap that covers some processes, and as a price on them: just below 20 USD/t all is
/// made of coal, just above it nothing is. Homes are in neither.
#[test]
fn caps_and_prices_cover_some_sectors() {
    let emits = |name: &str, factor| {
        format!(
            "category = \"{name}\"\nemissions = {{ co2 = {{ value = {factor}, unit = \"kt/PJ\" }} }}"
        )
    };
    let plants = [plant("coal", 2.0, 1.0, &emits("power", 100)), plant("gas", 2.0, 3.0, "")];
    let homes = "[emissions.co2]\ngas = \"co2\"\n[commodities.heat]\n[demands.heat]\n\
                 land = { annual = 50 }\n[processes.stove]\noutput = \"heat\"\nvariable_cost = 1\n\
                 emissions = { co2 = { value = 200, unit = \"kt/PJ\" } }\n";
    let plants = [plants.concat(), homes.to_owned()].concat();
    let cap = "[emission_caps.trading]\nemissions = { co2 = 1 }\ncategories = [\"power\"]\n\
               limit = 2\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plants, cap]);
    assert_close("coal", activity(&model, &plan, "coal", "land", 0), 20.0);
    assert_close("a tonne", plan.solution.emission_price[0][0], 20.0);
    let names: Vec<&str> = model.emissions.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["co2", "co2@trading"]);
    assert_close("all", plan.solution.emissions[(0, 0, 0)], 2.0 + 10.0);
    assert_close("covered", plan.solution.emissions[(1, 0, 0)], 2.0);
    for (price, coal) in [(19.0, GW_YEAR), (21.0, 0.0)] {
        let price = format!(
            "[emission_prices.trading]\nemissions = {{ co2 = 1 }}\nprocesses = [\"coal\"]\n\
             price = {price}\n"
        );
        let (model, plan) = solved(&[ONE_YEAR, DEMAND, &plants, &price]);
        assert_close("coal", activity(&model, &plan, "coal", "land", 0), coal);
        let names: Vec<&str> = model.emissions.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["co2", "co2@trading"], "the part is named after the rule");
    }
}

/// Of what is built in ten years, 0.05 GW a year, wind counts twice: at most 1 GW of points, so
/// 0.5 GW of wind. The table has it by calendar year.
#[test]
fn points_for_building() {
    let wind = built("wind", 10.0, "");
    let gas = "[processes.gas]\noutput = \"electricity\"\nvariable_cost = 5\n";
    let time = DECADES.replace("[2030, 2040]", "[2030]").replace("2049", "2039");
    let points = "[constraints.points]\nunit = \"1\"\nat_most = 0.1\nterms.wind = { quantity = \
                  \"new_capacity\", processes = [\"wind\"], weight = { value = 2, unit = \"1/(GW/a)\" } }\n";
    let (model, plan) = solved(&[&time, DEMAND, &wind, gas, points]);
    assert_close("wind", capacity(&model, &plan, "wind", 0).1, 0.5);
    assert_close("points", said(&model, &plan, "points", "sum", "2030"), 0.1);
}

/// Over the line 8 PJ may come from the sea, whatever goes back.
#[test]
fn a_quota_on_a_link() {
    let sea = "[regions.sea]\n[links.line]\nfrom = \"land\"\nto = \"sea\"\n\
               commodity = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 2\n\
               [processes.wind]\nregions = [\"sea\"]\noutput = \"electricity\"\nvariable_cost = 1\n\
               [processes.gas]\nregions = [\"land\"]\noutput = \"electricity\"\nvariable_cost = 5\n";
    let quota = "[constraints.quota]\nunit = \"PJ\"\nat_most = 8\nterms.line = { quantity = \
                 \"flow\", links = [\"line\"], direction = \"reverse\" }\n";
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, sea, quota]);
    assert_close("gas", activity(&model, &plan, "gas", "land", 0), GW_YEAR - 8.0);
    assert_close("of a PJ", said(&model, &plan, "quota", "price", "2030"), 4.0);
}

/// Two coasts with half of the demand each, and gas at 10.
const COASTS: &str = "[regions.sea]\n[region_levels.country.all]\nregions = [\"land\", \"sea\"]\n\
     [links.line]\nfrom = \"land\"\nto = \"sea\"\ncommodity = \"electricity\"\ncapacity = \"GW\"\n\
     residual_capacity = 5\n[commodities.electricity]\n[demands.electricity]\n\
     land = { annual = 15.768 }\nsea = { annual = 15.768 }\n[processes.gas]\n\
     output = \"electricity\"\nvariable_cost = 10\n";

/// Wind that takes so much land in each of two regions.
fn coastal(weight: &str) -> String {
    let wind = built("wind", 1000.0, "");
    format!(
        "{wind}[constraints.land]\nunit = \"Mm2\"\nat_most = 120\nterms.wind = {{ quantity = \
         \"capacity\", processes = [\"wind\"], weight = {weight} }}\n"
    )
}

fn country(model: &Model) -> Model {
    let country = Resolution { regions: Some("country".to_owned()), ..Resolution::default() };
    country.of(model.clone()).expect("the regions become one")
}

/// 120 Mm2 for 200 of each GW are 0.6 GW: 0.6 x 50 MUSD, and gas for 0.4 GW. It is the same of one
/// region, where wind is one; and where it takes 300 in one of them, it stays two. A flow that counts
/// stays too.
#[test]
fn regions_become_one_with_their_constraint() {
    let alike = read(&[ONE_YEAR, COASTS, &coastal("{ value = 200, unit = \"Mm2/GW\" }")]);
    let cost = 0.6 * 50.0 + 0.4 * GW_YEAR * 10.0;
    for model in [&alike, &country(&alike)] {
        let plan = kzleap_tests::solve(model);
        assert_close("cost", plan.solution.objective, cost);
        assert_close("land", said(model, &plan, "land", "sum", "2030"), 120.0);
    }
    assert_eq!(country(&alike).user_rows[0].terms.len(), 1);
    let weight = "{ land = 200, sea = 300, unit = \"Mm2/GW\" }";
    let apart = country(&read(&[ONE_YEAR, COASTS, &coastal(weight)]));
    let names: Vec<&str> = apart.processes.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["gas", "wind@land", "wind@sea"]);
    assert_close("cost", kzleap_tests::solve(&apart).solution.objective, cost);
    let quota = "[constraints.quota]\nunit = \"PJ\"\nat_most = 8\nterms.line = { quantity = \
                 \"flow\", links = [\"line\"] }\n";
    let counted = country(&read(&[ONE_YEAR, COASTS, quota]));
    assert_eq!(counted.links.len(), 1);
    assert_eq!(counted.user_rows[0].terms.len(), 2, "both ways");
}

/// What counts of the emissions of whole regions must count of all that become one.
#[test]
fn emissions_of_one_region_stay_apart() {
    let cap = "[emissions.co2]\n[constraints.cap]\nunit = \"Mt\"\nat_most = 1\nterms.sea = { \
               quantity = \"emissions\", emission = \"co2\", regions = [\"sea\"] }\n";
    let model = read(&[ONE_YEAR, COASTS, cap]);
    let country = Resolution { regions: Some("country".to_owned()), ..Resolution::default() };
    let found = country.of(model).expect_err("not one");
    let text = found.iter().map(|finding| finding.message.clone()).collect::<String>();
    let says = "the constraint `cap` counts the emissions of land and of sea differently";
    assert!(text.contains(says), "{text}");
}

/// A region in two parts has one constraint over both.
#[test]
fn parts_share_a_constraint() {
    let model = read(&[ONE_YEAR, COASTS, &coastal("{ value = 200, unit = \"Mm2/GW\" }")]);
    let part = |name: &str, share: f64| RegionPart {
        region: RegionIx::new(0),
        name: name.to_owned(),
        label: name.to_owned(),
        share,
        demands: Default::default(),
        owners: Default::default(),
    };
    let parts = vec![part("hill", 0.4), part("shore", 0.6)];
    let split = RegionSplit { parts, local: Vec::new() };
    let finer = split_regions(&model, &split).expect("it is split");
    assert_eq!(finer.user_rows[0].terms.len(), 3);
    let plan = kzleap_tests::solve(&finer);
    assert_close("cost", plan.solution.objective, 0.6 * 50.0 + 0.4 * GW_YEAR * 10.0);
}

/// Hours of one year keep the constraints of that year which speak of what is done in it.
#[test]
fn one_year_keeps_its_own_constraints() {
    let rules = "[constraints.each]\nunit = \"PJ\"\nat_most = { 2030 = 20, 2040 = 12 }\n\
                 terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n\
                 [constraints.all]\nunit = \"PJ\"\nover = \"horizon\"\nat_most = 500\n\
                 terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n\
                 [constraints.pace]\ndecline = { rate = 0.1 }\n\
                 terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n";
    let plants = [plant("gas", 2.0, 1.0, ""), plant("oil", 2.0, 3.0, "")].concat();
    let model = read(&[DECADES, DEMAND, &plants, rules]);
    let one = only_year(&model, YearIx::new(1));
    assert_eq!(one.user_rows.len(), 1);
    let plan = kzleap_tests::solve(&one);
    assert_close("gas", activity(&one, &plan, "gas", "land", 0), 12.0);
}

/// What is left of a sum by rounding is no capacity that goes out of service: all wind is younger than
/// its life.
#[test]
fn nothing_goes_out_of_service_by_rounding() {
    let wind = "[time]\nyears = [2030, 2035, 2040]\nhorizon_end = 2044\n[finance]\n\
        discount_rate = 0.05\n[commodities.electricity]\n[demands.electricity]\n\
        land = { annual = { 2030 = 144, 2040 = 216 } }\n[processes.gas]\n\
        output = \"electricity\"\nvariable_cost = 20\n[processes.wind]\n\
        output = \"electricity\"\ncapacity = \"GW\"\navailability = 0.35\n\
        capital_cost = 1400\nlife = 25\n[constraints.backup]\nat_least = 0.4\n\
        terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n\
        relative_to.wind = { quantity = \"activity\", processes = [\"wind\"] }\n\
        [constraints.stock]\nunit = \"GW\"\ngrowth = { rate = 0.2, seed = 0.1 }\nstart = 0.5\n\
        terms.wind = { quantity = \"capacity\", processes = [\"wind\"] }\n";
    let (model, plan) = solved(&[wind]);
    let accounts = Accounts::new(&model, &plan.solution);
    let k = model.capacities.position(|k| k.name == "wind").expect("wind");
    assert!(capacity(&model, &plan, "wind", 2).1 > 0.1, "it grows in the end too");
    for change in accounts.changes(k) {
        assert_eq!(change.natural, 0.0);
    }
}
