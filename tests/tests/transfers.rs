//! Taxes and subsidies beside the resources that a plan uses: what one pays and another receives.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_tests::by_hand::{DEMAND, TWO_DECADES, plant, solved};
use kzleap_tests::{assert_close, model, solve};

/// Coal at 1 and gas at 3 USD/GJ, which emit 100 and 40 kt/PJ.
fn coal_and_gas() -> String {
    let coal = plant("coal", 1.0, 1.0, "emissions = { co2 = 100 }");
    coal + &plant("gas", 1.0, 3.0, "emissions = { co2 = 40 }")
}

/// Gas instead of coal saves 60 kt for 2 MUSD, 33.3 USD/t: at a tax of 40 USD/t gas makes all
/// 31.536 PJ, for 94.608 MUSD a year, and 1.26144 Mt pay 50.4576 MUSD. Under a cap of 1.26144 Mt
/// the plan is the same, and so is its cost to all.
#[test]
fn a_tax_and_the_cap_that_lead_to_the_same_plan_cost_the_same() {
    let [taxed, capped] = [
        "[emissions.co2]\nprice = 40\n",
        "[emissions.co2]\n[emission_caps.land]\nemissions = { co2 = 1 }\nlimit = 1.26144\n",
    ]
    .map(|instrument| solved(&[TWO_DECADES, DEMAND, &coal_and_gas(), instrument]));
    // twenty years at 5%, paid in the middle of each
    let twenty = 12.769_965_581_503_97;
    let [of_taxed, of_capped] =
        [&taxed, &capped].map(|(model, plan)| Accounts::new(model, &plan.solution));
    for accounts in [&of_taxed, &of_capped] {
        assert_close("system cost", accounts.system_cost(), 94.608 * twenty);
    }
    assert_eq!(of_capped.transfers(), []);
    let transfers = of_taxed.transfers();
    assert_eq!(
        transfers.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
        [CostKind::EmissionPrice]
    );
    assert_close("tax paid", transfers[0].1, 50.4576 * twenty);
    assert_close("minimised", taxed.1.solution.objective, (94.608 + 50.4576) * twenty);
    // what the tax brings in, by region and year
    let revenue = of_taxed.costs().iter().filter(|cost| cost.kind.is_transfer());
    let revenue: Vec<(usize, f64)> = revenue.map(|cost| (cost.year, cost.amount)).collect();
    assert_eq!(revenue.iter().map(|(year, _)| *year).collect::<Vec<_>>(), [0, 1]);
    for (_, amount) in revenue {
        assert_close("revenue of a year", amount, 50.4576);
    }
}

/// Money of one kind in each year of a period, MUSD a year.
fn yearly(model: &Model, plan: &Plan, kind: CostKind, year: usize) -> f64 {
    Accounts::new(model, &plan.solution)
        .annual_costs()
        .iter()
        .filter(|cost| cost.kind == kind && cost.year == year)
        .map(|cost| cost.value)
        .sum()
}

/// A GW of wind makes a GW the year round: 1000 MUSD over 20 years at 5% are 78.3087 MUSD in the
/// middle of each, with 10 MUSD to keep it 88.3087, and saves 63.072 MUSD of gas: 25.24 missing.
/// The fund's 400 USD/kW take 31.32 MUSD a year off, so that wind is built as far as its 10 MUSD
/// a year go: 100 / 400 = 0.25 GW for each decade.
///
/// In the first decade 0.25 GW cost 19.5772 of capital, 2.5 to keep them, and gas 47.304 MUSD a
/// year; 100 MUSD of the fund take 7.83087 off. In the second it is 0.5 GW.
#[test]
fn a_subsidy_over_two_periods_with_interest() {
    let (model, plan) = solved(&[
        TWO_DECADES,
        DEMAND,
        &plant("gas", 1.0, 2.0, ""),
        "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = 1000\n\
         fixed_cost = 10\nlife = 20\n[subsidies.fund]\nprocesses = [\"wind\"]\n\
         rate = { value = 400, unit = \"USD/kW\" }\n\
         annual_budget = { value = 10, unit = \"MUSD/a\" }\n",
    ]);
    let annuity = 0.05 / (1.0 - 1.05_f64.powi(-20)) / 1.05_f64.sqrt();
    assert_close("an annuity", annuity, 0.078_308_747);
    let present = |from: i32, to: i32| -> f64 {
        (from..=to).map(|year| 1.05_f64.powf(-(f64::from(year - 2030) + 0.5))).sum()
    };
    let decades = [present(2030, 2039), present(2040, 2049)];
    let (mut system, mut subsidies) = (0.0, 0.0);
    for (year, (built, present)) in [0.25, 0.5].into_iter().zip(decades).enumerate() {
        let expected = [
            (CostKind::Investment, 1000.0 * built * annuity),
            (CostKind::Fixed, 10.0 * built),
            (CostKind::Variable, 63.072 * (1.0 - built)),
            (CostKind::Subsidy, -400.0 * built * annuity),
        ];
        for (kind, value) in expected {
            assert_close(kind.name(), yearly(&model, &plan, kind, year), value);
            *(if kind.is_transfer() { &mut subsidies } else { &mut system }) += value * present;
        }
    }
    let accounts = Accounts::new(&model, &plan.solution);
    assert_close("system cost", accounts.system_cost(), system);
    let transfers = accounts.transfers();
    assert_eq!(transfers.len(), 1);
    assert_close("subsidies", transfers[0].1, subsidies);
    assert_close("minimised", plan.solution.objective, system + subsidies);
    // money spent on building is what is built costs, whoever pays
    let spent: Vec<f64> = (accounts.costs().iter())
        .filter(|cost| cost.kind == CostKind::Investment)
        .map(|cost| cost.amount)
        .collect();
    assert_close("built in the first decade", spent[0], 250.0);
    assert_close("built in the second", spent[1], 250.0);
}

/// Of every model of the repository system cost and transfers add up to what is minimised, and
/// where nothing is paid at the end but annuities and costs of years, the yearly figures weighted
/// by their years' present values do so too.
#[test]
fn system_cost_and_transfers_add_up_to_what_is_minimised() {
    for (name, scenario) in [
        ("two-plants", None),
        ("two-plants", Some("no-cap")),
        ("heat-and-power", None),
        ("milestone-periods", None),
        ("steel-and-travel", None),
        ("storage-day", None),
        ("two-regions", None),
    ] {
        let model = model(name, scenario);
        let solution = solve(&model).solution;
        let accounts = Accounts::new(&model, &solution);
        let transfers: f64 = accounts.transfers().iter().map(|(_, value)| value).sum();
        assert_close(name, accounts.system_cost() + transfers, solution.objective);
        let yearly = accounts.annual_costs().iter().map(|cost| {
            let year = kzleap_study::model::YearIx::new(cost.year);
            cost.value * model.flow_present_value(cost.region, year)
        });
        assert_close(name, yearly.sum(), solution.objective);
    }
}
