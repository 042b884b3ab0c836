//! The numbers that a sweep moves, as they are typed.

use kzleap_study::Parameter;

const SWEPT: &str = "write PATH=from:to:n, such as emission_caps.power.limit.2060=100:0:11";
const MOVED: &str = "write PATH=from:to, such as emission_caps.power.limit.2030=350:250";

/// `PATH=from:to:n`, `n` values evenly spaced with both ends; `*from:*to:n` for factors.
pub(crate) fn swept_parameter(text: &str) -> Result<Parameter, String> {
    let (ends, count) = text.rsplit_once(':').ok_or(SWEPT)?;
    let ends = ends_of(ends, SWEPT)?;
    let count = count
        .trim()
        .parse::<u32>()
        .ok()
        .filter(|count| (1..=10_000).contains(count))
        .ok_or_else(|| format!("`{count}` is not a count from 1 to 10000; {SWEPT}"))?;
    evenly(ends, count)
}

/// `PATH=from:to`, a number at both ends; `*from:*to` for factors.
pub(crate) fn moved_parameter(text: &str) -> Result<Parameter, String> {
    evenly(ends_of(text, MOVED)?, 2)
}

/// A path with the ends of its values, or factors.
struct Ends {
    path: String,
    from: f64,
    to: f64,
    multiplies: bool,
}

fn ends_of(text: &str, wanted: &str) -> Result<Ends, String> {
    let (path, range) = text.rsplit_once('=').ok_or(wanted)?;
    let path = path.trim().to_owned();
    let parts: Vec<&str> = range.split(':').collect();
    let [from, to] = parts[..] else { return Err(wanted.to_owned()) };
    let multiplies = from.trim_start().starts_with('*');
    if multiplies != to.trim_start().starts_with('*') {
        return Err("write both ends as factors, such as *0.6:*1.4".to_owned());
    }
    let number = |text: &str| {
        text.trim()
            .trim_start_matches('*')
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
            .ok_or_else(|| format!("`{text}` is not a number; {wanted}"))
    };
    Ok(Ends { path, from: number(from)?, to: number(to)?, multiplies })
}

/// So many values evenly spaced between two ends.
fn evenly(ends: Ends, count: u32) -> Result<Parameter, String> {
    let Ends { path, from, to, multiplies } = ends;
    let span = to - from;
    if !span.is_finite() {
        return Err(format!("{from} and {to} are too far apart"));
    }
    if count == 1 && span.abs() > 0.0 {
        return Err(format!("from {from} to {to} takes at least 2 values"));
    }
    let step = |at: u32| match at {
        0 => from,
        _ => from + span * (f64::from(at) / f64::from(count - 1)),
    };
    let values: Vec<f64> = (0..count).map(|at| step(at) + 0.0).collect(); // no minus zero
    if values.windows(2).any(|pair| pair[0].to_bits() == pair[1].to_bits()) {
        return Err(format!("{count} values from {from} to {to} are not all different"));
    }
    Ok(Parameter { path, values, multiplies })
}

#[cfg(test)]
mod tests {
    use super::{Parameter, swept_parameter};

    #[test]
    fn a_range_has_both_ends() {
        let range = swept_parameter("a.b.2030=10:0:3").unwrap();
        assert_eq!(
            range,
            Parameter {
                path: "a.b.2030".to_owned(),
                values: vec![10.0, 5.0, 0.0],
                multiplies: false
            }
        );
        let factors = swept_parameter("a.b=*0.5:*1.5:3").unwrap();
        assert_eq!(factors.values, [0.5, 1.0, 1.5]);
        assert!(factors.multiplies);
        let one = swept_parameter("a=7:7:1").unwrap();
        assert_eq!(one.values, [7.0]);
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for (wrong, why) in [
            ("a=1:2", "write PATH=from:to:n"),
            ("a=1:2:x", "`x` is not a count from 1 to 10000"),
            ("a=1:2:0", "`0` is not a count"),
            ("a=1:2:4294967297", "`4294967297` is not a count"),
            ("a=1:2:-3", "`-3` is not a count"),
            ("a=nan:2:3", "`nan` is not a number"),
            ("a=-1e308:1e308:3", "are too far apart"),
            ("a=1:2:1", "takes at least 2 values"),
            ("a=1:1:3", "are not all different"),
            ("1:2:3", "write PATH=from:to:n"),
            ("a=*1:2:3", "write both ends as factors"),
        ] {
            let error = swept_parameter(wrong).unwrap_err();
            assert!(error.contains(why), "{wrong}: {error}");
        }
    }
}
