//! How the code of one namespace names things: its own types plainly, those of other namespaces by import.

use std::cell::RefCell;
use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use crate::model::{DataObjectId, EnumerationId, ManagedObjectId, NamespaceId};
use crate::names;

/// How many modules lead from the root to a file with types: namespace, kind, family.
pub(super) const DEPTH_OF_TYPES: usize = 3;
/// How many lead to a file beside the kinds.
const DEPTH_OF_KINDS: usize = 2;

/// The view that some code in a namespace has of the model.
pub(super) struct Scope<'c> {
    pub(super) context: &'c Context<'c>,
    pub(super) namespace: NamespaceId,
    depth: usize,
    imports: RefCell<BTreeSet<Import>>,
}

/// A type of another namespace that an item's code names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    /// The path from the file to the module of the namespace.
    path: String,
    name: String,
    /// The name in the file, where the namespace of the file has a type of the same one.
    alias: Option<String>,
}

impl<'c> Scope<'c> {
    /// The scope of a type in a namespace.
    pub(super) fn of_type(context: &'c Context<'c>, namespace: NamespaceId) -> Self {
        Self {
            context,
            namespace,
            depth: DEPTH_OF_TYPES,
            imports: RefCell::default(),
        }
    }

    /// The scope of what stands in a namespace beside the kinds of types.
    pub(super) fn of_namespace(context: &'c Context<'c>, namespace: NamespaceId) -> Self {
        Self {
            depth: DEPTH_OF_KINDS,
            ..Self::of_type(context, namespace)
        }
    }

    /// The name of a data object's structure.
    pub(super) fn data_object(&self, id: DataObjectId) -> Ident {
        let object = &self.context.model[id];
        self.type_name(object.namespace, &object.name)
    }

    /// The name of an enumeration.
    pub(super) fn enumeration(&self, id: EnumerationId) -> Ident {
        let enumeration = &self.context.model[id];
        self.type_name(enumeration.namespace, &enumeration.name)
    }

    /// The name of a managed object's stub.
    pub(super) fn managed_object(&self, id: ManagedObjectId) -> Ident {
        let object = &self.context.model[id];
        let namespace = self.context.model[object.service].namespace;
        self.type_name(namespace, &object.name)
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

    /// The path that leads to a type, for links in documentation: those import nothing.
    pub(super) fn path(&self, namespace: NamespaceId, wire: &str) -> String {
        let name = names::type_name(wire);
        if namespace == self.namespace {
            name
        } else {
            format!("{}::{name}", self.path_to(namespace))
        }
    }

    /// The `use` items that the code needs when it is a file.
    pub(super) fn into_uses(self) -> String {
        uses(self.depth, &self.imports.into_inner())
    }

    /// The types of other namespaces that were named.
    pub(super) fn into_imports(self) -> BTreeSet<Import> {
        self.imports.into_inner()
    }

    fn path_to(&self, namespace: NamespaceId) -> String {
        format!("{}::{}", up(self.depth), self.context.module(namespace))
    }

    fn type_name(&self, namespace: NamespaceId, wire: &str) -> Ident {
        let name = names::type_name(wire);
        if namespace == self.namespace {
            return names::ident(&name);
        }
        let alias = self.context.has_type(self.namespace, &name).then(|| {
            let short = &self.context.model[namespace].short;
            format!("{}{name}", short.to_upper_camel_case())
        });
        let ident = names::ident(alias.as_ref().unwrap_or(&name));
        let path = self.path_to(namespace);
        self.imports
            .borrow_mut()
            .insert(Import { path, name, alias });
        ident
    }
}

/// The `use` items at the top of a file that so many modules lead to.
///
/// ```text
/// use super::super::*;
/// use vmomi_runtime::generated::*;
/// use super::super::super::vim25::MethodFault;
/// ```
pub(super) fn uses(depth: usize, imports: &BTreeSet<Import>) -> String {
    let namespace = up(depth - 1);
    let mut text = format!("use {namespace}::*;\nuse vmomi_runtime::generated::*;\n");
    for Import { path, name, alias } in imports {
        let alias = alias.as_ref().map(|alias| format!(" as {alias}"));
        text.push_str(&format!(
            "use {path}::{name}{};\n",
            alias.unwrap_or_default()
        ));
    }
    text
}

/// The path upwards by so many modules.
fn up(modules: usize) -> String {
    vec!["super"; modules].join("::")
}
