//! Trading schemes solved apart from us, over years: banking, borrowing, phases, limits on what is
//! held, floors and ceilings, penalties. `POLICY` picks one by its name, such as `P12`.
//!
//! The oracles lie beside the repository, in `../shared/oracles/policy`; where they do not, the test
//! says so and passes.

use kzleap_tests::by_hand::settled;
use kzleap_tests::oracle::{Read, agrees, compare, number, oracle};
use kzleap_tests::outside::{close, oracles};

/// Coal, gas and wind for 10 PJ a year, with interest of 5 % a year.
const FIRST: i32 = 2030;
const RATE: f64 = 0.05;

fn system(years: i32) -> String {
    let all: Vec<String> = (FIRST..FIRST + years).map(|year| year.to_string()).collect();
    format!(
        "[time]\nyears = [{}]\nhorizon_end = {}\n[finance]\ndiscount_rate = {RATE}\n\
         [commodities.electricity]\n[demands.electricity]\nland = {{ annual = 10 }}\n\
         [emissions.co2]\n\
         [processes.coal]\noutput = \"electricity\"\nvariable_cost = 20\n\
         emissions = {{ co2 = 1000 }}\nmax_activity = {{ value = 10, unit = \"PJ\" }}\n\
         [processes.gas]\noutput = \"electricity\"\nvariable_cost = 45\n\
         emissions = {{ co2 = 400 }}\nmax_activity = {{ value = 8, unit = \"PJ\" }}\n\
         [processes.wind]\noutput = \"electricity\"\nvariable_cost = 90\n\
         max_activity = {{ value = 4, unit = \"PJ\" }}\n",
        all.join(", "),
        FIRST + years - 1
    )
}

/// A scheme of all emissions with allowances by year, and its options.
fn scheme(issued: &[f64], options: &str) -> String {
    let by_year: Vec<String> =
        (FIRST..).zip(issued).map(|(year, issued)| format!("{year} = {issued}")).collect();
    format!(
        "[trading.ets]\nemissions = {{ co2 = 1 }}\nallowances = {{ {} }}\n{options}",
        by_year.join(", ")
    )
}

fn with_scheme(issued: &[f64], options: &str) -> String {
    system(i32::try_from(issued.len()).expect("few years")) + &scheme(issued, options)
}

/// What is not used may be kept.
const KEPT: &str = "bank = {}\n";

/// A case with its name, its model, and what is in the names of rows and columns that have no counterpart.
type Case = (&'static str, &'static str, String, &'static [&'static str]);

fn cases() -> Vec<Case> {
    let first = [9.5, 4.0, 8.0, 8.0];
    let phases = [9.0, 9.0, 4.0, 4.0];
    let falling = [8.0, 6.0, 4.0];
    let rising = [4.0, 6.0, 8.0];
    let held = |most: f64| format!("bank.limit = {{ value = {most}, unit = \"Mt\" }}\n");
    let owed =
        |most: f64| format!("{KEPT}borrowing.limit = {{ value = {most}, unit = \"Mt\" }}\n");
    let free = format!("{KEPT}borrowing = {{}}\n");
    let budget = "[emission_caps.all]\nemissions = { co2 = 1 }\nbudget = 18\n";
    vec![
        ("P12", "banking", with_scheme(&first, KEPT), &[]),
        ("P12", "no_banking", with_scheme(&first, ""), &[]),
        ("P13", "holding_limit", with_scheme(&first, &held(0.5)), &[]),
        ("P13", "two_phases", with_scheme(&phases, "bank.phases = [2031]\n"), &[]),
        ("P13", "one_phase", with_scheme(&phases, KEPT), &[]),
        ("P14", "none", with_scheme(&rising, KEPT), &[]),
        ("P14", "one", with_scheme(&rising, &owed(1.0)), &[]),
        ("P14", "free", with_scheme(&rising, &free), &[]),
        ("P15", "yearly", with_scheme(&falling, ""), &[]),
        ("P15", "banking", with_scheme(&falling, KEPT), &[]),
        ("P15", "budget", system(3) + budget, &["budget"]),
        ("P15", "banking_and_borrowing", with_scheme(&falling, &free), &[]),
        ("P18", "free_banking", collared(KEPT), &[]),
        ("P18", "at_most_1_Mt", collared(&held(1.0)), &[]),
        ("P28", "without_reserve", with_scheme(&[9.0, 9.0, 6.0, 2.0], KEPT), &[]),
        ("P34", "scheme", with_scheme(&[7.0, 7.0], KEPT), &[]),
        ("P34", "coal_limit", limited(&[7.0, 7.0]), &[]),
        ("P34", "and_cancelled", limited(&[7.0, 5.8]), &[]),
        ("P47", "ends_it", penalty(false, ""), &[]),
        ("P47", "make_good", penalty(true, KEPT), &[]),
        ("P47", "ends_it_with_banking", penalty(false, KEPT), &[]),
    ]
}

