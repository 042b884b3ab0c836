//! Who pays whom: bills at marginal cost, taxes, allowances, rents and households, by hand and beside what
//! was solved apart from us (`../shared/oracles/policy`, P24, P38). Their TWh are our PJ, and so their
//! USD/MWh our USD/GJ.

use std::path::Path;

use kzleap_accounts::Accounts;
use kzleap_accounts::payments::{Item, Party, Payment};
use kzleap_generator::{Size, national};
use kzleap_study::model::Model;
use kzleap_tests::by_hand::{ONE_YEAR, solved};
use kzleap_tests::oracle::{number, oracle};
use kzleap_tests::outside::{close, oracles};
use kzleap_tests::solve;

/// A plant with its cost in USD/GJ, what it emits in Mt/PJ, and the most it makes.
fn plant(name: &str, cost: f64, emits: f64, most: f64) -> String {
    format!(
        "[processes.{name}]\ncategory = \"{name}\"\noutput = \"electricity\"\n\
         variable_cost = {cost}\nemissions = {{ co2 = {} }}\n\
         max_activity = {{ value = {most}, unit = \"PJ\" }}\n",
        1000.0 * emits
    )
}

/// 10 PJ of coal, gas and wind for homes.
fn system(coal: f64) -> String {
    ONE_YEAR.to_owned()
        + "[commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
           [emissions.co2]\n"
        + &plant("coal", 20.0, 1.0, coal)
        + &plant("gas", 45.0, 0.4, 8.0)
        + &plant("wind", 90.0, 0.0, 4.0)
}

fn scheme(more: &str) -> String {
    format!("[trading.all]\nemissions = {{ co2 = 1 }}\nallowances = 7\n{more}")
}

/// What a party has of an item.
fn of(payments: &[Payment<'_>], party: Party<'_>, item: Option<Item>) -> f64 {
    let mine = payments.iter().filter(|payment| payment.party == party);
    mine.filter(|payment| item.is_none_or(|item| payment.item == item))
        .map(|payment| payment.value)
        .sum()
}

fn derived(folder: &Path, name: &str) -> impl Fn(&str) -> f64 {
    let all = oracle(folder, name)["derived"].clone();
    move |figure: &str| {
        let mut of_name = all.as_array().expect("a list").iter();
        let found = of_name.find(|one| one["name"] == figure);
        number(&found.unwrap_or_else(|| panic!("no figure {figure}"))["value"])
    }
}

/// All payments are between two, but for what is used up.
fn adds_up(which: &str, model: &Model, accounts: &Accounts<'_>, payments: &[Payment<'_>]) {
    for y in 0..model.time.years.len() {
        let of_year = payments.iter().filter(|payment| payment.year == y);
        let (mut sum, mut size) = (0.0, 0.0);
        for payment in of_year {
            sum += payment.value;
            size += payment.value.abs();
        }
        let costs = accounts.annual_costs().iter().filter(|cost| cost.year == y);
        let system: f64 = costs
            .filter(|cost| cost.kind.group() == kzleap_accounts::costs::CostGroup::System)
            .map(|cost| cost.value)
            .sum();
        let off = (sum + system).abs();
        assert!(off <= 1e-9 * size, "{which}, year {y}: {off} of {size} is off");
    }
}

