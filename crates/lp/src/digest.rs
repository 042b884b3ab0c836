//! Which program it is, as one short text.

use sha2::{Digest, Sha256};

use crate::Lp;

impl Lp {
    /// The SHA-256 of all its numbers, in hexadecimal: the same for the same program, and
    /// another one if a single bit of a cost, bound or coefficient is another.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |number: f64| {
            // both zeros are one number
            let number = if number == 0.0 { 0.0 } else { number };
            hash.update(number.to_bits().to_le_bytes());
        };
        add(self.cost_offset);
        self.cost.iter().for_each(|cost| add(*cost));
        for bounds in self.col_bounds.iter().chain(&self.row_bounds) {
            add(bounds.lower);
            add(bounds.upper);
        }
        self.values.iter().for_each(|value| add(*value));
        for position in (self.integers.iter().chain(&self.cols).map(|col| col.get()))
            .chain(self.starts.iter().copied())
        {
            hash.update((position as u64).to_le_bytes());
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Bounds, Lp};

    #[test]
    fn another_number_is_another_program() {
        let program = |cost: f64, factor: f64, least: f64| {
            let mut lp = Lp::default();
            let x = lp.add_col(cost, Bounds::NON_NEGATIVE);
            lp.push_term(x, factor);
            lp.finish_row(Bounds::at_least(least));
            lp.digest()
        };
        let one = program(0.0, 1.0, 2.0);
        assert_eq!(one, program(-0.0, 1.0, 2.0));
        for other in [program(1e-300, 1.0, 2.0), program(0.0, 1.0 + f64::EPSILON, 2.0)] {
            assert_ne!(one, other);
        }
        assert_ne!(one, program(0.0, 1.0, f64::INFINITY));
    }
}
