//! Regression by ordinary least squares on the logarithms of population and GDP: the coefficients
//! are elasticities.
//!
//! The interval of a forecast comes from the library's own standard errors: with the drivers
//! measured from their values in the year asked for, the intercept is the forecast, and its standard
//! error that of the mean (Wooldridge, Introductory Econometrics, ch. 6.4). The error of a single
//! year comes on top.

use linregress::fit_low_level_regression_model;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Answer, LEVEL, Point, Task};
use crate::drivers::Drivers;
use crate::findings::figure;

/// Years that must be left for each coefficient.
const YEARS_EACH: usize = 5;

/// A driver by its name and its values.
type Driver<'a> = (&'static str, &'a dyn Fn(i32) -> Option<f64>);

pub(super) fn project(task: &Task<'_>, drivers: &Drivers) -> Answer {
    let population = |year: i32| drivers.population(year);
    let gdp = |year: i32| drivers.gdp(year);
    let known = |of: &dyn Fn(i32) -> Option<f64>| {
        task.years.iter().chain(task.ahead.first()).all(|year| of(*year).is_some())
    };
    let all: [Driver<'_>; 2] = [("population", &population), ("GDP", &gdp)];
    let used: Vec<Driver<'_>> = all.into_iter().filter(|(_, of)| known(of)).collect();
    if used.is_empty() {
        return Err("neither population nor GDP is known for its years and after".to_owned());
    }
    let coefficients = used.len() + 1;
    if task.years.len() < YEARS_EACH * coefficients {
        return Err(format!("{} years are too few for {coefficients} coefficients", task.years.len()));
    }
    let row = |year: i32| -> Option<Vec<f64>> {
        used.iter().map(|(_, of)| of(year).map(f64::ln)).collect()
    };
    let past: Vec<Vec<f64>> = task.years.iter().filter_map(|year| row(*year)).collect();
    let mut points = Vec::new();
    let mut model = String::new();
    for year in &task.ahead {
        let Some(ahead) = row(*year) else { break };
        let mut data = Vec::new();
        for (value, drivers) in task.values.iter().zip(&past) {
            data.extend([task.scale.to(*value), 1.0]);
            data.extend(drivers.iter().zip(&ahead).map(|(past, ahead)| past - ahead));
        }
        let fit = fit_low_level_regression_model(&data, past.len(), coefficients + 1)
            .map_err(|error| format!("the regression fails: {error}"))?;
        let free = (past.len() - coefficients) as f64;
        let student =
            StudentsT::new(0.0, 1.0, free).map_err(|error| format!("no interval: {error}"))?;
        let reach = student.inverse_cdf(f64::midpoint(1.0, LEVEL))
            * (fit.scale() + fit.se()[0].powi(2)).sqrt();
        let middle = fit.parameters()[0];
        points.push(Point {
            year: *year,
            value: task.scale.back(middle),
            lower: task.scale.back(middle - reach),
            upper: task.scale.back(middle + reach),
        });
        if model.is_empty() {
            let terms = used.iter().zip(&fit.parameters()[1..]).zip(&fit.p_values()[1..]);
            let terms: Vec<String> = terms
                .map(|(((name, _), slope), p)| {
                    format!("{} ln {name} (p = {})", figure(*slope), figure(*p))
                })
                .collect();
            model = format!(
                "{}value = constant + {}; R² {:.3}, {} years",
                task.scale.word(),
                terms.join(" + "),
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

    /// One driver, five years each for two coefficients; the interval by the textbook's formula
    /// `s √(1 + 1/n + (x − x̄)²/Σ(x − x̄)²)` times the quantile of Student's t.
    #[test]
    fn the_interval_is_that_of_the_textbook() {
        let years: Vec<i32> = (2000..2010).collect();
        let noise = [0.1, -0.2, 0.05, 0.15, -0.1, 0.0, 0.2, -0.15, 0.05, -0.1];
        let xs: Vec<f64> = (0..10).map(|i| 1.0 + 0.1 * f64::from(i)).collect();
        let ys: Vec<f64> = xs.iter().zip(noise).map(|(x, e)| 2.0 + 3.0 * x + e).collect();
        let ahead = 2.3_f64;
        let population: ByYear =
            years.iter().copied().chain([2010]).zip(xs.iter().map(|x| x.exp()).chain([ahead.exp()])).collect();
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
