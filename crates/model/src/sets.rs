//! Sets of the model, and typed positions in them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A position in a [`Set`]: which region, which process, which year.
///
/// A number underneath, so it is free; typed, so a process cannot be looked up as a region.
pub struct Ix<T> {
    raw: u32,
    set: PhantomData<fn() -> T>,
}

impl<T> Ix<T> {
    /// The `raw`-th item, from 0.
    ///
    /// # Panics
    /// With more than four billion items.
    pub fn new(raw: usize) -> Self {
        Self { raw: u32::try_from(raw).expect("a set fits in u32"), set: PhantomData }
    }

    /// The position as a number, from 0.
    pub const fn get(self) -> usize {
        self.raw as usize
    }
}

// By hand: a derive would ask the same of `T`.
impl<T> Clone for Ix<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Ix<T> {}
impl<T> PartialEq for Ix<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Ix<T> {}
impl<T> PartialOrd for Ix<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ix<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> fmt::Debug for Ix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.raw)
    }
}

/// An ordered set of the model, in the order the user wrote it.
#[derive(Clone, Debug)]
pub struct Set<T> {
    items: Vec<T>,
}

impl<T> Set<T> {
    /// A set without items.
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// Adds an item and returns its position.
    pub fn push(&mut self, item: T) -> Ix<T> {
        self.items.push(item);
        Ix::new(self.items.len() - 1)
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Every position, in order.
    pub fn ixs(&self) -> impl DoubleEndedIterator<Item = Ix<T>> + Clone + use<T> {
        (0..self.items.len()).map(Ix::new)
    }

    /// Every item, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Every item, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// Every position with its item, in order.
    pub fn iter_ix(&self) -> impl DoubleEndedIterator<Item = (Ix<T>, &T)> {
        self.items.iter().enumerate().map(|(at, item)| (Ix::new(at), item))
    }

    /// The position of the first item for which `is` holds.
    pub fn position(&self, is: impl Fn(&T) -> bool) -> Option<Ix<T>> {
        self.items.iter().position(is).map(Ix::new)
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}
impl<T> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self { items: items.into_iter().collect() }
    }
}
impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
impl<'a, T> IntoIterator for &'a mut Set<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}
impl<T> Index<Ix<T>> for Set<T> {
    type Output = T;
    fn index(&self, ix: Ix<T>) -> &T {
        &self.items[ix.get()]
    }
}
impl<T> IndexMut<Ix<T>> for Set<T> {
    fn index_mut(&mut self, ix: Ix<T>) -> &mut T {
        &mut self.items[ix.get()]
    }
}
