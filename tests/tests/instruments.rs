//! Instruments of policy side by side, each as strict as one target needs: by hand, and beside what was
//! solved apart from us (`../shared/oracles/policy`, P33, P43). Their TWh are our PJ, and so their USD/MWh
//! our USD/GJ.

use kzleap_accounts::Accounts;
use kzleap_accounts::payments::Party;
use kzleap_study::model::YearIx;
use kzleap_study::{
    Compared, Events, Given, Instrument, InstrumentComparison, InstrumentKind, Instruments,
    NotCompared, RunSpec, Target,
};
use kzleap_tests::by_hand::{ONE_YEAR, folder};
use kzleap_tests::oracle::{number, oracle};
use kzleap_tests::outside::oracles;

/// A plant with its cost in USD/GJ, what it emits in Mt/PJ, and the most it makes.
fn plant(name: &str, cost: f64, emits: f64, most: f64) -> String {
    format!(
        "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
         emissions = {{ co2 = {} }}\nmax_activity = {{ value = {most}, unit = \"PJ\" }}\n",
        1000.0 * emits
    )
}

/// 10 PJ of coal, gas and wind.
fn system() -> String {
    ONE_YEAR.to_owned()
        + "[commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
           [emissions.co2]\n"
        + &plant("coal", 20.0, 1.0, 10.0)
        + &plant("gas", 45.0, 0.4, 8.0)
        + &plant("wind", 90.0, 0.0, 4.0)
}

fn instrument(kind: InstrumentKind, promotes: &[&str], rate: Option<f64>) -> Instrument {
    use InstrumentKind::{Tax, Trading};
    let made = (!matches!(kind, Tax | Trading)).then(|| "electricity".to_owned());
    Instrument {
        name: format!("the_{}", kind.name()),
        kind,
        commodity: made,
        processes: promotes.iter().map(|name| (*name).to_owned()).collect(),
        categories: Vec::new(),
        rate,
    }
}

fn five(rate: Option<f64>) -> Vec<Instrument> {
    vec![
        instrument(InstrumentKind::Tax, &[], None),
        instrument(InstrumentKind::Trading, &[], None),
        instrument(InstrumentKind::Standard, &[], None),
        instrument(InstrumentKind::Share, &["wind"], None),
        instrument(InstrumentKind::Subsidy, &["wind"], rate),
    ]
}

type Found = Vec<Result<Compared, (String, NotCompared)>>;

fn compared(text: &str, limits: &[(i32, f64)], instruments: Vec<Instrument>) -> Found {
    let folder = folder(&[text]);
    let spec = RunSpec { model: folder.path().to_owned(), ..RunSpec::default() };
    let target = Target {
        emissions: [("co2".to_owned(), 1.0)].into(),
        regions: Vec::new(),
        limit: limits.iter().map(|(year, limit)| (year.to_string(), *limit)).collect(),
        unit: "Mt/a".to_owned(),
    };
    let comparison = InstrumentComparison { target, prices: Vec::new(), instruments };
    let given = Given::open(&spec);
    let events = Events::default();
    match Instruments::new(&given, &spec, &comparison, &events) {
        Ok(mut all) => {
            let found = all.all();
            for refused in found.iter().filter_map(|one| one.as_ref().err()) {
                if let (name, NotCompared::Refused(read)) = refused {
                    let list = read.input.diagnostics.iter();
                    let said: Vec<&str> = list.map(|one| one.message.as_str()).collect();
                    panic!("{name}: {said:?}");
                }
            }
            found
        }
        Err(error) => vec![Err((String::new(), error))],
    }
}

fn same(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
}

/// What the public has left in a year, the price of electricity, and what it costs the system.
fn figures(of: &Compared) -> [f64; 3] {
    let accounts = Accounts::new(&of.model, &of.plan.solution);
    let payments = of.payments(&accounts);
    let public = payments.iter().filter(|payment| payment.party == Party::Public);
    let price = accounts.balances()[0].mean_price[0].expect("it has a price");
    let all: f64 = payments.iter().map(|payment| payment.value).sum();
    assert!(same(-all, accounts.system_cost()), "{all} is not what it costs");
    [public.map(|payment| payment.value).sum(), price, accounts.system_cost()]
}

#[test]
fn five_instruments_for_one_target() {
    let found = compared(&system(), &[(2030, 7.0)], five(Some(3.6 * 75.0)));
    let found: Vec<Compared> =
        found.into_iter().map(|one| one.expect("it has a plan")).collect();
    // strength, budget, price, system cost by hand
    let by_hand = [
        (0.0, [0.0, 20.0, 200.0]),
        (125.0 / 3.0, [7.0 * 125.0 / 3.0, 185.0 / 3.0, 325.0]),
        (125.0 / 3.0, [7.0 * 125.0 / 3.0, 185.0 / 3.0, 325.0]),
        (0.7, [0.0, 32.5, 325.0]),
        (0.3, [0.0, 41.0, 410.0]),
        (3.0, [-225.0, 20.0, 410.0]),
    ];
    assert_eq!(found.len(), by_hand.len());
    let y = YearIx::new(0);
    for (one, (strength, wanted)) in found.iter().zip(by_hand) {
        let name = one.instrument.as_ref().map_or("none", |of| of.kind.name());
        assert!(one.plan.certified(), "{name}");
        let is = one.strength.get(&y).copied().unwrap_or_default();
        assert!(same(is, strength), "{name}: {is}, by hand {strength}");
        let emitted = if name == "none" { 10.0 } else { 7.0 };
        assert!(same(one.emissions[0], emitted), "{name} emits {}", one.emissions[0]);
        let found = figures(one);
        for at in 0..3 {
            // without policy any price from that of coal to that of gas is one
            let tie = name == "none" && at == 1;
            assert!(
                tie || same(found[at], wanted[at]),
                "{name}: {found:?}, by hand {wanted:?}"
            );
        }
    }
    let Some(folder) = oracles("policy") else { return };
    let derived = &oracle(&folder, "P43")["derived"];
    let of = |name: &str| {
        let all = derived.as_array().expect("a list").iter();
        let mut of_name = all.filter(|one| one["name"].as_str().is_some_and(|n| n == name));
        number(&of_name.next().unwrap_or_else(|| panic!("no figure {name}"))["value"])
    };
    for (at, cost, price, budget) in [
        (1, "cap, tax", "cap, tax", Some("cap, tax")),
        (2, "cap, tax", "cap, tax", Some("cap, tax")),
        (3, "standard", "standard", None),
        (4, "share", "share", None),
        (5, "premium", "premium", Some("premium")),
    ] {
        let [public, is, system] = figures(&found[at]);
        assert!(same(system, of(&format!("system cost: {cost}"))));
        assert!(same(is, of(&format!("price: {price}"))));
        assert!(budget.is_none_or(|name| same(public, of(&format!("budget: {name}")))));
    }
}

/// Wind at 90 in place of coal at 20 needs 70 USD/MWh; 4 PJ of it are the most, so that 6 Mt are.
#[test]
fn what_does_not_reach_the_target_says_so() {
    let wind = |kind, rate| vec![instrument(kind, &["wind"], rate)];
    let share = compared(&system(), &[(2030, 5.0)], wind(InstrumentKind::Share, None));
    let Some(Err((_, NotCompared::NotReached { year: 2030, lowest }))) = share.get(1) else {
        panic!("{share:?}");
    };
    assert!((lowest - 6.0).abs() < 1e-3, "{lowest}");
    let found =
        compared(&system(), &[(2030, 7.0)], wind(InstrumentKind::Subsidy, Some(3.6 * 60.0)));
    let Some(Err((_, NotCompared::RateTooLow { year: 2030, least }))) = found.get(1) else {
        panic!("{found:?}");
    };
    assert!(same(*least, 3.6 * 70.0), "{least}");
    let least = compared(&system(), &[(2030, 7.0)], wind(InstrumentKind::Subsidy, None));
    let least = least[1].as_ref().expect("it has a plan");
    assert!(same(least.rate[&YearIx::new(0)], 70.0), "{:?}", least.rate);
    for (year, kind, promotes, why) in [
        (2031, InstrumentKind::Tax, &[][..], "no milestone year"),
        (2030, InstrumentKind::Share, &[], "needs `processes` or `categories`"),
        (2030, InstrumentKind::Tax, &["wind"], "takes no `processes`"),
    ] {
        let found = compared(&system(), &[(year, 7.0)], vec![instrument(kind, promotes, None)]);
        let Some(Err((_, NotCompared::Wrong(said)))) = found.first() else {
            panic!("{found:?}")
        };
        assert!(said.contains(why), "{said}");
    }
}

/// A target in two years: each has a strictness of its own.
#[test]
fn two_years_have_two_numbers() {
    let text = system().replace("[2030]", "[2030, 2031]");
    let found = compared(&text, &[(2030, 8.0), (2031, 6.0)], five(None));
    let found: Vec<Compared> =
        found.into_iter().map(|one| one.expect("it has a plan")).collect();
    for (at, wanted) in [(3, [0.8, 0.6]), (4, [0.2, 0.4]), (5, [2.0, 4.0])] {
        for (strength, wanted) in found[at].strength.values().zip(wanted) {
            assert!(same(*strength, wanted), "{:?}", found[at].strength);
        }
    }
    for one in &found[1..] {
        assert!(same(one.emissions[0], 8.0) && same(one.emissions[1], 6.0));
    }
}
