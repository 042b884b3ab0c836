//! Numbers of chance that follow from a seed and from what they are for.
//!
//! Each is the beginning of a SHA-256 of the two, so that the same file gives the same sample on
//! every machine, and an input more leaves the numbers of the others as they were.

use sha2::{Digest, Sha256};

/// A number in 0..1, evenly spread.
pub(super) fn uniform(seed: u64, purpose: &str, at: usize) -> f64 {
    const STEPS: f64 = 9_007_199_254_740_992.0; // 2^53, as many as a double tells apart
    let digest = Sha256::digest(format!("{seed} {purpose} {at}"));
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    (u64::from_be_bytes(first) >> 11) as f64 / STEPS
}

/// The numbers 0 to n − 1 in an order of chance.
pub(super) fn order(seed: u64, purpose: &str, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let key: Vec<f64> = order.iter().map(|at| uniform(seed, purpose, *at)).collect();
    order.sort_by(|one, other| key[*one].total_cmp(&key[*other]));
    order
}
