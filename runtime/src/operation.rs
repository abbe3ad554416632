//! Operations as data, and the values passed to them.

use crate::call::CallResult;
use crate::erased::{Field, Item, ListRef, Shape, ValueRef};
use crate::lexical::date_time::DateTime;
use crate::service::{Since, TypeRegistry};

/// Everything the runtime knows of one operation.
#[derive(Debug)]
pub struct OperationInfo {
    name: &'static str,
    types: &'static TypeRegistry,
    since: Since,
    parameters: &'static [ParameterInfo],
    result: Option<Shape>,
}

impl OperationInfo {
    /// Describes an operation that returns `R`, as a `static` within the method that calls it.
    #[must_use]
    pub const fn new<R: CallResult>(
        name: &'static str,
        types: &'static TypeRegistry,
        since: Since,
        parameters: &'static [ParameterInfo],
    ) -> Self {
        Self {
            name,
            types,
            since,
            parameters,
            result: R::SHAPE,
        }
    }

    /// The wire name: the element that a request's body holds.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The types of the service that the operation belongs to.
    #[must_use]
    pub fn types(&self) -> &'static TypeRegistry {
        self.types
    }

    /// The API version that introduced the operation.
    #[must_use]
    pub fn since(&self) -> Since {
        self.since
    }

    /// The parameters in the order of the schema, without `_this`.
    #[must_use]
    pub fn parameters(&self) -> &'static [ParameterInfo] {
        self.parameters
    }

    /// What the response holds as `returnval`; `None` where it holds nothing.
    #[must_use]
    pub fn result(&self) -> Option<Shape> {
        self.result
    }
}

/// One parameter of an operation.
#[derive(Debug)]
pub struct ParameterInfo {
    name: &'static str,
    shape: Shape,
    since: Since,
    secret: bool,
}

impl ParameterInfo {
    /// Describes a parameter whose value is an `F` or a borrow of one.
    #[must_use]
    pub const fn new<F: Field>(name: &'static str, since: Since) -> Self {
        Self {
            name,
            shape: F::SHAPE,
            since,
            secret: false,
        }
    }

    /// The same parameter, whose value must never be shown.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }

    /// The wire name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What the parameter takes.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The API version that introduced the parameter.
    #[must_use]
    pub fn since(&self) -> Since {
        self.since
    }

    /// Whether the value is a secret, such as a password, that must never be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

/// What a method takes for a parameter: scalars by value, everything else borrowed.
pub trait Argument<'a> {
    /// The value as it is encoded.
    fn argument(self) -> ValueRef<'a>;
}

macro_rules! by_value {
    ($($rust:ty => $variant:ident),* $(,)?) => {$(
        impl<'a> Argument<'a> for $rust {
            fn argument(self) -> ValueRef<'a> {
                ValueRef::$variant(self)
            }
        }

        impl<'a> Argument<'a> for Option<$rust> {
            fn argument(self) -> ValueRef<'a> {
                self.map_or(ValueRef::Unset, ValueRef::$variant)
            }
        }
    )*};
}

by_value! {
    bool => Bool,
    i8 => Byte,
    i16 => Short,
    i32 => Int,
    i64 => Long,
    f32 => Float,
    f64 => Double,
    DateTime => DateTime,
    &'a str => String,
    &'a [u8] => Binary,
}

impl<'a, T: Item> Argument<'a> for &'a T {
    fn argument(self) -> ValueRef<'a> {
        ValueRef::of(self)
    }
}

impl<'a, T: Item> Argument<'a> for Option<&'a T> {
    fn argument(self) -> ValueRef<'a> {
        self.map_or(ValueRef::Unset, ValueRef::of)
    }
}

impl<'a, T: Item> Argument<'a> for &'a [T] {
    fn argument(self) -> ValueRef<'a> {
        ValueRef::List(ListRef::of(self))
    }
}
