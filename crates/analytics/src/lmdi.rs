//! Additive decomposition of a change of emissions by the logarithmic mean Divisia index, LMDI-I
//! (Ang 2005, Energy Policy 33, 867–871; zeros: Ang and Liu 2007, Energy Policy 35, 238–246).
//!
//! Emissions of source `i` are a product of factors, `C_i = P · G/P · E/G · C_i/E`. The effect of a
//! factor `x` is `Σ_i L(C_i', C_i) ln(x_i'/x_i)`, where `L(a, b) = (a − b)/ln(a/b)` is the
//! logarithmic mean. The effects add up to the change, without a rest.

use serde::Serialize;

use crate::emissions::Emissions;
use crate::kaya::Kaya;

/// How many factors there are.
const N: usize = 4;

/// What changed emissions between two years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decomposition {
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
    /// Emissions in the first year, Mt.
    pub before: f64,
    /// Emissions in the last year, Mt.
    pub after: f64,
    /// Effects of population, GDP per capita, energy intensity and carbon intensity, Mt.
    pub effects: [f64; N],
    /// The same by source; each column adds up to the effect of its factor.
    pub by_source: Vec<(String, [f64; N])>,
}

/// Decomposes the change between two years of the identity.
pub fn decompose(from: &Kaya, to: &Kaya, co2: &Emissions) -> Decomposition {
    let by_source: Vec<(String, [f64; N])> = co2
        .by_source
        .iter()
        .map(|(source, by_year)| {
            let of = |kaya: &Kaya| {
                let own = by_year.get(&kaya.year).copied().unwrap_or(0.0);
                let [people, income, intensity, _] = kaya.factors();
                [people, income, intensity, own / kaya.primary_energy]
            };
            (source.clone(), effects(of(from), of(to)))
        })
        .collect();
    let sum = |at: usize| by_source.iter().map(|(_, effects)| effects[at]).sum();
    Decomposition {
        from: from.year,
        to: to.year,
        before: from.co2,
        after: to.co2,
        effects: std::array::from_fn(sum),
        by_source,
    }
}

/// The effects of factors that multiply to emissions.
///
/// A factor that is zero on one side takes the whole change (several share it): that is the limit
/// of ever smaller numbers in its place. So does a factor that changes sign, as where removals
/// outgrow emissions; the logarithmic mean knows no other way.
pub fn effects<const M: usize>(before: [f64; M], after: [f64; M]) -> [f64; M] {
    let product = |factors: [f64; M]| factors.iter().product::<f64>();
    let (c0, c1) = (product(before), product(after));
    let turns: [bool; M] =
        std::array::from_fn(|at| before[at] * after[at] <= 0.0 && before[at] != after[at]);
    let turning = turns.iter().filter(|turns| **turns).count();
    if turning > 0 {
        let part = (c1 - c0) / f64::from(u32::try_from(turning).unwrap_or(u32::MAX));
        return turns.map(|turns| if turns { part } else { 0.0 });
    }
    let weight = logarithmic_mean(c1, c0);
    std::array::from_fn(|at| {
        if before[at] == after[at] { 0.0 } else { weight * (after[at] / before[at]).ln() }
    })
}

/// `(a − b)/ln(a/b)`; `a` where both are the same, 0 where one is 0. Both have the same sign.
pub fn logarithmic_mean(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    let change = (a - b) / b;
    // ln(1 + x) keeps its digits where a and b are near
    if change == 0.0 { a } else { (a - b) / change.ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::{effects, logarithmic_mean};

    #[test]
    fn the_logarithmic_mean_lies_between_the_geometric_and_the_arithmetic() {
        assert!((logarithmic_mean(2.0, 1.0) - 1.0 / 2_f64.ln()).abs() < 1e-15);
        assert_eq!(logarithmic_mean(3.0, 3.0), 3.0);
        assert_eq!(logarithmic_mean(3.0, 0.0), 0.0);
        let near = logarithmic_mean(1.0 + 1e-12, 1.0);
        assert!((near - 1.0).abs() < 1e-11, "{near}");
    }

    /// Ang (2005) shows the method on two factors; the numbers here are by hand. Activity doubles,
    /// intensity falls to 0.8: emissions go from 10 to 16, L = 6/ln 1.6.
    #[test]
    fn two_factors_by_hand() {
        let [activity, intensity] = effects([10.0, 1.0], [20.0, 0.8]);
        let mean = 6.0 / 1.6_f64.ln();
        assert!((activity - mean * 2_f64.ln()).abs() < 1e-12);
        assert!((intensity - mean * 0.8_f64.ln()).abs() < 1e-12);
        assert!((activity + intensity - 6.0).abs() < 1e-12);
    }

    /// A fuel that appears: the limit of its share going to zero gives all to its share.
    #[test]
    fn zero_is_the_limit_of_small_numbers() {
        let exact = effects([2.0, 3.0, 0.0], [4.0, 5.0, 0.5]);
        assert_eq!(exact, [0.0, 0.0, 10.0]);
        let near = effects([2.0, 3.0, 1e-300], [4.0, 5.0, 0.5]);
        for (near, exact) in near.iter().zip(exact) {
            assert!((near - exact).abs() < 0.1, "{near} {exact}");
        }
        assert_eq!(effects([2.0, 0.0], [3.0, 0.0]), [0.0, 0.0]);
        assert_eq!(effects([2.0, 4.0], [3.0, 0.0]), [0.0, -8.0]);
    }

    #[test]
    fn removals_keep_their_sign_and_a_change_of_sign_falls_to_its_factor() {
        let both = effects([2.0, -1.0], [4.0, -3.0]);
        assert!((both.iter().sum::<f64>() - (-10.0)).abs() < 1e-12);
        assert_eq!(effects([2.0, 1.0], [4.0, -1.0]), [0.0, -6.0]);
    }
}
