//! The pages: self-contained, escaped, complete.

use kzleap_report::page::{Charts, render};
use kzleap_report::{RunInfo, Summary, compare_summaries};

use crate::fixture::{info, model, solution};

fn page(info: &RunInfo) -> String {
    let model = model();
    let solution = solution(&model);
    render(&model, &solution, info, &Charts::new(&model, &solution)).expect("a page")
}

/// A page without the script of plotly, which is not ours.
fn own(page: &str) -> String {
    let start = page.find("/**\n* plotly.js").expect("the script of plotly is there");
    let end = start + page[start..].find("</script>").expect("it ends");
    format!("{}{}", &page[..start], &page[end..])
}

fn summaries() -> Vec<Summary> {
    let model = model();
    let solution = solution(&model);
    let other = RunInfo { scenario: "reference".into(), ..info() };
    vec![Summary::new(&model, &solution, &info()), Summary::new(&model, &solution, &other)]
}

#[test]
fn nothing_is_fetched() {
    for page in [page(&info()), compare_summaries(&summaries()).expect("a page")] {
        let own = own(&page);
        for fetch in
            ["http://", "https://", "src=", "@import", "url(", "<link rel=\"stylesheet"]
        {
            assert!(!own.contains(fetch), "{fetch}");
        }
        assert_eq!(page.matches("* plotly.js v").count(), 1, "the script stands there once");
        assert!(page.len() < 5_000_000, "{} bytes", page.len());
    }
}

#[test]
fn text_of_the_model_cannot_break_out() {
    let own = own(&page(&info()));
    assert!(own.contains("A <tag> & a book"), "the script puts it into the page as text");
    assert!(own.contains("<\\/script> half of today"), "it cannot end the script");
    assert_eq!(own.matches("<script").count(), own.matches("</script>").count());
}

#[test]
fn the_certificate_is_plain_to_see() {
    assert!(page(&info()).contains("Certified optimal"));
    let mut failed = info();
    failed.certificate.certified = false;
    assert!(page(&failed).contains("NOT certified (optimal): do not rely on these numbers"));
}

#[test]
fn whole_units_are_certified_to_a_gap_and_prices_say_what_they_are() {
    assert!(!page(&info()).contains("whole units"));
    let mut whole = info();
    whole.certificate.integer_gap = Some(2.5e-7);
    let page = page(&whole);
    assert!(page.contains("Certified optimal to a gap of 2e-7, in whole units"));
    assert!(page.contains("Prices are those of the plan with its units fixed"));
    assert!(page.contains("Gap of whole units"));
}

#[test]
fn inputs_stand_with_file_line_and_source() {
    let page = page(&info());
    let row = r#"["processes.solar.capital_cost","2025: 600; 2030: 450","USD/kW",0,12,0]"#;
    assert!(page.contains(row), "the input");
    assert!(page.contains(r#""files":["plants.toml"]"#), "each file once");
    assert!(page.contains(r#"["high","A <tag> & a book","",""]"#), "what is said of it");
}

#[test]
fn sections_are_those_of_a_balance() {
    let page = page(&info());
    let at = |title: &str| {
        page.find(&format!(">{title}</a>")).unwrap_or_else(|| panic!("no section {title}"))
    };
    let order = ["Summary", "Electricity", "Primary energy", "Emissions", "Money"];
    assert!(order.map(at).is_sorted(), "{order:?}");
    assert!(!page.contains("Services and materials"), "a small model needs no chooser");
}