/// (a) all auctioned, (b) all given by past emissions, (c) three tenths auctioned.
#[test]
fn the_rent_of_allowances_goes_to_who_is_given_them() {
    let past = "[trading.all.allocation.coal]\nprocesses = [\"coal\"]\npast_emissions = 6.3\n\
                [trading.all.allocation.gas]\nprocesses = [\"gas\"]\npast_emissions = 0.7\n";
    let mixed = "[trading.all.auction]\nshare = 0.3\n";
    let price = 125.0 / 3.0;
    for (which, more, auction, coal, gas) in [
        ("a", "", 7.0 * price, 0.0, 0.0),
        ("b", past, 0.0, 6.3 * price, 0.7 * price),
        ("c", mixed, 2.1 * price, 4.9 * price * 5.0 / 7.0, 4.9 * price * 2.0 / 7.0),
    ] {
        let (model, plan) = solved(&[&system(10.0), &scheme(more)]);
        let accounts = Accounts::new(&model, &plan.solution);
        let payments = accounts.payments();
        adds_up(which, &model, &accounts, &payments);
        for (party, wanted) in [
            (Party::Public, auction),
            (Party::Sector("coal"), coal),
            (Party::Sector("gas"), gas),
            (Party::Sector("demand"), -10.0 * (20.0 + price)),
        ] {
            let found = of(&payments, party, None);
            assert!(close(found, wanted), "{which}: {party:?} {found}, by hand {wanted}");
        }
    }
    let Some(folder) = oracles("policy") else { return };
    let theirs = derived(&folder, "P24");
    for (figure, by_hand) in [
        ("consumers pay", 10.0 * (20.0 + price)),
        ("(a) auction revenue", 7.0 * price),
        ("(b) profit of coal", 6.3 * price),
        ("(b) profit of gas", 0.7 * price),
        ("(c) auction revenue", 2.1 * price),
        ("(c) profits", 4.9 * price),
    ] {
        assert!(close(theirs(figure), by_hand), "{figure}");
    }
}

/// Fifths that use more lose more; the revenue is given back by head.
#[test]
fn bills_of_fifths_with_the_revenue_given_back() {
    let (uses, incomes) = ([0.1, 0.14, 0.18, 0.24, 0.34], [1000, 1800, 2600, 3800, 6800]);
    let fifths: String = (uses.iter().zip(incomes).enumerate())
        .map(|(at, (uses, income))| {
            format!(
                "[households.fifth{}]\nsector = \"demand\"\nheads = 0.2\ngiven_back = 0.2\n\
                 uses = {{ electricity = {uses} }}\n\
                 income = {{ value = {income}, unit = \"MUSD2022/a\" }}\n",
                at + 1
            )
        })
        .collect();
    let fifths = fifths.as_str();
    let before = solved(&[&system(14.0), fifths]);
    let after = solved(&[&system(14.0), fifths, &scheme("")]);
    let read = |(model, plan): &(Model, kzleap_study::Plan)| -> Vec<[f64; 3]> {
        let accounts = Accounts::new(model, &plan.solution);
        adds_up("fifths", model, &accounts, &accounts.payments());
        let all = accounts.households();
        all.iter()
            .map(|one| [one.bill, one.pays(), one.share_of_income().expect("said")])
            .collect()
    };
    let (before, after) = (read(&before), read(&after));
    let Some(folder) = oracles("policy") else { return };
    let theirs = derived(&folder, "P38");
    for at in 0..5 {
        let name = |what: &str| theirs(&format!("fifth {}: {what}", at + 1));
        assert!(close(after[at][0] - before[at][0], name("more on the bill")));
        assert!(close(before[at][1] - after[at][1], name("net")));
        assert!(close(before[at][2], name("bill before, of income")));
    }
    let net: f64 = (0..5).map(|at| before[at][1] - after[at][1]).sum();
    assert!(close(net, theirs("sum of net")) && close(net, -theirs("system cost rises by")));
}

/// What is bought is sold, in models with storages, lines, taxes and capital, in every year.
#[test]
fn all_payments_are_between_two() {
    for seed in 0..4 {
        let size = Size { regions: 2, seasons: 2, blocks: 2, years: 3, variants: 1 };
        let model = national(size, seed);
        let plan = solve(&model);
        let accounts = Accounts::new(&model, &plan.solution);
        adds_up(&format!("seed {seed}"), &model, &accounts, &accounts.payments());
    }
}

/// Whatever shows a scheme calls it by its label.
#[test]
fn a_scheme_is_called_by_its_label() {
    let (model, plan) = solved(&[&system(10.0), &scheme("label = \"Quotas\"\n")]);
    assert_eq!(model.trading.iter().next().expect("a scheme").label, "Quotas");
    let rule = plan.solution.binding.iter().find(|rule| rule.name == "all");
    assert_eq!(rule.expect("it binds").label, "Quotas");
}
