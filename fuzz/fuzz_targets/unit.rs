//! Units: one a line, each as the unit of a capital cost.
#![no_main]

use kzleap_fuzz::{TWO_PLANTS, check, folder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut more = String::new();
    for (at, unit) in text.lines().take(8).enumerate() {
        let unit: String = unit.chars().filter(|c| !c.is_control() && *c != '\'').collect();
        more += &format!(
            "[processes.p{at}]\noutput = 'electricity'\ncapacity = '{unit}'\nlife = 20\n\
             capital_cost = {{ value = 3, unit = '{unit}' }}\n"
        );
    }
    let folder = folder([("model.toml", TWO_PLANTS), ("more.toml", more.as_str())]);
    check(folder.path(), None);
});
