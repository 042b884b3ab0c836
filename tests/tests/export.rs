//! Native models as OSeMOSYS data: the same least cost, or a refusal that names what is lacking.

use kzleap_study::diagnostics::{Diagnostics, Sources, render};
use kzleap_study::model::Model;
use kzleap_study::osemosys::parameters::P;
use kzleap_study::osemosys::{Data, Options, export, read, to_model};
use kzleap_tests::by_hand::{DEMAND, TWO_DECADES, read as native};
use kzleap_tests::{assert_close, model, solve};

const YEARS: &str = "[time]\nyears = [2030, 2031, 2032]\nhorizon_end = 2032\n[finance]\n";

/// A plant to build beside an expensive contract for what it does not make.
fn plant(fields: &str) -> String {
    format!(
        "[processes.plant]\noutput = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = 1000\n\
         fixed_cost = 20\nvariable_cost = 2\n{fields}\n[processes.contract]\n\
         output = \"electricity\"\nvariable_cost = 60\n"
    )
}

fn exported(model: &Model) -> Data {
    export::from_model(model).unwrap_or_else(|what| panic!("{what:#?}"))
}

fn refusal(model: &Model) -> String {
    export::from_model(model).err().unwrap_or_default().join("\n")
}

/// The least cost of the folder that is written, as anybody reads it.
fn of_folder(data: &Data) -> f64 {
    let folder = tempfile::tempdir().expect("a folder can be made");
    export::write(data, folder.path()).expect("it can be written");
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let read = read(folder.path(), &Options::default(), &mut sources, &mut findings);
    for finding in &findings {
        println!("{}\n", render(finding, &sources));
    }
    solve(&to_model(&read.expect("files").expect("sound data")).model).solution.objective
}

fn assert_same_cost(what: &str, model: &Model) -> Data {
    let data = exported(model);
    assert_close(what, of_folder(&data), solve(model).solution.objective);
    data
}

/// At equal rates `CapitalCost` is the overnight cost to the digit: annuities up to the horizon
/// are worth it less the salvage value of a sinking fund.
#[test]
fn at_equal_rates_capital_cost_is_the_overnight_cost() {
    for (rate, life) in [("0.0", 20), ("0.05", 20), ("0.05", 2), ("0.12", 40)] {
        let rates = format!("discount_rate = {rate}\n");
        let parts = [YEARS, &rates, &plant(&format!("life = {life}")), DEMAND];
        let data = assert_same_cost("cost", &native(&parts));
        for y in 0..3 {
            assert_eq!(data.get(P::CapitalCost, &[0, 0, y]), 1000.0, "{rate}, {life}");
        }
        assert!(data.notes.is_empty(), "{:?}", data.notes);
    }
}

/// 10% over 10 of 20 years, discounted at 5%: the cost of financing is in `CapitalCost`, and
/// is reported.
#[test]
fn financing_stands_in_capital_cost() {
    let rates = "discount_rate = 0.05\ncost_of_capital = 0.1\nbase_year = 2025\n";
    let model = native(&[YEARS, rates, &plant("life = 20\neconomic_life = 10"), DEMAND]);
    let data = assert_same_cost("cost", &model);
    assert!(data.get(P::CapitalCost, &[0, 0, 0]) > 1000.0);
    assert!(data.notes.join("\n").contains("cost of capital"), "{:?}", data.notes);
}

/// Periods of ten years, with a price on emissions, a budget and a reserve of coal.
#[test]
fn periods_of_several_years_carry_their_weight() {
    let rules = "[commodities.coal]\ntier = \"annual\"\nemissions = { co2 = 100 }\n\
        [resources.mine]\ncommodity = \"coal\"\nreserve = 1200\ncost = 1\n\
        [processes.steam]\ninput = \"coal\"\noutput = \"electricity\"\nefficiency = 0.4\n\
        capacity = \"GW\"\nresidual_capacity = 1\n\
        [emissions.co2]\nprice = 10\nexogenous = { land = 0.5 }\n\
        [emission_caps.all]\nemissions = { co2 = 1 }\nbudget = 100\nfrom = 2030\nto = 2049\n";
    let model = native(&[TWO_DECADES, &plant("life = 20"), DEMAND, rules]);
    let data = assert_same_cost("cost", &model);
    assert!(data.notes.join("\n").contains("weight of all years"), "{:?}", data.notes);
    let short = native(&[TWO_DECADES, &plant("life = 15"), DEMAND]);
    assert!(refusal(&short).contains("`plant`: a life that ends within a period"));
}

