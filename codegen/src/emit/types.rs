//! The Rust types of fields, parameters and results.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::model::{DataObjectId, Field, Operation, Scalar, Shape, TypeRef};

/// The type of a data object's field.
///
/// ```text
/// i32                Option<i32>                Vec<i32>
/// VirtualHardware    Option<Box<VirtualHardware>>    Vec<VirtualHardware>     no type extends it
/// Dyn<VirtualDevice> Option<Dyn<VirtualDevice>>      Vec<Dyn<VirtualDevice>>  it has subtypes or is recursive
/// ```
///
/// A required field that holds, in the end, the object it stands in could never be built. It is taken for optional.
pub(super) fn field(scope: &Scope<'_>, holder: DataObjectId, field: &Field) -> TokenStream {
    let recursive = scope.context.graph.is_recursive(holder, field);
    stored(
        scope,
        Shape {
            optional: field.shape.optional || recursive,
            ..field.shape
        },
    )
}

/// The type that tells the runtime what a parameter takes: that of a field.
pub(super) fn parameter(scope: &Scope<'_>, parameter: &Field) -> TokenStream {
    stored(scope, parameter.shape)
}

/// What a method takes for a parameter: scalars by value, everything else borrowed.
///
/// ```text
/// i32  Option<i32>  &'a str  Option<&'a str>  &'a T  Option<&'a T>  &'a [T]
/// ```
pub(super) fn argument(scope: &Scope<'_>, parameter: &Field) -> TokenStream {
    let Shape { of, optional, list } = parameter.shape;
    if list {
        let item = value(scope, of);
        return quote! { &'a [#item] };
    }
    let argument = match of {
        TypeRef::Scalar(Scalar::String | Scalar::AnyUri) => quote! { &'a str },
        TypeRef::Scalar(Scalar::Base64Binary) => quote! { &'a [u8] },
        TypeRef::Scalar(_) => value(scope, of),
        _ => {
            let value = value(scope, of);
            quote! { &'a #value }
        }
    };
    if optional {
        quote! { Option<#argument> }
    } else {
        argument
    }
}

/// Whether a method borrows what it takes for a parameter.
pub(super) fn is_borrowed(parameter: &Field) -> bool {
    let by_value = matches!(
        parameter.shape.of,
        TypeRef::Scalar(scalar)
            if !matches!(scalar, Scalar::String | Scalar::AnyUri | Scalar::Base64Binary)
    );
    parameter.shape.list || !by_value
}

/// What an operation gives: its result, or a task that will give one.
///
/// ```text
/// ()  T  Option<T>  Vec<T>  PendingTask<T>
/// ```
pub(super) fn result(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    match operation.task {
        Some(task) => {
            let result = given(scope, task.result);
            quote! { PendingTask<#result> }
        }
        None => given(scope, operation.result),
    }
}

/// The type of a managed object's property.
pub(super) fn property(scope: &Scope<'_>, property: &Field) -> TokenStream {
    given(scope, Some(property.shape))
}

/// A value in a structure, where an optional data object is behind a pointer: most are not set.
fn stored(scope: &Scope<'_>, shape: Shape) -> TokenStream {
    let value = value(scope, shape.of);
    let in_place = matches!(shape.of, TypeRef::DataObject(id) if !scope.is_dyn(id));
    match shape {
        Shape { list: true, .. } => quote! { Vec<#value> },
        Shape { optional: true, .. } if in_place => quote! { Option<Box<#value>> },
        Shape { optional: true, .. } => quote! { Option<#value> },
        Shape { .. } => value,
    }
}

/// A value by itself.
fn given(scope: &Scope<'_>, shape: Option<Shape>) -> TokenStream {
    let Some(shape) = shape else {
        return quote! { () };
    };
    let value = value(scope, shape.of);
    match shape {
        Shape { list: true, .. } => quote! { Vec<#value> },
        Shape { optional: true, .. } => quote! { Option<#value> },
        Shape { .. } => value,
    }
}

/// One value, whatever its occurrence.
fn value(scope: &Scope<'_>, of: TypeRef) -> TokenStream {
    match of {
        TypeRef::Scalar(scalar) => self::scalar(scalar),
        // A field of an array type holds what an `anyType` holds that carries an array.
        TypeRef::Any | TypeRef::Array(_) => quote! { Any },
        TypeRef::Reference(None) => quote! { ManagedObjectReference },
        TypeRef::Reference(Some(id)) => {
            let target = scope.managed_object(id);
            quote! { MoRef<#target> }
        }
        TypeRef::Enumeration(id) => {
            let name = scope.enumeration(id);
            quote! { #name }
        }
        TypeRef::DataObject(id) => {
            let name = scope.data_object(id);
            if scope.is_dyn(id) {
                quote! { Dyn<#name> }
            } else {
                quote! { #name }
            }
        }
    }
}

fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String | Scalar::AnyUri => quote! { String },
        Scalar::Boolean => quote! { bool },
        Scalar::Byte => quote! { i8 },
        Scalar::Short => quote! { i16 },
        Scalar::Int => quote! { i32 },
        Scalar::Long => quote! { i64 },
        Scalar::Float => quote! { f32 },
        Scalar::Double => quote! { f64 },
        Scalar::DateTime => quote! { DateTime },
        Scalar::Base64Binary => quote! { Binary },
    }
}
