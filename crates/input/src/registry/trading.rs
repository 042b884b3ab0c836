//! Fields of emissions trading schemes.

use kzleap_model::stated;

use super::Default::{None as Absent, Required, Value, Words};
use super::policy::{CATEGORIES, COVERED, PROCESSES, REGIONS};
use super::{
    ByYear, Dimension, FIXED, Flag, Items, Map, Members, Name, Names, Number, Of, OneTable,
    Quantity, Text, Y, Years, by_year, emission_cap, flag, items, map, name, number, one_table,
    shared, table, years,
};

const fn allowances_a_year() -> Quantity {
    Quantity::new(Dimension::EmissionPerYear, "allowances", Y)
}

const fn allowances() -> Quantity {
    Quantity::new(Dimension::Emission, "allowances", Y)
}

const fn price() -> Quantity {
    Quantity::new(Dimension::CostPerEmission, "emission_price", Y).soft(0.0, 5000.0)
}

pub(crate) mod scheme {
    use super::*;

    table! {
        title: "Trading schemes",
        written: "[trading.NAME]",
        doc: "An emissions trading scheme: who must have allowances for what they emit, and how \
              many there are. Without any of its options it is a cap on every year.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const EMISSIONS: Field<Map> = emission_cap::EMISSIONS;
        const PROCESSES: Field<Names> = COVERED;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const COVERED_SHARE: Field<Map> = map(
            "covered_share",
            Of::New,
            Quantity::share(FIXED),
            Words("1: all of what they emit"),
            "by process or category named above: the share of its emissions that lies in \
             installations above the threshold of the scheme",
        );
        const ALLOWANCES: Field<ByYear> = by_year(
            stated::ALLOWANCES,
            allowances_a_year().any(),
            Required,
            "allowances issued in a year; no scheme before the first given year",
        );
        const BANK: Field<OneTable> = one_table(
            "bank",
            &bank::TABLE,
            Words("what is not used in a period is void"),
            "what is not used may be kept; `bank = {}` without any limit",
        );
        const BORROWING: Field<OneTable> = one_table(
            "borrowing",
            &borrowing::TABLE,
            Words("none"),
            "allowances of the next period may be used before",
        );
        const AUCTION: Field<OneTable> = one_table(
            "auction",
            &auction::TABLE,
            Words("all that nobody is given is sold, at any price"),
            "how allowances are sold",
        );
        const TRANCHES: Field<Items> = items(
            "tranches",
            &priced_step::TABLE,
            Words("none"),
            "sold beyond the allowances issued; one without `max` is a ceiling of the price",
        );
        const OFFSETS: Field<OneTable> = one_table(
            "offsets",
            &offsets::TABLE,
            Words("none"),
            "what may be surrendered in place of allowances",
        );
        const PENALTY: Field<OneTable> = one_table(
            "penalty",
            &penalty::TABLE,
            Words("all that is covered has allowances"),
            "what is paid for emissions without allowances",
        );
        const STABILITY: Field<OneTable> = one_table(
            "stability",
            &stability::TABLE,
            Words("none"),
            "a reserve that takes allowances where many are held",
        );
        const ALLOCATION: Field<Items> = items(
            "allocation",
            &allocation::TABLE,
            Words("nobody is given any"),
            "who is given allowances for nothing",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod bank {
    use super::*;

    table! {
        title: "Banking",
        written: "bank = { first = …, limit = …, phases = […] }",
        doc: "Allowances that are not used in a period may be used in later ones.",
        open: None;

        const FIRST: Field<Number> = number(
            "first",
            Quantity::new(Dimension::Emission, "allowances", FIXED),
            Words("0"),
            "allowances held when the scheme begins",
        );
        const LIMIT: Field<ByYear> = by_year(
            stated::LIMIT,
            allowances(),
            Words("no limit"),
            "the most held at the end of a period",
        );
        const PHASES: Field<Years> = years(
            "phases",
            Words("none"),
            "last years of phases: allowances left then are void, and none may be owed",
        );
        const KEPT: Field<Number> = number(
            "kept",
            Quantity::share(FIXED),
            Value(1.0),
            "what is left of an allowance kept for a year",
        );
    }
}

pub(crate) mod borrowing {
    use super::*;

    table! {
        title: "Borrowing",
        written: "borrowing = { share_of_next = …, limit = …, interest = … }",
        doc: "Allowances of the next period may be used before. Nothing may be owed in the end.",
        open: None;

        const SHARE_OF_NEXT: Field<Number> = number(
            "share_of_next",
            Quantity::share(FIXED),
            Words("no limit"),
            "the most owed at the end of a period, a share of what is issued in the next",
        );
        const LIMIT: Field<ByYear> = by_year(
            stated::LIMIT,
            allowances(),
            Words("no limit"),
            "the most owed at the end of a period",
        );
        const INTEREST: Field<Number> = number(
            "interest",
            Quantity::new(Dimension::Ratio, "", FIXED).soft(0.0, 0.5),
            Words("0"),
            "what is owed more for each year, a ratio",
        );
    }
}

pub(crate) mod auction {
    use super::*;

    table! {
        title: "Auction",
        written: "auction = { share = …, floor = … }",
        doc: "How allowances are sold.",
        open: None;

        const SHARE: Field<ByYear> = by_year(
            "share",
            Quantity::share(Y),
            Words("all that nobody is given"),
            "share of the allowances that is sold at least; claims on more than the rest are cut \
             alike",
        );
        const FLOOR: Field<ByYear> = by_year(
            "floor",
            price(),
            Words("none"),
            "reserve price: what nobody wants at it is withheld, and void; none before the first \
             given year",
        );
    }
}

pub(crate) mod priced_step {
    use super::*;

    table! {
        title: "Tranches, and steps of offsets",
        written: "[trading.NAME.tranches.STEP], [trading.NAME.offsets.steps.STEP]",
        doc: "Some that anyone may buy at a price.",
        open: None;

        const PRICE: Field<ByYear> = by_year("price", price(), Required, "what one costs");
        const MAX: Field<ByYear> =
            by_year(stated::MAX, allowances_a_year(), Words("no limit"), "the most a year");
    }
}

pub(crate) mod offsets {
    use super::*;

    const fn quota() -> Quantity {
        Quantity::share(Y)
    }

    table! {
        title: "Offsets",
        written: "offsets = { share_of_emissions = …, steps = { … } }",
        doc: "What may be surrendered in place of allowances.",
        open: None;

        const SHARE_OF_EMISSIONS: Field<ByYear> = by_year(
            "share_of_emissions",
            quota(),
            Words("as much as there is"),
            "the most, a share of the emissions that are covered",
        );
        const SHARE_OF_ALLOWANCES: Field<ByYear> = by_year(
            "share_of_allowances",
            quota(),
            Absent,
            "the most, a share of the allowances issued, instead",
        );
        const STEPS: Field<Items> = items(
            stated::STEPS,
            &priced_step::TABLE,
            Required,
            "what they cost, the cheapest first",
        );
    }
}

pub(crate) mod penalty {
    use super::*;

    table! {
        title: "Penalty",
        written: "penalty = { price = …, make_good = … }",
        doc: "What is paid for each tonne that is covered and has no allowance.",
        open: None;

        const PRICE: Field<ByYear> = by_year("price", price(), Required, "for each tonne");
        const MAKE_GOOD: Field<Flag> = flag(
            "make_good",
            Required,
            "whether an allowance must be surrendered for it in the next period all the same",
        );
    }
}

pub(crate) mod stability {
    use super::*;

    const fn amount() -> Quantity {
        Quantity::new(Dimension::Emission, "allowances", FIXED)
    }

    table! {
        title: "Stability reserve",
        written: "stability = { above = …, take = …, below = …, give = … }",
        doc: "Takes allowances of a year where many were held at the end of the period before, and \
              gives them back where few were. What it moves is found in rounds.",
        open: None;

        const ABOVE: Field<Number> =
            number("above", amount(), Required, "it takes where more is held");
        const TAKE: Field<Number> = number(
            "take",
            Quantity::share(FIXED),
            Required,
            "share of what is held that it takes in a year",
        );
        const BELOW: Field<Number> =
            number("below", amount(), Value(0.0), "it gives where less is held");
        const GIVE: Field<Number> = number(
            "give",
            amount(),
            Value(0.0),
            "what it gives in a year, as long as it has it",
        );
        const FIRST: Field<Number> =
            number("first", amount(), Value(0.0), "what it has when the scheme begins");
    }
}

pub(crate) mod allocation {
    use super::*;

    table! {
        title: "Allocation",
        written: "[trading.NAME.allocation.GROUP]",
        doc: "Allowances that some are given for nothing: by a benchmark on past output, by a \
              benchmark on what they make, or by past emissions.",
        open: None;

        const PROCESSES: Field<Names> = super::PROCESSES;
        const CATEGORIES: Field<Names> = super::CATEGORIES;
        const REGIONS: Field<Names> = super::REGIONS;
        const BENCHMARK: Field<ByYear> = by_year(
            "benchmark",
            Quantity::new(Dimension::EmissionPerAmount, "emission_factor", Y),
            Absent,
            "allowances for each unit of output",
        );
        const PAST_OUTPUT: Field<ByYear> = by_year(
            "past_output",
            Quantity::new(Dimension::AmountPerYear, "activity", Y),
            Absent,
            "output that the benchmark is applied to, which the plan does not change; none before \
             the first given year",
        );
        const CREDIT: Field<ByYear> = by_year(
            "credit",
            price(),
            Absent,
            "with a benchmark on what they make: the price at which each allowance given for it \
             lowers its cost; left out, the price of the plan itself, found in rounds",
        );
        const PAST_EMISSIONS: Field<ByYear> = by_year(
            "past_emissions",
            allowances_a_year(),
            Absent,
            "emissions by which allowances are given, in place of a benchmark; none before the first \
             given year",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod trading_link {
    use super::*;

    table! {
        title: "Links of trading schemes",
        written: "[trading_links.NAME]",
        doc: "Allowances of one scheme that count in another.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const FROM: Field<Name> = name("from", Of::Schemes, Required, "whose allowances");
        const TO: Field<Name> = name("to", Of::Schemes, Required, "where they count");
        const RATIO: Field<Number> = number(
            "ratio",
            Quantity::new(Dimension::Ratio, "", FIXED)
                .hard(f64::MIN_POSITIVE, f64::INFINITY)
                .soft(0.1, 10.0),
            Value(1.0),
            "what one of them counts there",
        );
        const MAX: Field<ByYear> = by_year(
            stated::MAX,
            allowances_a_year(),
            Words("no limit"),
            "the most that go over it in a year",
        );
        const TWO_WAY: Field<Flag> = flag(
            "two_way",
            Words("false"),
            "whether allowances also go back, at the same ratio",
        );
    }
}
