//! Regression by ordinary least squares: energy per capita on GDP per capita, both as logarithms,
//! so that the coefficient is an elasticity; population counts in proportion. Where only one of the drivers
//! is known, the series itself is regressed on it; a share (a logit) on GDP per capita.
//!
//! The interval of a forecast comes from the library's own standard errors: with the driver measured
//! from its value in the year asked for, the intercept is the forecast, and its standard error that
//! of the mean (Wooldridge, Introductory Econometrics, ch. 6.4). The error of a single year comes on
//! top.

use linregress::fit_low_level_regression_model;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Answer, LEVEL, Point, Scale, Task};
use crate::drivers::Drivers;
use crate::findings::figure;

/// Fewest years to fit two coefficients to.
const YEARS: usize = 10;

/// What a series is regressed on, and what it is divided by before.
struct Law<'a> {
    driver: &'static str,
    of: &'a dyn Fn(i32) -> Option<f64>,
    /// Whether the series is per capita.
    per_capita: bool,
}

pub(super) fn project(task: &Task<'_>, drivers: &Drivers) -> Answer {
    let people = |year: i32| drivers.population(year);
    let gdp = |year: i32| drivers.gdp(year);
    let income = |year: i32| Some(gdp(year)? / people(year)?);
    let known = |of: &dyn Fn(i32) -> Option<f64>| {
        task.years.iter().chain(task.ahead.first()).all(|year| of(*year).is_some())
    };
    let law = if known(&income) {
        let per_capita = task.scale == Scale::Log;
        Law { driver: "GDP per capita", of: &income, per_capita }
    } else if known(&gdp) {
        Law { driver: "GDP", of: &gdp, per_capita: false }
    } else if known(&people) {
        Law { driver: "population", of: &people, per_capita: false }
    } else {
        return Err("neither population nor GDP is known for its years and after".to_owned());
    };
    if task.years.len() < YEARS {
        return Err(format!("{} years are too few", task.years.len()));
    }
    // the population it is divided by, as a logarithm
    let heads =
        |year: i32| if law.per_capita { people(year).map_or(0.0, f64::ln) } else { 0.0 };
    let past: Vec<f64> =
        task.years.iter().filter_map(|year| (law.of)(*year)).map(f64::ln).collect();
    let mut points = Vec::new();
    let mut model = String::new();
    for year in &task.ahead {
        let Some(ahead) = (law.of)(*year).map(f64::ln) else { break };
        let rows = task.years.iter().zip(task.values).zip(&past);
        let data: Vec<f64> = rows
            .flat_map(|((then, value), driver)| {
                [task.scale.to(*value) - heads(*then), 1.0, driver - ahead]
            })
            .collect();
        let fit = fit_low_level_regression_model(&data, past.len(), 3)
            .map_err(|error| format!("the regression fails: {error}"))?;
        let student = StudentsT::new(0.0, 1.0, past.len() as f64 - 2.0)
            .map_err(|error| format!("no interval: {error}"))?;
        let reach = student.inverse_cdf(f64::midpoint(1.0, LEVEL))
            * (fit.scale() + fit.se()[0].powi(2)).sqrt();
        let middle = fit.parameters()[0] + heads(*year);
        points.push(Point {
            year: *year,
            value: task.scale.back(middle),
            lower: task.scale.back(middle - reach),
            upper: task.scale.back(middle + reach),
        });
        if model.is_empty() {
            let (slope, p) = (fit.parameters()[1], fit.p_values()[1]);
            model = format!(
                "{}{} = constant {} {} ln {} ({}); R² {:.2}, {} years",
                task.scale.word(),
                if law.per_capita { "value per capita" } else { "value" },
                if slope < 0.0 { "−" } else { "+" },
                figure(slope.abs()),
                law.driver,
                if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") },
                fit.rsquared(),
                past.len()
            );
        }
    }
    Ok((model, points))
}

#[cfg(test)]
mod tests {
    use super::project;
    use crate::balance::ByYear;
    use crate::drivers::Drivers;
    use crate::projection::{Scale, Task};

    /// One driver, ten years; the interval by the textbook's formula
    /// `s √(1 + 1/n + (x − x̄)²/Σ(x − x̄)²)` times the quantile of Student's t.
    #[test]
    fn the_interval_is_that_of_the_textbook() {
        let years: Vec<i32> = (2000..2010).collect();
        let noise = [0.1, -0.2, 0.05, 0.15, -0.1, 0.0, 0.2, -0.15, 0.05, -0.1];
        let xs: Vec<f64> = (0..10).map(|i| 1.0 + 0.1 * f64::from(i)).collect();
        let ys: Vec<f64> = xs.iter().zip(noise).map(|(x, e)| 2.0 + 3.0 * x + e).collect();
        let ahead = 2.3_f64;
        let population: ByYear = years
            .iter()
            .copied()
            .chain([2010])
            .zip(xs.iter().map(|x| x.exp()).chain([ahead.exp()]))
            .collect();
        let drivers = Drivers { population, ..Drivers::default() };
        let task = Task { scale: Scale::Plain, years: &years, values: &ys, ahead: vec![2010] };
        let (_, points) = project(&task, &drivers).unwrap();

        let n = 10.0;
        let (mx, my) = (xs.iter().sum::<f64>() / n, ys.iter().sum::<f64>() / n);
        let sxx: f64 = xs.iter().map(|x| (x - mx).powi(2)).sum();
        let sxy: f64 = xs.iter().zip(&ys).map(|(x, y)| (x - mx) * (y - my)).sum();
        let slope = sxy / sxx;
        let rest: f64 =
            xs.iter().zip(&ys).map(|(x, y)| (y - my - slope * (x - mx)).powi(2)).sum();
        let s = (rest / (n - 2.0)).sqrt();
        let t = 2.306_004_135; // Student's t, 8 degrees of freedom, 0.975
        let reach = t * s * (1.0 + 1.0 / n + (ahead - mx).powi(2) / sxx).sqrt();
        let middle = my + slope * (ahead - mx);
        assert!((points[0].value - middle).abs() < 1e-9);
        assert!((points[0].upper - middle - reach).abs() < 1e-6, "{points:?} {reach}");
        assert!((middle - points[0].lower - reach).abs() < 1e-6);
    }
}
