//! What an investment costs: annuities in the middle of each year, worth the overnight cost.

use kzleap_tests::by_hand::{DEMAND, solved};
use kzleap_tests::{assert_close, capacity, model};

/// A plant of 1000 USD/kW for a demand of 1 GW from 2025 to 2044.
fn plant(rates: &str, fields: &str) -> String {
    format!(
        "[time]\nyears = [2025]\nhorizon_end = 2044\n[finance]\n{rates}\n[processes.plant]\n\
         output = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = 1000\n{fields}\n"
    )
}

/// Power at so many USD/GJ without any capacity, as under a contract.
fn contract(cost: f64) -> String {
    format!("[processes.contract]\noutput = \"electricity\"\nvariable_cost = {cost}\n")
}

/// At equal rates 20 annuities are worth the 1000 MUSD of overnight cost, paid at the start of
/// 2025, whatever the rate. Their sum at 8% is 20 payments of 98.007 MUSD: a contract of 100 MUSD
/// a year (worth 1020.33 MUSD) is left, one of 97 (worth 989.72) is taken.
#[test]
fn at_equal_rates_annuities_are_worth_the_overnight_cost() {
    for rate in [0.0, 0.05, 0.08, 0.3] {
        let plant = plant(&format!("discount_rate = {rate:?}"), "life = 20");
        assert_close("cost", solved(&[&plant, DEMAND]).1.solution.objective, 1000.0);
    }
    let plant = plant("discount_rate = 0.08", "life = 20");
    let beside = |musd: f64| {
        let (model, plan) = solved(&[&plant, &contract(musd / 31.536), DEMAND]);
        (plan.solution.objective, capacity(&model, &plan, "plant", 0).1)
    };
    let (cost, built) = beside(100.0);
    assert_close("cost beside an expensive contract", cost, 1000.0);
    assert_close("built", built, 1.0);
    let (cost, built) = beside(97.0);
    assert_close("cost beside a cheap contract", cost, 989.721_854_5);
    assert_close("not built", built, 0.0);
}

/// Investors ask for 10%: 0.117460 MUSD a year for each paid at the ends of 20 years, which is
/// 0.111994 in the middle of them. Society counts 1276.9966 / 100 such payments at 5%.
#[test]
fn investors_who_ask_for_more_make_it_more_expensive() {
    let rates = "discount_rate = 0.05\ncost_of_capital = 0.1";
    let (_, plan) = solved(&[&plant(rates, "life = 20"), DEMAND]);
    assert_close("cost", plan.solution.objective, 111.993_357_97 * 12.769_965_58);
    // at 3% against 5% it is cheaper than paid at once
    let rates = "discount_rate = 0.05\ncost_of_capital = 0.03";
    let (_, plan) = solved(&[&plant(rates, "life = 20"), DEMAND]);
    assert_close("cost", plan.solution.objective, 66.229_604_65 * 12.769_965_58);
}

/// Of a life of 40 years the first 20 are paid: (1 - 1.05^-20) / (1 - 1.05^-40) of the 1000
/// MUSD. Paid within 15 years it costs all of them, though it stands for 40.
#[test]
fn a_life_beyond_the_horizon_is_paid_to_its_end() {
    let (_, plan) = solved(&[&plant("discount_rate = 0.05", "life = 40"), DEMAND]);
    assert_close("cost", plan.solution.objective, 726.274_702_8);
    let paid_early = plant("discount_rate = 0.05", "life = 40\neconomic_life = 15");
    assert_close("cost", solved(&[&paid_early, DEMAND]).1.solution.objective, 1000.0);
}

/// Without interest it is 50 MUSD a year, as a fixed cost of 50 USD/kW would be: 20 of them are
/// worth 638.50 MUSD at 5%.
#[test]
fn without_interest_an_annuity_is_like_a_fixed_cost() {
    let rates = "discount_rate = 0.05\ncost_of_capital = 0.0";
    let annuity = solved(&[&plant(rates, "life = 20"), DEMAND]).1.solution.objective;
    let fixed =
        plant(rates, "life = 20\nfixed_cost = 50").replace("cost = 1000", "cost = 1e-6");
    let fixed = solved(&[&fixed, DEMAND]).1.solution.objective;
    assert_close("cost", annuity, 638.498_279);
    assert_close("the same money as a fixed cost", fixed, annuity);
}

/// Plants, both parts of storages, links and devices alike: at equal rates and an economic life
/// of five years each investment of the whole model is worth its overnight cost at the start of
/// its year.
#[test]
fn whatever_is_built_is_paid_in_the_same_way() {
    let mut model = model("kazakhstan", None);
    let last = model.time.years.iter().map(|year| year.last).max().expect("there are years");
    let discount_rate = model.finance.discount_rate.clone();
    let mut seen = Vec::new();
    for k in model.capacities.ixs() {
        let capacity = &mut model.capacities[k];
        let (name, rate) = (capacity.name.clone(), discount_rate[capacity.region.get()]);
        let Some(investment) = &mut capacity.investment else { continue };
        (investment.economic_life, investment.cost_of_capital) = (5.0, rate);
        investment.interest = 0.0; // what construction adds has a test of its own
        let overnight_cost = investment.overnight_cost.clone();
        for (y, overnight) in model.time.years.ixs().zip(overnight_cost) {
            let first = model.time.years[y].first;
            if first + 4 <= last {
                let since = f64::from(first - model.finance.base_year);
                let expected = overnight * (1.0 + rate).powf(-since);
                assert_close(&name, model.investment_present_value(k, y), expected);
            }
        }
        seen.push(k);
    }
    assert!(
        model.processes.iter().any(|process| seen.iter().any(|k| process.capacity == Some(*k)))
    );
    assert!(model.storages.iter().any(|storage| seen.contains(&storage.capacity)));
    assert!(model.links.iter().any(|link| seen.iter().any(|k| link.capacity == Some(*k))));
}
