//! Exponential smoothing: the level, and perhaps a (damped) trend, by the state space models of
//! Hyndman et al. (2008), chosen by the corrected information criterion of Akaike.
//!
//! Errors are additive on the scale of the series: intervals are then a formula, where
//! multiplicative errors would be simulated and differ from run to run.

use augurs_core::{Fit, Predict};
use augurs_ets::AutoETS;
use augurs_ets::model::TrendComponent;

use super::{Answer, LEVEL, Point, Task};

pub(super) fn project(task: &Task<'_>) -> Answer {
    let scale = task.scale;
    let values: Vec<f64> = task.values.iter().map(|value| scale.to(*value)).collect();
    if values.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err("the series does not change".to_owned());
    }
    let failed = |error: augurs_ets::Error| format!("no model fits: {error}");
    let fitted =
        AutoETS::new(1, "AZN").and_then(|search| search.fit(&values)).map_err(failed)?;
    let forecast = fitted.predict(task.ahead.len(), LEVEL).map_err(failed)?;
    let Some(intervals) = forecast.intervals else {
        return Err("the model gives no intervals".to_owned());
    };
    let points: Vec<Point> = task
        .ahead
        .iter()
        .zip(&forecast.point)
        .zip(intervals.lower.iter().zip(&intervals.upper))
        .map(|((year, middle), (lower, upper))| Point {
            year: *year,
            value: scale.back(*middle),
            lower: scale.back(*lower),
            upper: scale.back(*upper),
        })
        .collect();
    let finite = |point: &Point| [point.value, point.lower, point.upper].map(f64::is_finite);
    if points.iter().flat_map(finite).any(|finite| !finite) {
        return Err("the forecast leaves all bounds".to_owned());
    }
    let trend = match (fitted.model().model_type().trend, fitted.model().damped()) {
        (TrendComponent::None, _) => "N",
        (_, true) => "Ad",
        (_, false) => "A",
    };
    let of = match scale.word() {
        "" => "the values".to_owned(),
        word => format!("{word}of the values"),
    };
    Ok((format!("ETS(A,{trend},N) on {of}, {} years", values.len()), points))
}
