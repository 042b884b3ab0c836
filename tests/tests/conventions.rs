//! What is burnt, when demand is met, and what a storage holds: small models solved by hand.
//!
//! One region. Costs are in MUSD/PJ, without discounting.

use kzleap_accounts::Accounts;
use kzleap_study::resolution::Resolution;
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, plant, read_with_findings, solved};
use kzleap_tests::{activity, assert_close};

/// Coal of 100 kt/PJ at 1 MUSD/PJ, and a plant that burns two of it for each of electricity.
const COAL: &str = "[emissions.co2]\n[commodities.coal]\ntier = \"annual\"\n\
                    emissions = { co2 = 100 }\n[resources.mine]\ncommodity = \"coal\"\ncost = 1\n\
                    [processes.plant]\ninput = \"coal\"\noutput = \"electricity\"\n\
                    efficiency = 0.5\n";
/// A day of two halves.
const HALVES: &str = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
                      discount_rate = 0.0\n";
/// 2 GW of sun by day at no cost, and a plant for the rest at 1.
const SUN: &str = "[processes.sun]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                   residual_capacity = 2\navailability = { night = 0, day = 1 }\n";

/// Mt that the plan emits of the first emission.
fn emitted(plan: &kzleap_study::Plan) -> f64 {
    plan.solution.emissions.iter().sum()
}

/// What uses 50 PJ of coal in a row of the energy balance, at a profit of 2 MUSD/PJ.
fn sold(name: &str, flow: &str, more: &str) -> String {
    format!(
        "[processes.{name}]\nflow = \"{flow}\"\ninput = \"coal\"\nactivity_of = \"input\"\n\
         variable_cost = -3\nmax_activity = {{ value = 50, unit = \"PJ/a\" }}\n{more}\n"
    )
}

/// The plant burns 2 · 31.536 PJ: 6.3072 Mt. 150 PJ more leave the country, fill the tanks of
/// ships or are lost, and under a cap of 7 Mt and a price of 100 USD/t all that pays is sold:
/// what is burnt abroad or nowhere neither counts nor pays.
#[test]
fn what_leaves_or_is_lost_is_not_burnt() {
    let rules = "[emission_caps.land]\nemissions = { co2 = 1 }\nlimit = { 2030 = 7 }\n";
    let price = COAL.replace("[emissions.co2]", "[emissions.co2]\nprice = 100");
    let sales: String =
        ["export", "bunkers", "losses"].map(|flow| sold(flow, flow, "")).concat();
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, &price, &sales, rules]);
    assert_close("emitted", emitted(&plan), 6.3072);
    assert_close("cost", plan.solution.objective, 2.0 * GW_YEAR + 630.72 - 150.0 * 2.0);
    assert_close("sold", activity(&model, &plan, "export", "land", 0), 50.0);
}

/// The same 50 PJ used at home are burnt (5 Mt); of those exported only what the mine lets out
/// counts, stated as an emission of its own: 2 kt/PJ, 0.1 Mt.
#[test]
fn what_is_used_at_home_is_burnt() {
    for (flow, expected) in [("final/works", 5.0), ("export", 0.1)] {
        let own = if flow == "export" { "emissions = { co2 = 2 }" } else { "" };
        let (_, plan) = solved(&[ONE_YEAR, DEMAND, COAL, &sold("sale", flow, own)]);
        assert_close(flow, emitted(&plan), 6.3072 + expected);
    }
}

/// A network in the row of losses passes nine tenths on to users who burn them; what goes into it
/// counts as before, wherever in the chain its fuel bears the emission: 40 / 0.9 · 0.1 Mt.
#[test]
fn what_passes_through_losses_is_burnt() {
    let network = "[commodities.coal_at_home]\n[demands.coal_at_home]\nland = { annual = 40 }\n\
                   [processes.network]\nflow = \"losses\"\ninput = \"coal\"\n\
                   output = \"coal_at_home\"\nefficiency = 0.9\n";
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, COAL, network]);
    assert_close("emitted", emitted(&plan), 6.3072 + 4.0 / 0.9);
}

