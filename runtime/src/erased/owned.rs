//! How much memory a value owns besides the place that it is in.

use super::object::AnyObject;
use super::shape::Kind;
use super::view::{ListRef, ValueRef};
use crate::any::Any;
use crate::budget::block;
use crate::element::{Element, Node, QualifiedName};
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// A value of which it is known how much memory it owns besides its own place.
///
/// Counted as a [`Budget`](crate::budget::Budget) counts: by allocations, with what the allocator
/// needs for each. Of a list within an object it is its length that counts, not its capacity.
pub trait Owned {
    /// The bytes that the value owns.
    fn owned(&self) -> u64;
}

macro_rules! nothing_owned {
    ($($scalar:ty),*) => {$(
        impl Owned for $scalar {
            #[inline]
            fn owned(&self) -> u64 {
                0
            }
        }
    )*};
}

nothing_owned!(bool, i8, i16, i32, i64, f32, f64, DateTime);

impl Owned for String {
    #[inline]
    fn owned(&self) -> u64 {
        block(self.capacity())
    }
}

impl Owned for Binary {
    fn owned(&self) -> u64 {
        block(self.0.capacity())
    }
}

impl Owned for ManagedObjectReference {
    fn owned(&self) -> u64 {
        block(Self::PARTS) + block(self.text_len())
    }
}

impl Owned for QualifiedName {
    /// A namespace that others have too is theirs.
    fn owned(&self) -> u64 {
        let namespace = match std::sync::Arc::strong_count(&self.namespace) {
            1 => shared_text(self.namespace.len()),
            _ => 0,
        };
        namespace + block(self.local.len())
    }
}

/// What a shared text of so many bytes takes, with the two numbers of who shares it.
pub(crate) fn shared_text(bytes: usize) -> u64 {
    if bytes == 0 {
        return 0;
    }
    block(bytes.saturating_add(2 * size_of::<usize>()))
}

impl Owned for Element {
    fn owned(&self) -> u64 {
        let mut open = vec![self];
        let mut owned = 0;
        while let Some(element) = open.pop() {
            owned += element.name.owned() + element.type_name.as_ref().map_or(0, Owned::owned);
            owned += block(size_of_val(&*element.attributes));
            for (name, value) in &element.attributes {
                owned += name.owned() + block(value.len());
            }
            owned += block(size_of_val(&*element.children));
            for child in &element.children {
                match child {
                    Node::Element(child) => open.push(child),
                    Node::Text(text) => owned += block(text.len()),
                }
            }
        }
        owned
    }
}

impl Owned for Any {
    fn owned(&self) -> u64 {
        match self {
            Self::Nil
            | Self::Bool(_)
            | Self::Byte(_)
            | Self::Short(_)
            | Self::Int(_)
            | Self::Long(_)
            | Self::Float(_)
            | Self::Double(_)
            | Self::DateTime(_) => 0,
            Self::String(text) | Self::Uri(text) => text.owned(),
            Self::Binary(bytes) => bytes.owned(),
            Self::Reference(reference) => reference.owned(),
            Self::Enum(value) => match &value.value {
                std::borrow::Cow::Owned(text) => text.owned(),
                std::borrow::Cow::Borrowed(_) => 0,
            },
            Self::Unknown(element) => block(size_of::<Element>()) + element.owned(),
            Self::Object(_) | Self::Array(_) => owned_within(ValueRef::Any(self)),
        }
    }
}

impl Owned for AnyObject {
    fn owned(&self) -> u64 {
        let own = block(Self::bytes(self.type_info()));
        own + owned_within(ValueRef::Object(self.as_object()))
    }
}

/// What a value owns, the objects within it included; without a call for each level, as a value may
/// be nested to any depth.
fn owned_within(value: ValueRef<'_>) -> u64 {
    let mut open = vec![value];
    let mut owned = 0;
    while let Some(value) = open.pop() {
        match value {
            ValueRef::String(text) => owned += block(text.len()),
            ValueRef::Binary(bytes) => owned += block(bytes.len()),
            ValueRef::Reference(reference) => owned += reference.owned(),
            ValueRef::Enum(value, info) if info.position(value).is_none() => {
                owned += block(value.len());
            }
            ValueRef::Any(Any::Object(object)) => {
                owned += block(AnyObject::bytes(object.type_info()));
                open.push(ValueRef::Object(object.as_object()));
            }
            ValueRef::Any(Any::Array(array)) => {
                open.push(ValueRef::List(ListRef::of_array(array)));
            }
            ValueRef::Any(any) => owned += any.owned(),
            ValueRef::Object(object) => {
                owned += object.extra().owned();
                for (field, value) in object.fields() {
                    owned += match (field.shape().kind, value) {
                        (Kind::Boxed(link), ValueRef::Object(_)) => block(link.get().size()),
                        (Kind::Dyn(_), ValueRef::Object(object)) => {
                            block(AnyObject::bytes(object.type_info()))
                        }
                        _ => 0,
                    };
                    open.push(value);
                }
            }
            ValueRef::List(list) => {
                owned += block(list.bytes());
                for item in list.iter() {
                    if let (Kind::Dyn(_), ValueRef::Object(object)) = (list.kind(), item) {
                        owned += block(AnyObject::bytes(object.type_info()));
                    }
                    open.push(item);
                }
            }
            _ => {}
        }
    }
    owned
}
