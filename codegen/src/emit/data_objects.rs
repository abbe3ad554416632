//! Data objects, with faults and events among them: a structure, its description, and the traits.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::item::Emitted;
use super::scope::Scope;
use super::{docs, types};
use crate::model::{DataObjectId, Field};
use crate::names;

/// A data object.
///
/// ```text
/// #[repr(C)]
/// pub struct VirtualDisk {
///     pub base: VirtualDevice,
///     pub capacity_in_kb: i64,
/// }
/// static VIRTUAL_DISK: Type<VirtualDisk> = Type::new(
///     "VirtualDisk", &SERVICE, V2_0,
///     fields!(VirtualDisk, base, [capacity_in_kb, "capacityInKB", V2_0]),
/// );
/// data_object!(VirtualDisk: VirtualDevice [DynamicData], VIRTUAL_DISK);
/// ```
///
/// Fields stand in the order of the schema, in the structure and in the description; encoding depends on the latter.
pub(super) fn emit(scope: &Scope<'_>, id: DataObjectId) -> Emitted {
    let object = &scope.context.model[id];
    let name = scope.data_object(id);
    let documentation = docs::attributes(&docs::data_object(scope, id, object));
    let head = head(scope, object.base);
    let fields: Vec<_> = object
        .fields
        .iter()
        .map(|field| declared(scope, id, field))
        .collect();
    let description = description(scope, id, &name);
    let traits = traits(scope, id, &name);
    Emitted {
        members: fields.len(),
        operations: Vec::new(),
        code: quote! {
            #documentation
            #[repr(C)]
            pub struct #name {
                #head
                #(#fields)*
            }
            #description
            #traits
        },
    }
}

/// What the structure begins with: its base, or what a server sent beyond the type.
fn head(scope: &Scope<'_>, base: Option<DataObjectId>) -> TokenStream {
    match base {
        Some(base) => {
            let documentation = docs::attributes(&docs::base(scope, base));
            let base = scope.data_object(base);
            quote! { #documentation pub base: #base, }
        }
        None => {
            let documentation = docs::attributes(&docs::extra());
            quote! { #documentation pub extra: Extra, }
        }
    }
}

/// ```text
/// /// `capacityInKB`: `xsd:long`. Since API 2.0.
/// pub capacity_in_kb: i64,
/// ```
fn declared(scope: &Scope<'_>, holder: DataObjectId, field: &Field) -> TokenStream {
    let documentation = docs::attributes(&docs::field(scope, holder, field));
    let name = names::ident(&names::field_name(&field.name));
    let of = types::field(scope, holder, field);
    quote! { #documentation pub #name: #of, }
}

/// ```text
/// static VIRTUAL_DISK: Type<VirtualDisk> = Type::new("VirtualDisk", &SERVICE, V2_0, fields!(...));
/// ```
fn description(scope: &Scope<'_>, id: DataObjectId, name: &Ident) -> TokenStream {
    let object = &scope.context.model[id];
    let description = names::ident(&names::static_name(&object.name));
    let wire = &object.name;
    let since = scope.since(object.since.as_deref());
    let head = match object.base {
        Some(_) => quote! { base },
        None => quote! { extra },
    };
    let fields = object.fields.iter().map(|field| described(scope, field));
    quote! {
        static #description: Type<#name> = Type::new(
            #wire,
            &SERVICE,
            #since,
            fields!(#name, #head #(, #fields)*),
        );
    }
}

/// ```text
/// [capacity_in_kb, "capacityInKB", V2_0]
/// [password, "password", V2_0, secret]
/// ```
fn described(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = names::ident(&names::field_name(&field.name));
    let wire = &field.name;
    let since = scope.since(field.since.as_deref());
    let secret = field.secret.then(|| quote! { , secret });
    quote! { [#name, #wire, #since #secret] }
}

/// ```text
/// data_object!(VirtualDisk: VirtualDevice [DynamicData], VIRTUAL_DISK);
/// ```
fn traits(scope: &Scope<'_>, id: DataObjectId, name: &Ident) -> TokenStream {
    let description = names::ident(&names::static_name(&scope.context.model[id].name));
    let mut ancestors = scope
        .context
        .model
        .ancestors(id)
        .map(|id| scope.data_object(id));
    match ancestors.next() {
        Some(base) => quote! { data_object!(#name: #base [#(#ancestors),*], #description); },
        None => quote! { data_object!(#name, #description); },
    }
}
