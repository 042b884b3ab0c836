//! The distribution of an input.

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

use crate::registry::{Field, Numbers, input};
use crate::study::Distribution;
use crate::tree::{Table, Value};

/// The fields of which an input has one.
const FIELDS: [Field<Numbers>; 5] =
    [input::VALUES, input::UNIFORM, input::TRIANGULAR, input::NORMAL, input::LOGNORMAL];

/// Reads the one distribution of an input.
pub(super) fn read(
    table: &Table,
    place: Span,
    diags: &mut Diagnostics,
) -> Option<Distribution> {
    let given: Vec<_> =
        FIELDS.iter().filter_map(|field| Some((*field, table.entry(&field.key())?))).collect();
    let (field, entry) = match given[..] {
        [one] => one,
        [] => {
            let message = "this input has no values";
            let hint =
                "give one of `values`, `uniform`, `triangular`, `normal` and `lognormal`";
            diags.push(Diagnostic::error("missing-field", message, place, "").hint(hint));
            return None;
        }
        [(first, _), (_, again), ..] => {
            let message = format!("`{}` is given beside `{first}`", again.key);
            let diagnostic = Diagnostic::error("both-given", message, again.key_span, "");
            diags.push(diagnostic.hint("an input has one of them"));
            return None;
        }
    };
    let Value::List(nodes) = &entry.node.value else {
        let message = format!("`{field}` is {}, not a list", entry.node.value.kind());
        diags.push(
            Diagnostic::error("wrong-type", message, entry.node.span, "").hint(written(field)),
        );
        return None;
    };
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = nodes.iter().map(|node| number(&node.value)).collect();
    let found = numbers.as_deref().and_then(|numbers| of(field, numbers));
    if found.is_none() {
        let message = format!("`{field}` is not what it must be");
        diags.push(
            Diagnostic::error("wrong-distribution", message, entry.node.span, "")
                .hint(written(field)),
        );
    }
    found
}

/// The distribution with these numbers; `None` if there is none.
fn of(field: Field<Numbers>, numbers: &[f64]) -> Option<Distribution> {
    let name = field.name();
    match *numbers {
        _ if name == input::VALUES.name() => {
            let mut sorted = numbers.to_vec();
            sorted.sort_by(f64::total_cmp);
            let differ = sorted.windows(2).all(|pair| pair[0] < pair[1]);
            (differ && !numbers.is_empty()).then(|| Distribution::Values(numbers.to_vec()))
        }
        [least, most] if name == input::UNIFORM.name() && least < most => {
            Some(Distribution::Uniform { least, most })
        }
        [least, mode, most]
            if name == input::TRIANGULAR.name()
                && least < most
                && (least..=most).contains(&mode) =>
        {
            Some(Distribution::Triangular { least, mode, most })
        }
        [mean, deviation] if name == input::NORMAL.name() && deviation > 0.0 => {
            Some(Distribution::Normal { mean, deviation })
        }
        [median, deviation]
            if name == input::LOGNORMAL.name() && median > 0.0 && deviation > 0.0 =>
        {
            Some(Distribution::LogNormal { median, deviation })
        }
        _ => None,
    }
}

/// How a field is written, for a hint.
fn written(field: Field<Numbers>) -> &'static str {
    match field.name() {
        "values" => "different numbers, as in `values = [0.8, 1, 1.2]`",
        "uniform" => "the least and the most, as in `uniform = [20, 60]`",
        "triangular" => "least, most likely and most, as in `triangular = [20, 30, 70]`",
        "normal" => "mean and standard deviation above 0, as in `normal = [100, 5]`",
        _ => "median and deviation of the logarithm, above 0, as in `lognormal = [50, 0.3]`",
    }
}

impl Distribution {
    /// Whether it is a list of values.
    pub const fn is_values(&self) -> bool {
        matches!(self, Self::Values(_))
    }

    /// Whether it has a least and a most.
    pub const fn has_ends(&self) -> bool {
        !matches!(self, Self::Normal { .. } | Self::LogNormal { .. })
    }
}
