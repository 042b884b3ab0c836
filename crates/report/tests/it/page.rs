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
    assert!(own.contains("A &lt;tag&gt; &amp; a book"));
    assert!(
        own.contains("&lt;&#x2f;script&gt; half of today"),
        "escaped in the table of sources"
    );
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
fn assumptions_come_first() {
    let page = page(&info());
    let battery = page.find("processes.battery.capital_cost").expect("the assumption");
    let solar = page.find("processes.solar.capital_cost").expect("the source");
    assert!(battery < solar);
}