/// 1 GW on average. Even over the year, half of it is by night, when there is no sun; met at any
/// time, all of it is met by day for nothing.
#[test]
fn a_demand_without_a_profile_is_even() {
    for (profile, expected) in [
        ("", GW_YEAR / 2.0),
        (", profile = \"flat\"", GW_YEAR / 2.0),
        (", profile = \"flexible\"", 0.0),
    ] {
        let demand = DEMAND.replace(" }", &format!("{profile} }}"));
        let (_, plan) = solved(&[HALVES, &demand, SUN, &plant("gas", 2.0, 1.0, "")]);
        assert_close(profile, plan.solution.objective, expected);
    }
}

/// The same for a branch, on what is balanced by season: rivers flow in 73 of 365 days, a fifth of
/// the year, so that four fifths of 31.536 PJ are paid for.
#[test]
fn a_branch_without_a_profile_is_even_over_seasons() {
    let time = "[time]\nyears = [2030]\n[[time.seasons]]\nname = \"wet\"\ndays = 73\n\
                [[time.seasons]]\nname = \"dry\"\ndays = 292\n[finance]\ndiscount_rate = 0.0\n";
    let branch = "[commodities.electricity]\ntier = \"season\"\n[branches.homes]\n\
                  commodity = \"electricity\"\nannual = 31.536\n";
    let river = SUN.replace("night = 0, day = 1", "wet = 1, dry = 0").replace("= 2\n", "= 9\n");
    for (profile, expected) in [("", 0.8 * GW_YEAR), ("profile = \"flexible\"\n", 0.0)] {
        let branch = format!("{branch}{profile}");
        let (_, plan) = solved(&[time, &branch, &river, &plant("gas", 2.0, 1.0, "")]);
        assert_close(profile, plan.solution.objective, expected);
    }
}

/// The peak that a margin takes where none is given is that of the demand as it is met: 1 GW of an
/// even one, so a margin of a half asks for half a GW more: 10 MUSD a year and GW.
#[test]
fn a_reserve_takes_a_demand_without_a_profile_as_even() {
    let rule = "[reserve_margins.land]\ncommodity = \"electricity\"\nmargin = 0.5\n\
                [processes.peaker]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                capital_cost = 100\nvariable_cost = 9\nlife = 10\n";
    let gas = plant("gas", 1.0, 1.0, "");
    let (_, plan) = solved(&[HALVES, DEMAND, &gas, rule]);
    assert_close("cost", plan.solution.objective, GW_YEAR + 0.5 * 10.0);
}

/// 1 GW and 3 hours, of which discharging loses half: the evening of 3 hours at 1 GW is met whole.
/// An evening of 4 hours is met for 3 of them; the last of each day is bought, 365 · 3.6e-3 PJ.
#[test]
fn hours_of_a_storage_are_hours_of_full_output() {
    for (hours, bought) in [(3.0, 0.0), (4.0, 365.0 * 3.6e-3)] {
        let time = format!(
            "[time]\nyears = [2030]\n[time.blocks]\nrest = {}\nevening = {hours}\n[finance]\n\
             discount_rate = 0.0\n[commodities.electricity]\n[demands.electricity]\n\
             land = {{ annual = {}, profile = \"load\" }}\n[profiles.load]\nrest = 0\n\
             evening = 1\n",
            24.0 - hours,
            365.0 * 3.6e-3 * hours,
        );
        let sun = SUN.replace("night = 0, day = 1", "rest = 1, evening = 0");
        let battery = "[storages.battery]\ncommodity = \"electricity\"\ncycle = \"day\"\n\
                       hours = 3\ndischarge_efficiency = 0.5\nresidual_capacity = 1\n";
        let (_, plan) = solved(&[&time, &sun, battery, &plant("gas", 2.0, 1.0, "")]);
        assert_close("bought", plan.solution.objective, bought);
    }
}

/// Gas of 50 kt/PJ at 1, demanded directly.
const GAS: &str = "[emissions.co2]\n[commodities.gas]\ntier = \"annual\"\n\
                   emissions = { co2 = 50 }\n[resources.wells]\ncommodity = \"gas\"\ncost = 1\n";

