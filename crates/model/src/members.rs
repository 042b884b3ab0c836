//! What rules speak of: lists of regions, capacities or processes, each with what is said of it.

use crate::user_rows::UserTerm;
use crate::{ByYear, CommodityIx, Ix, Series};

/// What a rule says of one that it speaks of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// In which commodity.
    commodity: Option<CommodityIx>,
    /// In which mode.
    mode: Option<usize>,
    /// With which weight, by year.
    weight: Option<ByYear>,
    /// As a term of a sum, of anyone.
    term: Option<UserTerm>,
}

impl Said {
    /// What a sum says of one of its terms.
    pub(crate) fn of_term(anyone: UserTerm) -> Self {
        Self { term: Some(anyone), ..Self::default() }
    }
}

/// One of what a rule speaks of.
pub trait Member<T>: Clone + PartialEq {
    /// Which one.
    fn ix(&self) -> Ix<T>;
    /// The same said of another.
    fn with(&self, ix: Ix<T>) -> Self;
    /// What is said of it.
    fn said(&self) -> Said;
    /// Its weight, where it varies by year.
    fn weight(&mut self) -> Option<&mut ByYear> {
        None
    }
}

/// All that a rule speaks of.
pub trait Members<T> {
    /// Says the same of what each became, of several that became one once.
    fn change(&mut self, to: &dyn Fn(Ix<T>) -> Vec<Ix<T>>);
    /// Each with what is said of it.
    fn said(&self) -> Vec<(Ix<T>, Said)>;
    /// The weights that vary by year.
    fn weights(&mut self, see: &mut dyn FnMut(&mut ByYear));
}

impl<T, M: Member<T>> Members<T> for Vec<M> {
    fn change(&mut self, to: &dyn Fn(Ix<T>) -> Vec<Ix<T>>) {
        let mut became: Vec<(Ix<T>, M)> = Vec::new();
        for old in &*self {
            for new in to(old.ix()) {
                let new = old.with(new);
                let is_same = |(from, other): &(Ix<T>, M)| *from != old.ix() && *other == new;
                if !became.iter().any(is_same) {
                    became.push((old.ix(), new));
                }
            }
        }
        *self = became.into_iter().map(|(_, new)| new).collect();
    }

    fn said(&self) -> Vec<(Ix<T>, Said)> {
        self.iter().map(|member| (member.ix(), member.said())).collect()
    }

    fn weights(&mut self, see: &mut dyn FnMut(&mut ByYear)) {
        self.iter_mut().filter_map(Member::weight).for_each(see);
    }
}

impl<T> Member<T> for Ix<T> {
    fn ix(&self) -> Self {
        *self
    }
    fn with(&self, ix: Self) -> Self {
        ix
    }
    fn said(&self) -> Said {
        Said::default()
    }
}

impl<T> Member<T> for (Ix<T>, ByYear) {
    fn ix(&self) -> Ix<T> {
        self.0
    }
    fn with(&self, ix: Ix<T>) -> Self {
        (ix, self.1.clone())
    }
    fn said(&self) -> Said {
        Said { weight: Some(self.1.clone()), ..Said::default() }
    }
    fn weight(&mut self) -> Option<&mut ByYear> {
        Some(&mut self.1)
    }
}

/// The series is shown as a field of its own.
impl<T> Member<T> for (Ix<T>, Series) {
    fn ix(&self) -> Ix<T> {
        self.0
    }
    fn with(&self, ix: Ix<T>) -> Self {
        (ix, self.1.clone())
    }
    fn said(&self) -> Said {
        Said::default()
    }
}

impl<T> Member<T> for (Ix<T>, Option<usize>) {
    fn ix(&self) -> Ix<T> {
        self.0
    }
    fn with(&self, ix: Ix<T>) -> Self {
        (ix, self.1)
    }
    fn said(&self) -> Said {
        Said { mode: self.1, ..Said::default() }
    }
}

impl<T> Member<T> for (Ix<T>, CommodityIx) {
    fn ix(&self) -> Ix<T> {
        self.0
    }
    fn with(&self, ix: Ix<T>) -> Self {
        (ix, self.1)
    }
    fn said(&self) -> Said {
        Said { commodity: Some(self.1), ..Said::default() }
    }
}

impl<T> Member<T> for (Ix<T>, CommodityIx, ByYear) {
    fn ix(&self) -> Ix<T> {
        self.0
    }
    fn with(&self, ix: Ix<T>) -> Self {
        (ix, self.1, self.2.clone())
    }
    fn said(&self) -> Said {
        Said { commodity: Some(self.1), weight: Some(self.2.clone()), ..Said::default() }
    }
    fn weight(&mut self) -> Option<&mut ByYear> {
        Some(&mut self.2)
    }
}