/// Day and night, of unlike length and demand; coal from a mine comes when it is used, and goods
/// that are made by the year are made evenly.
#[test]
fn what_is_balanced_by_the_year_follows_the_slices() {
    let time = "[time]\nyears = [2030, 2031]\nhorizon_end = 2031\n[time.blocks]\nnight = 8\n\
                day = 16\n[finance]\ndiscount_rate = 0.05\n";
    let rest = "[commodities.coal]\ntier = \"annual\"\n[resources.mine]\ncommodity = \"coal\"\n\
        cost = 1\n[processes.steam]\ninput = \"coal\"\noutput = \"electricity\"\n\
        efficiency = 0.4\ncapacity = \"GW\"\nresidual_capacity = 0.5\n\
        [commodities.goods]\ntier = \"annual\"\n[processes.works]\ninput = \"coal\"\n\
        output = \"goods\"\nefficiency = 0.9\ncapacity = \"GW\"\ncapital_cost = 300\nlife = 5\n\
        availability = 0.8\n[demands.goods]\nland = { annual = 10 }\n\
        [commodities.electricity]\n[demands.electricity]\n\
        land = { annual = 31.536, profile = \"load\" }\n\
        [profiles.load]\nnight = 1\nday = 2\n";
    assert_same_cost("cost", &native(&[time, &plant("life = 20"), rest]));
    let charged = "[commodities.fuel]\ntier = \"annual\"\n[processes.cracker]\n\
        output = \"fuel\"\ncapacity = \"GW\"\nresidual_capacity = 9\n[processes.turbine]\n\
        input = \"fuel\"\noutput = \"electricity\"\nefficiency = 0.5\ncapacity = \"GW\"\n\
        residual_capacity = 1\n";
    let stored = native(&[time, &plant("life = 20"), rest, charged]);
    assert!(
        refusal(&stored).contains("`fuel`: balanced by season or year"),
        "{}",
        refusal(&stored)
    );
}

/// Land, a ratio, a ban and emissions of works become user-defined constraints: the cost stays, and each of
/// them binds or would.
#[test]
fn constraints_become_user_defined_ones() {
    let plants = "[emissions.co2]\n[processes.coal]\noutput = \"electricity\"\n\
        variable_cost = 1\nemissions = { co2 = 100 }\n\
        [processes.gas]\noutput = \"electricity\"\nvariable_cost = 3\n\
        emissions = { co2 = 50 }\n";
    let land = "[constraints.land]\nunit = \"Mm2\"\nat_most = { 2031 = 20 }\n\
        terms.plant = { quantity = \"capacity\", processes = [\"plant\"], \
        weight = { value = 40, unit = \"Mm2/GW\" } }\n";
    let backup = "[constraints.backup]\nat_least = 0.5\n\
        terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n\
        relative_to.plant = { quantity = \"output\", commodity = \"electricity\", \
        processes = [\"plant\"] }\n";
    let ban = "[constraints.ban]\nunit = \"Mt\"\nat_most = { 2030 = 2, 2032 = 0.5 }\n\
        terms.all = { quantity = \"emissions\", emission = \"co2\", \
        processes = [\"coal\", \"gas\"] }\n";
    let built = "[constraints.pace]\nunit = \"GW/a\"\nequal = 0.2\n\
        terms.new = { quantity = \"new_capacity\", processes = [\"plant\"] }\n";
    let rates = "discount_rate = 0.05\n";
    let costs: Vec<f64> = ["", land, backup, ban, built]
        .into_iter()
        .map(|rule| {
            let model = native(&[YEARS, rates, &plant("life = 20"), DEMAND, plants, rule]);
            assert_same_cost(rule, &model);
            solve(&model).solution.objective
        })
        .collect();
    for cost in &costs[3..] {
        assert!(*cost > costs[0] * 1.001, "the rule says something: {costs:?}");
    }
    let all = [land, backup, ban].concat();
    let model = native(&[YEARS, rates, &plant("life = 20"), DEMAND, plants, &all]);
    let data = assert_same_cost("all", &model);
    assert_eq!(data.get(P::UDCTag, &[0, 1]), 1.0);
}

