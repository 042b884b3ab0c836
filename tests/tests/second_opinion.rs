//! Clarabel agrees with HiGHS however "no limit" is written, in an OSeMOSYS data file of our own.

use kzleap_study::diagnostics::{Diagnostics, Sources};
use kzleap_study::formulation::formulate;
use kzleap_study::osemosys::{Options, read, to_model};
use kzleap_study::solver::second_opinion;
use kzleap_tests::{assert_close, solve};

const PARAMETERS: [&str; 6] = [
    "TotalAnnualMaxCapacity",
    "TotalAnnualMaxCapacityInvestment",
    "TotalTechnologyAnnualActivityUpperLimit",
    "TotalTechnologyModelPeriodActivityUpperLimit",
    "AnnualEmissionLimit",
    "ModelPeriodEmissionLimit",
];

/// Twelve years of a growing demand, met by coal, gas or wind, with a backstop that costs 99999 and
/// is never used.
fn data(no_limit: &str) -> String {
    let years: Vec<String> = (2020..2032).map(|year: i32| year.to_string()).collect();
    let heads = years.join(" ");
    let each = |value: &str| vec![value; years.len()].join(" ");
    let demand: Vec<String> = (0..12).map(|at| (100 + 10 * at).to_string()).collect();
    let outputs: String = ["COAL", "GAS", "WIND", "BACK"]
        .map(|name| format!("[R,{name},EL,*,*]: {heads} :=\n1 {}\n", each("1")))
        .concat();
    let by_mode = |values: &[(&str, &str)]| -> String {
        let tables = values
            .iter()
            .map(|(key, value)| format!("[R,{key},*,*]: {heads} :=\n1 {}\n", each(value)));
        tables.collect()
    };
    let limits =
        PARAMETERS.map(|name| format!("param {name} default {no_limit} := ;\n")).concat();
    format!(
        "set REGION := R;\nset EMISSION := CO2;\nset TECHNOLOGY := COAL GAS WIND BACK;\n\
         set FUEL := EL;\nset MODE_OF_OPERATION := 1;\nset TIMESLICE := D N;\nset STORAGE := ;\n\
         set SEASON := ;\nset DAYTYPE := ;\nset DAILYTIMEBRACKET := ;\nset YEAR := {heads};\n\
         param DiscountRate default 0.05 := ;\nparam DepreciationMethod default 1 := ;\n\
         param YearSplit default 0.5 := ;\nparam OperationalLife default 30 := ;\n\
         param CapacityToActivityUnit default 31.536 := ;\n\
         param OutputActivityRatio default 0 :=\n{outputs};\n\
         param CapitalCost default 0 :=\n[R,*,*]: {heads} :=\n\
         COAL {coal}\nGAS {gas}\nWIND {wind}\n;\n\
         param VariableCost default 0 :=\n{costs};\n\
         param CapacityFactor default 1 :=\n[R,WIND,*,*]: {heads} :=\nD {day}\nN {night}\n;\n\
         param SpecifiedAnnualDemand default 0 :=\n[R,*,*]: {heads} :=\nEL {demand}\n;\n\
         param SpecifiedDemandProfile default 0.5 := ;\n\
         param EmissionActivityRatio default 0 :=\n{emissions};\n{limits}end;\n",
        coal = each("2000"),
        gas = each("900"),
        wind = each("1500"),
        costs = by_mode(&[("COAL", "3"), ("GAS", "8"), ("BACK", "99999")]),
        day = each("0.4"),
        night = each("0.2"),
        demand = demand.join(" "),
        emissions = by_mode(&[("COAL,CO2", "0.1"), ("GAS,CO2", "0.056")]),
    )
}

/// The least cost by HiGHS and by Clarabel.
fn least_costs(no_limit: &str) -> (f64, f64) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("data.txt");
    std::fs::write(&path, data(no_limit)).expect("it can be written");
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let data = read(&path, &Options::default(), &mut sources, &mut findings)
        .expect("the file is there")
        .expect("the data are sound");
    let model = to_model(&data).model;
    let (other, _) = second_opinion(&formulate(&model).lp).expect("an optimum");
    (solve(&model).solution.objective, other)
}

#[test]
fn no_limit_is_no_limit_however_it_is_written() {
    let (none, _) = least_costs("-1");
    for no_limit in ["99999", "99999999", "1000000000", "1000000000000"] {
        let (ours, other) = least_costs(no_limit);
        assert_close(no_limit, ours, none);
        assert!((other / none - 1.0).abs() <= 1e-6, "{no_limit}: {other}, not {none}");
    }
}
