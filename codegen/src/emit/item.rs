//! One item of the model as text.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::context::Context;
use super::scope::{Import, Scope};
use super::{data_objects, enumerations, format, managed_objects, operations};
use crate::diagnostic::Diagnostic;
use crate::ledger::Ledger;
use crate::model::{Model, NamespaceId, OperationId};
use crate::parts::Item;

/// The code of an item.
pub(super) struct Emitted {
    pub(super) code: Code,
    /// How many fields, values or properties the code has.
    pub(super) members: usize,
    /// The operations that the code has, each with the number of its parameters.
    pub(super) operations: Vec<(OperationId, usize)>,
}

/// Tokens that are to be formatted.
pub(super) enum Code {
    /// Items as they stand.
    Items(TokenStream),
    /// An item that a macro with this name defines.
    Within(&'static str, TokenStream),
}

impl Code {
    fn format(self) -> Result<String, Diagnostic> {
        match self {
            Self::Items(code) => format::format(code),
            Self::Within(name, code) => format::format_within(name, code),
        }
    }
}

/// The formatted code of an item.
pub(super) struct Rendered {
    pub(super) text: String,
    pub(super) lines: usize,
    /// The types of other namespaces that the code names.
    pub(super) imports: BTreeSet<Import>,
    members: usize,
    operations: Vec<(OperationId, usize)>,
}

/// Emits and formats an item.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(super) fn render(context: &Context<'_>, item: Item) -> Result<Rendered, Diagnostic> {
    let scope = Scope::of(context, namespace(context.model, item));
    let emitted = match item {
        Item::DataObject(id) => data_objects::emit(&scope, id),
        Item::Enumeration(id) => enumerations::emit(&scope, id),
        Item::ManagedObject(id) => managed_objects::emit(&scope, id),
        Item::Operation(id) => operations::of_service(&scope, id),
    };
    let text = emitted.code.format()?;
    Ok(Rendered {
        lines: text.lines().count(),
        text,
        imports: scope.into_imports(),
        members: emitted.members,
        operations: emitted.operations,
    })
}

impl Rendered {
    /// Enters into the ledger what the text of the item holds.
    pub(super) fn enter(&self, item: Item, ledger: &mut Ledger) {
        match item {
            Item::DataObject(id) => ledger.data_object(id, self.members),
            Item::Enumeration(id) => ledger.enumeration(id, self.members),
            Item::ManagedObject(id) => ledger.managed_object(id, self.members),
            Item::Operation(_) => {}
        }
        for (operation, parameters) in &self.operations {
            ledger.operation(*operation, *parameters);
        }
    }
}

fn namespace(model: &Model, item: Item) -> NamespaceId {
    match item {
        Item::DataObject(id) => model[id].namespace,
        Item::Enumeration(id) => model[id].namespace,
        Item::ManagedObject(id) => model[model[id].service].namespace,
        Item::Operation(id) => model[model[id].service].namespace,
    }
}