/// Limits on several processes or capacities, and least use over a year, are sums too.
#[test]
fn limits_together_are_user_defined_constraints() {
    let plants = "[processes.coal]\noutput = \"electricity\"\ncapacity = \"GW\"\nvariable_cost = 1\n\
        residual_capacity = 0.5\n[processes.gas]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
        variable_cost = 3\nresidual_capacity = 0.3\n";
    let activity = "[activity_limits.fossil]\nprocesses = [\"coal\", \"gas\"]\n\
        max = { 2030 = 20, 2032 = 10, unit = \"PJ/a\" }\n";
    let capacity = "[capacity_limits.much]\nprocesses = [\"plant\", \"gas\"]\n\
        min = { 2030 = 0.8, 2032 = 1.1, unit = \"GW\" }\nmax = 1.5\n";
    let used = "annual_minimum_load = 0.9\n";
    let rates = "discount_rate = 0.05\n";
    let cost = |fields: &str, rule: &str| {
        let fields = plant(&format!("life = 20\n{fields}"));
        let model = native(&[YEARS, rates, &fields, DEMAND, plants, rule]);
        assert_same_cost(rule, &model);
        solve(&model).solution.objective
    };
    let free = cost("", "");
    let much = cost("", capacity);
    assert!(cost("", activity) > free * 1.001 && much > free * 1.001);
    assert!(cost(used, capacity) > much * 1.001, "the plant must run where coal is cheaper");
}

/// Interest and spending before service, lives that are no whole years, prices and caps on what some
/// processes emit: said, or refused, but never passed over.
#[test]
fn what_newer_words_say_is_said_or_refused() {
    let trading = "[emissions.co2]\n[processes.coal]\noutput = \"electricity\"\n\
        variable_cost = 1\nemissions = { co2 = 100 }\n[processes.gas]\n\
        output = \"electricity\"\nvariable_cost = 3\nemissions = { co2 = 50 }\n\
        [emission_prices.trading]\nemissions = { co2 = 1 }\nprocesses = [\"coal\"]\nprice = 30\n\
        [emission_caps.works]\nemissions = { co2 = 1 }\nprocesses = [\"gas\"]\nlimit = 1\n";
    let rates = "discount_rate = 0.05\n";
    for (what, fields, rest) in [
        ("lead time", "life = 20\nlead_time = 1\n", ""),
        ("spending", "life = 20\nspending = { 3 = 0.5, 1 = 0.5 }\n", ""),
        ("half a year", "life = 2.5\n", ""),
        ("trading", "life = 20\n", trading),
        ("least use", "life = 20\nresidual_capacity = 1\nannual_minimum_load = 0.2\n", ""),
    ] {
        let model = native(&[YEARS, rates, &plant(fields), DEMAND, rest]);
        match export::from_model(&model) {
            Ok(data) => {
                assert_close(what, of_folder(&data), solve(&model).solution.objective);
            }
            Err(refused) => println!("{what}: {refused:?}"),
        }
    }
}

/// What user-defined constraints of a region and a year cannot say.
#[test]
fn constraints_that_osemosys_lacks_are_named() {
    let of = |rule: &str| {
        let model =
            native(&[YEARS, "discount_rate = 0.05\n", &plant("life = 20"), DEMAND, rule]);
        refusal(&model)
    };
    let activity = "terms.one = { quantity = \"activity\", processes = [\"plant\"] }\n";
    for (rule, why) in [
        ("unit = \"PJ\"\nover = \"horizon\"\nat_most = 10\n", "a sum over the horizon"),
        (
            "unit = \"PJ\"\ngrowth = { rate = 0.1, seed = 1 }\n",
            "a pace against the year before",
        ),
        ("unit = \"PJ\"\nequal = { 2031 = 10 }\n", "`equal` in some of the years"),
    ] {
        let refused = of(&format!("[constraints.quota]\n{rule}{activity}"));
        assert!(refused.contains(&format!("constraint `quota`: {why}")), "{refused}");
    }
    let lives = "life = 20\nsurvival = { 0 = 1, 20 = 0.5 }\n";
    let model = native(&[YEARS, "discount_rate = 0.05\n", &plant(lives), DEMAND]);
    assert!(refusal(&model).contains("`plant`: a survival curve"), "{}", refusal(&model));
}

#[test]
fn what_osemosys_lacks_is_named() {
    let rates = "discount_rate = 0.05\n";
    let growing =
        plant("life = 20\ngrowth = { rate = 0.1, seed = 0.2 }\nearly_retirement = true");
    let refused = refusal(&native(&[YEARS, rates, &growing, DEMAND]));
    for what in ["how fast building speeds up", "early retirement"] {
        assert!(refused.contains(what), "{what} is not in\n{refused}");
    }
    let battery = refusal(&model("storage-day", None));
    assert!(battery.contains("storages"), "{battery}");
    let line = refusal(&model("two-regions", None));
    assert!(line.contains("`line`: a link"), "{line}");
}

/// Of the small models that come with the program, those that can be said cost the same.
#[test]
fn small_models_cost_the_same() {
    for name in ["two-plants", "heat-and-power"] {
        assert_same_cost(name, &model(name, None));
    }
}
