//! Which prefix stands for which namespace, at the element last opened.

use super::XML;

/// The bindings in force, innermost last, all their text in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Namespaces {
    bindings: Vec<Binding>,
    text: String,
}

#[derive(Debug)]
struct Binding {
    /// How many elements were open when it was declared.
    depth: usize,
    start: usize,
    prefix_end: usize,
    end: usize,
}

impl Namespaces {
    /// Binds a prefix, empty for the default namespace, at the element at this depth.
    pub(crate) fn bind(&mut self, depth: usize, prefix: &str, uri: &str) {
        let start = self.text.len();
        self.text.push_str(prefix);
        let prefix_end = self.text.len();
        self.text.push_str(uri);
        self.bindings.push(Binding {
            depth,
            start,
            prefix_end,
            end: self.text.len(),
        });
    }

    /// Forgets the bindings of the element at this depth.
    pub(crate) fn close(&mut self, depth: usize) {
        while let Some(last) = self.bindings.last()
            && last.depth >= depth
        {
            self.text.truncate(last.start);
            self.bindings.pop();
        }
    }

    /// The namespace that a prefix, empty for the default namespace, stands for.
    pub(crate) fn resolve(&self, prefix: &[u8]) -> Option<&str> {
        if prefix == b"xml" {
            return Some(XML);
        }
        self.bindings
            .iter()
            .rev()
            .find(|binding| self.text.as_bytes()[binding.start..binding.prefix_end] == *prefix)
            .map(|binding| &self.text[binding.prefix_end..binding.end])
    }
}
