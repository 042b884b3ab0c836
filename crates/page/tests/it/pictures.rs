//! What plotly gets of a chart, for charts small enough to say it by hand.

use std::collections::BTreeMap;

use kzleap_page::{
    ALL, Axis, ChartSpec, Flows, Mark, Matrix, Part, Picture, Series, Steps, Trace, Unit,
};
use serde_json::{Value, json};

use crate::script::evaluate;

fn trace(name: &str, colour: &str, mark: Mark) -> Trace {
    Trace { name: name.into(), colour: colour.into(), mark, at: Vec::new(), names: Vec::new() }
}

fn part(from: f64, names: &[&str], widths: &[f64]) -> Part {
    Part {
        start: 0,
        from,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        widths: widths.to_vec(),
        titles: None,
    }
}

fn series(chart: &mut ChartSpec) -> &mut Series {
    match &mut chart.picture {
        Picture::Series(series) => series,
        _ => panic!("no series"),
    }
}

/// Coal and sun in two periods of 3 and 5 years, with what is not used below and demand across.
fn supply() -> ChartSpec {
    let parts = vec![part(2025.0, &["2025", "2028"], &[3.0, 5.0])];
    let mut chart = ChartSpec::series(
        "supply",
        "Supply",
        Unit::amount_a_year("TWh"),
        Axis::Bands { parts },
    );
    "Sum".clone_into(&mut series(&mut chart).total);
    for (name, colour, mark, all, north) in [
        ("Coal", "#3f3b38", Mark::Bar, [6.0, 4.0], [6.0, 4.0]),
        ("Sun", "#efc541", Mark::Bar, [0.0, 3.000_04], [0.0, 0.0]),
        ("Trade", "#b5a8dc", Mark::Hatched, [1.0, -2.0], [0.0, 0.0]),
        ("Demand", "#17212b", Mark::Limit, [7.0, 5.0], [6.0, 4.0]),
    ] {
        let views = [(ALL, all), ("north", north)];
        let views = views.map(|(key, values)| {
            (key.to_owned(), vec![values.into_iter().map(Some).collect::<Vec<_>>()])
        });
        chart.push(trace(name, colour, mark), views);
    }
    chart
}

/// Traces, layout and legend on a light screen of this width.
fn drawn(chart: &ChartSpec, chosen: &Value, width: u32, dark: bool) -> Value {
    let mut choice = json!({ "region": "*", "year": 0, "day": 0 });
    let off = chosen.get("off").cloned().unwrap_or(json!([]));
    for (key, value) in chosen.as_object().expect("an object") {
        choice[key] = value.clone();
    }
    let screen = json!({
        "dark": dark, "width": width, "ink": "#111111", "soft": "#555555", "grid": "#eeeeee",
        "line": "#cccccc", "faint": "#888888", "card": "#ffffff",
    });
    let spec = serde_json::to_string(chart).expect("JSON");
    let text = evaluate(&format!(
        "JSON.stringify(pictureOf({spec}, {{ ...{choice}, off: new Set({off}) }}, {screen}))"
    ));
    serde_json::from_str(&text).expect("JSON")
}

fn names(of: &Value) -> Vec<&str> {
    let list = of.as_array().expect("a list");
    list.iter().filter_map(|one| one["name"].as_str()).collect()
}

