//! The 20 oblasts of Kazakhstan have together what its three zones have.

use kzleap_study::model::Model;
use kzleap_study::resolution::Resolution;
use kzleap_tests::totals::{assert_names_are_unique, assert_totals};
use kzleap_tests::{assert_close, model, solve};

fn at(model: &Model, regions: Option<&str>) -> Model {
    let resolution = Resolution {
        regions: regions.map(ToOwned::to_owned),
        slices: Some(1),
        ..Resolution::default()
    };
    resolution.of(model.clone()).expect("a level of the model")
}

/// Capacity in service in 2023 by process, GW or PJ a year.
fn standing(model: &Model, name: &str, region: Option<&str>) -> f64 {
    let plants = model.processes.iter().filter(|p| p.name == name);
    let there = plants.filter(|p| region.is_none_or(|r| model.regions[p.region].name == r));
    there.filter_map(|p| p.capacity).map(|k| model.capacities[k].residual[0]).sum()
}

/// Demand, standing capacity and emissions from outside are those of the zones; the plan is
/// certified and costs no less, since heat does not leave its oblast.
#[test]
fn oblasts_have_what_their_zones_have() {
    let mut written = model("kazakhstan", Some("neutrality-2060"));
    written.time.cutting.kept.clear(); // one slice a season
    let (zones, oblasts) = (at(&written, None), at(&written, Some("oblasts")));
    assert_eq!(oblasts.regions.iter().filter(|region| region.domestic).count(), 20);
    assert_totals(&oblasts, &zones);
    assert_names_are_unique(&oblasts);
    for process in &zones.processes {
        let name = process.name.as_str();
        let (fine, coarse) = (standing(&oblasts, name, None), standing(&zones, name, None));
        assert_close(name, fine, coarse);
    }
    // all large coal stations stand in two oblasts
    let coal = |region| standing(&oblasts, "coal", Some(region));
    assert_close("coal", coal("pavlodar") + coal("karaganda"), standing(&zones, "coal", None));
    assert_eq!(oblasts.statistics.len(), zones.statistics.len());
    // what was given of the parts is listed where they are solved, and only there
    let of_parts = |model: &Model| {
        model.inputs.iter().filter(|input| input.path.starts_with("region_levels.")).count()
    };
    assert!(of_parts(&oblasts) >= 20);
    assert_eq!(of_parts(&zones), 0);

    let cost = |model: &Model| solve(model).solution.objective;
    let (fine, coarse) = (cost(&oblasts), cost(&zones));
    assert!(fine >= coarse * (1.0 - 1e-9), "{fine} in oblasts, {coarse} in zones");
    assert!(fine < coarse * 1.02, "{fine} in oblasts, {coarse} in zones");
}
