//! Profiles that nothing uses.

use kzleap_diagnostics::Diagnostic;

use super::Check;
use crate::names::nearest;
use crate::registry::root;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let unused: Vec<String> = check
        .rd
        .sets
        .profiles
        .keys()
        .filter(|name| !check.rd.sets.used_profiles.contains(*name))
        // hourly tables are taken as people have them
        .filter(|name| !check.rd.sets.hourly_series.contains_key(*name))
        // the base or another scenario may be the one that uses it
        .filter(|name| !check.named.uses_profile(name))
        .cloned()
        .collect();
    for name in unused {
        // a part with a mistake may be the one that uses it
        if check.open.may_name(&name) {
            continue;
        }
        let place = check.item_place(&root::PROFILES.key().path(&name));
        let message = format!("nothing uses the profile `{name}`");
        let diagnostic = Diagnostic::warning("unused-profile", message, place, "");
        let used: Vec<&str> = check.rd.sets.used_profiles.iter().map(String::as_str).collect();
        let diagnostic = match nearest(&name, used) {
            Some(near) => {
                diagnostic.hint(format!("`{near}` is used: is one meant for the other?"))
            }
            None => diagnostic.hint("name it in an `availability` or a demand, or take it out"),
        };
        check.report(diagnostic);
    }
}
