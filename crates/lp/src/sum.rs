//! Sums in twice the digits of a number.

/// A sum that keeps what rounding would lose (Neumaier 1974).
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    /// A sum of one number.
    pub const fn new(value: f64) -> Self {
        Self { sum: value, lost: 0.0 }
    }

    /// Adds a number.
    pub fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.lost += if self.sum.abs() >= value.abs() {
            (self.sum - sum) + value
        } else {
            (value - sum) + self.sum
        };
        self.sum = sum;
    }

    /// Adds a product, with what rounding it to a number would lose.
    pub fn add_product(&mut self, a: f64, b: f64) {
        let product = a * b;
        self.add(product);
        let lost = a.mul_add(b, -product);
        if lost.is_finite() {
            self.lost += lost;
        }
    }

    /// The sum with the other sign.
    #[must_use]
    pub fn negative(self) -> Self {
        Self { sum: -self.sum, lost: -self.lost }
    }

    /// The sum, rounded once.
    pub fn get(self) -> f64 {
        self.sum + self.lost
    }
}
