//! Types that there are already and that are taken in place of some of the description's.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::scope::{Import, Scope};
use crate::ledger::Ledger;
use crate::model::{Model, NamespaceId, SetAside};
use crate::names;
use crate::parts::Item;
use crate::settings::{Decisions, Subject};

/// Whether nothing is emitted for an item, since it is there already.
pub(super) fn is_replaced(context: &Context<'_>, item: Item) -> bool {
    let subject = match item {
        Item::DataObject(id) => Subject::DataObject(id),
        Item::Enumeration(id) => Subject::Enumeration(id),
        Item::ManagedObject(id) => Subject::ManagedObject(id),
        Item::Operation(id) => Subject::ManagedObject(context.model[id].owner),
    };
    context.decisions.is_replaced(subject)
}

/// Makes the types known in the module of a namespace under the names that the generated ones would have, so that all
/// other code is what it would be. The compiler checks that they are what they should be.
///
/// ```text
/// pub use vmomi_api::vim25::VirtualDisk;
/// const _: () = {
///     replaces_data_object::<VirtualDisk, VirtualDevice>("VirtualDisk");
/// };
/// ```
pub(super) fn uses(
    context: &Context<'_>,
    namespace: NamespaceId,
) -> (Option<TokenStream>, BTreeSet<Import>) {
    let scope = Scope::of(context, namespace);
    let model = context.model;
    let (mut uses, mut checks) = (Vec::new(), Vec::new());
    for subject in context.decisions.replaced() {
        let (name, wire, check) = match subject {
            Subject::DataObject(id) if model[id].namespace == namespace => {
                let base = match model[id].base {
                    Some(base) => scope.data_object(base),
                    None => names::ident("Extra"),
                };
                let name = scope.data_object(id);
                let check = quote! { replaces_data_object::<#name, #base> };
                (name, &model[id].name, check)
            }
            Subject::Enumeration(id) if model[id].namespace == namespace => {
                let name = scope.enumeration(id);
                let check = quote! { replaces_enum::<#name> };
                (name, &model[id].name, check)
            }
            Subject::ManagedObject(id) if model[model[id].service].namespace == namespace => {
                let name = scope.managed_object(id);
                let check = quote! { replaces_managed_object::<#name> };
                (name, &model[id].name, check)
            }
            _ => continue,
        };
        if let Some(path) = context.decisions.replacement(model, subject) {
            uses.push(quote! { pub use #path as #name; });
            checks.push(quote! { #check(#wire); });
        }
    }
    let code = (!uses.is_empty()).then(|| {
        quote! {
            #(#uses)*
            const _: () = { #(#checks)* };
        }
    });
    (code, scope.into_imports())
}

/// Enters the types into the ledger, and tells of each that there is no code for it.
pub(super) fn account(model: &Model, decisions: &Decisions, ledger: &mut Ledger) -> Vec<SetAside> {
    let mut set_aside = Vec::new();
    for subject in decisions.replaced() {
        let (noun, name) = match subject {
            Subject::DataObject(id) => {
                ledger.data_object(id, model[id].fields.len());
                ("data object", &model[id].name)
            }
            Subject::Enumeration(id) => {
                ledger.enumeration(id, model[id].values.len());
                ("enum", &model[id].name)
            }
            Subject::ManagedObject(id) => {
                ledger.managed_object(id, model[id].properties.len());
                for operation in model.operations_of(id) {
                    ledger.operation(operation, model[operation].parameters.len());
                }
                ("managed object", &model[id].name)
            }
            _ => continue,
        };
        set_aside.push(SetAside {
            what: format!("{noun} `{name}`"),
            reason: "a type that there is already takes its place",
        });
    }
    set_aside
}
