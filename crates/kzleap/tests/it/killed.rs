//! A program that is killed at any moment leaves the old results or the new ones, whole, and the
//! next one clears up after it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{change, json, kzleap, long_checks, names, summary, text, two_plants};

/// Two models that differ in the price of coal. By hand, in MUSD: without a cap 100 PJ of coal;
/// under the cap 50 PJ of coal and 31.25 PJ of gas at 8 MUSD/PJ; each Mt less costs the same.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Variant {
    coal: f64,
}

const VARIANTS: [Variant; 2] = [Variant { coal: 2.0 }, Variant { coal: 3.0 }];

impl Variant {
    fn free(self) -> f64 {
        100.0 * self.coal
    }

    fn base(self) -> f64 {
        50.0 * self.coal + 250.0
    }

    fn under(self, cap: f64) -> f64 {
        // 1 TWh from gas instead of coal saves 0.64 Mt
        self.free() + (10.0 - cap) * (50.0 - 10.0 * self.coal) / 0.64
    }
}

fn models(folder: &Path) -> [PathBuf; 2] {
    VARIANTS.map(|variant| {
        let model = two_plants(&folder.join(format!("coal-{}", variant.coal)));
        change(
            &model.join("model.toml"),
            "steps.1.cost = 2",
            &format!("steps.1.cost = {}", variant.coal),
        );
        model
    })
}

/// Which of the variants the number belongs to.
fn variant(number: f64, of: impl Fn(Variant) -> f64) -> Variant {
    let close = |variant: &&Variant| (of(**variant) - number).abs() < 1e-6;
    *VARIANTS.iter().find(close).unwrap_or_else(|| panic!("{number} belongs to none"))
}

/// Kills the command again and again, for one model and the other by turns; `whole` looks at what
/// is there after each time.
fn kill_at_random(
    models: &[PathBuf; 2],
    arguments: &dyn Fn(&str) -> Vec<String>,
    whole: &dyn Fn(),
) {
    let command = |model: &Path| {
        let mut command = kzleap();
        command.args(arguments(text(model))).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let start = Instant::now();
    assert!(command(&models[0]).status().unwrap().success());
    let usual = start.elapsed();
    whole();
    let times = if long_checks() { 200 } else { 20 };
    let mut moment = 0.618_034_f64; // multiples of it spread evenly over 0..1
    for time in 0..times {
        moment = (moment + 0.618_034).fract();
        let mut child = command(&models[1 - time % 2]).spawn().unwrap();
        std::thread::sleep(usual.mul_f64(1.2 * moment) + Duration::from_micros(200));
        child.kill().unwrap();
        child.wait().unwrap();
        whole();
    }
    assert!(command(&models[0]).status().unwrap().success());
    whole();
}

/// The cost of the plan in a run folder, in which everything is there and of one run.
fn cost_of_run(folder: &Path) -> f64 {
    let manifest = json(&folder.join("manifest.json"));
    for file in manifest["files"].as_array().unwrap() {
        let file = folder.join(file.as_str().unwrap());
        assert!(fs::metadata(&file).unwrap().len() > 0, "{}", file.display());
    }
    let objective = summary(folder)["objective"].as_f64().unwrap();
    let costs = fs::read_to_string(folder.join("tables/costs.csv")).unwrap();
    let sum: f64 = costs
        .lines()
        .filter(|line| line.contains(",present_value,"))
        .map(|line| line.rsplit(',').nth(1).unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sum - objective).abs() < 1e-6, "costs {sum}, objective {objective}");
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.trim_end().ends_with("</html>"));
    objective
}

#[test]
fn one_run() {
    let temp = tempfile::tempdir().unwrap();
    let models = models(temp.path());
    let out = temp.path().join("results");
    let arguments = |model: &str| {
        ["run", model, "--quiet", "--out", text(&out)].map(str::to_owned).to_vec()
    };
    kill_at_random(&models, &arguments, &|| {
        variant(cost_of_run(&out), Variant::base);
    });
    assert_eq!(names(temp.path()), ["coal-2", "coal-3", "results"]);
    assert_eq!(variant(cost_of_run(&out), Variant::base), VARIANTS[0]);
}

#[test]
fn several_scenarios() {
    let temp = tempfile::tempdir().unwrap();
    let models = models(temp.path());
    let out = temp.path().join("results");
    let arguments = |model: &str| {
        ["run", model, "-s", "base", "-s", "no-cap", "--quiet", "--out", text(&out)]
            .map(str::to_owned)
            .to_vec()
    };
    kill_at_random(&models, &arguments, &|| {
        let base = variant(cost_of_run(&out.join("base")), Variant::base);
        let free = variant(cost_of_run(&out.join("no-cap")), Variant::free);
        if let Ok(page) = fs::read_to_string(out.join("compare.html")) {
            assert!(page.trim_end().ends_with("</html>"));
            assert_eq!(base, free);
            for cost in [base.base(), free.free()] {
                assert!(page.contains(&format!("<td>{cost}</td>")), "{cost}");
            }
        }
    });
    assert_eq!(names(temp.path()), ["coal-2", "coal-3", "results"]);
    assert_eq!(names(&out), ["base", "compare.html", "manifest.json", "no-cap"]);
}

#[test]
fn a_sweep() {
    let temp = tempfile::tempdir().unwrap();
    let models = models(temp.path());
    let out = temp.path().join("results");
    let arguments = |model: &str| {
        let param = "emission_caps.land.limit.2030=10:4:7";
        ["sweep", model, "--param", param, "--unit", "Mt/a", "--quiet", "--out", text(&out)]
            .map(str::to_owned)
            .to_vec()
    };
    kill_at_random(&models, &arguments, &|| {
        let table = fs::read_to_string(out.join("runs.csv")).unwrap();
        let cells: Vec<Vec<&str>> =
            table.lines().skip(1).map(|line| line.split(',').collect()).collect();
        let costs: Vec<f64> = cells.iter().map(|cells| cells[5].parse().unwrap()).collect();
        let of = variant(costs[0], |variant| variant.under(10.0));
        for (cost, cap) in costs.iter().zip([10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0]) {
            assert!((cost - of.under(cap)).abs() < 1e-6, "{table}");
        }
        // each row has the file it was made from
        for (cells, cost) in cells.iter().zip(&costs) {
            let run = json(&out.join("runs").join(format!("{}.json", cells[1])));
            assert_eq!(run["answer"]["figures"]["objective"].as_f64(), Some(*cost));
        }
    });
    assert_eq!(names(temp.path()), ["coal-2", "coal-3", "results"]);
    let runs = names(&out.join("runs"));
    // those of both models are there, each once
    assert_eq!(runs.iter().filter(|name| !name.starts_with('.')).count(), 14, "{runs:?}");
}