/// Users burn 100 PJ: 5 Mt. A price of 20 USD/t on them is 100 MUSD, beside 100 MUSD of gas.
#[test]
fn demand_for_a_fuel_burns_it() {
    let gas = GAS.replace("[emissions.co2]", "[emissions.co2]\nprice = 20");
    let (model, plan) = solved(&[ONE_YEAR, &gas, "[demands.gas]\nland = { annual = 100 }\n"]);
    assert_close("emitted", emitted(&plan), 5.0);
    assert_close("cost", plan.solution.objective, 100.0 + 100.0);
    assert_close("costs", Accounts::new(&model, &plan.solution).total_cost(), 200.0);
}

/// Of five demands of 10 PJ each one is burnt: not what is a feedstock, sold abroad, bunkered or
/// lost. A row that is merely named so, without the field, is burnt too: 2 · 0.5 Mt.
#[test]
fn demand_that_is_not_burnt_emits_nothing() {
    let branch = |name: &str, more: &str| {
        format!("[branches.{name}]\ncommodity = \"gas\"\nannual = 10\n{more}\n")
    };
    let branches = [
        branch("homes", "flow = \"final/households\""),
        branch("works", "flow = \"final/non-energy use\""),
        branch("ammonia", "flow = \"final/works\"\nnon_energy_use = true"),
        branch("abroad", "flow = \"export\""),
        branch("ships", "parent = \"sea\""),
        "[branches.sea]\nflow = \"bunkers\"\n".to_owned(),
        branch("leak", "flow = \"losses/pipes\""),
    ];
    let direct = "[demands.gas]\nland = { annual = 10, non_energy_use = true }\n";
    let (model, plan) = solved(&[ONE_YEAR, GAS, &branches.concat(), direct]);
    assert_close("emitted", emitted(&plan), 1.0);
    let rows = kzleap_report::tables::emissions::sheet(&Accounts::new(&model, &plan.solution))
        .to_csv();
    assert!(rows.contains("co2,land,,final/households,Mt/a,2030,0.5\n"), "{rows}");
    assert!(rows.contains("co2,land,,final/non-energy use,Mt/a,2030,0.5\n"), "{rows}");
    let tree =
        kzleap_report::tables::demand_tree::branches(&Accounts::new(&model, &plan.solution))
            .to_csv();
    assert!(tree.contains("ammonia,,land,gas,true,PJ/a,2030,10\n"), "{tree}");
    assert!(tree.contains("works,,land,gas,false,PJ/a,2030,10\n"), "{tree}");
}

/// A sector that says it is non-energy use burns nothing of what goes into it, by a process (90 PJ
/// into 45 of ammonia), a branch or a demand, but for the 10 PJ that say they are burnt: 0.5 Mt.
/// Without its kind the name of the sector says nothing, and all 10 + 10 + 90 PJ are burnt.
#[test]
fn a_sector_of_non_energy_use_burns_nothing() {
    let sector = "[sectors.feedstock]\nkind = \"non_energy_use\"\n";
    let uses = "[branches.bitumen]\ncommodity = \"gas\"\nannual = 10\nflow = \"final/feedstock\"\n\
                [branches.flare]\ncommodity = \"gas\"\nannual = 10\n\
                flow = \"final/feedstock/flares\"\nnon_energy_use = false\n\
                [commodities.ammonia]\ntier = \"annual\"\n[processes.reformer]\ninput = \"gas\"\n\
                output = \"ammonia\"\nefficiency = 0.5\nflow = \"final/feedstock\"\n\
                [demands.ammonia]\nland = { annual = 45 }\n";
    let (_, plan) = solved(&[ONE_YEAR, GAS, uses, sector]);
    assert_close("emitted", emitted(&plan), 0.5);
    let (_, plan) = solved(&[ONE_YEAR, GAS, uses]);
    assert_close("emitted", emitted(&plan), 5.5);
}

