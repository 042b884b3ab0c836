//! What `model.toml` may say, and the collections any file may add to.

use kzleap_model::{Households, Scheme, TradingLink, UserRow, stated};

use super::Default::{None as Absent, Required, Words};
use super::calendar::{CALENDAR_YEAR, hourly, profile, time};
use super::constraints::{constraint, indicator};
use super::households::household;
use super::kinds::{category, sector};
use super::policy::{
    activity_limit, capacity_limit, emission_cap, emission_price, reserve_margin, retrofit,
    share, subsidy,
};
use super::processes::process;
use super::region_levels::region_level;
use super::resources::resource;
use super::statistics::statistic;
use super::storages::{link, storage};
use super::trading::{scheme, trading_link};
use super::{
    BySlice, Dimension, FIXED, Flag, Items, Number, OneTable, Quantity, R, Text, Units,
    by_slice, flag, items, number, one_table, shared, table, text, units,
};
use super::{branch, commodity, demands, driver, emission};
use kzleap_model::policy::{ActivityLimit, CapacityLimit, EmissionCap, Reserve, Share};

const RATE: Quantity = Quantity::new(Dimension::Ratio, "", FIXED)
    .hard(-0.5, 1.0)
    .possible(-0.5, f64::INFINITY)
    .soft(0.0, 0.5);

pub(crate) mod root {
    use super::*;

    table! {
        title: "Model",
        written: "model.toml",
        doc: "What the model is. The tables below may be in any TOML file of the folder.",
        open: None;

        const FORMAT: Field<Number> = number(
            "format",
            Quantity::new(Dimension::Ratio, "", FIXED).whole(),
            Required,
            "version of this format: 2",
        );
        const NAME: Field<Text> =
            text("name", Required, "short name, used for folders of results");
        const LABEL: Field<Text> = shared::LABEL;
        const DESCRIPTION: Field<Text> = text("description", Absent, "what the model is for");
        const CURRENCY: Field<Text> =
            text("currency", Required, "money of the model, such as `USD2022`");
        const UNITS: Field<Units> = units("units", Absent, "units of this file, by field name");
        const TIME: Field<OneTable> = one_table("time", &time::TABLE, Required, "when");
        const FINANCE: Field<OneTable> =
            one_table("finance", &finance::TABLE, Required, "rates");
        const MONEY: Field<Items> =
            items("money", &money::TABLE, Absent, "worth of other money");
        const DEFAULTS: Field<OneTable> = one_table(
            stated::DEFAULTS,
            &defaults::TABLE,
            Absent,
            "for whatever does not say otherwise",
        );
        const REGIONS: Field<Items> = items("regions", &region::TABLE, Required, "where");
        const REGION_LEVELS: Field<Items> = items(
            stated::REGION_LEVELS,
            &region_level::TABLE,
            Absent,
            "coarser and finer levels of the regions, for `--regions`",
        );
        const PROFILES: Field<Items> =
            items("profiles", &profile::TABLE, Absent, "values by slice");
        const HOURLY: Field<Items> = items(
            "hourly",
            &hourly::TABLE,
            Absent,
            "tables of hourly series: with them, the slices are the hours of a year",
        );
        const CATEGORIES: Field<Items> = items(
            "categories",
            &category::TABLE,
            Absent,
            "what reports gather processes under",
        );
        const SECTORS: Field<Items> =
            items("sectors", &sector::TABLE, Absent, "who takes energy, and kinds of plants");
        const COMMODITIES: Field<Items> =
            items("commodities", &commodity::TABLE, Required, "what is made and used");
        const PROCESSES: Field<Items> =
            items(stated::PROCESSES, &process::TABLE, Absent, "what makes and uses");
        const STORAGES: Field<Items> = items(stated::STORAGES, &storage::TABLE, Absent, "what keeps");
        const LINKS: Field<Items> =
            items(stated::LINKS, &link::TABLE, Absent, "what carries between regions");
        const RESOURCES: Field<Items> =
            items(stated::RESOURCES, &resource::TABLE, Absent, "what is dug or bought");
        const DRIVERS: Field<Items> =
            items("drivers", &driver::TABLE, Absent, "what demand follows");
        const BRANCHES: Field<Items> =
            items(stated::BRANCHES, &branch::TABLE, Absent, "the tree of demand");
        const DEMANDS: Field<Items> =
            items(stated::DEMANDS, &demands::TABLE, Absent, "what must be served");
        const EMISSIONS: Field<Items> =
            items("emissions", &emission::TABLE, Absent, "what is counted");
        const EMISSION_CAPS: Field<Items> =
            items(EmissionCap::COLLECTION, &emission_cap::TABLE, Absent, "caps on emissions");
        const EMISSION_PRICES: Field<Items> = items(
            "emission_prices",
            &emission_price::TABLE,
            Absent,
            "prices on what some processes emit",
        );
        const TRADING: Field<Items> =
            items(Scheme::COLLECTION, &scheme::TABLE, Absent, "emissions trading schemes");
        const TRADING_LINKS: Field<Items> = items(
            TradingLink::COLLECTION,
            &trading_link::TABLE,
            Absent,
            "allowances of one scheme that count in another",
        );
        const RESERVE_MARGINS: Field<Items> =
            items(Reserve::COLLECTION, &reserve_margin::TABLE, Absent, "firm capacity");
        const SHARES: Field<Items> = items(Share::COLLECTION, &share::TABLE, Absent, "rules on shares");
        const ACTIVITY_LIMITS: Field<Items> =
            items(ActivityLimit::COLLECTION, &activity_limit::TABLE, Absent, "on activity");
        const CAPACITY_LIMITS: Field<Items> =
            items(CapacityLimit::COLLECTION, &capacity_limit::TABLE, Absent, "on capacity");
        const CONSTRAINTS: Field<Items> = items(
            UserRow::COLLECTION,
            &constraint::TABLE,
            Absent,
            "weighted sums of what the plan decides",
        );
        const INDICATORS: Field<Items> = items(
            UserRow::INDICATORS,
            &indicator::TABLE,
            Absent,
            "the same without a bound, to be shown",
        );
        const SUBSIDIES: Field<Items> =
            items("subsidies", &subsidy::TABLE, Absent, "on building");
        const RETROFITS: Field<Items> =
            items("retrofits", &retrofit::TABLE, Absent, "what capacity may become");
        const STATISTICS: Field<Items> =
            items("statistics", &statistic::TABLE, Absent, "what the plan is held against");
        const HOUSEHOLDS: Field<Items> = items(
            Households::COLLECTION,
            &household::TABLE,
            Absent,
            "groups of households, who pay parts of bills",
        );
    }
}

