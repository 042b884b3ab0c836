//! Instruments side by side: `models/two-plants` at 6 Mt in 2030, which are 10 Mt without a cap.

use std::fs;

use crate::support::{names, run, text, two_plants};

fn compare(file: &str) -> (i32, String, String, tempfile::TempDir) {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let path = temp.path().join("instruments.toml");
    fs::write(&path, file).unwrap();
    let (code, stdout, stderr) = run(&[
        "compare-instruments",
        text(&model),
        "-s",
        "no-cap",
        "--by",
        text(&path),
        "--out",
        text(&out),
    ]);
    (code, stdout, stderr, temp)
}

const TARGET: &str = "[target]\nemissions = { co2 = 1 }\nlimit = { 2030 = 6 }\n";

/// Gas at 13.889 in place of coal at 5.556 USD/GJ emits 0.1 in place of 0.278 Mt/PJ: 46.875 USD/t. As a
/// standard it is 6 Mt / 36 PJ, 0.6 t/MWh; as a share of gas 4 / 0.1778 / 36 = 62.5%.
#[test]
fn two_plants_at_six_megatonnes() {
    let file = TARGET.to_owned()
        + "[[instruments]]\nname = \"tax\"\nkind = \"tax\"\n\
           [[instruments]]\nname = \"scheme\"\nkind = \"trading\"\n\
           [[instruments]]\nname = \"standard\"\nkind = \"standard\"\ncommodity = \"electricity\"\n\
           [[instruments]]\nname = \"gas\"\nkind = \"share\"\ncommodity = \"electricity\"\n\
           processes = [\"gas_plant\"]\n\
           [[instruments]]\nname = \"premium\"\nkind = \"subsidy\"\ncommodity = \"electricity\"\n\
           processes = [\"gas_plant\"]\nrate = 40\n";
    let (code, stdout, stderr, temp) = compare(&file);
    assert_eq!(code, 0, "{stdout}{stderr}");
    for said in ["46.9 USD2022/t", "0.600 t/MWh", "62.5%", "at 40.0 USD2022/MWh"] {
        assert!(stdout.contains(said), "{said}: {stdout}");
    }
    let out = temp.path().join("out");
    assert_eq!(names(&out), ["instruments.csv", "manifest.json"]);
    let rows = fs::read_to_string(out.join("instruments.csv")).unwrap();
    let value = |start: &str| -> f64 {
        let line = rows.lines().find(|line| line.starts_with(start));
        let line = line.unwrap_or_else(|| panic!("no {start}: {rows}"));
        line.rsplit(',').next().unwrap().parse().unwrap()
    };
    for (start, by_hand) in [
        ("none,system_cost,,MUSD2022/a,2030,", 200.0),
        ("tax,system_cost,,MUSD2022/a,2030,", 387.5),
        ("tax,budget,,MUSD2022/a,2030,", 6.0 * 46.875),
        ("scheme,pays,public,MUSD2022/a,2030,", 6.0 * 46.875),
        ("standard,budget,,MUSD2022/a,2030,", 0.0),
        ("gas,emissions,,Mt/a,2030,", 6.0),
        ("premium,budget,,MUSD2022/a,2030,", -40.0 * 22.5 / 3.6),
        ("premium,strength,,PJ/a,2030,", 22.5),
    ] {
        assert!((value(start) - by_hand).abs() < 1e-6, "{start} {}", value(start));
    }
}

#[test]
fn what_cannot_be_compared_says_why() {
    let share = |more: &str| {
        format!(
            "{TARGET}[[instruments]]\nname = \"share\"\nkind = \"share\"\n\
             commodity = \"electricity\"\n{more}"
        )
    };
    for (file, wanted, why) in [
        (TARGET.replace("2030", "2031") + "instruments = []\n", 2, "expected"),
        (share(""), 2, "needs `processes` or `categories`"),
        (share("processes = [\"gas_plnt\"]\n"), 3, "gas_plnt"),
        (share("processes = [\"coal_plant\"]\n"), 4, "does not reach the target"),
        (share("prozesses = []\n"), 2, "unknown field `prozesses`"),
    ] {
        let (code, stdout, stderr, _) = compare(&file);
        assert_eq!(code, wanted, "{file}: {stdout}{stderr}");
        assert!(stderr.contains(why), "{file}: {stderr}");
    }
}
