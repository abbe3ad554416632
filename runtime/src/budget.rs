//! How much memory decoding may take, and what is left of it.

use std::fmt;

/// What is left of the memory that decoding may take.
///
/// It counts allocations as an allocator makes them, each with what the allocator itself needs. A
/// list that grows takes its new memory before it gives back the old, so that what is counted is
/// never less than what is allocated at that moment.
#[derive(Debug)]
pub struct Budget {
    left: u64,
    is_exceeded: bool,
}

/// More memory was wanted than was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudget;

impl fmt::Display for OverBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value takes too much memory")
    }
}

impl std::error::Error for OverBudget {}

impl Budget {
    /// A budget of so many bytes.
    #[must_use]
    pub const fn new(bytes: u64) -> Self {
        Self {
            left: bytes,
            is_exceeded: false,
        }
    }

    /// A budget without end, for values that do not depend on what someone sent.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self::new(u64::MAX)
    }

    /// How many bytes are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Whether more was wanted than was left.
    #[must_use]
    pub const fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// Takes what one allocation of so many bytes needs.
    ///
    /// # Errors
    /// When less is left. Nothing is taken then.
    #[inline]
    pub fn take(&mut self, bytes: usize) -> Result<(), OverBudget> {
        self.take_exactly(block(bytes))
    }

    /// Whether one allocation of so many bytes could be taken.
    ///
    /// # Errors
    /// When less is left.
    #[inline]
    pub(crate) fn check(&mut self, bytes: usize) -> Result<(), OverBudget> {
        if block(bytes) <= self.left {
            return Ok(());
        }
        self.is_exceeded = true;
        Err(OverBudget)
    }

    /// Gives back what one allocation of so many bytes needed.
    #[inline]
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.give_back_exactly(block(bytes));
    }

    /// Takes the sum of several allocations, each measured by [`block`].
    #[inline]
    pub(crate) fn take_exactly(&mut self, bytes: u64) -> Result<(), OverBudget> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.is_exceeded = true;
                Err(OverBudget)
            }
        }
    }

    #[inline]
    pub(crate) fn give_back_exactly(&mut self, bytes: u64) {
        self.left = self.left.saturating_add(bytes);
    }

    /// Gives back all that was taken since so much was left.
    pub(crate) fn give_back_to(&mut self, left: u64) {
        self.left = self.left.max(left);
    }

    /// Appends to a list that is held within the budget.
    pub(crate) fn push<T>(&mut self, list: &mut Vec<T>, item: T) -> Result<(), OverBudget> {
        self.grow_for_one(list)?;
        list.push(item);
        Ok(())
    }

    /// Makes room for one more item where there is none.
    pub(crate) fn grow_for_one<T>(&mut self, list: &mut Vec<T>) -> Result<(), OverBudget> {
        if list.len() < list.capacity() {
            return Ok(());
        }
        self.grow(list, 1)
    }

    /// Appends to a text that is held within the budget.
    pub(crate) fn push_str(&mut self, text: &mut String, more: &str) -> Result<(), OverBudget> {
        let free = text.capacity() - text.len();
        if free < more.len() {
            let grown = grown(text.len(), more.len(), MIN_TEXT);
            self.take(grown)?;
            let before = text.capacity();
            text.reserve_exact(grown - text.len());
            self.give_back(before);
        }
        text.push_str(more);
        Ok(())
    }

    /// Appends to a text that is needed while the value is built, and kept from use to use.
    pub(crate) fn push_scratch(&mut self, text: &mut String, more: &str) -> Result<(), OverBudget> {
        let before = text.capacity();
        if before - text.len() < more.len() {
            let grown = grown(text.len(), more.len(), MIN_TEXT);
            self.take_exactly(scratch(grown))?;
            text.reserve_exact(grown - text.len());
            self.give_back_exactly(scratch(before));
        }
        text.push_str(more);
        Ok(())
    }

    /// As [`Self::push_scratch`], for bytes.
    pub(crate) fn extend_scratch(
        &mut self,
        bytes: &mut Vec<u8>,
        more: &[u8],
    ) -> Result<(), OverBudget> {
        let before = bytes.capacity();
        if before - bytes.len() < more.len() {
            let grown = grown(bytes.len(), more.len(), MIN_TEXT);
            self.take_exactly(scratch(grown))?;
            bytes.reserve_exact(grown - bytes.len());
            self.give_back_exactly(scratch(before));
        }
        bytes.extend_from_slice(more);
        Ok(())
    }

    /// Makes room for more items.
    pub(crate) fn grow<T>(&mut self, list: &mut Vec<T>, more: usize) -> Result<(), OverBudget> {
        let min = if size_of::<T>() == 1 {
            MIN_TEXT
        } else {
            MIN_ITEMS
        };
        let before = list.capacity();
        let grown = grown(list.len(), more, min);
        self.take(grown.saturating_mul(size_of::<T>()))?;
        list.reserve_exact(grown - list.len());
        self.give_back(before * size_of::<T>());
        Ok(())
    }

    /// Frees the room that a list does not use, if the budget allows for doing so.
    pub(crate) fn shrink<T>(&mut self, list: &mut Vec<T>) {
        let (used, before) = (
            list.len() * size_of::<T>(),
            list.capacity() * size_of::<T>(),
        );
        if used < before && self.take(used).is_ok() {
            list.shrink_to_fit();
            self.give_back(before);
        }
    }
}

