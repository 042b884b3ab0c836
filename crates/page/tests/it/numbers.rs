//! Both ways of writing a number give the same text.

use kzleap_page::figure;

use crate::script::evaluate;

#[test]
fn the_script_writes_numbers_as_the_program_does() {
    let mut values =
        vec![0.0, -0.0, 1.0, 1234.0, -1_234_567.8, 0.05, 99.95, 999.6, 0.1, 0.099_96];
    for power in -9..8 {
        for digits in [1.0, 1.2346, 3.3333, 9.9949, 9.9951, 9.996, 7.0707] {
            values.extend([1.0, -1.0].map(|sign| sign * digits * 10_f64.powi(power)));
        }
    }
    let list: Vec<String> = values.iter().map(|value| format!("{value:e}")).collect();
    let texts = evaluate(&format!("[{}].map((v) => figure(v)).join(\"|\")", list.join(",")));
    let wanted: Vec<String> = values.iter().map(|value| figure(*value)).collect();
    let texts: Vec<&str> = texts.split('|').collect();
    assert_eq!(texts, wanted);
    assert_eq!(figure(-1_234_567.8), "−1\u{202f}234\u{202f}568", "the reference itself");
    assert_eq!(figure(0.012_345), "0.0123");
}
