//! The fields that speak of a capacity, whatever is behind it.

use super::processes::process;
use super::storages::{link, storage};
use super::{ByYear, Field, Flag, Key, Map, Number, OneTable};

/// The fields that speak of one capacity of an item.
#[derive(Debug)]
pub(crate) struct CapacityFields {
    pub(crate) residual: Field<ByYear>,
    /// What exists by the year in which its service began, in place of `residual`; of a process each
    /// year is one of its own, which is read elsewhere.
    pub(crate) commissioned: Option<Field<ByYear>>,
    pub(crate) capital_cost: Field<ByYear>,
    pub(crate) connection_cost: Option<Field<ByYear>>,
    pub(crate) fixed_cost: Field<ByYear>,
    pub(crate) min: Field<ByYear>,
    pub(crate) max: Field<ByYear>,
    pub(crate) min_new: Field<ByYear>,
    pub(crate) max_new: Field<ByYear>,
    pub(crate) life: Field<Number>,
    pub(crate) survival: Option<Field<Map>>,
    /// A life that is given for this capacity alone, and is paid over as long.
    pub(crate) own_life: Option<Field<Number>>,
    pub(crate) economic_life: Field<Number>,
    pub(crate) cost_of_capital: Field<Number>,
    pub(crate) lead_time: Field<Number>,
    pub(crate) spending: Field<Map>,
    pub(crate) growth: Option<Field<OneTable>>,
    pub(crate) unit_size: Option<Field<Number>>,
    pub(crate) early_retirement: Field<Flag>,
}

/// Those of a process.
pub(crate) static OF_PROCESS: CapacityFields = CapacityFields {
    residual: process::RESIDUAL_CAPACITY,
    commissioned: None,
    capital_cost: process::CAPITAL_COST,
    connection_cost: Some(process::CONNECTION_COST),
    fixed_cost: process::FIXED_COST,
    min: process::MIN_CAPACITY,
    max: process::MAX_CAPACITY,
    min_new: process::MIN_NEW_CAPACITY,
    max_new: process::MAX_NEW_CAPACITY,
    life: process::LIFE,
    survival: Some(process::SURVIVAL),
    own_life: None,
    economic_life: process::ECONOMIC_LIFE,
    cost_of_capital: process::COST_OF_CAPITAL,
    lead_time: process::LEAD_TIME,
    spending: process::SPENDING,
    growth: Some(process::GROWTH),
    unit_size: Some(process::UNIT_SIZE),
    early_retirement: process::EARLY_RETIREMENT,
};

/// Those of the power of a storage.
pub(crate) static OF_POWER: CapacityFields = CapacityFields {
    residual: storage::RESIDUAL_CAPACITY,
    commissioned: Some(storage::COMMISSIONED),
    capital_cost: storage::CAPITAL_COST,
    connection_cost: None,
    fixed_cost: storage::FIXED_COST,
    min: storage::MIN_CAPACITY,
    max: storage::MAX_CAPACITY,
    min_new: storage::MIN_NEW_CAPACITY,
    max_new: storage::MAX_NEW_CAPACITY,
    life: storage::LIFE,
    survival: None,
    own_life: None,
    economic_life: storage::ECONOMIC_LIFE,
    cost_of_capital: storage::COST_OF_CAPITAL,
    lead_time: storage::LEAD_TIME,
    spending: storage::SPENDING,
    growth: Some(storage::GROWTH),
    unit_size: None,
    early_retirement: storage::EARLY_RETIREMENT,
};

/// Those of the power that charges a storage, where it is sized on its own.
pub(crate) static OF_CHARGE: CapacityFields = CapacityFields {
    residual: storage::CHARGE_RESIDUAL_CAPACITY,
    commissioned: Some(storage::CHARGE_COMMISSIONED),
    capital_cost: storage::CHARGE_CAPITAL_COST,
    connection_cost: None,
    fixed_cost: storage::CHARGE_FIXED_COST,
    min: storage::CHARGE_MIN_CAPACITY,
    max: storage::CHARGE_MAX_CAPACITY,
    min_new: storage::CHARGE_MIN_NEW_CAPACITY,
    max_new: storage::CHARGE_MAX_NEW_CAPACITY,
    life: storage::LIFE,
    survival: None,
    own_life: None,
    economic_life: storage::ECONOMIC_LIFE,
    cost_of_capital: storage::COST_OF_CAPITAL,
    lead_time: storage::LEAD_TIME,
    spending: storage::SPENDING,
    growth: None,
    unit_size: None,
    early_retirement: storage::EARLY_RETIREMENT,
};

/// Fields that size the power that charges a storage on its own.
pub(crate) const SIZE_OF_CHARGE: [Key; 8] = [
    storage::CHARGE_CAPITAL_COST.key(),
    storage::CHARGE_FIXED_COST.key(),
    storage::CHARGE_RESIDUAL_CAPACITY.key(),
    storage::CHARGE_COMMISSIONED.key(),
    storage::CHARGE_MIN_CAPACITY.key(),
    storage::CHARGE_MAX_CAPACITY.key(),
    storage::CHARGE_MIN_NEW_CAPACITY.key(),
    storage::CHARGE_MAX_NEW_CAPACITY.key(),
];

/// Those of the energy of a storage.
pub(crate) static OF_ENERGY: CapacityFields = CapacityFields {
    residual: storage::ENERGY_RESIDUAL_CAPACITY,
    commissioned: Some(storage::ENERGY_COMMISSIONED),
    capital_cost: storage::ENERGY_CAPITAL_COST,
    connection_cost: None,
    fixed_cost: storage::ENERGY_FIXED_COST,
    min: storage::ENERGY_MIN_CAPACITY,
    max: storage::ENERGY_MAX_CAPACITY,
    min_new: storage::ENERGY_MIN_NEW_CAPACITY,
    max_new: storage::ENERGY_MAX_NEW_CAPACITY,
    life: storage::LIFE,
    survival: None,
    own_life: Some(storage::ENERGY_LIFE),
    economic_life: storage::ECONOMIC_LIFE,
    cost_of_capital: storage::COST_OF_CAPITAL,
    lead_time: storage::LEAD_TIME,
    spending: storage::SPENDING,
    growth: None,
    unit_size: None,
    early_retirement: storage::EARLY_RETIREMENT,
};

/// Those of a link.
pub(crate) static OF_LINK: CapacityFields = CapacityFields {
    residual: link::RESIDUAL_CAPACITY,
    commissioned: Some(link::COMMISSIONED),
    capital_cost: link::CAPITAL_COST,
    connection_cost: None,
    fixed_cost: link::FIXED_COST,
    min: link::MIN_CAPACITY,
    max: link::MAX_CAPACITY,
    min_new: link::MIN_NEW_CAPACITY,
    max_new: link::MAX_NEW_CAPACITY,
    life: link::LIFE,
    survival: None,
    own_life: None,
    economic_life: link::ECONOMIC_LIFE,
    cost_of_capital: link::COST_OF_CAPITAL,
    lead_time: link::LEAD_TIME,
    spending: link::SPENDING,
    growth: Some(link::GROWTH),
    unit_size: Some(link::UNIT_SIZE),
    early_retirement: link::EARLY_RETIREMENT,
};
