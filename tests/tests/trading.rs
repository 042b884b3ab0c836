//! Emissions trading schemes: hand calculations, and what holds whatever the numbers are.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use kzleap_accounts::Accounts;
use kzleap_accounts::trading::{Allocated, TradingYear};
use kzleap_study::Plan;
use kzleap_study::input::Tree;
use kzleap_study::model::{Model, SchemeIx, YearIx};
use kzleap_tests::by_hand::{ONE_YEAR, folder, read_with_findings, solved};
use kzleap_tests::{assert_close, repository, solve};

/// 10 PJ a year of coal (20 USD/GJ, 1 t/GJ), gas (45, 0.4, 8 PJ) and wind (90): gas in place of coal
/// costs 25 / 0.6 = 41.667 USD/t, wind in place of gas 45 / 0.4 = 112.5, in place of coal 70.
fn system(time: &str) -> String {
    let plant = |name: &str, cost: u32, emits: u32, most: u32| {
        format!(
            "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n\
             emissions = {{ co2 = {emits} }}\nmax_activity = {{ value = {most}, unit = \"PJ\" }}\n"
        )
    };
    time.to_owned()
        + "[commodities.electricity]\n[demands.electricity]\nland = { annual = 10 }\n\
           [emissions.co2]\n"
        + &plant("coal", 20, 1000, 10)
        + &plant("gas", 45, 400, 8)
        + &plant("wind", 90, 0, 4)
}

/// Two periods of five years with 5 % interest.
const TWO_PERIODS: &str =
    "[time]\nyears = [2030, 2035]\nhorizon_end = 2039\n[finance]\ndiscount_rate = 0.05\n";
/// Four years without interest.
const FOUR_YEARS: &str = "[time]\nyears = [2030, 2031, 2032, 2033]\nhorizon_end = 2033\n\
                          [finance]\ndiscount_rate = 0.0\n";

/// A scheme with its allowances and options.
fn scheme(allowances: &str, options: &str) -> String {
    format!("[trading.ets]\nemissions = {{ co2 = 1 }}\nallowances = {allowances}\n{options}")
}

fn one_year(options: &str) -> (Model, Plan) {
    solved(&[&system(ONE_YEAR), &scheme("7", options)])
}

fn years(model: &Model, plan: &Plan) -> Vec<TradingYear> {
    let accounts = Accounts::new(model, &plan.solution);
    accounts.trading(SchemeIx::new(0)).into_iter().flatten().collect()
}

fn groups(model: &Model, plan: &Plan) -> Vec<(String, [f64; 4])> {
    let accounts = Accounts::new(model, &plan.solution);
    let of = |one: &Allocated<'_>| {
        let name = one.group.unwrap_or("others").to_owned();
        (name, [one.emissions, one.claimed, one.given, one.correction])
    };
    accounts.allocated(SchemeIx::new(0), YearIx::new(0)).iter().map(of).collect()
}

fn system_cost(model: &Model, plan: &Plan) -> f64 {
    Accounts::new(model, &plan.solution).system_cost()
}

/// The program is the same number for number, and so is every figure.
#[test]
fn a_scheme_without_options_is_a_cap() {
    for time in [ONE_YEAR, TWO_PERIODS, FOUR_YEARS] {
        let limit = "{ 2030 = 7, 2040 = 5 }";
        let cap = format!("[emission_caps.ets]\nemissions = {{ co2 = 1 }}\nlimit = {limit}\n");
        let (_, capped) = solved(&[&system(time), &cap]);
        let (_, traded) = solved(&[&system(time), &scheme(limit, "")]);
        assert_eq!(capped.digest, traded.digest);
        let (a, b) = (&capped.solution, &traded.solution);
        assert_eq!((a.objective, &a.emissions), (b.objective, &b.emissions));
        assert_eq!(a.activity, b.activity);
        assert_eq!(a.emission_price[0], b.trading[0].price);
    }
}

/// The same of a scheme that covers coal power alone.
#[test]
fn coverage_is_that_of_a_cap() {
    for covers in ["processes = [\"coal\"]\n", "categories = [\"coal\", \"gas\"]\n"] {
        let cap = "[emission_caps.ets]\nemissions = { co2 = 1 }\nlimit = 5\n";
        let (_, capped) = solved(&[&system(ONE_YEAR), cap, covers]);
        let (_, traded) = solved(&[&system(ONE_YEAR), &scheme("5", covers)]);
        assert_eq!(capped.digest, traded.digest);
    }
}

