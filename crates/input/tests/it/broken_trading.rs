//! What is said of trading schemes and their links.

use crate::support::{Files, broken};

/// The files with a scheme of this text after its emissions and allowances.
fn scheme(m: Files, more: &str) -> Files {
    let head = "[units]\nallowances = \"Mt/a\"\nprice = \"USD/t\"\nfloor = \"USD/t\"\nmax = \"Mt/a\"\n\
                [trading.ets]\nemissions = { co2 = 1 }\nallowances = 12\n";
    m.add("trading.toml", &format!("{head}{more}"))
}

/// The files with schemes of north and south, and links of this text.
fn links(m: Files, more: &str) -> Files {
    let of = |region: &str| {
        format!(
            "[trading.{region}]\nregions = [\"{region}\"]\nemissions = {{ co2 = 1 }}\nallowances = 12\n"
        )
    };
    let text = format!("[units]\nallowances = \"Mt/a\"\n{}{}{more}", of("north"), of("south"));
    m.add("trading.toml", &text)
}

broken! {
    a_scheme_without_allowances: |m| m.add("trading.toml", "[trading.ets]\nemissions = { co2 = 1 }\n");
    a_scheme_of_no_emissions: |m| m.add("trading.toml", "[trading.ets]\nallowances = { value = 12, unit = \"Mt/a\" }\n");
    a_scheme_where_nothing_emits: |m| scheme(m, "regions = [\"south\"]\n");
    a_scheme_of_the_name_of_a_cap: |m| scheme(m, "processes = [\"coal_plant\"]\n").add("caps.toml", "[emission_caps.ets]\nemissions = { co2 = 1 }\nprocesses = [\"coal_plant\"]\nlimit = { value = 12, unit = \"Mt/a\" }\n");
    a_scheme_of_all_of_the_name_of_a_cap: |m| scheme(m, "").add("caps.toml", "[emission_caps.ets]\nemissions = { co2 = 1 }\nlimit = { value = 12, unit = \"Mt/a\" }\n");
    a_share_of_all_is_covered: |m| scheme(m, "covered_share = { coal_plant = 0.9 }\n");
    a_covered_share_of_another: |m| scheme(m, "processes = [\"coal_plant\"]\ncovered_share = { coal_plnt = 0.9 }\n");
    a_covered_share_above_one: |m| scheme(m, "processes = [\"coal_plant\"]\ncovered_share = { coal_plant = 1.2 }\n");
    a_bank_that_is_no_table: |m| scheme(m, "bank = true\n");
    a_phase_that_is_no_year: |m| scheme(m, "bank.phases = [2030.5]\n");
    phases_that_are_no_list: |m| scheme(m, "bank.phases = 2030\n");
    a_phase_that_ends_within_a_period: |m| scheme(m, "bank.phases = [2032]\n");
    an_auction_of_more_than_all: |m| scheme(m, "auction.share = 1.5\n");
    a_ceiling_below_the_floor: |m| scheme(m, "auction.floor = 20\ntranches.reserve = { price = 15, max = 1 }\n");
    a_penalty_below_the_floor: |m| scheme(m, "auction.floor = 20\npenalty = { price = 15, make_good = false }\n");
    a_penalty_that_says_not_whether_it_ends_it: |m| scheme(m, "penalty.price = 15\n");
    offsets_without_steps: |m| scheme(m, "offsets.share_of_emissions = 0.1\n");
    offsets_with_two_quotas: |m| scheme(m, "offsets = { share_of_emissions = 0.1, share_of_allowances = 0.1, steps.any = { price = 5, max = 1 } }\n");
    a_stability_reserve_without_a_bank: |m| scheme(m, "stability = { above = { value = 5, unit = \"Mt\" }, take = 0.2 }\n");
    a_stability_reserve_that_takes_nothing_said: |m| scheme(m, "bank = {}\nstability.above = { value = 5, unit = \"Mt\" }\n");
    allocation_by_nothing: |m| scheme(m, "allocation.power.categories = [\"coal_plant\"]\n");
    allocation_by_two_things: |m| scheme(m, "allocation.power = { categories = [\"coal_plant\"], past_emissions = { value = 3, unit = \"Mt/a\" }, benchmark = { value = 0.9, unit = \"t/MWh\" } }\n");
    allocation_to_one_twice: |m| scheme(m, "allocation.power = { categories = [\"coal_plant\"], past_emissions = { value = 3, unit = \"Mt/a\" } }\nallocation.coal = { processes = [\"coal_plant\"], past_emissions = { value = 3, unit = \"Mt/a\" } }\n");
    a_link_to_itself: |m| links(m, "[trading_links.one]\nfrom = \"north\"\nto = \"north\"\n");
    a_link_to_no_scheme: |m| links(m, "[trading_links.one]\nfrom = \"north\"\nto = \"sout\"\n");
    links_that_make_allowances: |m| links(m, "[trading_links.there]\nfrom = \"north\"\nto = \"south\"\nratio = 1.25\n[trading_links.back]\nfrom = \"south\"\nto = \"north\"\n");
    links_that_mix_gases: |m| m.add("trading.toml", "[units]\nallowances = \"Mt/a\"\n[emissions.ch4]\n[trading.north]\nemissions = { co2 = 1 }\nallowances = 12\n[trading.south]\nemissions = { co2 = 1, ch4 = 28 }\nallowances = 8\n[trading_links.one]\nfrom = \"north\"\nto = \"south\"\n");
    links_both_ways_beside_another: |m| links(m, "[trading_links.there]\nfrom = \"north\"\nto = \"south\"\nratio = 0.8\ntwo_way = true\n[trading_links.back]\nfrom = \"north\"\nto = \"south\"\n");
}
