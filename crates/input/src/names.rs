//! From a misspelt name to the one that was meant.

/// The known name nearest to what was written, if one is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let (score, name) = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .min()?;
    // a third of the letters may differ; a name that only has more to it is near as well
    let allowed = written.chars().count().div_ceil(3).max(1);
    let extends = lower.len() >= 4 && name.to_lowercase().contains(&lower);
    (score <= allowed || extends).then_some(name)
}

/// `did you mean …?`, if something is near enough.
pub(crate) fn did_you_mean<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(written, known).map(|name| format!("did you mean `{name}`?"))
}

/// `did you mean …?`, or else the known names if they are few.
pub(crate) fn suggest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
) -> Option<String> {
    let known = known.into_iter();
    did_you_mean(written, known.clone()).or_else(|| {
        let known: Vec<&str> = known.collect();
        match known.len() {
            0 => None,
            1..=12 => Some(format!("known: {}", known.join(", "))),
            more => Some(format!("known: {} and {} more", known[..8].join(", "), more - 8)),
        }
    })
}

/// Whether a name is what a pattern says, in which each `*` stands for any letters.
pub fn fits(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, fitting, other) in [
            ("*", "wind", ""),
            ("gas_*", "gas_old", "old_gas"),
            ("*_old", "gas_old", "gas_older"),
            ("a*b*a", "abba", "aba_b"),
            ("a*a", "aba", "a"),
            ("wind", "wind", "winds"),
        ] {
            assert!(fits(pattern, fitting), "{pattern} {fitting}");
            assert!(pattern == "*" || !fits(pattern, other), "{pattern} {other}");
        }
    }
}