/// 97 % of the emissions of coal lie in installations above the threshold: coal x with 0.97 x + 0.4
/// (10 - x) = 7 is 3 / 0.57.
#[test]
fn a_threshold_leaves_a_share_out() {
    let covers = "categories = [\"coal\", \"gas\"]\ncovered_share = { coal = 0.97 }\n";
    let (model, plan) = solved(&[&system(ONE_YEAR), &scheme("7", covers)]);
    let coal = model.processes.position(|p| p.name == "coal").unwrap();
    assert_close("coal", plan.solution.activity[coal.get()][(0, 0, 0)], 3.0 / 0.57);
    assert_close("price", plan.solution.trading[0].price[0], 25.0 / 0.57);
    assert_close("covered", years(&model, &plan)[0].covered, 7.0);
}

/// Periods of five years: 9.5 and 4 Mt a year. Gas alone emits 5.2, so 1.2 Mt a year are lacking in the
/// second: 6 Mt are kept at the end of the first, whose emissions are 8.3. The price rises from
/// 41.667 by 1.05^5.
#[test]
fn what_is_kept_counts_whole_periods() {
    let issued = "{ 2030 = 9.5, 2035 = 4 }";
    let (model, plan) = solved(&[&system(TWO_PERIODS), &scheme(issued, "bank = {}\n")]);
    let [first, second] = years(&model, &plan)[..] else { panic!() };
    assert_close("bank", first.bank, 6.0);
    assert_close("emissions", first.covered, 8.3);
    assert_close("emissions", second.covered, 5.2);
    assert_close("price", first.price, 25.0 / 0.6);
    assert_close("price", second.price, 25.0 / 0.6 * 1.05_f64.powi(5));
    assert_close("allowed", first.allowed, 8.3);
    assert_close("unused", first.unused() + second.unused(), 0.0);
}

/// Of a tonne kept for a year 0.9 is left: for 1.2 Mt in 2031 1.3333 are kept. The price is 41.667 /
/// 0.9 there.
#[test]
fn a_kept_tonne_may_lose() {
    let issued = "{ 2030 = 9.5, 2031 = 4, 2032 = 8, 2033 = 8 }";
    let (model, plan) = solved(&[&system(FOUR_YEARS), &scheme(issued, "bank.kept = 0.9\n")]);
    let years = years(&model, &plan);
    assert_close("bank", years[0].bank, 1.2 / 0.9);
    assert_close("price", years[1].price, 25.0 / 0.6 / 0.9);
}

/// 0.5 Mt are held at first: 2030 has 7.5.
#[test]
fn what_is_held_at_first_is_used() {
    let first = "bank.first = { value = 0.5, unit = \"Mt\" }\n";
    let (model, plan) = one_year(first);
    assert_close("covered", years(&model, &plan)[0].covered, 7.5);
}

/// 4 Mt in 2030, 8 after. A tenth of what is issued next may be owed, at 8 %: 0.8 Mt, of which 0.864
/// are given back.
#[test]
fn what_is_owed_bears_interest() {
    let issued = "{ 2030 = 4, 2031 = 8 }";
    let options = "borrowing = { share_of_next = 0.1, interest = 0.08 }\n";
    let time = FOUR_YEARS
        .replace(", 2032, 2033]", "]")
        .replace("horizon_end = 2033", "horizon_end = 2031");
    let (model, plan) = solved(&[&system(&time), &scheme(issued, options)]);
    let [first, second] = years(&model, &plan)[..] else { panic!() };
    assert_close("debt", first.debt, 0.8);
    assert_close("emissions", first.covered, 4.8);
    assert_close("emissions", second.covered, 8.0 - 0.864);
    assert_close("price", first.price, 70.0);
}

/// At a floor of 50 gas alone is used: 5.2 of 7 Mt, and 1.8 are withheld. Half is given, so no more than
/// 3.5 could be. The plan costs 400; the floor is no cost of the system.
#[test]
fn a_floor_withholds_what_nobody_wants() {
    let (model, plan) = one_year("auction.floor = { value = 50, unit = \"USD/t\" }\n");
    let [year] = years(&model, &plan)[..] else { panic!() };
    assert_close("withheld", year.withheld, 1.8);
    assert_close("price", year.price, 50.0);
    assert_close("revenue", year.auction_revenue, 50.0 * 5.2);
    assert_close("system cost", system_cost(&model, &plan), 400.0);
    assert_close("objective", plan.solution.objective, 400.0 - 50.0 * 1.8);
    let transfers = Accounts::new(&model, &plan.solution).transfers();
    assert_eq!(transfers.len(), 1);
    assert_close("transfers", transfers[0].1, -90.0);

    let (model, plan) =
        one_year("auction = { share = 0.2, floor = { value = 50, unit = \"USD/t\" } }\n");
    let [year] = years(&model, &plan)[..] else { panic!() };
    assert_close("auctioned", year.auctioned, 1.4);
    assert_close("withheld", year.withheld, 1.4);
    assert_close("price", year.price, 25.0 / 0.6);
}

