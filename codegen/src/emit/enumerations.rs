//! Enumerations, which are open: a server may send a value that the schema does not have.

use quote::quote;

use super::docs;
use super::item::{Code, Emitted};
use super::scope::Scope;
use crate::model::EnumerationId;
use crate::names;
use crate::settings::Subject;

/// An enumeration.
///
/// ```text
/// open_enum! {
///     #[wire("VirtualMachinePowerState", SERVICE, V2_0)]
///     pub enum VirtualMachinePowerState {
///         #[wire("poweredOff")]
///         PoweredOff,
///     }
/// }
/// ```
///
/// The values stand in the order of the schema. The macro adds the variant for any other value.
pub(super) fn emit(scope: &Scope<'_>, id: EnumerationId) -> Emitted {
    let enumeration = &scope.context.model[id];
    let name = scope.enumeration(id);
    let wire = &enumeration.name;
    let since = scope.since(enumeration.since.as_deref());
    let attributes = scope.attributes(Subject::Enumeration(id));
    let documentation = docs::attributes(&docs::enumeration(scope, id, enumeration));
    let variants: Vec<_> = enumeration
        .values
        .iter()
        .enumerate()
        .map(|(place, value)| {
            let documentation = docs::attributes(&docs::value(scope, enumeration, value));
            let attributes = scope.attributes(Subject::Value(id, place));
            let variant = names::ident(&scope.naming().variant(scope.context.model, id, place));
            let wire = &value.value;
            quote! {
                #documentation
                #[wire(#wire)]
                #attributes
                #variant,
            }
        })
        .collect();
    Emitted {
        members: variants.len(),
        operations: Vec::new(),
        code: Code::Within(
            "open_enum",
            quote! {
                #documentation
                #[wire(#wire, SERVICE, #since)]
                #attributes
                pub enum #name {
                    #(#variants)*
                }
            },
        ),
    }
}