/// Allowances that nobody wants at 45 USD/t are withheld, and more are sold at 60.
fn collared(bank: &str) -> String {
    let options = format!(
        "{bank}auction.floor = {{ value = 45, unit = \"USD/t\" }}\n\
         tranches.extra.price = 60\n"
    );
    with_scheme(&[9.5, 6.0, 3.0], &options)
}

/// Coal may make 3 PJ in 2030.
fn limited(issued: &[f64]) -> String {
    let limit = "[constraints.coal]\nunit = \"PJ\"\nat_most = { 2030 = 3, 2031 = 10 }\n\
                 terms.coal = { quantity = \"activity\", processes = [\"coal\"] }\n";
    with_scheme(issued, KEPT) + limit
}

/// 20 USD for a tonne not covered in 2030, and more than one pays in 2031.
fn penalty(make_good: bool, bank: &str) -> String {
    let options = format!(
        "{bank}[trading.ets.penalty]\nprice = {{ 2030 = 20, 2031 = 1000 }}\n\
         make_good = {make_good}\n"
    );
    with_scheme(&[3.0, 8.0], &options)
}

#[test]
fn schemes_over_years_agree_with_what_was_solved_apart_from_us() {
    let Some(folder) = oracles("policy") else { return };
    let picked = std::env::var("POLICY").ok();
    for (study, name, model, left_out) in cases() {
        if picked.as_deref().is_none_or(|picked| picked == study) {
            let case = &oracle(&folder, study)["cases"][name];
            compare(&format!("{study} {name}"), (&model, RATE), case, left_out, &[]);
        }
    }
}

/// A reserve takes 24 % of what is held above 2 Mt at the end of the year before, and gives up to
/// 0.4 Mt back where less than 0.5 is held. Each round moves it by a quarter of the one before.
#[test]
fn a_stability_reserve_settles_in_rounds() {
    let Some(folder) = oracles("policy") else { return };
    let oracle = oracle(&folder, "P28");
    let amount = |name: &str, value: f64| {
        format!("stability.{name} = {{ value = {value}, unit = \"Mt\" }}\n")
    };
    let reserve = amount("above", 2.0) + &amount("below", 0.5) + &amount("give", 0.4);
    let options = format!("{KEPT}{reserve}stability.take = 0.24\n");
    let text = with_scheme(&[9.0, 9.0, 6.0, 2.0], &options);
    let (model, plan, settled) = settled(&[&text]);
    let moved = settled.values["trading.ets.stability"].values();
    let wanted = oracle["expected"]["moves"].as_array().expect("moves");
    for (found, wanted) in moved.zip(wanted) {
        assert!(close(*found, number(wanted)), "{found}, must be {wanted}");
    }
    assert!(settled.rounds < 30 && settled.residual < 1e-9, "{settled:?}");
    agrees("P28 settled", &Read { model: &model, plan: &plan, rate: RATE }, &oracle, &[], &[]);
}
