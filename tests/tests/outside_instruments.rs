//! Instruments of policy solved apart from us, in one year: offsets, linked schemes, thresholds, the
//! reform of subsidies, charges at a border, standards, premiums. `POLICY` picks one by its name.
//!
//! The oracles lie beside the repository, in `../shared/oracles/policy`; where they do not, the test
//! says so and passes.

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::model::{Model, SchemeIx};
use kzleap_tests::by_hand::{ONE_YEAR, settled, solved};
use kzleap_tests::oracle::{Read, compare, number, oracle};
use kzleap_tests::outside::{close, oracles};

/// A plant with its cost in USD/GJ, what it emits in Mt/PJ, and the most it makes.
fn plant(name: &str, cost: f64, emits: f64, most: f64) -> String {
    format!(
        "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
         emissions = {{ co2 = {} }}\nmax_activity = {{ value = {most}, unit = \"PJ\" }}\n",
        1000.0 * emits
    )
}

/// 10 PJ of coal, gas and wind.
fn system(coal: f64) -> String {
    ONE_YEAR.to_owned()
        + "[commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
           [emissions.co2]\n"
        + &plant("coal", 20.0, 1.0, coal)
        + &plant("gas", 45.0, 0.4, 8.0)
        + &plant("wind", 90.0, 0.0, 4.0)
}

/// A scheme of 7 Mt beside a tax on the same emissions.
fn taxed(tax: u32) -> String {
    let scheme = "[trading.all]\nemissions = { co2 = 1 }\nallowances = 7\n";
    system(10.0).replace("[emissions.co2]\n", &format!("[emissions.co2]\nprice = {tax}\n"))
        + scheme
}

fn cap(limit: f64) -> String {
    format!("[emission_caps.all]\nemissions = {{ co2 = 1 }}\nlimit = {limit}\n")
}

/// A case: its oracle and name, its model, what of theirs has no counterpart, and which rows of theirs
/// are constraints of ours.
struct Case(
    &'static str,
    &'static str,
    String,
    &'static [&'static str],
    &'static [&'static str],
);

fn cases() -> Vec<Case> {
    let capped = || system(10.0) + &cap(7.0);
    let mut cases = vec![
        // grandfathered, by benchmark or auctioned: allocation by what was moves money alone
        Case("P24", "cap", capped(), &[], &[]),
        Case("P25", "cap", capped(), &[], &[]),
        Case("P38", "before", system(14.0), &[], &[]),
        Case("P38", "after", system(14.0) + &cap(7.0), &[], &[]),
        Case("P43", "cap", capped(), &[], &[]),
        Case("P43", "standard", system(10.0) + STANDARD, &[], &["standard"]),
        Case("P43", "share", system(10.0) + SHARE, &["share"], &[]),
        Case("P43", "premium", premium(), &[], &[]),
        Case("P41", "half", system(10.0) + HALF, &[], &["rule"]),
        Case("P41", "points", system(10.0) + POINTS, &[], &["rule"]),
        Case("P23", "above_20_kt", installations(&["alpha", "beta", "gamma"]), &[], &[]),
        Case(
            "P23",
            "all",
            installations(&["alpha", "beta", "gamma", "delta", "epsilon"]),
            &[],
            &[],
        ),
        Case("P27", "auction", market(&cap(7.0)), &[], &[]),
        Case("P49", "tax_15", taxed(15), &[], &[]),
        Case("P49", "tax_60", taxed(60), &[], &[]),
        Case("P48", "apart", countries(false), &[], &[]),
        Case("P48", "joint", countries(true), &["buys", "market"], &[]),
    ];
    for (name, price, most, quota) in [
        ("quota_binds", 30, 100.0, "share_of_emissions"),
        ("few_offsets", 30, 0.3, "share_of_emissions"),
        ("dear_offsets", 50, 100.0, "share_of_emissions"),
        ("quota_of_the_cap", 30, 100.0, "share_of_allowances"),
    ] {
        cases.push(Case("P19", name, offsets(price, most, quota), &[], &[]));
    }
    cases.push(Case("P20", "apart", linked("", true), &[], &[]));
    cases.push(Case("P20", "linked", linked("two_way = true\n", true), &[], &[]));
    for (name, ratio) in [("half", 0.5), ("four_fifths", 0.8), ("five_quarters", 1.25)] {
        cases.push(Case("P21", name, linked(&format!("ratio = {ratio}\n"), true), &[], &[]));
    }
    cases.push(Case("P21", "apart", linked("", true), &[], &[]));
    cases.push(Case("P21", "no_caps", linked("", false), &[], &[]));
    for (name, carbon, new) in
        [("no_price", 0, 0.0), ("price_50", 50, 0.0), ("new_wind", 0, 1.2)]
    {
        cases.push(Case("P29", name, contracted(carbon, new), &[], &[]));
    }
    for (name, tax) in [("tax_0", 0), ("tax_30", 30), ("tax_90", 90)] {
        cases.push(Case(
            "P32",
            name,
            steel(tax),
            &["furnaces", "electrics"],
            &["other_market"],
        ));
    }
    cases
}