#[test]
fn bars_fill_their_periods_and_the_program_has_added_them_up() {
    let picture = drawn(&supply(), &json!({}), 600, false);
    let traces = &picture["traces"];
    // the demand is a halo, a line and a point; then the sum
    let wanted = ["Coal", "Sun", "Trade", "Demand", "Demand", "Demand", "<b>Sum</b>"];
    assert_eq!(names(traces), wanted);
    assert_eq!(traces[0]["x"], json!([2026.5, 2030.5]), "the middles of 2025-2027, 2028-2032");
    assert_eq!(traces[0]["width"], json!([3.0 * 0.95, 5.0 * 0.95]));
    assert_eq!(traces[1]["y"], json!([null, 3]), "four digits, and no bar where nothing is");
    assert_eq!(traces[2]["marker"]["pattern"]["shape"], "/");
    assert_eq!(traces[4]["error_x"]["array"], json!([3.0 * 0.475, 5.0 * 0.475]));
    assert_eq!(traces[6]["y"], json!([7, 7]), "6 + 1, 4 + 3.00004: what is above zero");
    assert_eq!(traces[6]["hovertemplate"], "%{y:,.3~r} TWh<extra>%{fullData.name}</extra>");
    let layout = &picture["layout"];
    assert_eq!(layout["annotations"][0]["text"], "TWh a year");
    assert_eq!(layout["xaxis"]["range"], json!([2025, 2033]));
    assert_eq!(layout["xaxis"]["ticktext"], json!(["2028", "2025"]));
    assert_eq!(layout["barmode"], "relative");
    let legend = picture["legend"].as_array().expect("a legend");
    let marks: Vec<_> = legend.iter().map(|one| (&one["name"], &one["mark"])).collect();
    let wanted = [("Trade", "hatched"), ("Sun", "bar"), ("Coal", "bar"), ("Demand", "limit")];
    for ((name, mark), (wanted, how)) in marks.iter().zip(wanted) {
        assert!(*name == wanted && *mark == how, "{name} {mark}, from the top down");
    }
}

#[test]
fn what_is_switched_off_is_not_drawn_and_then_there_is_no_sum() {
    let picture = drawn(&supply(), &json!({ "off": ["Sun"] }), 600, false);
    assert_eq!(names(&picture["traces"]), ["Coal", "Trade", "Demand", "Demand", "Demand"]);
    assert_eq!(names(&picture["legend"]), ["Trade", "Sun", "Coal", "Demand"], "can come back");
    // a line hidden is no part of the sum
    let picture = drawn(&supply(), &json!({ "off": ["Demand"] }), 600, false);
    assert_eq!(names(&picture["traces"]), ["Coal", "Sun", "Trade", "<b>Sum</b>"]);
}

#[test]
fn a_region_shows_its_own_and_an_unknown_one_all() {
    let picture = drawn(&supply(), &json!({ "region": "north" }), 600, false);
    assert_eq!(names(&picture["legend"]), ["Coal", "Demand"], "one bar needs no sum");
    let picture = drawn(&supply(), &json!({ "region": "elsewhere" }), 600, false);
    assert_eq!(picture["traces"][0]["y"], json!([6, 4]));
    let mut empty = supply();
    series(&mut empty).views.clear();
    assert_eq!(drawn(&empty, &json!({}), 600, false), Value::Null);
}

