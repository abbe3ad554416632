//! References to managed objects, which live on the server.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;

use crate::shown::{Hidden, Name, is_plain};

/// A reference to a managed object whose type is not known at compile time.
///
/// Compares by type and value. The server's GUID tells equal references of different vCenters
/// apart, but the same object is sent with and without it, so it does not take part.
#[derive(Clone)]
#[repr(transparent)]
pub struct ManagedObjectReference(Box<Parts>);

/// Type, value and GUID in one string, so that a reference is two allocations.
#[derive(Clone, Default)]
struct Parts {
    text: Box<str>,
    type_end: usize,
    value_end: usize,
    has_server_guid: bool,
}

impl ManagedObjectReference {
    /// How many bytes a reference takes besides its text.
    pub(crate) const PARTS: usize = size_of::<Parts>();

    /// How many bytes the text of the reference takes.
    pub(crate) fn text_len(&self) -> usize {
        self.0.text.len()
    }

    /// A reference such as `VirtualMachine`, `vm-42`.
    #[must_use]
    pub fn new(type_name: &str, value: &str) -> Self {
        Self::with_server_guid(type_name, value, None)
    }

    /// A reference that also tells the server it belongs to.
    #[must_use]
    pub fn with_server_guid(type_name: &str, value: &str, server_guid: Option<&str>) -> Self {
        let guid = server_guid.unwrap_or_default();
        let mut text = String::with_capacity(type_name.len() + value.len() + guid.len());
        text.push_str(type_name);
        text.push_str(value);
        text.push_str(guid);
        Self(Box::new(Parts {
            text: text.into_boxed_str(),
            type_end: type_name.len(),
            value_end: type_name.len() + value.len(),
            has_server_guid: server_guid.is_some(),
        }))
    }

    /// The wire name of the managed object type: `VirtualMachine`.
    #[must_use]
    pub fn type_name(&self) -> &str {
        &self.0.text[..self.0.type_end]
    }

    /// The identifier that the server gave the object: `vm-42`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.0.text[self.0.type_end..self.0.value_end]
    }

    /// The GUID of the server that the object belongs to, where it was sent.
    #[must_use]
    pub fn server_guid(&self) -> Option<&str> {
        let parts = &self.0;
        parts
            .has_server_guid
            .then(|| &parts.text[parts.value_end..])
    }

    /// Whether this is the default value, which refers to nothing.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.0.value_end == 0
    }

    /// The same reference, taken to be one to a `T`.
    #[must_use]
    pub fn typed<T>(self) -> MoRef<T> {
        MoRef {
            reference: self,
            target: PhantomData,
        }
    }
}

impl Default for ManagedObjectReference {
    /// A reference to nothing, for required fields that were never set.
    fn default() -> Self {
        Self(Box::default())
    }
}

impl PartialEq for ManagedObjectReference {
    fn eq(&self, other: &Self) -> bool {
        self.type_name() == other.type_name() && self.value() == other.value()
    }
}

impl Eq for ManagedObjectReference {}

impl Hash for ManagedObjectReference {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.type_name().hash(state);
        self.value().hash(state);
    }
}

impl PartialOrd for ManagedObjectReference {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ManagedObjectReference {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.type_name(), self.value()).cmp(&(other.type_name(), other.value()))
    }
}

impl fmt::Display for ManagedObjectReference {
    /// Shows the reference for a log: `VirtualMachine:vm-42`.
    ///
    /// The identifier is shown if it consists of words and a number, as those of inventory
    /// objects do. Any other one, such as that of a property collector, which may hold the key of
    /// the session, is shown as its length: `PropertyCollector:(73 bytes)`. It can be had from
    /// [`ManagedObjectReference::value`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unset() {
            return f.write_str("unset");
        }
        let value = self.value();
        write!(f, "{}:", Name(self.type_name()))?;
        if is_plain(value, "-") {
            f.write_str(value)
        } else {
            Hidden(value).fmt(f)
        }
    }
}

impl fmt::Debug for ManagedObjectReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A reference to a managed object of type `T`, or of one that extends it.
///
/// `T` is the stub of the managed object, such as `VirtualMachine`. Binding a reference to a
/// connection gives the stub, whose methods are the operations.
#[repr(transparent)]
pub struct MoRef<T> {
    reference: ManagedObjectReference,
    target: PhantomData<fn() -> T>,
}

impl<T> MoRef<T> {
    /// The reference without the type that it is known to have.
    #[must_use]
    pub fn into_untyped(self) -> ManagedObjectReference {
        self.reference
    }

    /// The same reference, taken to be one to an `S`: up to a base, or down to a subtype that
    /// [`type_name`](ManagedObjectReference::type_name) names.
    #[must_use]
    pub fn cast<S>(self) -> MoRef<S> {
        self.reference.typed()
    }
}

impl<T> Deref for MoRef<T> {
    type Target = ManagedObjectReference;

    fn deref(&self) -> &ManagedObjectReference {
        &self.reference
    }
}

impl<T> AsRef<ManagedObjectReference> for MoRef<T> {
    fn as_ref(&self) -> &ManagedObjectReference {
        &self.reference
    }
}

impl AsRef<Self> for ManagedObjectReference {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl<T> From<ManagedObjectReference> for MoRef<T> {
    fn from(reference: ManagedObjectReference) -> Self {
        reference.typed()
    }
}

impl<T> From<MoRef<T>> for ManagedObjectReference {
    fn from(reference: MoRef<T>) -> Self {
        reference.reference
    }
}

impl<T> Clone for MoRef<T> {
    fn clone(&self) -> Self {
        self.reference.clone().typed()
    }
}

impl<T> Default for MoRef<T> {
    fn default() -> Self {
        ManagedObjectReference::default().typed()
    }
}

impl<T> PartialEq for MoRef<T> {
    fn eq(&self, other: &Self) -> bool {
        self.reference == other.reference
    }
}

impl<T> Eq for MoRef<T> {}

impl<T> Hash for MoRef<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reference.hash(state);
    }
}

impl<T> PartialOrd for MoRef<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for MoRef<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.reference.cmp(&other.reference)
    }
}

impl<T> fmt::Display for MoRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.reference, f)
    }
}

impl<T> fmt::Debug for MoRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.reference, f)
    }
}
