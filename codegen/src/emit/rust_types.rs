//! The Rust types of members as texts, for whoever tells what is made of a description.

use proc_macro2::TokenStream;

use super::context::Context;
use super::scope::Scope;
use super::types;
use crate::graph::Graph;
use crate::model::{DataObjectId, Field, Model, NamespaceId, Operation};
use crate::settings::Decisions;

/// What tells them for one model.
pub(crate) struct RustTypes<'m> {
    context: Context<'m>,
}

impl<'m> RustTypes<'m> {
    pub(crate) fn of(model: &'m Model, graph: &'m Graph, decisions: &'m Decisions) -> Self {
        Self {
            context: Context::new(model, graph, decisions),
        }
    }

    /// The type of a data object's field.
    pub(crate) fn field(&self, holder: DataObjectId, field: &Field) -> String {
        let namespace = self.context.model[holder].namespace;
        self.text(namespace, |scope| types::field(scope, holder, field))
    }

    /// The type of a property.
    pub(crate) fn property(&self, namespace: NamespaceId, property: &Field) -> String {
        self.text(namespace, |scope| types::property(scope, property))
    }

    /// What a method takes for a parameter.
    pub(crate) fn argument(&self, namespace: NamespaceId, parameter: &Field) -> String {
        self.text(namespace, |scope| types::argument(scope, parameter))
    }

    /// What a method gives.
    pub(crate) fn result(&self, namespace: NamespaceId, operation: &Operation) -> String {
        self.text(namespace, |scope| types::result(scope, operation))
    }

    fn text(&self, namespace: NamespaceId, of: impl Fn(&Scope<'_>) -> TokenStream) -> String {
        compact(&of(&Scope::of(&self.context, namespace)).to_string())
    }
}

/// Tokens as a person writes a type: spaces only where two words would become one, and before a slice.
fn compact(tokens: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut text = String::with_capacity(tokens.len());
    let mut letters = tokens.chars().peekable();
    while let Some(letter) = letters.next() {
        let after_word = text.ends_with(is_word);
        let before_word = letters
            .peek()
            .is_some_and(|next| is_word(*next) || *next == '[');
        if letter != ' ' || (after_word && before_word) {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn types_are_readable() {
        for (tokens, text) in [
            ("Option < Box < Thing > >", "Option<Box<Thing>>"),
            ("& 'a [Dyn < Thing >]", "&'a [Dyn<Thing>]"),
            ("Option < & 'a str >", "Option<&'a str>"),
            ("PendingTask < () >", "PendingTask<()>"),
        ] {
            assert_eq!(compact(tokens), text);
        }
    }
}
