//! What would mend an infeasible OSeMOSYS data file, calculated by hand: each answer is written
//! into the file as printed, and then there is a plan; one hundredth less, and there is none.

use kzleap_study::RuleKind;
use kzleap_study::diagnostics::{Diagnostics, Sources};
use kzleap_study::model::Model;
use kzleap_study::osemosys::{Options, read, to_model};
use kzleap_study::solver::SolveError;

/// 1 GW is used all year (31.536 PJ). 1.1 GW may stand, and 1.2 times what is made is asked for.
fn data(most: &str, margin: &str) -> String {
    format!(
        "set REGION := R;\nset EMISSION := ;\nset TECHNOLOGY := GAS;\nset FUEL := EL;\n\
         set MODE_OF_OPERATION := 1;\nset TIMESLICE := ALL;\nset STORAGE := ;\n\
         set SEASON := ;\nset DAYTYPE := ;\nset DAILYTIMEBRACKET := ;\nset YEAR := 2030;\n\
         param DiscountRate default 0.05 := ;\nparam DepreciationMethod default 1 := ;\n\
         param YearSplit default 1 := ;\nparam OperationalLife default 30 := ;\n\
         param CapacityToActivityUnit default 31.536 := ;\n\
         param OutputActivityRatio default 0 :=\n[R,GAS,EL,*,*]: 2030 :=\n1 1\n;\n\
         param CapitalCost default 0 :=\n[R,*,*]: 2030 :=\nGAS 900\n;\n\
         param VariableCost default 0 :=\n[R,GAS,*,*]: 2030 :=\n1 8\n;\n\
         param TotalAnnualMaxCapacity default -1 :=\n[R,*,*]: 2030 :=\nGAS {most}\n;\n\
         param SpecifiedAnnualDemand default 0 :=\n[R,*,*]: 2030 :=\nEL 31.536\n;\n\
         param SpecifiedDemandProfile default 1 := ;\n\
         param ReserveMargin default 1 :=\n: 2030 :=\nR {margin}\n;\n\
         param ReserveMarginTagFuel default 1 := ;\n\
         param ReserveMarginTagTechnology default 1 := ;\nend;\n"
    )
}

fn model(most: &str, margin: &str) -> Model {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("data.txt");
    std::fs::write(&path, data(most, margin)).expect("it can be written");
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let data = read(&path, &Options::default(), &mut sources, &mut findings)
        .expect("the file is there")
        .expect("the data are sound");
    to_model(&data).model
}

fn is_feasible(most: &str, margin: &str) -> bool {
    let found =
        kzleap_study::optimise(&model(most, margin), &Default::default(), Default::default());
    match found {
        Ok(_) => true,
        Err(SolveError::Infeasible) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_reserve_margin_is_a_multiple_of_what_is_made() {
    let explanation = kzleap_study::explain(&model("1.1", "1.2"), Default::default())
        .expect("it can be explained");
    let texts: Vec<Vec<String>> = (explanation.repairs.iter())
        .map(|repair| repair.iter().map(kzleap_study::Repair::text).collect())
        .collect();
    let expected = [
        "lower ReserveMargin[R,2030] from 1.2 to 1.1",
        "raise TotalAnnualMaxCapacity[R,GAS,2030] by 0.1 from 1.1 to 1.2",
        "lower SpecifiedAnnualDemand[R,EL,2030] by 2.628 from 31.536 to 28.908",
    ];
    assert_eq!(texts, expected.map(|text| vec![text.to_owned()]));
    let kinds = explanation.conflict.iter().map(|rule| rule.kind);
    assert!(kinds.into_iter().any(|kind| matches!(kind, RuleKind::ReserveMargin(..))));
    assert!(is_feasible("1.1", "1.1") && !is_feasible("1.1", "1.101"));
    assert!(is_feasible("1.2", "1.2") && !is_feasible("1.199", "1.2"));
}
