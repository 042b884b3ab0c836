//! Rules that follow the plan they are rules of: settled in rounds, then fixed.

use kzleap_accounts::Accounts;
use kzleap_study::model::SchemeIx;
use kzleap_study::{Given, Outcome, RunSpec, settle, settled as settle_run, solve};
use kzleap_tests::assert_close;
use kzleap_tests::by_hand::{ONE_YEAR, folder, read, settled, solved};

/// Coal (20 USD/GJ, 1 t/GJ, 14 PJ), gas (45, 0.4, 7 PJ) and wind (90, 4 PJ) for demand that is worth
/// 200 USD/GJ for 8 PJ, 60 for 2 and 42 for 2.
fn market() -> String {
    let plant = |name: &str, cost: u32, emits: u32, most: u32| {
        format!(
            "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
             emissions = {{ co2 = {emits} }}\nmax_activity = {{ value = {most}, unit = \"PJ\" }}\n"
        )
    };
    ONE_YEAR.to_owned()
        + "[commodities.electricity]\n[demands.electricity.land]\nannual = 12\n\
           steps.first = { amount = 8, worth = 200 }\nsteps.second = { amount = 2, worth = 60 }\n\
           steps.third = { amount = 2, worth = 42 }\n[emissions.co2]\n"
        + &plant("coal", 20, 1000, 14)
        + &plant("gas", 45, 400, 7)
        + &plant("wind", 90, 0, 4)
}

/// 7 Mt, of which each GJ is given 0.6 t.
fn scheme(credit: &str) -> String {
    format!(
        "[trading.ets]\nemissions = {{ co2 = 1 }}\nallowances = 7\n\
         [trading.ets.allocation.plants]\nprocesses = [\"coal\", \"gas\", \"wind\"]\n\
         benchmark = {{ value = 0.6, unit = \"t/GJ\" }}\n{credit}"
    )
}

/// The last demand is worth 42: coal at 20 with 1 t less 0.6 costs as much at 55 USD/t. Gas is full,
/// 4.2 PJ of coal are left of 7 Mt. What settled is the plan of the credit that is given.
#[test]
fn a_credit_at_its_own_price_is_the_one_that_one_would_give() {
    let (model, plan, settled) = settled(&[&market(), &scheme("")]);
    let credit = &settled.values["trading.ets.allocation.plants.credit"][&2030];
    assert_close("credit", *credit, 55.0);
    assert_close("price", plan.solution.trading[0].price[0], 55.0);
    assert!(settled.residual <= 1e-10 && settled.rounds < 60, "{settled}");
    let given = scheme("credit = { value = 55, unit = \"USD/t\" }\n");
    let (_, other) = solved(&[&market(), &given]);
    assert_close("objective", plan.solution.objective, other.solution.objective);
    let accounts = Accounts::new(&model, &plan.solution);
    assert_close("system cost", accounts.system_cost(), 4.2 * 20.0 + 7.0 * 45.0);
}

/// 9 Mt in the first year and 2 in the next, where gas alone emits 5.2: some are kept. A reserve takes a quarter
/// of what is held where that is above 1 Mt, and both years emit what is left.
#[test]
fn a_reserve_takes_by_what_the_plan_holds() {
    let plants =
        market().replace("value = 14,", "value = 10,").replace("value = 7,", "value = 8,");
    let plants = plants
        .split("[demands.electricity.land]")
        .next()
        .map(|head| head.replace("years = [2030]", "years = [2030, 2031]\nhorizon_end = 2031"))
        .unwrap()
        + "[demands.electricity]\nland = { annual = 10 }\n[emissions.co2]\n"
        + plants.split("[emissions.co2]\n").nth(1).unwrap();
    let amount = |name: &str, value: f64| {
        format!("stability.{name} = {{ value = {value}, unit = \"Mt\" }}\n")
    };
    let scheme = "[trading.ets]\nemissions = { co2 = 1 }\nallowances = { 2030 = 9, 2031 = 2 }\n\
                  bank = {}\nstability.take = 0.25\n"
        .to_owned() + &amount("above", 1.0);
    let (model, plan, settled) = settled(&[&plants, &scheme]);
    let accounts = Accounts::new(&model, &plan.solution);
    let years: Vec<_> = accounts.trading(SchemeIx::new(0)).into_iter().flatten().collect();
    assert_close("taken", years[1].reserved, 0.25 * years[0].bank);
    assert_close("issued", years[1].issued, 2.0 - years[1].reserved);
    let moved = settled.values["trading.ets.stability"][&2031];
    assert_close("kept in the manifest", moved, years[1].reserved);
    let emitted = years[0].covered + years[1].covered;
    assert_close("in all", emitted, 11.0 - years[1].reserved);
}

/// A run keeps what settled, and gives the same program again from that alone.
#[test]
fn a_run_gives_what_settled_again() {
    let folder = folder(&[&market(), &scheme("")]);
    let spec = RunSpec { model: folder.path().to_owned(), ..RunSpec::default() };
    let given = Given::open(&spec);
    let (read, spec) = settle_run(&given, given.read(&spec), &spec, &Default::default());
    let Outcome::Plan(plan) = solve(&read, &spec, &Default::default()) else { panic!() };
    assert!(plan.certified());
    let said = &read.input.defaults;
    assert!(
        said.iter().any(|one| one.value.starts_with("2030: 55.000000 (settled in ")),
        "{said:?}"
    );
    let again = Given::open(&spec).read(&spec);
    let Outcome::Plan(same) = solve(&again, &spec, &Default::default()) else { panic!() };
    assert_eq!(plan.digest, same.digest);
}

/// A model without such rules is left as it is.
#[test]
fn nothing_is_settled_where_nothing_follows() {
    let mut model = read(&[&market()]);
    assert_eq!(settle(&mut model, &Default::default(), Default::default()).unwrap(), None);
}
