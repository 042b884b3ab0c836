//! How heavy the factor is that an interior point method with a direct solver calculates in each
//! iteration.
//!
//! Such a method (HiPO) factorises the symmetric matrix of the augmented system
//!
//! ```text
//! | D  A' |
//! | A  0  |
//! ```
//!
//! in an order that keeps the factor sparse. How many multiplications that takes depends on where
//! the nonzeros of A stand, and on nothing else: it is counted before a number is calculated.
//! Order and count: Amestoy, Davis and Duff, "An approximate minimum degree ordering algorithm",
//! SIAM J. Matrix Anal. Appl. 17 (1996), which gives an upper bound.

use crate::highs::Presolved;

/// Multiplications of one factorisation, for each nonzero of the program; infinite if they cannot
/// be counted.
pub(crate) fn multiplications(presolved: &Presolved) -> f64 {
    let cols = presolved.starts.len();
    let rows = usize::try_from(presolved.rows).unwrap_or_default();
    // column by column; those of the rows are empty, as the matrix is symmetric
    let mut starts: Vec<i64> = presolved.starts.iter().map(|start| i64::from(*start)).collect();
    let nonzeros = presolved.rows_of_nonzeros.len() as i64;
    starts.resize(cols + rows + 1, nonzeros);
    let below = |row: &i32| cols as i64 + i64::from(*row);
    let entries: Vec<i64> = presolved.rows_of_nonzeros.iter().map(below).collect();
    match amd::order((cols + rows) as i64, &starts, &entries, &amd::Control::default()) {
        Ok((_, _, info)) if nonzeros > 0 => info.n_mult_subs_ldl as f64 / nonzeros as f64,
        Ok(_) => 0.0,
        Err(_) => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Multiplications of the whole factorisation.
    fn count(rows: i32, columns: &[&[i32]]) -> f64 {
        let mut starts = Vec::new();
        let mut rows_of_nonzeros = Vec::new();
        for column in columns {
            starts.push(i32::try_from(rows_of_nonzeros.len()).unwrap());
            rows_of_nonzeros.extend(*column);
        }
        let nonzeros = rows_of_nonzeros.len() as f64;
        multiplications(&Presolved { rows, starts, rows_of_nonzeros }) * nonzeros
    }

    /// A chain of n columns and n + 1 rows is a path of 2n + 1 nodes. Each node but the last has one
    /// neighbour left when it goes: its column of L has one number, and one multiplication (its
    /// square) corrects the neighbour.
    #[test]
    fn a_chain_fills_nothing() {
        let columns: Vec<[i32; 2]> = (0..10).map(|j| [j, j + 1]).collect();
        let columns: Vec<&[i32]> = columns.iter().map(<[i32; 2]>::as_slice).collect();
        assert_eq!(count(11, &columns), 20.0);
    }

    /// n columns, each in all of n rows: n columns go with n numbers each, the rows then are full.
    #[test]
    fn a_full_matrix_fills_what_is_left() {
        let n = 12;
        let rows: Vec<i32> = (0..n).collect();
        let columns: Vec<&[i32]> = (0..n).map(|_| rows.as_slice()).collect();
        // with k numbers below the diagonal, k (k + 1) / 2 multiplications
        let step = |k: i32| f64::from(k * (k + 1) / 2);
        let by_hand = f64::from(n) * step(n) + (0..n).map(step).sum::<f64>();
        let counted = count(n, &columns);
        assert!((by_hand..2.0 * by_hand).contains(&counted), "{counted}, by hand {by_hand}");
    }

    #[test]
    fn nothing_is_left() {
        assert_eq!(count(0, &[]), 0.0);
    }
}
