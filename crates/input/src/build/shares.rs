//! Rules on shares in the making of a commodity.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{Counted, Sense, Share};
use kzleap_model::{CommodityIx, Process, ProcessIx};

use super::Build;
use super::declare::given;
use crate::reader::Reader;
use crate::registry::{root, share};

/// Reads every share.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::SHARES) {
        given(rd, &item, share::LABEL);
        let commodity = rd.name(&item, share::COMMODITY);
        let members = build.members(rd, &item, &share::MEMBERS);
        let (field, sense) = match (item.has(share::AT_LEAST), item.has(share::AT_MOST)) {
            (true, false) => (share::AT_LEAST, Sense::AtLeast),
            (false, true) => (share::AT_MOST, Sense::AtMost),
            (true, true) => {
                let message = format!("`{}` has both `at_least` and `at_most`", item.path);
                let diagnostic =
                    Diagnostic::error("both-given", message, item.place_of(share::AT_MOST), "")
                        .also(item.place_of(share::AT_LEAST), "")
                        .hint("make two rules of it");
                rd.fail(&item, diagnostic);
                continue;
            }
            (false, false) => {
                let message = format!("`{}` does not say how large the share is", item.path);
                let diagnostic = Diagnostic::error("missing-field", message, item.place, "")
                    .hint("add `at_least` or `at_most`");
                rd.fail_missing(&item, diagnostic);
                continue;
            }
        };
        let share = rd.since_first_year(&item, field);
        let (Some((commodity, _)), Some(members), Some(share)) = (commodity, members, share)
        else {
            continue;
        };
        let commodity = CommodityIx::new(commodity);
        let regions = build.regions_of(rd, &item, share::REGIONS);
        let makes = |process: &Process| {
            !process.is_storage()
                && process
                    .modes
                    .iter()
                    .any(|mode| mode.outputs.iter().any(|(output, _)| *output == commodity))
        };
        let making: Vec<ProcessIx> =
            members.iter().copied().filter(|ix| makes(&build.model.processes[*ix])).collect();
        let lost = members.iter().any(|ix| rd.failed.contains(&build.process_paths[ix.get()]));
        if making.is_empty() && lost {
            rd.fail_silently(&item);
            continue;
        }
        if making.is_empty() {
            let name = &build.model.commodities[commodity].name;
            let message = format!("none of these processes make `{name}`");
            let field = share::MEMBERS.written(&item);
            let diagnostic =
                Diagnostic::error("share-of-nothing", message, item.value_place(field), "")
                    .also(item.value_place(share::COMMODITY), "of this");
            rd.fail(&item, diagnostic);
            continue;
        }
        let whole = build
            .model
            .processes
            .iter_ix()
            .filter(|(_, process)| regions.contains(&process.region) && makes(process))
            .map(|(ix, _)| (ix, commodity))
            .collect();
        let one = build.every_year(1.0);
        let part = making.into_iter().map(|ix| (ix, commodity, one.clone())).collect();
        let name = item.name.to_owned();
        let counts = Counted::Used;
        build.model.shares.push(Share { name, part, whole, sense, share, counts });
    }
}
