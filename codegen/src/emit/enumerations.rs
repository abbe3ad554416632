//! Enumerations, which are open: a server may send a value that the schema does not have.

use quote::quote;

use super::docs;
use super::item::Emitted;
use super::scope::Scope;
use crate::model::EnumerationId;
use crate::names;

/// An enumeration.
///
/// ```text
/// #[repr(u16)]
/// #[non_exhaustive]
/// pub enum VirtualMachinePowerState {
///     PoweredOff,
///     Unknown(Box<str>),
/// }
/// open_enum!(VirtualMachinePowerState, "VirtualMachinePowerState", &SERVICE, V2_0, [PoweredOff = "poweredOff"]);
/// ```
///
/// The values stand in the order of the schema; the tag of a variant is its place in the list of wire values.
pub(super) fn emit(scope: &Scope<'_>, id: EnumerationId) -> Emitted {
    let enumeration = &scope.context.model[id];
    let name = scope.enumeration(id);
    let wire = &enumeration.name;
    let since = scope.since(enumeration.since.as_deref());
    let documentation = docs::attributes(&docs::enumeration(scope, id, enumeration));
    let (mut variants, mut values) = (Vec::new(), Vec::new());
    for value in &enumeration.values {
        let documentation = docs::attributes(&docs::value(value));
        let variant = names::ident(&names::variant_name(&value.value));
        let wire = &value.value;
        variants.push(quote! { #documentation #variant });
        values.push(quote! { #variant = #wire });
    }
    Emitted {
        members: variants.len(),
        operations: Vec::new(),
        code: quote! {
            #documentation
            #[repr(u16)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that this version of the API does not have.
                Unknown(Box<str>),
            }
            open_enum!(#name, #wire, &SERVICE, #since, [#(#values),*]);
        },
    }
}
