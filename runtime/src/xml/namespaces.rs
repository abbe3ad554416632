//! Which prefix stands for which namespace, at the element last opened.

use std::sync::Arc;

use super::{SCHEMA_INSTANCE, XML, scan};

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
    /// Whether the namespace is that of `xsi:type`, which is asked for more than all others.
    is_schema_instance: bool,
    /// The namespace as the names that are kept share it, once there is one.
    shared: Option<Arc<str>>,
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
            is_schema_instance: uri == SCHEMA_INSTANCE,
            shared: None,
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
        self.binding(prefix)
            .map(|binding| &self.text[binding.prefix_end..binding.end])
    }

    /// As [`Self::resolve`], to be shared by all names that are kept, and whether it has just been
    /// made for that.
    pub(crate) fn share(&mut self, prefix: &[u8]) -> Option<(Arc<str>, bool)> {
        if prefix == b"xml" {
            return Some((Arc::from(XML), true));
        }
        let at = self.find(prefix)?;
        let binding = &mut self.bindings[at];
        match &binding.shared {
            Some(shared) => Some((Arc::clone(shared), false)),
            None => {
                let shared: Arc<str> = self.text[binding.prefix_end..binding.end].into();
                binding.shared = Some(Arc::clone(&shared));
                Some((shared, true))
            }
        }
    }

    /// Whether the prefix stands for [`SCHEMA_INSTANCE`]; `None` if it stands for nothing.
    pub(crate) fn is_schema_instance(&self, prefix: &[u8]) -> Option<bool> {
        if prefix == b"xml" {
            return Some(false);
        }
        self.binding(prefix)
            .map(|binding| binding.is_schema_instance)
    }

    /// The innermost prefix that stands for [`SCHEMA_INSTANCE`]; empty if it is the default one.
    pub(crate) fn schema_instance_prefix(&self) -> Option<&[u8]> {
        let binding = self.bindings.iter().rev().find(|b| b.is_schema_instance)?;
        let prefix = &self.text.as_bytes()[binding.start..binding.prefix_end];
        // Another namespace may have taken its place since.
        (self.is_schema_instance(prefix) == Some(true)).then_some(prefix)
    }

    fn binding(&self, prefix: &[u8]) -> Option<&Binding> {
        self.find(prefix).map(|at| &self.bindings[at])
    }

    fn find(&self, prefix: &[u8]) -> Option<usize> {
        let text = self.text.as_bytes();
        self.bindings
            .iter()
            .rposition(|binding| scan::same(&text[binding.start..binding.prefix_end], prefix))
    }
}