/// 1 Mt may be bought at 30 USD/t, any more at 40: gas would cost 41.667. 10 Mt are emitted.
#[test]
fn tranches_are_sold_one_after_another() {
    let options = "[trading.ets.tranches]\n\
                   reserve = { price = 30, max = { value = 1, unit = \"Mt/a\" } }\n\
                   ceiling = { price = 40 }\n";
    let (model, plan) = one_year(options);
    let [year] = years(&model, &plan)[..] else { panic!() };
    let sold: Vec<f64> = plan.solution.trading[0].sold.iter().map(|of| of[0]).collect();
    assert_close("reserve", sold[0], 1.0);
    assert_close("ceiling", sold[1], 2.0);
    assert_close("price", year.price, 40.0);
    assert_close("sales", year.sales_revenue, 110.0);
    assert_close("system cost", system_cost(&model, &plan), 200.0);
    assert_close("objective", plan.solution.objective, 310.0);
}

/// Offsets at 30 USD/t for a tenth of what is emitted use resources: 358.889 in all.
#[test]
fn offsets_are_a_cost_of_the_system() {
    let options = "[trading.ets.offsets]\nshare_of_emissions = 0.1\nsteps.forest.price = 30\n";
    let (model, plan) = solved(&[&system(ONE_YEAR), &scheme("6", options)]);
    let [year] = years(&model, &plan)[..] else { panic!() };
    assert_close("offsets", year.offsets, 6.0 / 9.0);
    assert_close("cost", year.offset_cost, 20.0);
    assert_close("price", year.price, (25.0 / 0.6 - 3.0) / 0.9);
    assert_close("system cost", system_cost(&model, &plan), plan.solution.objective);
}

/// Allocation by what was moves no plan: coal emits 5 Mt and gas 2 (P24, P25 of the oracles).
#[test]
fn who_is_given_allowances_changes_no_plan() {
    let (_, auctioned) = one_year("");
    let past = "[trading.ets.allocation]\n\
         coal = { processes = [\"coal\"], past_emissions = { value = 6.3, unit = \"Mt/a\" } }\n\
         gas = { processes = [\"gas\"], past_emissions = { value = 0.7, unit = \"Mt/a\" } }\n";
    let benchmark = |coal: f64, gas: f64| {
        let group = |name: &str, each: f64, made: u32| {
            format!(
                "[trading.ets.allocation.{name}]\nprocesses = [\"{name}\"]\n\
                 benchmark = {{ value = {each}, unit = \"t/GJ\" }}\n\
                 past_output = {{ value = {made}, unit = \"PJ\" }}\n"
            )
        };
        group("coal", coal, 9) + &group("gas", gas, 1)
    };
    let same = 7.0 / 8.95;
    for (options, coal, gas) in [
        (past.to_owned(), [5.0, 6.3, 6.3, 1.0], [2.0, 0.7, 0.7, 1.0]),
        (benchmark(0.8, 0.8), [5.0, 7.2, 6.3, 0.875], [2.0, 0.8, 0.7, 0.875]),
        (benchmark(0.95, 0.4), [5.0, 8.55, 8.55 * same, same], [2.0, 0.4, 0.4 * same, same]),
        // a third of what is claimed is sold
        (format!("auction.share = 0.3\n{past}"), [5.0, 6.3, 4.41, 0.7], [2.0, 0.7, 0.49, 0.7]),
    ] {
        let (model, plan) = one_year(&options);
        assert_eq!(plan.digest, auctioned.digest);
        let found = groups(&model, &plan);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["coal", "gas"]);
        for ((name, found), wanted) in found.iter().zip([coal, gas]) {
            found
                .iter()
                .zip(wanted)
                .for_each(|(found, wanted)| assert_close(name, *found, wanted));
        }
        let [year] = years(&model, &plan)[..] else { panic!() };
        assert_close("free and sold", year.free + year.auctioned, 7.0);
        assert_close("free", year.free, coal[2] + gas[2]);
        assert_close("revenue", year.auction_revenue, 25.0 / 0.6 * (7.0 - coal[2] - gas[2]));
    }
}

