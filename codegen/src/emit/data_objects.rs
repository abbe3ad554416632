//! Data objects, with faults and events among them: structures with what describes them on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::item::{Code, Emitted};
use super::scope::Scope;
use super::{docs, types};
use crate::model::{DataObjectId, Field};
use crate::names;
use crate::settings::Subject;

/// A data object.
///
/// ```text
/// data_object! {
///     #[wire("VirtualDisk", SERVICE, V2_0)]
///     pub struct VirtualDisk {
///         pub base: VirtualDevice,
///         #[wire("capacityInKB", V2_0)]
///         pub capacity_in_kb: i64,
///     }
/// }
/// ```
///
/// Fields stand in the order of the schema, on which encoding depends.
pub(super) fn emit(scope: &Scope<'_>, id: DataObjectId) -> Emitted {
    let object = &scope.context.model[id];
    let name = scope.data_object(id);
    let documentation = docs::attributes(&docs::data_object(scope, id, object));
    let wire = &object.name;
    let since = scope.since(object.since.as_deref());
    let attributes = scope.attributes(Subject::DataObject(id));
    let head = head(scope, object.base);
    let fields: Vec<_> = object
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| declared(scope, id, place, field))
        .collect();
    Emitted {
        members: fields.len(),
        operations: Vec::new(),
        code: Code::Within(
            "data_object",
            quote! {
                #documentation
                #[wire(#wire, SERVICE, #since)]
                #attributes
                pub struct #name {
                    #head
                    #(#fields)*
                }
            },
        ),
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
/// /// `password`: `xsd:string`, optional. Since API 6.5.
/// #[wire("password", V6_5, secret)]
/// pub password: Option<String>,
/// ```
fn declared(scope: &Scope<'_>, holder: DataObjectId, place: usize, field: &Field) -> TokenStream {
    let documentation = docs::attributes(&docs::field(scope, holder, field));
    let wire = &field.name;
    let since = scope.since(field.since.as_deref());
    let secret = field.secret.then(|| quote! { , secret });
    let attributes = scope.attributes(Subject::Field(holder, place));
    let name = names::ident(&scope.naming().field(scope.context.model, holder, place));
    let of = types::field(scope, holder, field);
    quote! {
        #documentation
        #[wire(#wire, #since #secret)]
        #attributes
        pub #name: #of,
    }
}