#[test]
fn a_narrow_screen_names_fewer_years_the_last_first() {
    let names: Vec<String> = (2023..2060).map(|year| year.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let parts = vec![part(2023.0, &names, &[1.0; 37])];
    let mut chart = ChartSpec::series("a", "A", Unit::plain("GW"), Axis::Bands { parts });
    let values = vec![vec![Some(1.0); 37]];
    chart.push(trace("Coal", "#3f3b38", Mark::Bar), [(ALL.to_owned(), values)]);
    // 330 pixels for 37 years, 38 for a name: each fifth
    let picture = drawn(&chart, &json!({}), 400, false);
    let ticks = picture["layout"]["xaxis"]["ticktext"].clone();
    assert_eq!(ticks, json!(["2059", "2054", "2049", "2044", "2039", "2034", "2029", "2024"]));
}

#[test]
fn the_day_and_the_year_are_those_chosen() {
    let titles = |day: &str| Some((format!("{day}: named"), format!("{day}: counted")));
    let mut first = part(0.0, &["night", "day"], &[10.0, 14.0]);
    first.titles = titles("cold");
    let mut second = part(0.0, &["a", "b", "c", "d", "evening"], &[1.0, 2.0, 3.0, 4.0, 14.0]);
    (second.start, second.titles) = (2, titles("warm"));
    let axis = Axis::Bands { parts: vec![first, second] };
    let mut chart = ChartSpec::series("d", "Day", Unit::plain("GW"), axis);
    series(&mut chart).years = vec![2025, 2030];
    let year = |from: u8| (0..7).map(|n| Some(f64::from(from + n))).collect::<Vec<_>>();
    let views = [(ALL.to_owned(), vec![year(10), year(20)])];
    chart.push(trace("Coal", "#3f3b38", Mark::Bar), views);
    let picture = drawn(&chart, &json!({ "year": 2030, "day": 0 }), 600, false);
    assert_eq!(picture["traces"][0]["y"], json!([20, 21]));
    assert_eq!(picture["layout"]["xaxis"]["title"]["text"], "cold: named");
    // "evening" has room in 14 of 24 hours, "b" has none in 2 of them at 330 pixels
    let picture = drawn(&chart, &json!({ "year": 2025, "day": 1 }), 150, false);
    assert_eq!(picture["traces"][0]["y"], json!([12, 13, 14, 15, 16]));
    assert_eq!(picture["layout"]["xaxis"]["title"]["text"], "warm: counted");
    assert_eq!(picture["layout"]["xaxis"]["dtick"], json!(6));
}

/// History: bars at years that need not follow one another, labelled at round years.
#[test]
fn bars_stand_at_their_years_and_so_does_their_sum() {
    let axis = Axis::Points { title: String::new(), ticks: Vec::new(), range: None };
    let mut chart = ChartSpec::series("h", "History", Unit::plain("PJ"), axis);
    "Sum".clone_into(&mut series(&mut chart).total);
    for (name, values) in [("Coal", [4.0, 5.0]), ("Gas", [1.0, 2.0])] {
        let bar = Trace { at: vec![1990.0, 1995.0], ..trace(name, "#3f3b38", Mark::Bar) };
        chart.push(bar, [(ALL.to_owned(), vec![values.map(Some).to_vec()])]);
    }
    let picture = drawn(&chart, &json!({}), 600, false);
    for (at, values) in [(0, [4, 5]), (1, [1, 2]), (2, [5, 7])] {
        assert_eq!(picture["traces"][at]["x"], json!([1990, 1995]));
        assert_eq!(picture["traces"][at]["y"], json!(values));
    }
    assert_eq!(picture["layout"]["xaxis"]["tickformat"], "d");
    assert!(picture["layout"]["xaxis"].get("range").is_none(), "as far as the years go");
}

#[test]
fn lines_of_a_single_year_are_bars_side_by_side() {
    let ticks = vec![(2030.0, "2030".to_owned())];
    let axis = Axis::Points { title: String::new(), ticks, range: None };
    let mut chart = ChartSpec::series("c", "C", Unit::plain("Mt"), axis);
    for (name, value) in [("Reference", 5.0), ("Neutrality", 3.0)] {
        let line = Trace { at: vec![2030.0], ..trace(name, "#4179b8", Mark::LINE) };
        chart.push(line, [(ALL.to_owned(), vec![vec![Some(value)]])]);
    }
    let picture = drawn(&chart, &json!({}), 600, false);
    assert_eq!(picture["traces"][1]["type"], "bar");
    assert_eq!(picture["layout"]["barmode"], "group");
}

#[test]
fn dark_colours_are_lighter_on_a_dark_page() {
    let colour = |dark: bool| {
        let picture = drawn(&supply(), &json!({}), 600, dark);
        let traces = &picture["traces"];
        let point = traces[5]["marker"]["color"].clone();
        (traces[0]["marker"]["color"].clone(), traces[1]["marker"]["color"].clone(), point)
    };
    assert_eq!(colour(false), (json!("#3f3b38"), json!("#efc541"), json!("#17212b")));
    // half of each channel and 95: 3f -> 7f, 3b -> 7d, 38 -> 7b; a line takes the text's colour
    assert_eq!(colour(true), (json!("#7f7d7b"), json!("#efc541"), json!("#111111")));
}

/// One chart of each other kind.
fn others() -> [ChartSpec; 3] {
    let matrix = Matrix {
        names: vec!["Coal".into(), "Gas".into()],
        values: vec![vec![Some(1.0), Some(-0.5)], vec![None, Some(1.0)]],
        ends: (-1.0, 1.0),
        colours: vec!["#2f6b9a", "#f3f2ee", "#a8452c"],
    };
    let flows = Flows {
        nodes: vec![("Coal".into(), "#3f3b38".into()), ("Plants".into(), "#98a3b0".into())],
        years: vec![2030],
        views: vec![vec![(0, 1, 12.0, "rgba(63,59,56,0.45)".into())]],
        outside: Vec::new(),
    };
    let steps = Steps {
        names: vec!["2020".into(), "People".into(), "2030".into()],
        values: vec![10.0, 2.0, 12.0],
        texts: vec!["10".into(), "+2".into(), "12".into()],
    };
    [
        ChartSpec::new("m", "M", Unit::plain(""), Picture::Matrix(matrix)),
        ChartSpec::new("f", "F", Unit::plain("PJ"), Picture::Flows(flows)),
        ChartSpec::new("s", "S", Unit::plain("Mt"), Picture::Steps(steps)),
    ]
}

#[test]
fn matrices_flows_and_steps_are_charts_too() {
    let [matrix, flows, steps] = others();
    let wide = drawn(&matrix, &json!({}), 600, false);
    assert_eq!(wide["traces"][0]["colorscale"][1], json!([0.5, "#f3f2ee"]));
    assert_eq!(wide["traces"][0]["texttemplate"], "%{z:.2f}");
    assert_eq!(wide["layout"]["yaxis"]["range"], json!([1.5, -0.5]), "the first on top");
    let narrow = drawn(&matrix, &json!({}), 400, false);
    assert_eq!(narrow["traces"][0]["showscale"], json!(false), "colours alone");
    let flows = drawn(&flows, &json!({}), 600, false);
    assert_eq!(flows["traces"][0]["link"]["source"], json!([0]));
    let link = flows["traces"][0]["link"]["hovertemplate"].as_str().expect("a text");
    assert!(link.ends_with("PJ<extra></extra>"), "{link}");
    let steps = drawn(&steps, &json!({}), 600, false);
    assert_eq!(steps["traces"][0]["measure"], json!(["absolute", "relative", "total"]));
}

/// The same chart with every text in other letters, and what was replaced by what.
fn translated(value: &mut Value, key: &str, words: &mut BTreeMap<String, String>) {
    const OURS: [&str; 5] = ["id", "kind", "room", "csv", "colour"];
    match value {
        Value::String(text)
            if !text.is_empty()
                && !OURS.contains(&key)
                && !text.starts_with('#')
                && !text.starts_with("rgba") =>
        {
            let other: String = text.chars().map(|_| 'щ').collect();
            let other = format!("{other}{}", words.len());
            *text = words.entry(text.clone()).or_insert(other).clone();
        }
        Value::Array(list) => list.iter_mut().for_each(|one| translated(one, key, words)),
        Value::Object(map) => {
            map.iter_mut().for_each(|(key, one)| translated(one, key, words));
        }
        _ => {}
    }
}

/// Whatever a chart says, in whatever language, it is drawn the same: nothing is decided by a word.
#[test]
fn no_text_decides_anything() {
    for chart in [supply()].into_iter().chain(others()) {
        let original = drawn(&chart, &json!({}), 2000, false);
        let mut spec = serde_json::to_value(&chart).expect("JSON");
        let mut words = BTreeMap::new();
        translated(&mut spec, "", &mut words);
        assert!(words.len() > 1, "{} has texts", chart.id);
        let screen = json!({ "dark": false, "width": 2000, "ink": "#111111", "soft": "#555555",
            "grid": "#eeeeee", "line": "#cccccc", "faint": "#888888", "card": "#ffffff" });
        let choice = "{ region: \"*\", year: 0, day: 0, off: new Set() }";
        let text = evaluate(&format!("JSON.stringify(pictureOf({spec}, {choice}, {screen}))"));
        // the longest first: `TWh a year` before `TWh`
        let mut words: Vec<(String, String)> = words.into_iter().collect();
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let back = words.iter().fold(text, |text, (word, other)| text.replace(other, word));
        let back: Value = serde_json::from_str(&back).expect("JSON");
        assert_eq!(back, original, "{}", chart.id);
    }
}
