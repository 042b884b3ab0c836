//! What a user reads when a data file is wrong: place, message, label and hint.

use std::fmt::Write;

use kzleap_diagnostics::{Diagnostics, Sources};
use kzleap_osemosys::{Options, mathprog};

/// Sets for one region, two technologies, one fuel and two years, then `rest`.
fn file(rest: &str) -> String {
    format!(
        "set REGION := R;\nset TECHNOLOGY := COAL WIND;\nset FUEL := ELC;\n\
         set MODE_OF_OPERATION := 1;\nset TIMESLICE := ALL;\nset YEAR := 2030 2040;\n\
         param YearSplit default 1 := ;\n{rest}"
    )
}

fn messages(text: &str) -> String {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("model.txt", text);
    let data = mathprog::read(file, "model", &Options::default(), &sources, &mut diagnostics);
    assert!(data.is_none(), "accepted: {text}");
    let mut shown = String::new();
    for problem in &diagnostics {
        let span = problem.span().expect("a place");
        let source = sources.file(span.file);
        let at = source.position(span.start);
        let line = source.text.lines().nth(at.line - 1).unwrap_or("");
        writeln!(shown, "{}:{}: {}: {}", at.line, at.column, problem.code, problem.message)
            .expect("text");
        writeln!(shown, "    {line}").expect("text");
        if let Some(hint) = &problem.hint {
            writeln!(shown, "    hint: {hint}").expect("text");
        }
    }
    shown
}

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_do() {
    let cases = [
        "param CapitalCosts default 0 := ;",
        "set TECHNOLOGIES := COAL;",
        "param CapitalCost default 0 := [R,*,*] : 2030 2040 := COAL 1 2 NUCLEAR 3 4;",
        "param CapitalCost default 0 := [R,*,*] : 2030 2050 := COAL 1 2;",
        "param CapitalCost default 0 := [R,*] : 2030 := COAL 1;",
        "param CapitalCost default 0 := [R,COAL,*] : 2030 := COAL 1;",
        "param CapitalCost default 0 := R COAL 2030 1 R WIND 2030;",
        "param CapitalCost default 0 := R COAL 1 R WIND 2;",
        "param CapitalCost default 0 := [R,*,*] : 2030 2040 := COAL 1 WIND 2 3;",
        "param CapitalCost default 0 := [R,*,*] : 2030 2040 := COAL 1 NaN;",
        "param CapitalCost default 0 := [R,*,*] : 2030 2040 COAL 1 2 WIND 3 4;",
        "param CapitalCost default 0 := [R,*,*] : 2030 2040 := COAL : 1 2;",
        "param CapitalRecoveryFactor default 0.1 := ;",
        "param TotalTechnologyAnnualActivityLowerLimit default 0 := R COAL 2030 10;\n\
         param TotalAnnualMaxCapacity default -1 := R COAL 2030 5;\n\
         param AvailabilityFactor default 0.9 := ;",
        "param TotalTechnologyAnnualActivityLowerLimit default 0 := R COAL 2040 10;\n\
         param TotalAnnualMaxCapacityInvestment default 4 := ;\n\
         param ResidualCapacity default 3 := ; param OperationalLife default 10 := ;",
        "param TotalTechnologyModelPeriodActivityLowerLimit default 0 := R COAL 30;\n\
         param TotalAnnualMaxCapacity default 10 := ;",
        "set EMISSION := CO2; param AnnualExogenousEmission default 3 := ;\n\
         param AnnualEmissionLimit default 2 := ;",
        "param CapitalCost default 0 := R COAL 2030 1 R COAL 2030 2;",
        "param CapitalCost default 0 := ;\nparam CapitalCost default 1 := ;",
        "param CapitalCost default 0 :=\nparam FixedCost default 0 := ;",
        "param CapitalCost default := ;",
        "param CapitalCost default 0 := R COAL 2030 1e400;",
        "param ResidualCapacity default 0 := R COAL 2030 -1;",
        "param OperationalLife default 0 := ;",
        "param OperationalLife default 1 := R COAL -40;",
        "param TotalAnnualMaxCapacity default -1 := R COAL 2040 5;\n\
         param ResidualCapacity default 0 := R COAL 2040 7;",
        "param : CapitalCost OperationalLife := R COAL 2030 1 40;",
        "param default 0 CapitalCost := R COAL 2030 1;",
        "param CapitalCost default 0 := 'R COAL 2030 1;",
        "/* param CapitalCost default 0 := ;",
        "var NewCapacity;",
        "set STORAGE := LAKE;\nparam CapitalCost default 0 := R COAL & 1;",
    ];
    let mut shown = String::new();
    for case in cases {
        writeln!(shown, "== {case}\n{}", messages(&file(case))).expect("text");
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn several_mistakes_are_told_in_one_run() {
    let shown = messages(&file(
        "param CapitalCost default 0 := R COLA 2030 1\nR WIND 2030 x\nR WIND 2035 3;\n\
         param FixedCost default 0 := R WIMD 2030 5;",
    ));
    assert_eq!(shown.lines().filter(|line| line.contains("hint:")).count(), 4, "{shown}");
}

/// What is cut off at the end of a statement still reads as a model: it must not pass in silence.
#[test]
fn a_file_without_its_end_is_told() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../models/osemosys/trade.txt");
    let whole = std::fs::read_to_string(path).expect("our own model");
    let cut = whole.trim_end().trim_end_matches("end;");
    for (text, expected) in [(whole.as_str(), None), (cut, Some("no-end"))] {
        let (mut sources, mut findings) = (
            kzleap_diagnostics::Sources::default(),
            kzleap_diagnostics::Diagnostics::default(),
        );
        let file = sources.add("trade.txt", text);
        let data = mathprog::read(file, "trade", &Options::default(), &sources, &mut findings);
        assert!(data.is_some());
        assert_eq!(findings.iter().next().map(|finding| finding.code), expected);
    }
}
