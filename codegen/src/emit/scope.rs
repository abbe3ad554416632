//! How the code of one namespace names things: its own types plainly, those of other namespaces by import.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use crate::model::{DataObjectId, EnumerationId, ManagedObjectId, NamespaceId};
use crate::names;
use crate::overlay::Overlay;
use crate::settings::{Naming, Subject};

/// The view that some code in a namespace has of the model.
pub(super) struct Scope<'c> {
    pub(super) context: &'c Context<'c>,
    pub(super) namespace: NamespaceId,
    imports: RefCell<BTreeSet<Import>>,
}

/// A type of another namespace that an item's code names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    /// The module of the namespace.
    module: String,
    name: String,
    /// The name in the importing namespace, where that has a type of the same one.
    alias: Option<String>,
}

impl<'c> Scope<'c> {
    /// The scope of code in a namespace.
    pub(super) fn of(context: &'c Context<'c>, namespace: NamespaceId) -> Self {
        Self {
            context,
            namespace,
            imports: RefCell::default(),
        }
    }

    /// The name of a data object's structure.
    pub(super) fn data_object(&self, id: DataObjectId) -> Ident {
        let model = self.context.model;
        self.imported(model[id].namespace, self.naming().data_object(model, id))
    }

    /// The name of an enumeration.
    pub(super) fn enumeration(&self, id: EnumerationId) -> Ident {
        let model = self.context.model;
        self.imported(model[id].namespace, self.naming().enumeration(model, id))
    }

    /// The name of a managed object's stub.
    pub(super) fn managed_object(&self, id: ManagedObjectId) -> Ident {
        let model = self.context.model;
        let namespace = model[model[id].service].namespace;
        self.imported(namespace, self.naming().managed_object(model, id))
    }

    /// Whether the namespace uses the data object as `Dyn`.
    pub(super) fn is_dyn(&self, id: DataObjectId) -> bool {
        let Context { model, graph, .. } = self.context;
        graph.is_dyn(model, id, self.namespace)
    }

    /// Whether the namespace's code may name what is defined in another.
    pub(super) fn sees(&self, namespace: NamespaceId) -> bool {
        self.context.model.sees(self.namespace, namespace)
    }

    /// The constant for an API version of this namespace's service.
    pub(super) fn since(&self, version: Option<&str>) -> TokenStream {
        match version.filter(|version| self.context.has_version(self.namespace, version)) {
            Some(version) => {
                let constant = names::ident(&names::version_constant(version));
                quote! { #constant }
            }
            None => quote! { Since::UNKNOWN },
        }
    }

    /// What things are called.
    pub(super) fn naming(&self) -> &'c Naming {
        &self.context.decisions.naming
    }

    /// Texts on the API, if the user has given any.
    pub(super) fn overlay(&self) -> Option<&'c Overlay> {
        self.context.decisions.overlay.as_deref()
    }

    /// The attributes that the user put on something.
    pub(super) fn attributes(&self, subject: Subject) -> Option<TokenStream> {
        self.context.decisions.attributes(subject)
    }

    /// The path that leads to a type, for links in documentation: those import nothing.
    pub(super) fn path(&self, namespace: NamespaceId, name: String) -> String {
        if namespace == self.namespace {
            return name;
        }
        format!("super::{}::{name}", self.context.module(namespace))
    }

    /// The types of other namespaces that were named.
    pub(super) fn into_imports(self) -> BTreeSet<Import> {
        self.imports.into_inner()
    }

    fn imported(&self, namespace: NamespaceId, name: String) -> Ident {
        if namespace == self.namespace {
            return names::ident(&name);
        }
        let alias = self.alias(namespace, &name);
        let ident = names::ident(alias.as_ref().unwrap_or(&name));
        self.imports.borrow_mut().insert(Import {
            module: self.context.module(namespace),
            name,
            alias,
        });
        ident
    }

    /// What a type of another namespace is called here if its own name may stand for something else: a type of this
    /// namespace, or of a further one that it sees.
    fn alias(&self, namespace: NamespaceId, name: &str) -> Option<String> {
        let context = self.context;
        let seen = &context.model[self.namespace].sees;
        let mut others = seen.iter().filter(|other| **other != namespace);
        let is_taken = others.any(|other| context.has_type(*other, name));
        is_taken.then(|| {
            let short = &context.model[namespace].short;
            let mut alias = format!("{}{name}", short.to_upper_camel_case());
            while seen.iter().any(|other| context.has_type(*other, &alias)) {
                alias.push('_');
            }
            alias
        })
    }
}

/// The `use` items of a namespace's module, for what its code names.
///
/// ```text
/// use vmomi_runtime::generated::*;
/// use super::vim25::{DynamicData, MethodFault};
/// ```
pub(super) fn uses(imports: &BTreeSet<Import>) -> TokenStream {
    let mut others: BTreeMap<&str, Vec<TokenStream>> = BTreeMap::new();
    for import in imports {
        let name = names::ident(&import.name);
        let alias = import.alias.as_deref().map(names::ident);
        let alias = alias.map(|alias| quote! { as #alias });
        let names = others.entry(&import.module).or_default();
        names.push(quote! { #name #alias });
    }
    let others = others.into_iter().map(|(module, names)| {
        let module = names::ident(module);
        quote! { use super::#module::{#(#names),*}; }
    });
    quote! {
        use vmomi_runtime::generated::*;
        #(#others)*
    }
}
