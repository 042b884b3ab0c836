//! Numbers as people read them.

/// A number as people read it: three digits, thousands apart.
pub fn figure(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        return "0".to_owned(); // without a sign
    }
    if size < 1e-6 {
        return format!("{value:.2e}").replace('-', "−");
    }
    let decimals = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 0.1 {
        2
    } else {
        digits_after_the_point(size)
    };
    let text = format!("{size:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}.{fraction}")
    }
}

/// How many decimals show three digits of a number below 1.
fn digits_after_the_point(size: f64) -> usize {
    (1..)
        .zip(std::iter::successors(Some(size * 10.0), |size| Some(size * 10.0)))
        .find(|(_, size)| *size >= 0.9995)
        .map_or(0, |(zeros, _)| zeros + 2)
}