/// Each MWh has 0.7 t, of which what emits less sells what it does not need.
const STANDARD: &str = "[constraints.standard]\nunit = \"Mt\"\nat_most = 0\n\
     terms.emitted = { quantity = \"emissions\", emission = \"co2\", processes = [\"coal\", \"gas\"] }\n\
     terms.made = { quantity = \"output\", commodity = \"electricity\", \
     weight = { value = -0.7, unit = \"t/GJ\" } }\n";
const SHARE: &str = "[shares.renewables]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\n\
     at_least = 0.3\n";
const HALF: &str = "[constraints.rule]\nunit = \"PJ\"\nat_least = 0\n\
     terms.gas = { quantity = \"activity\", processes = [\"gas\"] }\n\
     terms.coal = { quantity = \"activity\", processes = [\"coal\"], weight = -0.5 }\n";
const POINTS: &str = "[constraints.rule]\nunit = \"1\"\nat_least = 9\n\
     terms.wind = { quantity = \"activity\", processes = [\"wind\"], \
     weight = { value = 2, unit = \"1/PJ\" } }\n\
     terms.gas = { quantity = \"activity\", processes = [\"gas\"], \
     weight = { value = 1, unit = \"1/PJ\" } }\n";

/// Offsets are surrendered in place of allowances, within a quota of a tenth.
fn offsets(price: u32, most: f64, quota: &str) -> String {
    system(10.0)
        + &format!(
            "[trading.all]\nemissions = {{ co2 = 1 }}\nallowances = 6\n\
             [trading.all.offsets]\n{quota} = 0.1\n\
             steps.offset1 = {{ price = {price}, max = {{ value = {most}, unit = \"Mt/a\" }} }}\n"
        )
}

/// Two countries, each with a scheme or none; `link` says how allowances of `b` count in `a`, if at
/// all.
fn linked(link: &str, schemes: bool) -> String {
    let of = |region: &str, plant: String| format!("{plant}regions = [\"{region}\"]\n");
    let mut model = ONE_YEAR.to_owned()
        + "[regions.a]\n[regions.b]\n[commodities.electricity]\n[demands.electricity]\n\
           a = { annual = 10 }\nb = { annual = 8 }\n[emissions.co2]\n";
    for (name, here, other) in [
        ("coal", (20.0, 1.0, 10.0), (25.0, 1.1, 8.0)),
        ("gas", (45.0, 0.4, 8.0), (60.0, 0.5, 6.0)),
        ("wind", (90.0, 0.0, 4.0), (70.0, 0.0, 3.0)),
    ] {
        for (region, (cost, emits, most)) in [("a", here), ("b", other)] {
            let text = plant(&format!("{name}_{region}"), cost, emits, most);
            model += &of(region, text);
        }
    }
    if schemes {
        model += &scheme_of("a", 4.0);
        model += &scheme_of("b", 8.0);
    }
    if !link.is_empty() {
        model += &format!("[trading_links.b_to_a]\nfrom = \"b\"\nto = \"a\"\n{link}");
    }
    model
}

