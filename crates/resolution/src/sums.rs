//! Sizes added up.

use kzleap_model::Fields;

/// Adds the sizes of another that is alike.
pub(crate) fn add_sizes<T: Fields + Clone>(sum: &mut T, other: &T) {
    let mut sizes: Vec<Vec<f64>> = Vec::new();
    other.clone().fields(&mut |field| {
        sizes.extend(field.size().map(|values| values.to_vec()));
    });
    let mut sizes = sizes.into_iter();
    sum.fields(&mut |field| {
        if let Some(values) = field.size()
            && let Some(others) = sizes.next()
        {
            add_up(values, &others);
        }
    });
}

/// Adds the values of one to those of another, one by one.
pub(crate) fn add_up(sum: &mut [f64], other: &[f64]) {
    sum.iter_mut().zip(other).for_each(|(sum, value)| *sum += value);
}
