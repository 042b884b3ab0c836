//! The values of one parameter: the rows that were written, and what stands for all others.

/// Values by key, and a default.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// How many names each column can have.
    sizes: Vec<usize>,
    /// Rows by key (first column most significant), ascending.
    rows: Vec<(u64, f64)>,
    /// What stands for keys without a row; without it they mean that nothing is said.
    pub default: Option<f64>,
}

impl Table {
    /// A table without rows, whose columns have so many names each.
    pub fn new(sizes: Vec<usize>, default: Option<f64>) -> Self {
        Self { sizes, rows: Vec::new(), default }
    }

    /// Adds a row; [`Table::sort`] must follow before values are asked for.
    pub fn push(&mut self, key: &[usize], value: f64) {
        let key = self.code(key);
        self.rows.push((key, value));
    }

    /// Puts the rows in order.
    pub fn sort(&mut self) {
        self.rows.sort_by_key(|(key, _)| *key);
    }

    /// The value of a key; the default where there is no row.
    pub fn get(&self, key: &[usize]) -> Option<f64> {
        let code = self.code(key);
        match self.rows.binary_search_by_key(&code, |(key, _)| *key) {
            Ok(at) => Some(self.rows[at].1),
            Err(_) => self.default,
        }
    }

    /// Whether anything is said of any key.
    pub fn says_nothing(&self) -> bool {
        self.rows.is_empty() && self.default.is_none()
    }

    /// The rows, in the order of their keys.
    pub fn rows(&self) -> impl Iterator<Item = (Vec<usize>, f64)> + '_ {
        self.rows.iter().map(|(code, value)| (self.decode(*code), *value))
    }

    /// The rows whose first columns are these, in the order of their keys.
    pub fn rows_under(&self, first: &[usize]) -> impl Iterator<Item = (Vec<usize>, f64)> + '_ {
        let rest: u64 = self.sizes[first.len()..].iter().map(|size| *size as u64).product();
        let start = first
            .iter()
            .zip(&self.sizes)
            .fold(0, |code, (at, size)| code * *size as u64 + *at as u64)
            * rest;
        let from = self.rows.partition_point(|(key, _)| *key < start);
        let to = self.rows.partition_point(|(key, _)| *key < start + rest);
        self.rows[from..to].iter().map(|(code, value)| (self.decode(*code), *value))
    }

    fn code(&self, key: &[usize]) -> u64 {
        debug_assert_eq!(key.len(), self.sizes.len(), "a key has one entry for each column");
        key.iter().zip(&self.sizes).fold(0, |code, (at, size)| code * *size as u64 + *at as u64)
    }

    fn decode(&self, mut code: u64) -> Vec<usize> {
        let mut key = vec![0; self.sizes.len()];
        for (at, size) in key.iter_mut().zip(&self.sizes).rev() {
            let size = (*size as u64).max(1);
            *at = usize::try_from(code % size).unwrap_or(usize::MAX);
            code /= size;
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn rows_are_found_by_key_and_by_prefix() {
        let mut table = Table::new(vec![2, 3, 4], Some(9.0));
        table.push(&[1, 2, 3], 1.5);
        table.push(&[1, 0, 1], 2.5);
        table.push(&[0, 2, 2], 3.5);
        table.sort();
        assert_eq!(table.get(&[1, 0, 1]), Some(2.5));
        assert_eq!(table.get(&[1, 1, 1]), Some(9.0));
        let under: Vec<_> = table.rows_under(&[1]).collect();
        assert_eq!(under, [(vec![1, 0, 1], 2.5), (vec![1, 2, 3], 1.5)]);
        assert_eq!(table.rows_under(&[1, 2]).count(), 1);
    }
}