/// A scheme of one country.
fn scheme_of(country: &str, allowances: f64) -> String {
    format!(
        "[trading.{country}]\nregions = [\"{country}\"]\nemissions = {{ co2 = 1 }}\n\
         allowances = {allowances}\n"
    )
}

/// Installations emit what they do, or save some of it; those that a scheme covers must save 15 %.
fn installations(covered: &[&str]) -> String {
    let all = [
        ("alpha", 200.0, 40.0),
        ("beta", 50.0, 30.0),
        ("gamma", 30.0, 15.0),
        ("delta", 15.0, 5.0),
        ("epsilon", 12.0, 8.0),
    ];
    let covered_ones = all.iter().filter(|(name, ..)| covered.contains(name));
    let limit = 0.85 * covered_ones.map(|(_, emits, _)| emits).sum::<f64>();
    let mut model = ONE_YEAR.to_owned() + "[emissions.co2]\n";
    for (name, emits, cost) in all {
        model += &format!(
            "[commodities.{name}]\ntier = \"annual\"\n[demands.{name}]\n\
             land = {{ annual = {emits} }}\n[processes.{name}_works]\noutput = \"{name}\"\n\
             free = \"as it is\"\nemissions = {{ co2 = 1000 }}\n\
             [processes.saved_{name}]\noutput = \"{name}\"\nvariable_cost = {cost}\n\
             max_activity = {{ value = {}, unit = \"PJ\" }}\n",
            0.45 * emits
        );
    }
    let names: Vec<String> = covered.iter().map(|name| format!("\"{name}_works\"")).collect();
    model
        + &format!(
            "[trading.scheme]\nemissions = {{ co2 = 1 }}\nprocesses = [{}]\n\
             allowances = {limit}\n",
            names.join(", ")
        )
}

/// Demand that is worth 200 for 8 PJ, 60 for 2 and 42 for 2.
fn market(cap: &str) -> String {
    ONE_YEAR.to_owned()
        + "[commodities.electricity]\n[demands.electricity.land]\nannual = 12\n\
           steps.use1 = { amount = 8, worth = 200 }\nsteps.use2 = { amount = 2, worth = 60 }\n\
           steps.use3 = { amount = 2, worth = 42 }\n[emissions.co2]\n"
        + &plant("coal", 20.0, 1.0, 14.0)
        + &plant("gas", 45.0, 0.4, 7.0)
        + &plant("wind", 90.0, 0.0, 4.0)
        + cap
}

/// Measures of five countries, each with a scheme, apart or linked to that of the first.
fn countries(joint: bool) -> String {
    let all = [
        ("kz", 130.0, 112.0, [(8.0, 6.0), (20.0, 8.0), (45.0, 12.0)]),
        ("uz", 100.0, 94.0, [(4.0, 10.0), (15.0, 8.0), (40.0, 10.0)]),
        ("tm", 70.0, 66.0, [(2.0, 15.0), (10.0, 10.0), (60.0, 5.0)]),
        ("kg", 10.0, 8.5, [(12.0, 1.0), (30.0, 1.0), (70.0, 1.0)]),
        ("tj", 8.0, 7.0, [(25.0, 0.5), (50.0, 0.8), (90.0, 1.0)]),
    ];
    let mut model = ONE_YEAR.to_owned()
        + "[commodities.output]\ntier = \"annual\"\n[emissions.co2]\n\
           [processes.works]\noutput = \"output\"\nfree = \"as it is\"\n\
           emissions = { co2 = 1000 }\n";
    for (country, emits, most, measures) in all {
        model +=
            &format!("[regions.{country}]\n[demands.output.{country}]\nannual = {emits}\n");
        for (at, (cost, most)) in measures.into_iter().enumerate() {
            model += &format!(
                "[processes.{country}{}]\noutput = \"output\"\nregions = [\"{country}\"]\n\
                 variable_cost = {cost}\nmax_activity = {{ value = {most}, unit = \"PJ\" }}\n",
                at + 1
            );
        }
        model += &scheme_of(country, most);
        if joint && country != "kz" {
            model += &format!(
                "[trading_links.kz_{country}]\nfrom = \"kz\"\nto = \"{country}\"\n\
                 two_way = true\n"
            );
        }
    }
    model
}