/// Going without gas costs 3 MUSD/PJ. Half of the demand is a feedstock, so each PJ that goes
/// unserved takes off half a burnt one: 25 kt. Under a cap of 2 Mt of 2.5, 20 of 100 PJ go
/// unserved at 3 in place of 1, and a tonne less allowed costs 2 / 25 kt = 80 USD.
#[test]
fn what_is_unserved_is_not_burnt() {
    let gas = GAS.replace("emissions = {", "unserved_cost = 3\nemissions = {");
    let rest = "[demands.gas]\nland = { annual = 50 }\n[branches.ammonia]\ncommodity = \"gas\"\n\
                annual = 50\nnon_energy_use = true\n[emission_caps.land]\n\
                emissions = { co2 = 1 }\nlimit = { 2030 = 2 }\n";
    let (model, plan) = solved(&[ONE_YEAR, &gas, rest]);
    assert_close("emitted", emitted(&plan), 2.0);
    assert_close("cost", plan.solution.objective, 80.0 + 20.0 * 3.0);
    assert_close("price", plan.solution.emission_price[0][0], 80.0);
    let served = plan.solution.served(&model);
    assert_close("served", served[0][0] + served[1][0], 80.0);
}

/// A demand of 100 PJ burns 5 Mt, which a cap of 4 Mt forbids. Either repair is enough: a cap
/// higher by 1 Mt, or demand lower by 20 PJ.
#[test]
fn a_cap_below_what_demand_burns_is_explained() {
    let rest = "[demands.gas]\nland = { annual = 100 }\n[emission_caps.land]\n\
                emissions = { co2 = 1 }\nlimit = { 2030 = 4 }\n";
    let (model, findings) = read_with_findings(&[ONE_YEAR, GAS, rest]);
    assert!(findings.contains("cap-below-demand"), "{findings}");
    let why = kzleap_study::explain(&model, kzleap_study::solver::Control::default());
    let why = why.expect("it can be explained");
    let texts: Vec<String> =
        why.repairs.iter().flatten().map(kzleap_study::Repair::text).collect();
    assert_eq!(
        texts,
        [
            "raise emission cap land 2030 by 1 Mt/a from 4 to 5",
            "lower demand of gas in land 2030 by 20 PJ from 100 to 80"
        ]
    );
}

/// Users in two regions burn 10 PJ each of gas of 50 and of 60 kt/PJ: 1.1 Mt, of which the
/// statistic of the nation has all. With both regions together it is the same.
#[test]
fn demand_of_regions_together_burns_as_much() {
    let gas = GAS.replace("co2 = 50", "co2 = { land = 50, sea = 60 }");
    let rest = "[regions.sea]\n[region_levels.national.country]\nregions = [\"land\", \"sea\"]\n\
                [demands.gas]\nland = { annual = 10 }\n[branches.boats]\ncommodity = \"gas\"\n\
                regions = [\"sea\"]\nflow = \"final/transport\"\nannual = 10\n";
    let statistic = |name: &str, flows: &str| {
        format!(
            "[statistics.{name}]\nquantity = \"emissions\"\nemission = \"co2\"\n{flows}\n\
             year = 2030\nvalue = 1\nunit = \"Mt\"\ntolerance = 0.1\n"
        )
    };
    let all = statistic("all", "");
    let boats = statistic("boats", "flows = [\"final/transport\"]");
    let (model, plan) = solved(&[ONE_YEAR, &gas, rest, &all, &boats]);
    let nation = Resolution {
        regions: Some("national".to_owned()),
        slices: None,
        ..Resolution::default()
    };
    let merged = nation.of(model.clone()).expect("they are alike");
    let together = kzleap_tests::solve(&merged);
    for (model, plan) in [(&model, &plan), (&merged, &together)] {
        assert_close("emitted", emitted(plan), 1.1);
        let accounts = Accounts::new(model, &plan.solution);
        let compared = accounts.calibration();
        assert_close("all", compared[0].plan, 1.1);
        // those of a part of what became one are left out
        assert!(compared.get(1).is_none_or(|boats| (boats.plan - 0.6).abs() < 1e-9));
    }
}
