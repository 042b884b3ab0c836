//! A year of power in Kazakhstan (three zones), Uzbekistan and Kyrgyzstan by others: the case of
//! 2030 of the public training data of Agora Energiewende and UCA for PyPSA-SPICE, as tables.
//!
//! It lies beside the repository, in `../shared/data/ca/agora_case_2030`; where it does not, the
//! test says so and passes. Its 352 slices have 25 hours each, 8,800 in all; ours have the 8,760
//! hours of a year. So what counts by hours is scaled: costs and emissions of a MWh up, limits on
//! energy down. The program is then the same, column for column.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use kzleap_study::model::Model;
use kzleap_tests::{capacity, solve};

const HEAD: &str = r#"
format = 2
name = "region"
currency = "USD2023"
[finance]
discount_rate = 0.0
[defaults]
life = 1
[units]
capacity = "MW"
capital_cost = "USD/MW"
variable_cost = "USD/MWh"
activity = "MWh"
annual = "MWh"
unserved_cost = "USD/MWh"
emission_factor = "t/MWh"
[emissions.co2]
[commodities.electricity]
balance = "exact"
"#;

/// Technologies that are free where the case is open.
const FREE: [&str; 4] = ["PHOT", "WTON", "CCGT", "OCGT"];

type Row = BTreeMap<String, String>;

fn table(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader =
        csv::Reader::from_path(folder.join(format!("{name}.csv"))).expect("there is a table");
    let rows = reader.deserialize();
    rows.map(|row| row.expect("a row of text")).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is a number: {row:?}"))
}

/// The value in the row of this name.
fn of(rows: &[Row], column: &str, name: &str) -> f64 {
    let row = rows.iter().find(|row| row[column].starts_with(name));
    number(row.unwrap_or_else(|| panic!("there is {name}")), "value")
}

/// The case, with new plants and lines as planned or open.
struct Case {
    folder: std::path::PathBuf,
    open: bool,
}

impl Case {
    fn table(&self, name: &str) -> Vec<Row> {
        table(&self.folder, name)
    }

    /// Hours of the case over hours of a year.
    fn hours(&self) -> f64 {
        of(&self.table("parameters"), "parameter", "sum of hours") / 8760.0
    }

    /// Capacities as the case has them: there already, planned, or free up to a limit.
    fn capacities(&self, row: &Row, may_be_free: bool) -> String {
        let (planned, most) = (&row["cap_planned_mw"], &row["cap_max_open_mw"]);
        if row["vintage"] == "existing" {
            return format!("capacity = \"MW\"\nresidual_capacity = {planned}\n");
        }
        let (least, most) =
            if self.open && may_be_free { ("0", most) } else { (planned.as_str(), planned) };
        format!(
            "capacity = \"MW\"\ncapital_cost = {}\nmin_capacity = {least}\nmax_capacity = {most}\n",
            row["annuity_usd_mw"]
        )
    }

    fn units(&self) -> String {
        let mut text = String::new();
        for unit in self.table("units") {
            let availability = if unit["profile"].is_empty() {
                unit["availability"].clone()
            } else {
                format!("\"{}\"", unit["profile"])
            };
            let _ = writeln!(
                text,
                "[processes.{}]\nregions = [\"{}\"]\noutput = \"electricity\"\n{}\
                 variable_cost = {}\nemissions = {{ co2 = {} }}\navailability = {availability}",
                unit["unit"],
                unit["region"],
                self.capacities(&unit, FREE.contains(&unit["type"].as_str())),
                number(&unit, "variable_usd_mwh") * self.hours(),
                number(&unit, "co2_t_mwh") * self.hours(),
            );
        }
        text
    }

    fn lines(&self) -> String {
        let mut text = String::new();
        for line in self.table("lines") {
            let _ = writeln!(
                text,
                "[links.{}]\nfrom = \"{}\"\nto = \"{}\"\ncommodity = \"electricity\"\n{}",
                line["line"],
                line["from"],
                line["to"],
                self.capacities(&line, true),
            );
        }
        text
    }

    fn limits(&self) -> String {
        let (units, mut text) = (self.table("units"), String::new());
        for limit in self.table("energy_limits") {
            let counts = |unit: &&Row| {
                unit["type"] == limit["type"]
                    && limit["regions"].split(';').any(|region| region == unit["region"])
                    && (limit["vintage"].is_empty() || limit["vintage"] == unit["vintage"])
            };
            let names: Vec<&str> =
                units.iter().filter(counts).map(|unit| unit["unit"].as_str()).collect();
            let most = number(&limit, "max_mwh") / self.hours();
            let name = limit["limit"].replace(' ', "_");
            let _ =
                writeln!(text, "[activity_limits.{name}]\nprocesses = {names:?}\nmax = {most}");
        }
        text
    }