/// Day and night, with existing wind and `new` wind under a contract, which runs whether one wants it
/// or not. What the contract pays moves money alone.
fn contracted(carbon: u32, new: f64) -> String {
    let capacity = |most: f64, more: &str| {
        format!(
            "capacity = \"PJ/a\"\nresidual_capacity = {{ value = {most}, unit = \"PJ/a\" }}\n{more}"
        )
    };
    let of_weather = "availability = { day = 1, night = 0.5 }\n";
    let must_run =
        "availability = { day = 1, night = 0.5 }\nminimum_load = { day = 1, night = 0.5 }\n";
    let power = "output = \"electricity\"\n";
    let mut model = format!(
        "[time]\nyears = [2030]\n[time.blocks]\nday = 12\nnight = 12\n[finance]\ndiscount_rate = 0.0\n\
         [commodities.electricity]\n[profiles.load]\nday = 6.5\nnight = 4\n[demands.electricity.land]\n\
         annual = 10.5\nprofile = \"load\"\n[emissions.co2]\nprice = {carbon}\n\
         [processes.coal]\n{power}variable_cost = 20\nemissions = {{ co2 = 1000 }}\n{}\
         [processes.gas]\n{power}variable_cost = 45\nemissions = {{ co2 = 400 }}\n{}\
         [processes.wind]\n{power}free = \"wind\"\n{}",
        capacity(10.0, ""),
        capacity(10.0, ""),
        capacity(2.0, of_weather)
    );
    if new > 0.0 {
        let runs = capacity(new, must_run);
        model += &format!("[processes.new]\n{power}variable_cost = 60\n{runs}");
    }
    model
}

/// Wind is paid 75 USD/MWh for up to 3 TWh: it takes back what has a price.
fn premium() -> String {
    system(10.0).replace("value = 4,", "value = 1,")
        + "[emissions.premium]\nprice = 75\n"
        + &plant("wind_supported", 90.0, 0.0, 3.0).replace("co2 = 0", "premium = -1000")
}

/// Steel for the Union at 600 USD/t, less a charge of 80 USD/t for what it emitted and was not taxed,
/// and for others at 540, 3 Mt at most.
fn steel(tax: u32) -> String {
    let mut model = ONE_YEAR.to_owned()
        + &format!(
            "[emissions.co2]\nprice = {tax}\n[drivers.tax]\nunit = \"USD/t\"\nvalue = {tax}\n"
        );
    for (name, cost, emits, most) in [("furnace", 400, 2.0, 5), ("electric", 480, 0.6, 2)] {
        model += &format!(
            "[commodities.{name}_steel]\nunit = \"Mt\"\ntier = \"annual\"\n\
             [processes.{name}]\noutput = \"{name}_steel\"\n\
             variable_cost = {{ value = {cost}, unit = \"USD/t\" }}\n\
             emissions = {{ co2 = {{ value = {emits}, unit = \"t/t\" }} }}\n\
             max_activity = {{ value = {most}, unit = \"Mt\" }}\n"
        );
        let charge = format!("max(80 USD/t - tax, 0 USD/t) * {emits}");
        for (to, price) in
            [("eu", format!("{charge} - 600 USD/t")), ("other", "-540 USD/t".into())]
        {
            model += &format!(
                "[processes.{name}_{to}]\ninput = \"{name}_steel\"\nactivity_of = \"input\"\n\
                 flow = \"export\"\nvariable_cost = {{ formula = \"{price}\" }}\n"
            );
        }
    }
    model
        + "[constraints.other_market]\nunit = \"Mt\"\nat_most = 3\nterms.all = { quantity = \
           \"activity\", processes = [\"furnace_other\", \"electric_other\"] }\n"
}