pub(crate) mod finance {
    use super::*;

    table! {
        title: "Finance",
        written: "[finance]",
        doc: "How costs of different years are brought together.",
        open: None;

        const DISCOUNT_RATE: Field<Number> = number(
            "discount_rate",
            Quantity { varies: R, ..RATE },
            Required,
            "social discount rate, a ratio a year",
        );
        const COST_OF_CAPITAL: Field<Number> = number(
            "cost_of_capital",
            Quantity { varies: R, ..RATE },
            Words("the discount rate"),
            "rate investors pay where a process says nothing",
        );
        const BASE_YEAR: Field<Number> = number(
            "base_year",
            CALENDAR_YEAR,
            Words("first milestone year"),
            "the year present values are of",
        );
    }
}

pub(crate) mod money {
    use super::*;

    table! {
        title: "Money",
        written: "[money]",
        doc: "What other money, such as `KZT2022`, is worth in the model's currency.",
        open: None;

        const VALUE: Field<Number> = number(
            "value",
            Quantity::new(Dimension::MoneyWorth, "", FIXED)
                .hard(f64::MIN_POSITIVE, f64::INFINITY),
            Required,
            "worth of one unit, in the model's currency",
        );
    }
}

pub(crate) mod defaults {
    use super::*;

    table! {
        title: "Defaults",
        written: "[defaults]",
        doc: "Values for every process, storage and link that has such a field and does not give it.",
        open: None;

        const LIFE: Field<Number> = number("life", shared::YEARS_OF_LIFE, Absent, "years in service");
        const ECONOMIC_LIFE: Field<Number> =
            number("economic_life", shared::YEARS_OF_PAYMENT, Absent, "years of payment");
        const COST_OF_CAPITAL: Field<Number> =
            number("cost_of_capital", shared::RATE_OF_CAPITAL, Absent, "rate investors pay");
        const AVAILABILITY: Field<BySlice> =
            by_slice("availability", shared::SHARE_THAT_CAN_RUN, Absent, "share of capacity that can run");
        const EARLY_RETIREMENT: Field<Flag> =
            flag("early_retirement", Absent, "whether capacity may retire early");
    }
}

pub(crate) mod region {
    use super::*;

    table! {
        title: "Regions",
        written: "[regions.NAME]",
        doc: "A place where commodities are balanced.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const DOMESTIC: Field<Flag> = flag(
            "domestic",
            Words("true"),
            "false for a neighbour, which is left out of totals, caps and default `regions`",
        );
    }
}
