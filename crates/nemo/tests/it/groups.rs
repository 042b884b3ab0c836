//! Trade, groups, shares, targets and emission limits, none of which a case of NEMO's suite binds.
//!
//! Two regions need 1 GW (31.536 PJ) each in the one year 2020. Coal costs 1 to run and emits 1 a
//! PJ, wind costs 3; capacity costs nothing unless a test says so. With coal alone: 63.072.

use kzleap_nemo::{NemoOptions, read};

use crate::scenario::Scenario;
use crate::solving::solve;

const GW_YEAR: f64 = 31.536;

fn two_regions() -> Scenario {
    let scenario = Scenario::new(&[2020]);
    scenario.execute(
        "insert into REGION values ('there'); insert into FUEL values ('power', 1);
         insert into TECHNOLOGY values ('coal'), ('wind'); insert into EMISSION values ('co2');
         insert into REGIONGROUP values ('both');
         insert into RRGroup(rg, r) values ('both', 'here'), ('both', 'there');
         insert into TECHNOLOGYGROUP values ('plants');
         insert into TTGroup(tg, t) values ('plants', 'coal'), ('plants', 'wind');
         insert into OutputActivityRatio
             select null, r.val, t.val, 'power', 'run', '2020', 1 from REGION r, TECHNOLOGY t;
         insert into VariableCost select null, val, 'coal', 'run', '2020', 1 from REGION;
         insert into VariableCost select null, val, 'wind', 'run', '2020', 3 from REGION;
         insert into EmissionActivityRatio
             select null, val, 'coal', 'co2', 'run', '2020', 1 from REGION;
         insert into RETagTechnology select null, val, 'wind', '2020', 1 from REGION;
         insert into SpecifiedAnnualDemand select null, val, 'power', '2020', 31.536 from REGION;",
    );
    scenario
}

/// The cost of both regions after a change; `None` if there is no plan.
fn cost(sql: &str) -> Option<f64> {
    let scenario = two_regions();
    scenario.execute(sql);
    let reading = read(&scenario.path);
    let findings: Vec<_> = reading.diagnostics.iter().map(|d| d.message.clone()).collect();
    let data = reading.data.unwrap_or_else(|| panic!("{findings:?}"));
    let options = NemoOptions::default();
    let outcome = solve(&data, &options).ok()?;
    Some(outcome.total_discounted_cost())
}

#[track_caller]
fn assert_cost(sql: &str, expected: f64) {
    let found = cost(sql);
    let close = found.is_some_and(|found| (found - expected).abs() < 1e-6);
    assert!(close, "{found:?}, by hand {expected}: {sql}");
}

#[test]
fn coal_alone() {
    assert_cost("", 2.0 * GW_YEAR);
}

#[test]
fn trade_goes_from_the_region_of_the_row() {
    let no_plants = "delete from OutputActivityRatio where r = 'there';";
    assert!(cost(no_plants).is_none());
    let route = |from: &str, to: &str| {
        format!(
            "{no_plants} insert into TradeRoute values (null, '{from}', '{to}', 'power', '2020', 1);"
        )
    };
    assert_cost(&route("here", "there"), 2.0 * GW_YEAR);
    assert!(cost(&route("there", "here")).is_none(), "that would be the other direction");
}

#[test]
fn a_target_for_renewables() {
    assert_cost(
        "insert into REMinProductionTarget values (null, 'here', 'power', '2020', 0.25)",
        (2.0 + 0.25 * 2.0) * GW_YEAR,
    );
    // over both regions, where wind is only in one
    assert_cost(
        "insert into REMinProductionTargetRG values (null, 'both', 'power', '2020', 0.25);
         delete from OutputActivityRatio where r = 'here' and t = 'wind';",
        (2.0 + 2.0 * 0.25 * 2.0) * GW_YEAR,
    );
    assert!(
        cost(
            "insert into REMinProductionTargetRG values (null, 'both', 'power', '2020', 0.75);
             delete from OutputActivityRatio where r = 'here' and t = 'wind';
             insert into TotalAnnualMaxCapacity values (null, 'there', 'wind', '2020', 1);",
        )
        .is_none(),
        "1 GW of wind is at most half"
    );
}

#[test]
fn shares_of_a_technology() {
    assert_cost(
        "insert into MinShareProduction values (null, 'here', 'wind', 'power', '2020', 0.4)",
        (2.0 + 0.4 * 2.0) * GW_YEAR,
    );
    assert_cost(
        "insert into MaxShareProduction values (null, 'there', 'coal', 'power', '2020', 0.7)",
        (2.0 + 0.3 * 2.0) * GW_YEAR,
    );
}