#[test]
fn instruments_agree_with_what_was_solved_apart_from_us() {
    let Some(folder) = oracles("policy") else { return };
    let picked = std::env::var("POLICY").ok();
    for Case(study, name, model, left_out, constraints) in cases() {
        if picked.as_deref().is_none_or(|picked| picked == study) {
            let case = &oracle(&folder, study)["cases"][name];
            compare(&format!("{study} {name}"), (&model, 0.0), case, left_out, constraints);
        }
    }
}

/// Each GJ made is given 0.6 allowances of the 7 Mt, at the price of the plan itself. Consumers use more,
/// and an allowance costs more, than with an auction. The errors of the rounds shrink by 0.6.
#[test]
fn allocation_by_output_settles_in_rounds() {
    let Some(folder) = oracles("policy") else { return };
    let expected = &oracle(&folder, "P27")["expected"];
    let scheme = "[trading.all]\nemissions = { co2 = 1 }\nallowances = 7\n\
                  [trading.all.allocation.plants]\nprocesses = [\"coal\", \"gas\", \"wind\"]\n\
                  benchmark = { value = 0.6, unit = \"t/GJ\" }\n";
    let (model, plan, settled) = settled(&[&market(""), scheme]);
    let price = plan.solution.trading[0].price[0];
    assert!(close(price, number(&expected["price"])), "{price}");
    assert!(settled.residual < 1e-9, "{settled:?}");
    let read = Read { model: &model, plan: &plan, rate: 0.0 };
    for (column, wanted) in expected["columns"].as_object().expect("columns") {
        let used = column.starts_with("use");
        let found = if used { read.served(column) } else { read.column(column) };
        assert!(close(found, number(wanted)), "{column} {found}, must be {wanted}");
    }
    let accounts = Accounts::new(&model, &plan.solution);
    let year = accounts.trading(SchemeIx::new(0))[0].expect("it holds");
    assert!(close(year.free, 6.72) && close(year.auctioned, 0.28), "{year:?}");
}

/// The cost of the system, which what is paid and received does not change.
fn system_cost(model: &Model, plan: &Plan) -> f64 {
    Accounts::new(model, &plan.solution).system_cost()
}

/// Coal power at 30, of which the state pays 12, and gas power at 28; 2 of 10 PJ are worth 25. The state
/// pays 120 for 10 PJ of coal, and what is worth 25 is made at 30. Without that gas makes 6 and coal 2.
#[test]
fn a_fossil_subsidy_moves_money_and_costs_welfare() {
    let Some(folder) = oracles("policy") else { return };
    let cases = &oracle(&folder, "P31")["cases"];
    for (name, paid, welfare) in [("subsidised", 12, 550.0), ("reformed", 0, 572.0)] {
        let text = ONE_YEAR.to_owned()
            + "[commodities.electricity]\n[demands.electricity.land]\nannual = 10\n\
               steps.use1 = { amount = 8, worth = 100 }\nsteps.use2 = { amount = 2, worth = 25 }\n\
               [emissions.co2]\n[emissions.subsidy]\n"
            + &format!("price = {paid}\n")
            + &plant("coal", 30.0, 1.0, 14.0).replace("co2 =", "subsidy = -1000, co2 =")
            + &plant("gas", 28.0, 0.4, 6.0);
        compare(&format!("P31 {name}"), (&text, 0.0), &cases[name], &[], &[]);
        let (model, plan) = solved(&[&text]);
        let answer = Accounts::new(&model, &plan.solution).answer().expect("demand answers");
        let found = answer.served - system_cost(&model, &plan);
        assert!(close(found, welfare), "{name}: {found}, must be {welfare}");
    }
}

/// Wind at 90 in place of coal at 20 for 3 of 10 PJ: 410, of which the premium pays 225.
#[test]
fn a_premium_moves_money_and_is_no_cost() {
    let (model, plan) = solved(&[&premium()]);
    assert!(close(plan.solution.objective, 185.0), "{}", plan.solution.objective);
    assert!(close(system_cost(&model, &plan), 410.0), "{}", system_cost(&model, &plan));
}