/// 0.6 allowances for each GJ at a credit of 50 USD/t lower what every plant costs by 30: the plan of
/// lower costs, but for money that is a transfer.
#[test]
fn allocation_for_output_is_a_credit() {
    let credit = "[trading.ets.allocation.all]\nprocesses = [\"coal\", \"gas\", \"wind\"]\n\
                  benchmark = { value = 0.6, unit = \"t/GJ\" }\n\
                  credit = { value = 50, unit = \"USD/t\" }\n";
    let (model, plan) = one_year(credit);
    assert_close("objective", plan.solution.objective, 325.0 - 0.6 * 50.0 * 10.0);
    assert_close("system cost", system_cost(&model, &plan), 325.0);
    let [year] = years(&model, &plan)[..] else { panic!() };
    assert_close("free", year.free, 6.0);
    assert_close("auctioned", year.auctioned, 1.0);
}

/// Numbers between zero and one that follow each other without end, the same every time.
fn numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493);
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        f64::from(u32::try_from(state >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// What may be done with allowances makes no plan more expensive, and what is sold brings in price times
/// amount.
#[test]
fn options_make_no_plan_more_expensive() {
    for seed in 0..12 {
        let mut next = numbers(seed);
        let issued: Vec<String> =
            (2030..2034).map(|year| format!("{year} = {:.3}", 2.5 + 6.0 * next())).collect();
        let issued = format!("{{ {} }}", issued.join(", "));
        let cost = |options: &str| {
            let (model, plan) = solved(&[&system(FOUR_YEARS), &scheme(&issued, options)]);
            for year in years(&model, &plan) {
                let sold = year.auctioned - year.withheld;
                assert_close("revenue", year.auction_revenue, year.price * sold);
                assert_close(
                    "covered",
                    year.covered + year.unused(),
                    year.allowed.max(year.covered),
                );
            }
            plan.solution.objective
        };
        let apart = cost("");
        let limit = format!("bank.limit = {{ value = {:.3}, unit = \"Mt\" }}\n", 3.0 * next());
        let costs = [
            apart,
            cost(&limit),
            cost("bank = {}\n"),
            cost("bank = {}\nborrowing.limit = { value = 1, unit = \"Mt\" }\n"),
            cost("bank = {}\nborrowing = {}\n"),
        ];
        for pair in costs.windows(2) {
            assert!(pair[1] <= pair[0] + 1e-6, "{costs:?} with {issued}");
        }
        let budget: String =
            "[emission_caps.all]\nemissions = { co2 = 1 }\nbudget = ".to_owned();
        let all: f64 = issued
            .split([' ', ','])
            .filter_map(|word| word.parse::<f64>().ok())
            .filter(|n| *n < 100.0)
            .sum();
        let (_, free) = solved(&[&system(FOUR_YEARS), &format!("{budget}{all}\n")]);
        assert_close("as a budget", costs[4], free.solution.objective);
    }
}

/// Two countries with a scheme each.
fn two(allowances: [f64; 2], links: &str) -> String {
    let mut text = ONE_YEAR.to_owned()
        + "[regions.a]\n[regions.b]\n[commodities.electricity]\n[demands.electricity]\n\
           a = { annual = 10 }\nb = { annual = 8 }\n[emissions.co2]\n";
    for (region, issued, plants) in [
        ("a", allowances[0], [(20, 1000, 10), (45, 400, 8), (90, 0, 10)]),
        ("b", allowances[1], [(25, 1100, 8), (60, 500, 6), (70, 0, 8)]),
    ] {
        for (name, (cost, emits, most)) in ["coal", "gas", "wind"].iter().zip(plants) {
            text += &format!(
                "[processes.{name}_{region}]\noutput = \"electricity\"\nregions = [\"{region}\"]\n\
                 variable_cost = {cost}\nemissions = {{ co2 = {emits} }}\n\
                 max_activity = {{ value = {most}, unit = \"PJ\" }}\n"
            );
        }
        text += &format!(
            "[trading.{region}]\nregions = [\"{region}\"]\nemissions = {{ co2 = 1 }}\n\
             allowances = {issued}\n"
        );
    }
    text + links
}

/// Linking is never more expensive than two schemes apart, a limit on it is between, and both prices
/// become one.
#[test]
fn linking_makes_no_plan_more_expensive() {
    let link = |more: &str| {
        format!("[trading_links.both]\nfrom = \"a\"\nto = \"b\"\ntwo_way = true\n{more}")
    };
    for seed in 0..12 {
        let mut next = numbers(seed);
        let issued = [1.0 + 8.0 * next(), 1.0 + 7.0 * next()];
        let cost = |links: &str| {
            let (_, plan) = solved(&[&two(issued, links)]);
            (plan.solution.objective, plan.solution.trading.clone())
        };
        let limit = link(&format!("max = {{ value = {}, unit = \"Mt/a\" }}\n", next()));
        let (apart, (limited, _), (linked, traded)) =
            (cost("").0, cost(&limit), cost(&link("")));
        assert!(linked <= limited + 1e-6 && limited <= apart + 1e-6, "{issued:?}");
        assert_close("one price", traded[0].price[0], traded[1].price[0]);
    }
}

fn findings(parts: &[&str]) -> String {
    read_with_findings(parts).1
}

/// What the book writes out is a model of a country with power, steel and mines, and a neighbour with a
/// scheme.
#[test]
fn the_book_writes_a_model() {
    let page = repository().join("docs/src/trading.md");
    let page = std::fs::read_to_string(page).unwrap();
    let blocks: Vec<&str> = page.split("```toml").skip(1).collect();
    let blocks: Vec<&str> =
        blocks.iter().filter_map(|block| block.split("```").next()).collect();
    let country = "[drivers.gdp]\nunit = \"USD\"\nvalue = 1\n[regions.uz]\n\
         [commodities.electricity]\n[commodities.steel]\nunit = \"Mt\"\n[commodities.coal]\n\
         [demands.electricity]\nland = { annual = 36 }\nuz = { annual = 36 }\n\
         [emissions.co2]\n\
         [processes.coal_plant]\noutput = \"electricity\"\ncategory = \"power\"\n\
         variable_cost = 20\nemissions = { co2 = 200 }\nregions = [\"land\", \"uz\"]\n\
         [processes.furnace]\noutput = \"steel\"\ncategory = \"steel\"\n\
         variable_cost = { value = 300, unit = \"USD/t\" }\n\
         emissions = { co2 = { value = 1.8, unit = \"t/t\" } }\n\
         [processes.mine]\noutput = \"coal\"\nvariable_cost = 1\nemissions = { co2 = 5 }\n\
         [trading.uzets]\nregions = [\"uz\"]\nemissions = { co2 = 1 }\nallowances = 90\n";
    let years =
        "[time]\nyears = [2026, 2031]\nhorizon_end = 2040\n[finance]\ndiscount_rate = 0.05\n";
    let folder = folder(&[years, country]);
    let units = "[units]\nallowances = \"Mt\"\nemission_price = \"USD/t\"\n";
    let text = [&[units], &blocks[..]].concat().concat();
    std::fs::write(folder.path().join("trading.toml"), text).unwrap();
    let input = Tree::read(folder.path()).input();
    let found = |one| kzleap_study::diagnostics::render(one, &input.sources);
    let found: Vec<String> = input.diagnostics.iter().map(found).collect();
    let model = input.model.unwrap_or_else(|| panic!("{}", found.join("\n")));
    let plan = solve(&model);
    let scheme = &model.trading[model.trading.position(|of| of.name == "kazets").unwrap()];
    assert_eq!((scheme.tranches.len(), scheme.allocations.len()), (2, 3));
    assert!(plan.certified());
}

/// What looks like a cap and is none is warned of.
#[test]
fn bad_policies_are_answered_in_words() {
    for (options, said) in [
        (
            "bank.phases = [2031]\n",
            "no allowances are issued in the last phase of `trading.ets`",
        ),
        ("bank.phases = [2050]\n", "ends in 2050, which is no year of the model"),
        (
            "offsets.steps.any.price = 5\n",
            "offsets may stand for all that `trading.ets` covers, so that its cap is void",
        ),
        (
            "offsets = { share_of_emissions = 1, steps.any.price = 5 }\n",
            "offsets may stand for all that `trading.ets` covers, so that its cap is void",
        ),
        (
            "auction = { share = 0, floor = { value = 5, unit = \"USD/t\" } }\n",
            "the floor of `trading.ets` cannot hold in 2030: nothing is sold",
        ),
        (
            "bank = {}\npenalty = { price = 20, make_good = false }\n",
            "lets a penalty stand for an allowance, which may then be kept in the bank",
        ),
    ] {
        let issued = "{ 2030 = 9, 2031 = 9, 2032 = 0, 2033 = 0 }";
        let found = findings(&[&system(FOUR_YEARS), &scheme(issued, options)]);
        assert!(found.contains(said), "{options}: {found}");
    }
}
