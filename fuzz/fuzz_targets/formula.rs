//! Formulas: one a line, each as what a branch of demand needs in two regions.
#![no_main]

use kzleap_fuzz::{TWO_PLANTS, check, folder};
use libfuzzer_sys::fuzz_target;

const DRIVERS: &str = "\
[regions.sea]\n\
[drivers.people]\nunit = 'million'\nvalue = { land = { 2030 = 9, 2050 = 11 }, sea = 2 }\n\
[drivers.income]\nunit = 'USD/head'\nvalue = { 2030 = 12000, 2050 = 30000 }\n";

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let model = TWO_PLANTS.replace("years = [2030]", "years = [2030, 2040, 2050]");
    let mut more = DRIVERS.to_owned();
    for (at, formula) in text.lines().take(8).enumerate() {
        let formula: String =
            formula.chars().filter(|c| !c.is_control() && *c != '\'').collect();
        more += &format!(
            "[branches.b{at}]\ncommodity = 'electricity'\nannual = {{ formula = '{formula}' }}\n"
        );
    }
    let folder = folder([("model.toml", model.as_str()), ("more.toml", more.as_str())]);
    check(folder.path(), None);
});
