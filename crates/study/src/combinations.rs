//! Which scenarios, and combinations of them, a name with `*` stands for.

use std::collections::BTreeSet;

use kzleap_input::fits;

/// Every combination of what the parts of a name between `+` stand for, each once: the order of
/// scenarios in it means nothing.
pub(crate) fn combinations(all: &[String], asked: &str) -> Result<Vec<String>, String> {
    if !asked.contains('*') {
        return Ok(vec![asked.to_owned()]);
    }
    let all: Vec<&str> =
        all.iter().map(String::as_str).filter(|name| *name != "base").collect();
    let mut found: Vec<Vec<&str>> = vec![Vec::new()];
    for part in asked.split('+') {
        let mut parts = vec![part];
        if part.contains('*') {
            parts = all.iter().copied().filter(|name| fits(part, name)).collect();
        }
        if parts.is_empty() {
            let known = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
            return Err(format!("no scenario is named like `{part}`; there is {known}"));
        }
        let mut longer = Vec::new();
        for before in &found {
            longer.extend(parts.iter().map(|part| [before.as_slice(), &[*part]].concat()));
        }
        found = longer;
    }
    let mut seen = BTreeSet::new();
    found.retain(|names| {
        let set: BTreeSet<&str> = names.iter().copied().collect();
        set.len() == names.len() && seen.insert(set)
    });
    if found.is_empty() {
        return Err(format!("`{asked}` combines no two different scenarios"));
    }
    Ok(found.into_iter().map(|names| names.join("+")).collect())
}

#[cfg(test)]
mod tests {
    use super::combinations;

    fn named(asked: &str) -> Result<Vec<String>, String> {
        combinations(&["base", "gas-low", "gas-high", "tax"].map(str::to_owned), asked)
    }

    #[test]
    fn every_pair_is_meant_once() {
        assert_eq!(named("base").unwrap(), ["base"]);
        assert_eq!(named("*").unwrap(), ["gas-low", "gas-high", "tax"]);
        assert_eq!(named("gas-*+tax").unwrap(), ["gas-low+tax", "gas-high+tax"]);
        let pairs = ["gas-low+gas-high", "gas-low+tax", "gas-high+tax"];
        assert_eq!(named("*+*").unwrap(), pairs);
        assert_eq!(
            named("coal-*").unwrap_err(),
            "no scenario is named like `coal-*`; there is gas-low, gas-high, tax"
        );
        assert!(named("t*+t*").is_err());
    }
}
