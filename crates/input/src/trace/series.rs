//! Values of series of hourly tables, and of profiles made of them.

use super::Traced;
use super::follow::Following;
use crate::numbers::shown;
use crate::registry::root;

impl Following<'_, '_> {
    /// What the profile at a path, of an hourly table or made of one, is in the slice that the path
    /// ends in; or else its mean.
    pub(super) fn in_series(&self, path: &str) -> Option<Traced> {
        let rest = path.strip_prefix(&root::PROFILES.key().path(""))?;
        let (name, slice) =
            rest.split_once('.').map_or((rest, None), |(name, slice)| (name, Some(slice)));
        let sets = &self.rd.sets;
        let values = sets.profiles.get(name)?;
        let (place, of) = match sets.hourly_series.get(name) {
            Some(place) => (*place, "the hourly table"),
            None => {
                let made_of = self
                    .given(&root::PROFILES.key().path(name))
                    .into_iter()
                    .find(|given| sets.hourly_series.contains_key(&given.value))?;
                (made_of.place, "the series it is made of")
            }
        };
        let (value, rule) = match slice {
            Some(slice) => {
                let at = sets.slices.iter().position(|(name, _)| name == slice)?;
                (values[at], format!("from {of}"))
            }
            None => {
                let mean = values.iter().sum::<f64>() / values.len() as f64;
                (mean, format!("mean over the year, from {of}"))
            }
        };
        Some(Traced {
            path: path.to_owned(),
            value: shown(value),
            unit: None,
            place,
            source: None,
            confidence: None,
            note: None,
            changed: None,
            evaluated: Vec::new(),
            rule: Some(rule),
        })
    }
}
