//! Which prefix stands for which namespace, at the element last opened.

use std::collections::HashMap;
use std::sync::Arc;

use super::{SCHEMA_INSTANCE, XML, scan};

/// So many bindings are compared one by one, which takes no longer than finding one in a table. Few
/// documents have more in force.
const FIRST: usize = 8;

/// The bindings in force, innermost last, all their text in one buffer.
///
/// Finding one takes the same time however many there are: of those beyond the first few a table
/// tells which is the innermost of a prefix.
#[derive(Debug, Default)]
pub(crate) struct Namespaces {
    bindings: Vec<Binding>,
    text: String,
    /// Of each prefix that is bound beyond [`FIRST`], the innermost of those bindings.
    others: HashMap<Box<[u8]>, usize>,
    /// The innermost binding of [`SCHEMA_INSTANCE`], unless its prefix stands for another by now.
    schema_instance: Option<usize>,
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
    /// Beyond [`FIRST`], the binding of the same prefix that is hidden by this one.
    hidden: Option<usize>,
    /// What [`Namespaces::schema_instance`] was before.
    schema_instance_before: Option<usize>,
}

impl Namespaces {
    /// How many bindings are in force, hidden ones included.
    pub(crate) fn len(&self) -> usize {
        self.bindings.len()
    }

    /// The total length of their prefixes and namespaces, in bytes.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Binds a prefix, empty for the default namespace, at the element at this depth.
    pub(crate) fn bind(&mut self, depth: usize, prefix: &str, uri: &str) {
        let place = self.bindings.len();
        // What `xml` stands for no declaration changes.
        let is_schema_instance = uri == SCHEMA_INSTANCE && prefix != "xml";
        let schema_instance_before = self.schema_instance;
        if is_schema_instance {
            self.schema_instance = Some(place);
        } else if self.schema_instance_prefix() == Some(prefix.as_bytes()) {
            self.schema_instance = None;
        }
        let hidden = if place < FIRST {
            None
        } else {
            self.others.insert(prefix.as_bytes().into(), place)
        };
        let start = self.text.len();
        self.text.push_str(prefix);
        let prefix_end = self.text.len();
        self.text.push_str(uri);
        self.bindings.push(Binding {
            depth,
            start,
            prefix_end,
            end: self.text.len(),
            is_schema_instance,
            shared: None,
            hidden,
            schema_instance_before,
        });
    }

    /// Forgets the bindings of the element at this depth.
    #[inline]
    pub(crate) fn close(&mut self, depth: usize) {
        while let Some(last) = self.bindings.last()
            && last.depth >= depth
        {
            self.forget_last();
        }
    }

    #[inline(never)]
    fn forget_last(&mut self) {
        let Some(last) = self.bindings.pop() else {
            return;
        };
        self.schema_instance = last.schema_instance_before;
        if self.bindings.len() >= FIRST {
            let prefix = &self.text.as_bytes()[last.start..last.prefix_end];
            match last.hidden {
                Some(hidden) => {
                    if let Some(innermost) = self.others.get_mut(prefix) {
                        *innermost = hidden;
                    }
                }
                None => drop(self.others.remove(prefix)),
            }
        }
        self.text.truncate(last.start);
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
    #[inline]
    pub(crate) fn schema_instance_prefix(&self) -> Option<&[u8]> {
        let binding = self.bindings.get(self.schema_instance?)?;
        Some(self.prefix_of(binding))
    }

    fn binding(&self, prefix: &[u8]) -> Option<&Binding> {
        self.find(prefix).map(|place| &self.bindings[place])
    }

    fn find(&self, prefix: &[u8]) -> Option<usize> {
        if self.bindings.len() > FIRST
            && let Some(place) = self.others.get(prefix)
        {
            return Some(*place);
        }
        let first = &self.bindings[..self.bindings.len().min(FIRST)];
        first
            .iter()
            .rposition(|binding| scan::same(self.prefix_of(binding), prefix))
    }

    #[inline]
    fn prefix_of(&self, binding: &Binding) -> &[u8] {
        &self.text.as_bytes()[binding.start..binding.prefix_end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by looking at all bindings, innermost first.
    #[derive(Default)]
    struct Slow(Vec<(usize, String, String)>);

    impl Slow {
        fn resolve(&self, prefix: &str) -> Option<&str> {
            let mut bindings = self.0.iter().rev();
            let found = bindings.find(|(_, bound, _)| bound == prefix)?;
            Some(&found.2)
        }

        fn schema_instance_prefix(&self) -> Option<&str> {
            let mut bindings = self.0.iter().rev();
            let (_, prefix, _) = bindings.find(|(_, _, uri)| uri == SCHEMA_INSTANCE)?;
            (self.resolve(prefix) == Some(SCHEMA_INSTANCE)).then_some(prefix)
        }
    }

    /// A sequence of elements that looks like none, but is the same each time.
    fn numbers() -> impl Iterator<Item = usize> {
        std::iter::successors(Some(1_u64), |number| {
            Some(
                number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1),
            )
        })
        .map(|number| (number >> 40) as usize)
    }

    #[test]
    fn a_prefix_stands_for_what_looking_at_each_binding_finds() {
        let mut numbers = numbers();
        let mut number = |below: usize| numbers.next().unwrap_or_default() % below;
        for prefixes in [2, 5, 30] {
            let (mut fast, mut slow) = (Namespaces::default(), Slow::default());
            let mut depth = 0;
            for _ in 0..5_000 {
                if number(2) == 0 && depth < 20 {
                    depth += 1;
                    for _ in 0..number(4) {
                        let prefix = match number(prefixes) {
                            0 => String::new(),
                            other => format!("p{other}"),
                        };
                        let uri = match number(4) {
                            0 => SCHEMA_INSTANCE.to_owned(),
                            other => format!("urn:{other}"),
                        };
                        fast.bind(depth, &prefix, &uri);
                        slow.0.push((depth, prefix, uri));
                    }
                } else if depth > 0 {
                    fast.close(depth);
                    slow.0.retain(|(bound, ..)| *bound < depth);
                    depth -= 1;
                }
                assert_eq!(fast.len(), slow.0.len());
                for other in 0..=prefixes {
                    let prefix = match other {
                        0 => String::new(),
                        other => format!("p{other}"),
                    };
                    let expected = slow.resolve(&prefix);
                    assert_eq!(fast.resolve(prefix.as_bytes()), expected, "{prefix}");
                    assert_eq!(
                        fast.is_schema_instance(prefix.as_bytes()),
                        expected.map(|uri| uri == SCHEMA_INSTANCE)
                    );
                }
                let prefix = slow.schema_instance_prefix().map(str::as_bytes);
                assert_eq!(fast.schema_instance_prefix(), prefix);
            }
        }
    }
}
