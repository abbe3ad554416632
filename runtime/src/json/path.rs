//! Where in a value a reader is, for errors.

use std::fmt;

/// The fields that lead to the value being read.
#[derive(Debug)]
pub(super) struct Path(Vec<Step>);

#[derive(Debug)]
struct Step {
    name: &'static str,
    index: Option<usize>,
}

impl Path {
    /// The path of a value that no field holds.
    pub(super) fn to_root() -> Self {
        Self(vec![Step {
            name: "",
            index: None,
        }])
    }

    /// The field that holds the value.
    pub(super) fn name(&self) -> Option<&'static str> {
        let step = self.0.last()?;
        (!step.name.is_empty()).then_some(step.name)
    }

    pub(super) fn enter(&mut self, name: &'static str) {
        self.0.push(Step { name, index: None });
    }

    /// The value is this item of a list.
    pub(super) fn at(&mut self, index: usize) {
        if let Some(step) = self.0.last_mut() {
            step.index = Some(index);
        }
    }

    /// The list has no more items.
    pub(super) fn after_items(&mut self) {
        if let Some(step) = self.0.last_mut() {
            step.index = None;
        }
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        for step in &self.0 {
            if step.name.is_empty() && step.index.is_none() {
                continue;
            }
            if !is_first {
                f.write_str("/")?;
            }
            is_first = false;
            f.write_str(step.name)?;
            if let Some(index) = step.index {
                write!(f, "[{index}]")?;
            }
        }
        Ok(())
    }
}
