//! The names of the elements that are open, outermost first.

/// A stack of names, all their text in one buffer.
#[derive(Debug, Default)]
pub(crate) struct OpenElements {
    names: Vec<u8>,
    starts: Vec<usize>,
}

impl OpenElements {
    pub(crate) fn push(&mut self, name: &[u8]) {
        self.starts.push(self.names.len());
        self.names.extend_from_slice(name);
    }

    pub(crate) fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.names.truncate(start);
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The name of the innermost, with its prefix; empty where none is open.
    pub(crate) fn last(&self) -> &[u8] {
        let start = self.starts.last().copied().unwrap_or_default();
        &self.names[start..]
    }
}
