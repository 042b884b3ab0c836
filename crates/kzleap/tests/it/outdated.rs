//! Results that a later run did not replace say that they are older.

use std::fs;

use crate::support::{change, kzleap, names, run, text, two_plants};

#[test]
fn older_results_say_so() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    let (file, out) = (model.join("model.toml"), temp.path().join("out"));
    let arguments = ["run", text(&model), "--out", text(&out), "--quiet"];
    let page = || fs::read_to_string(out.join("index.html")).unwrap();
    let mark = "Outdated: these are the results of the run of ";
    assert_eq!(run(&arguments), (0, String::new(), String::new()));
    assert!(!page().contains(mark));
    let table = fs::read(out.join("tables/costs.csv")).unwrap();
    let there = names(&out);

    // no plan: the tables stay, the page and the terminal say that they are older
    change(&file, "limit = { 2030 = 6.8 }", "limit = { 2030 = 3 }");
    let (code, _, stderr) = run(&arguments);
    assert_eq!(code, 4, "{stderr}");
    let note = format!("note: the results in {} are older: those of the run of", out.display());
    assert!(stderr.contains(&note), "{stderr}");
    assert!(page().contains(mark) && page().contains("has no plan (infeasible)."));
    assert_eq!(table, fs::read(out.join("tables/costs.csv")).unwrap());
    assert_eq!(there, names(&out));
    assert_eq!(names(temp.path()), ["out", "two-plants"]);

    // refused: the same, and the earlier remark goes
    change(&file, "efficiency = 0.36", "efficiency = 36");
    let (code, _, stderr) = run(&arguments);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains(&note), "{stderr}");
    assert!(page().contains("was refused, since the model has errors."));
    assert!(!page().contains("has no plan (infeasible)."));

    // new results take the place of all of it
    change(&file, "efficiency = 36", "efficiency = 0.36");
    change(&file, "limit = { 2030 = 3 }", "limit = { 2030 = 6.8 }");
    assert_eq!(run(&arguments).0, 0);
    assert!(!page().contains(mark));

    // another scenario without a plan is no news of this one
    let (code, _, stderr) = run(&[&arguments[..], &["-s", "tight"]].concat());
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.contains(&note), "{stderr}");
    assert!(!page().contains(mark));
}

/// Results take the place of a whole folder: that of a shell would be pulled from under it.
#[test]
fn the_folder_one_stands_in_is_not_replaced() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    let (here, inner) = (temp.path().join("here"), temp.path().join("here/inner"));
    fs::create_dir_all(&inner).unwrap();
    for (folder, out) in
        [(&here, "."), (&inner, ".."), (&inner, text(&here)), (&inner, "../../here")]
    {
        let arguments = ["run", text(&model), "--out", out];
        let done = kzleap().current_dir(folder).args(arguments).output().unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{out}: {stderr}");
        assert!(stderr.contains("name a folder within it"), "{out}: {stderr}");
        assert_eq!(names(&here), ["inner"], "{out}");
    }
    let arguments = ["run", text(&model), "--out", "results", "--quiet"];
    assert!(kzleap().current_dir(&inner).args(arguments).status().unwrap().success());
    assert_eq!(names(&inner), ["results"]);
}
