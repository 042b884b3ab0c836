//! Models read from text: what comes out of a right one, and what is said of a broken one.

mod attacks;
mod broken_amounts;
mod broken_basics;
mod broken_capacity;
mod broken_flows;
mod broken_formulas;
mod broken_names;
mod broken_networks;
mod broken_parts;
mod broken_policy;
mod broken_scenarios;
mod broken_statistics;
mod broken_storage;
mod broken_tables;
mod broken_units;
mod formulas;
mod fuels;
mod generated;
mod never_panics;
mod right;
mod silent;
mod support;
mod together;
mod trace;
mod unread;
mod waivers;