#[test]
fn limits_on_a_group_of_regions() {
    // 1.2 GW of coal in both together
    assert_cost(
        "insert into TotalAnnualMaxCapacityRG values (null, 'both', 'coal', '2020', 1.2)",
        (2.0 + 0.8 * 2.0) * GW_YEAR,
    );
    assert_cost(
        "insert into TotalAnnualMaxCapacityInvestmentRG values (null, 'both', 'coal', '2020', 1.2)",
        (2.0 + 0.8 * 2.0) * GW_YEAR,
    );
    // capacity that is not needed costs 10, of which 9 of 10 years are left
    let expensive = "insert into CapitalCost select null, val, 'wind', '2020', 10 from REGION;";
    for table in ["TotalAnnualMinCapacityRG", "TotalAnnualMinCapacityInvestmentRG"] {
        let sql =
            format!("{expensive} insert into {table} values (null, 'both', 'wind', '2020', 3)");
        assert_cost(&sql, 2.0 * GW_YEAR + 3.0);
    }
}

#[test]
fn limits_on_a_group_of_technologies() {
    for table in ["TotalAnnualMaxCapacityTG", "TotalAnnualMaxCapacityInvestmentTG"] {
        let limit = |gw: f64| {
            cost(&format!("insert into {table} values (null, 'here', 'plants', '2020', {gw})"))
        };
        assert!(limit(0.9).is_none(), "1 GW is needed");
        assert!(limit(1.0).is_some());
    }
    // both cost 10 to build, so 1 GW beyond what is needed costs 1
    let expensive = "insert into CapitalCost
        select null, 'here', val, '2020', 10 from TECHNOLOGY;";
    for table in ["TotalAnnualMinCapacityTG", "TotalAnnualMinCapacityInvestmentTG"] {
        let sql = format!(
            "{expensive} insert into {table} values (null, 'here', 'plants', '2020', 2)"
        );
        assert_cost(&sql, 2.0 * GW_YEAR + 2.0);
    }
}

#[test]
fn limits_and_prices_of_emissions() {
    for limit in [
        "insert into AnnualEmissionLimit values (null, 'here', 'co2', '2020', 21.536)",
        "insert into ModelPeriodEmissionLimit values (null, 'here', 'co2', 21.536)",
        "insert into AnnualEmissionLimit values (null, 'here', 'co2', '2020', 26.536);
         insert into AnnualExogenousEmission values (null, 'here', 'co2', '2020', 5)",
        "insert into ModelPeriodEmissionLimit values (null, 'here', 'co2', 26.536);
         insert into ModelPeriodExogenousEmission values (null, 'here', 'co2', 5)",
    ] {
        assert_cost(limit, 2.0 * GW_YEAR + 10.0 * 2.0);
    }
    let price = |price: f64| {
        cost(&format!(
            "insert into EmissionsPenalty values (null, 'here', 'co2', '2020', {price})"
        ))
    };
    assert!((price(1.5).unwrap() - 3.5 * GW_YEAR).abs() < 1e-6, "coal for 2.5 a PJ");
    assert!((price(4.0).unwrap() - 4.0 * GW_YEAR).abs() < 1e-6, "wind for 3");
}

#[test]
fn limits_on_activity() {
    assert_cost(
        "insert into TotalTechnologyAnnualActivityLowerLimit
             values (null, 'here', 'wind', '2020', 10)",
        2.0 * GW_YEAR + 20.0,
    );
    assert_cost(
        "insert into TotalTechnologyModelPeriodActivityUpperLimit
             values (null, 'here', 'coal', 21.536)",
        2.0 * GW_YEAR + 20.0,
    );
}

#[test]
fn a_subsidy_from_budgets() {
    // wind costs 10 to build, 1 after salvage; it must stand for 1 GW in each region. 4 of the
    // 10 may be paid, 0.4 after salvage, but the region's budget has 3: 0.3
    let sql = "insert into CapitalCost select null, val, 'wind', '2020', 10 from REGION;
        insert into TotalAnnualMinCapacity select null, val, 'wind', '2020', 1 from REGION;
        insert into TechnologySubsidy values (null, 'here', 'wind', '2020', 4);";
    assert_cost(sql, 2.0 * GW_YEAR + 2.0 - 0.4);
    for budget in [
        "MaxSubsidyPerRegion values (null, 'here', '2020', 3)",
        "MaxSubsidyPerTechnology values (null, 'here', 'wind', '2020', 3)",
        "MaxSubsidyPerTechnologyGroup values (null, 'here', 'plants', '2020', 3)",
    ] {
        assert_cost(&format!("{sql} insert into {budget}"), 2.0 * GW_YEAR + 2.0 - 0.3);
    }
}
