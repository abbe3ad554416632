//! The modules that lead to the files with items.
//!
//! Types are reached by the name of their service alone: what lies between is private and re-exported.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::format;
use crate::diagnostic::Diagnostic;
use crate::model::NamespaceId;
use crate::modules::{self, Module};
use crate::names;

/// The file of each module that holds modules, by its path.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(super) fn files(
    context: &Context<'_>,
    modules: &[Module],
) -> Result<BTreeMap<String, String>, Diagnostic> {
    let mut children: BTreeMap<&[String], BTreeSet<&str>> = BTreeMap::new();
    for module in modules {
        for depth in 1..module.path.len() {
            let (parent, child) = (&module.path[..depth], &module.path[depth]);
            children.entry(parent).or_default().insert(child);
        }
    }
    let versioned: BTreeSet<String> = (context.namespaces().into_iter())
        .filter(|namespace| !context.versions(*namespace).is_empty())
        .map(|namespace| context.module(namespace))
        .collect();
    let mut files = BTreeMap::new();
    for (path, children) in children {
        let code = match path {
            [name] => namespace(&children, versioned.contains(name)),
            [.., name] if name == modules::OPERATIONS => declared(&children),
            _ => re_exported(&children),
        };
        files.insert(format!("{}/mod.rs", path.join("/")), format::format(code)?);
    }
    files.insert("mod.rs".into(), format::format(root(context))?);
    Ok(files)
}

/// The root has no inner attributes, so that it can be a module's file as well as be included in one. Formatting and
/// lints are settled here, on the outside, for whoever does.
fn root(context: &Context<'_>) -> TokenStream {
    let namespaces = context.namespaces().into_iter();
    let namespaces = namespaces.map(|namespace| {
        let about = about(context, namespace);
        let name = names::ident(&context.module(namespace));
        quote! {
            #[doc = #about]
            #[rustfmt::skip]
            #[allow(dead_code, reason = "a program uses a part of the API")]
            #[allow(
                clippy::too_many_arguments,
                reason = "an operation takes what the API says it does"
            )]
            pub mod #name;
        }
    });
    quote! { #(#namespaces)* }
}

fn about(context: &Context<'_>, namespace: NamespaceId) -> String {
    let uri = &context.model[namespace].uri;
    match context.service(namespace) {
        Some(service) if service.version.is_empty() => {
            format!(" The service `{}`: `{uri}`.", service.name)
        }
        Some(service) => format!(
            " The service `{}` of API {}: `{uri}`.",
            service.name, service.version
        ),
        None => format!(" Types of `{uri}`."),
    }
}

/// ```text
/// mod data_objects;
/// mod service;
/// /// The API versions that introduced something.
/// pub mod versions;
/// pub use data_objects::*;
/// pub use service::*;
/// use versions::*;
/// ```
fn namespace(kinds: &BTreeSet<&str>, has_versions: bool) -> TokenStream {
    let declared = declared(kinds);
    let with_types = idents(kinds.iter().filter(|kind| **kind != modules::OPERATIONS));
    let (module, import) = if has_versions {
        (
            quote! {
                /// The API versions that introduced something.
                pub mod versions;
            },
            quote! { use versions::*; },
        )
    } else {
        Default::default()
    };
    quote! {
        #declared
        mod service;
        #module
        #(pub use #with_types::*;)*
        pub use service::*;
        #import
    }
}

/// ```text
/// mod virtual_device;
/// mod virtual_disk;
/// pub use virtual_device::*;
/// pub use virtual_disk::*;
/// ```
fn re_exported(children: &BTreeSet<&str>) -> TokenStream {
    let declared = declared(children);
    let children = idents(children.iter());
    quote! { #declared #(pub use #children::*;)* }
}

/// ```text
/// mod virtual_device;
/// mod virtual_disk;
/// ```
fn declared(children: &BTreeSet<&str>) -> TokenStream {
    let children = idents(children.iter());
    quote! { #(mod #children;)* }
}

fn idents<'n>(names: impl Iterator<Item = &'n &'n str>) -> Vec<Ident> {
    names.map(|name| names::ident(name)).collect()
}
