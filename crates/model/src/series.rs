//! A value for every time slice and milestone year, stored no larger than it varies.

use ndarray::Array2;

use crate::{SliceIx, YearIx};

/// A value for every milestone year, in the order of [`crate::Time::years`].
pub type ByYear = Vec<f64>;

/// A value for every slice and milestone year.
#[derive(Clone, Debug, PartialEq)]
pub enum Series {
    /// The same always.
    Constant(f64),
    /// One value a milestone year.
    ByYear(ByYear),
    /// One value a slice, the same in every year.
    BySlice(Vec<f64>),
    /// Shape `[slice, year]`.
    BySliceAndYear(Array2<f64>),
}

impl Series {
    /// The value in a slice of a year.
    pub fn at(&self, slice: SliceIx, year: YearIx) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::ByYear(values) => values[year.get()],
            Self::BySlice(values) => values[slice.get()],
            Self::BySliceAndYear(values) => values[(slice.get(), year.get())],
        }
    }

    /// Whether it differs between the slices of one year.
    pub const fn varies_by_slice(&self) -> bool {
        matches!(self, Self::BySlice(_) | Self::BySliceAndYear(_))
    }

    /// Whether it is zero everywhere.
    pub fn is_zero(&self) -> bool {
        self.values().iter().all(|value| *value == 0.0)
    }

    /// The smallest and the largest value.
    pub fn range(&self) -> (f64, f64) {
        self.values().iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
    }

    /// The values of one year.
    #[must_use]
    pub fn in_year(&self, year: YearIx) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(*value),
            Self::BySlice(values) => Self::BySlice(values.clone()),
            Self::ByYear(values) => Self::Constant(values[year.get()]),
            Self::BySliceAndYear(values) => Self::BySlice(values.column(year.get()).to_vec()),
        }
    }

    /// Every value changed by `change`.
    #[must_use]
    pub fn map(&self, change: impl Fn(f64) -> f64) -> Self {
        let each = |values: &Vec<f64>| values.iter().map(|value| change(*value)).collect();
        match self {
            Self::Constant(value) => Self::Constant(change(*value)),
            Self::ByYear(values) => Self::ByYear(each(values)),
            Self::BySlice(values) => Self::BySlice(each(values)),
            Self::BySliceAndYear(values) => Self::BySliceAndYear(values.mapv(&change)),
        }
    }

    /// The product of two, as large as the larger one needs.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.with(other, |one, other| one * other)
    }

    /// What two make together in each slice and year, as large as the larger one needs.
    #[must_use]
    pub fn with(&self, other: &Self, make: impl Fn(f64, f64) -> f64) -> Self {
        let both = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| make(*a, *b)).collect();
        match (self, other) {
            (Self::Constant(one), any) => any.map(|value| make(*one, value)),
            (any, Self::Constant(other)) => any.map(|value| make(value, *other)),
            (Self::ByYear(a), Self::ByYear(b)) => Self::ByYear(both(a, b)),
            (Self::BySlice(a), Self::BySlice(b)) => Self::BySlice(both(a, b)),
            (a, b) => {
                let (slices, years) = a.shape_with(b);
                Self::BySliceAndYear(Array2::from_shape_fn((slices, years), |(s, y)| {
                    let (s, y) = (SliceIx::new(s), YearIx::new(y));
                    make(a.at(s, y), b.at(s, y))
                }))
            }
        }
    }

    fn shape_with(&self, other: &Self) -> (usize, usize) {
        let shape = |series: &Self| match series {
            Self::Constant(_) => (0, 0),
            Self::ByYear(values) => (0, values.len()),
            Self::BySlice(values) => (values.len(), 0),
            Self::BySliceAndYear(values) => values.dim(),
        };
        let (a, b) = (shape(self), shape(other));
        (a.0.max(b.0), a.1.max(b.1))
    }

    fn values(&self) -> std::borrow::Cow<'_, [f64]> {
        match self {
            Self::Constant(value) => vec![*value].into(),
            Self::ByYear(values) | Self::BySlice(values) => values.into(),
            Self::BySliceAndYear(values) => values.iter().copied().collect::<Vec<_>>().into(),
        }
    }
}
