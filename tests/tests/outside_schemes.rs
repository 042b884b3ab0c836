//! Trading schemes solved apart from us, over years: banking, borrowing, phases, limits on what is
//! held, floors and ceilings, penalties. `POLICY` picks one by its name, such as `P12`.
//!
//! A permit that is kept is one that was not used: all that is emitted up to a year is at most what
//! was issued until then. So each is a budget of our format, or several. The oracles lie beside the
//! repository, in `../shared/oracles/policy`; where they do not, the test says so and passes.

use kzleap_tests::by_hand::solved;
use kzleap_tests::oracle::{compare, number, oracle};
use kzleap_tests::outside::{close, oracles};

/// Coal, gas and wind for 10 PJ a year, with interest of 5 % a year.
const FIRST: i32 = 2030;
const RATE: f64 = 0.05;

fn system(years: i32) -> String {
    let all: Vec<String> = (FIRST..FIRST + years).map(|year| year.to_string()).collect();
    format!(
        "[time]\nyears = [{}]\nhorizon_end = {}\n[finance]\ndiscount_rate = {RATE}\n\
         [commodities.electricity]\n[demands.electricity]\nland = {{ annual = 10 }}\n\
         [emissions.co2]\n[emissions.permits]\nunit = \"Mt\"\n\
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

/// Years from and to, by position, and the Mt that may be emitted in them.
#[derive(Clone)]
struct Budget(usize, usize, f64);

fn budgets(all: &[Budget], weights: &str) -> String {
    let year = |at: usize| FIRST + i32::try_from(at).expect("few years");
    let budget = |Budget(from, to, most): &Budget| {
        let (from, to) = (year(*from), year(*to));
        format!(
            "[emission_caps.from_{from}_to_{to}]\nemissions = {{ {weights} }}\n\
             budget = {most}\nfrom = {from}\nto = {to}\n"
        )
    };
    all.iter().map(budget).collect()
}

/// Each year for itself.
fn yearly(issued: &[f64]) -> Vec<Budget> {
    issued.iter().enumerate().map(|(y, most)| Budget(y, y, *most)).collect()
}

/// What is left of a year may be used later, from the first year `from` on.
fn kept(issued: &[f64], from: usize) -> Vec<Budget> {
    let until = |y: usize| issued[from..=y].iter().sum();
    (from..issued.len()).map(|y| Budget(from, y, until(y))).collect()
}

/// At most `most` is held at the end of a year: whatever years one takes, what is emitted in them is
/// at most what is issued in them, and that.
fn kept_at_most(issued: &[f64], most: f64) -> Vec<Budget> {
    let mut all = kept(issued, 0);
    for from in 1..issued.len() {
        let within = kept(issued, from).into_iter();
        all.extend(within.map(|Budget(from, to, of)| Budget(from, to, of + most)));
    }
    all
}

/// The account may stand below zero by `most`, but not in the end.
fn borrowed(issued: &[f64], most: f64) -> Vec<Budget> {
    let last = issued.len() - 1;
    let all = kept(issued, 0).into_iter();
    all.map(|Budget(from, to, of)| Budget(from, to, if to < last { of + most } else { of }))
        .collect()
}

/// A case with its name, its model, and what is in the names of rows and columns that have no counterpart.
type Case = (&'static str, &'static str, String, &'static [&'static str]);

/// Columns and rows of the account itself, which is no column with us.
const ACCOUNT: &[&str] = &["bank"];

fn cases() -> Vec<Case> {
    let scheme =
        |years: i32, budgets_: &[Budget]| system(years) + &budgets(budgets_, "co2 = 1");
    let first = [9.5, 4.0, 8.0, 8.0];
    let phases = [9.0, 9.0, 4.0, 4.0];
    let falling = [8.0, 6.0, 4.0];
    let rising = [4.0, 6.0, 8.0];
    let two_phases = [&kept(&phases[..2], 0)[..], &kept(&phases, 2)[..]].concat();
    vec![
        ("P12", "banking", scheme(4, &kept(&first, 0)), ACCOUNT),
        ("P12", "no_banking", scheme(4, &yearly(&first)), &[]),
        ("P13", "holding_limit", scheme(4, &kept_at_most(&first, 0.5)), ACCOUNT),
        ("P13", "two_phases", scheme(4, &two_phases), ACCOUNT),
        ("P13", "one_phase", scheme(4, &kept(&phases, 0)), ACCOUNT),
        ("P14", "none", scheme(3, &borrowed(&rising, 0.0)), ACCOUNT),
        ("P14", "one", scheme(3, &borrowed(&rising, 1.0)), ACCOUNT),
        ("P14", "free", scheme(3, &[Budget(0, 2, 18.0)]), ACCOUNT),
        ("P15", "yearly", scheme(3, &yearly(&falling)), &[]),
        ("P15", "banking", scheme(3, &kept(&falling, 0)), ACCOUNT),
        ("P15", "budget", scheme(3, &[Budget(0, 2, 18.0)]), &["budget"]),
        ("P15", "banking_and_borrowing", scheme(3, &[Budget(0, 2, 18.0)]), ACCOUNT),
        ("P18", "free_banking", collared(&|issued| kept(issued, 0)), ACCOUNT),
        ("P18", "at_most_1_Mt", collared(&|issued| kept_at_most(issued, 1.0)), ACCOUNT),
        ("P28", "without_reserve", scheme(4, &kept(&[9.0, 9.0, 6.0, 2.0], 0)), ACCOUNT),
        ("P34", "scheme", scheme(2, &kept(&[7.0, 7.0], 0)), ACCOUNT),
        ("P34", "coal_limit", limited(&[7.0, 7.0]), ACCOUNT),
        ("P34", "and_cancelled", limited(&[7.0, 5.8]), ACCOUNT),
        ("P47", "ends_it", penalty("co2 = 1, permits = 1", false), ACCOUNT),
        ("P47", "make_good", penalty("co2 = 1", true), ACCOUNT),
        ("P47", "ends_it_with_banking", penalty("co2 = 1, permits = 1", true), ACCOUNT),
    ]
}

/// Permits that nobody wants at 45 USD/t are withheld, and more are sold at 60.
fn collared(account: &dyn Fn(&[f64]) -> Vec<Budget>) -> String {
    let issued = [9.5, 6.0, 3.0];
    let auction = "[commodities.permit]\nunit = \"Mt\"\ntier = \"annual\"\n\
         [processes.withheld]\ninput = \"permit\"\nactivity_of = \"input\"\n\
         variable_cost = { value = -45, unit = \"USD/t\" }\n\
         emissions = { permits = { value = 1, unit = \"t/t\" } }\n\
         [resources.auction]\ncommodity = \"permit\"\ncost = { value = 0, unit = \"USD/t\" }\n\
         free = \"permits are issued\"\nmax = { 2030 = 9.5, 2031 = 6, 2032 = 3, unit = \"Mt/a\" }\n\
         [commodities.more]\nunit = \"Mt\"\ntier = \"annual\"\n\
         [processes.extra]\noutput = \"more\"\nvariable_cost = { value = 60, unit = \"USD/t\" }\n\
         emissions = { permits = { value = -1, unit = \"t/t\" } }\n\
         [processes.surrender]\ninput = \"more\"\nactivity_of = \"input\"\n";
    system(3) + auction + &budgets(&account(&issued), "co2 = 1, permits = 1")
}

/// Coal may make 3 PJ in 2030.
fn limited(issued: &[f64]) -> String {
    let limit = "[constraints.coal]\nunit = \"PJ\"\nat_most = { 2030 = 3, 2031 = 10 }\n\
                 terms.coal = { quantity = \"activity\", processes = [\"coal\"] }\n";
    system(2) + limit + &budgets(&kept(issued, 0), "co2 = 1")
}

/// 20 USD for a tonne not covered in 2030; what is weighed in the end says whether it must be made
/// good.
fn penalty(weights: &str, keeps: bool) -> String {
    let short = "[commodities.uncovered]\nunit = \"Mt\"\ntier = \"annual\"\n\
         [processes.short]\noutput = \"uncovered\"\n\
         variable_cost = { value = 20, unit = \"USD/t\" }\n\
         emissions = { permits = { value = -1, unit = \"t/t\" } }\n\
         max_activity = { 2030 = 100, 2031 = 0, unit = \"Mt\" }\n\
         [processes.fined]\ninput = \"uncovered\"\nactivity_of = \"input\"\n";
    let second = if keeps { Budget(0, 1, 11.0) } else { Budget(1, 1, 8.0) };
    let first = budgets(&[Budget(0, 0, 3.0)], "co2 = 1, permits = 1");
    system(2) + short + &first + &budgets(&[second], weights)
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
/// 0.4 Mt back where less than 0.5 is held. That is a condition on the plan and no row: it is solved
/// with what is issued by the rule, until that no longer moves. Each round moves it by a quarter of
/// the one before.
#[test]
fn a_stability_reserve_settles_in_rounds() {
    let Some(folder) = oracles("policy") else { return };
    let oracle = oracle(&folder, "P28");
    let issued = [9.0, 9.0, 6.0, 2.0];
    let mut moved = [0.0; 4];
    for _ in 0..15 {
        let now: Vec<f64> =
            issued.iter().zip(moved).map(|(issued, moved)| issued - moved).collect();
        let text = system(4) + &budgets(&kept(&now, 0), "co2 = 1");
        let (_, plan) = solved(&[&text]);
        let emitted =
            plan.solution.emissions.index_axis(ndarray::Axis(0), 0).sum_axis(ndarray::Axis(0));
        let (mut bank, mut stock) = (0.0, 0.0);
        for y in 0..4 {
            moved[y] = if bank > 2.0 {
                0.24 * bank
            } else if bank < 0.5 {
                -f64::min(0.4, stock)
            } else {
                0.0
            };
            stock += moved[y];
            bank += now[y] - emitted[y];
        }
    }
    let wanted = oracle["expected"]["moves"].as_array().expect("moves");
    for (found, wanted) in moved.iter().zip(wanted) {
        assert!(close(*found, number(wanted)), "{moved:?}, must be {wanted:?}");
    }
    let now: Vec<f64> =
        issued.iter().zip(moved).map(|(issued, moved)| issued - moved).collect();
    let text = system(4) + &budgets(&kept(&now, 0), "co2 = 1");
    compare("P28 settled", (&text, RATE), &oracle, ACCOUNT, &[]);
}