    /// Slices of equal length, with profiles of load and of weather.
    fn slices(&self, regions: &[String]) -> String {
        let slices = self.table("slices");
        let mut text = "[time]\nyears = [2030]\n".to_owned();
        let days = 365.0 / slices.len() as f64;
        for slice in &slices {
            let _ = writeln!(
                text,
                "[[time.seasons]]\nname = \"s{}\"\ndays = {days}",
                slice["slice"]
            );
        }
        let profile = |text: &mut String, name: &str, column: &str| {
            let _ = writeln!(text, "[profiles.{name}]");
            for slice in &slices {
                let _ = writeln!(text, "s{} = {}", slice["slice"], slice[column]);
            }
        };
        for column in slices[0].keys().filter(|column| column.starts_with("cf_")) {
            profile(&mut text, &column[3..], column);
        }
        text += "[demands.electricity]\n";
        for region in regions {
            let column = format!("load_{region}");
            let mean = slices.iter().map(|slice| number(slice, &column)).sum::<f64>()
                / slices.len() as f64;
            let annual = mean * 8760.0;
            let _ =
                writeln!(text, "{region} = {{ annual = {annual}, profile = \"{column}\" }}");
        }
        for region in regions {
            let column = format!("load_{region}");
            profile(&mut text, &column, &column);
        }
        text
    }

    fn read(&self) -> Model {
        let mut regions: Vec<String> =
            self.table("units").into_iter().map(|unit| unit["region"].clone()).collect();
        regions.sort();
        regions.dedup();
        let mut text = HEAD.to_owned();
        let lost = of(&self.table("parameters"), "parameter", "lost load") * self.hours();
        let _ = writeln!(text, "unserved_cost = {lost}");
        for region in &regions {
            let _ = writeln!(text, "[regions.{region}]");
        }
        text += &(self.slices(&regions) + &self.units() + &self.lines() + &self.limits());
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::write(folder.path().join("model.toml"), text).expect("it can be written");
        let input = kzleap_study::input::read(folder.path(), None);
        for finding in &input.diagnostics {
            println!("{}", kzleap_study::diagnostics::render(finding, &input.sources));
        }
        input.model.expect("the model has no errors")
    }
}

/// What a plant or line is compared as: in the open case the zones of Kazakhstan together, as power
/// of one kind costs the same in all of them.
fn kind(case: &Case, name: &str) -> String {
    let units = case.table("units");
    match units.iter().find(|unit| unit["unit"] == name) {
        Some(unit) if case.open => {
            format!("{} {} {}", &unit["region"][..2], unit["type"], unit["vintage"])
        }
        _ => name.to_owned(),
    }
}

/// Solves the case and holds it to the objective, capacities and emissions that others found.
fn holds(open: bool, objective: f64) {
    let Some(folder) = kzleap_tests::outside::beside("data/ca/agora_case_2030") else { return };
    let results = table(&folder, if open { "result_open" } else { "result_planned" });
    let case = Case { folder, open };
    let model = case.read();
    let plan = solve(&model);

    // pumped storage that is paid and carries nothing is no part of the program
    let constant = of(&case.table("parameters"), "parameter", "pumped storage");
    let constant = if open { 0.0 } else { constant };
    let found = plan.solution.objective * 1e6 + constant;
    assert!((found / objective - 1.0).abs() < 1e-8, "{found} USD, by others {objective}");

    let mut of_kind: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for row in &results {
        let Some(name) = row["quantity"].strip_prefix("capacity ") else { continue };
        let sums = of_kind.entry(kind(&case, name)).or_default();
        sums.0 += capacity(&model, &plan, name, 0).0;
        sums.1 += number(row, "value") / 1e3;
    }
    assert!(of_kind.len() > 40, "{of_kind:?}");
    for (kind, (gw, wanted)) in &of_kind {
        assert!((gw - wanted).abs() < 1e-4 * wanted.max(0.1), "{kind}: {gw} GW, not {wanted}");
    }

    for country in ["KZ", "UZ", "KG"] {
        let mut found = 0.0;
        for (r, region) in model.regions.iter_ix() {
            if region.name.starts_with(country) {
                found += plan.solution.emissions[(0, r.get(), 0)];
            }
        }
        let wanted = of(&results, "quantity", &format!("emissions {country}")) / 1e6;
        assert!(
            (found - wanted).abs() < 1e-4 * wanted.max(0.1),
            "{country}: {found} Mt, not {wanted}"
        );
    }
}

#[test]
fn plants_and_lines_as_planned() {
    holds(false, 10_649_302_400.0);
}

#[test]
fn new_plants_and_lines_are_free() {
    holds(true, 8_058_780_880.0);
}