/// What an allocation takes that is needed while the value is built. Short ones do not count, so that
/// it makes no difference in what pieces a response arrives.
pub(crate) fn scratch(bytes: usize) -> u64 {
    const SHORT: usize = 64 << 10;
    if bytes <= SHORT { 0 } else { block(bytes) }
}

/// How many items a list has room for as soon as it has one.
pub(crate) const MIN_ITEMS: usize = 4;
/// The same of a text.
const MIN_TEXT: usize = 24;

/// The capacity to which a list grows that is full and to which more is added.
pub(crate) fn grown(len: usize, more: usize, min: usize) -> usize {
    let needed = len.saturating_add(more);
    needed.max(len.saturating_mul(2)).max(min)
}

/// What an allocation of so many bytes takes: usual allocators keep the size before each, and
/// round up to 16 bytes, 32 at least.
#[inline]
pub(crate) const fn block(bytes: usize) -> u64 {
    let bytes = bytes as u64;
    if bytes == 0 {
        return 0;
    }
    let rounded = bytes.saturating_add(8 + 15) & !15;
    if rounded < 32 { 32 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allocation_takes_what_the_allocator_needs_for_it() {
        for (bytes, taken) in [(0, 0), (1, 32), (24, 32), (25, 48), (40, 48), (41, 64)] {
            assert_eq!(block(bytes), taken, "{bytes}");
        }
    }

    #[test]
    fn what_is_over_the_budget_takes_nothing() {
        let mut budget = Budget::new(100);
        assert_eq!(budget.take(80), Ok(()));
        assert_eq!(budget.take(1), Err(OverBudget));
        assert_eq!(budget.left(), 4);
        assert!(budget.is_exceeded());
    }

    #[test]
    fn a_list_takes_its_capacity_alone() {
        let mut budget = Budget::new(10_000);
        let mut list = Vec::new();
        for number in 0..100_u64 {
            budget.push(&mut list, number).expect("within the budget");
            let taken = 10_000 - budget.left();
            assert_eq!(taken, block(list.capacity() * size_of::<u64>()));
        }
        budget.shrink(&mut list);
        assert_eq!((list.capacity(), budget.left()), (100, 10_000 - block(800)));
    }

    #[test]
    fn growing_needs_the_old_and_the_new_at_once() {
        let mut budget = Budget::new(64 + 128);
        let mut list = vec![];
        let pushed = (0..100_u64).take_while(|number| budget.push(&mut list, *number).is_ok());
        assert_eq!(
            pushed.count(),
            8,
            "four take 48 bytes, eight 80, sixteen 144"
        );
    }
}
