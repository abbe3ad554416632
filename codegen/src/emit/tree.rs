//! The modules: one for each namespace, into which the files with its items are included.
//!
//! A module for each file would tell a reader no more, and the compiler would import every name of the namespace into
//! every one of them: for the whole of vim25 that cost 100 MB of memory and a third of the library's size.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::format;
use super::scope::{self, Import};
use crate::diagnostic::Diagnostic;
use crate::markdown::{code, plain};
use crate::model::NamespaceId;
use crate::names;
use crate::parts::Part;

/// The root has no inner attributes, so that it can be a module's file as well as be included in one. Formatting and
/// lints are settled here, on the outside, for whoever does.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(super) fn root(context: &Context<'_>) -> Result<String, Diagnostic> {
    let namespaces = context.namespaces().into_iter();
    let namespaces = namespaces.map(|namespace| {
        let about = about(context, namespace);
        let feature = context.feature(namespace);
        let condition = feature.map(|feature| quote! { #[cfg(feature = #feature)] });
        let name = names::ident(&context.module(namespace));
        let links = (context.model[namespace].sees.len() > 1).then(|| {
            quote! {
                #[allow(
                    rustdoc::redundant_explicit_links,
                    reason = "what a link leads to is imported only where code names it too"
                )]
            }
        });
        quote! {
            #[doc = #about]
            #condition
            #links
            #[rustfmt::skip]
            #[allow(dead_code, reason = "a program uses a part of the API")]
            #[allow(
                clippy::too_many_arguments,
                reason = "an operation takes what the API says it does"
            )]
            pub mod #name;
        }
    });
    format::format(quote! { #(#namespaces)* })
}

fn about(context: &Context<'_>, namespace: NamespaceId) -> String {
    let uri = code(&context.model[namespace].uri);
    let mut about = match context.service(namespace) {
        Some(service) if service.version.is_empty() => {
            format!(" The service {}: {uri}.", code(&service.name))
        }
        Some(service) => format!(
            " The service {} of API {}: {uri}.",
            code(&service.name),
            plain(&service.version)
        ),
        None => format!(" Types of {uri}."),
    };
    if let Some(feature) = context.feature(namespace) {
        about.push_str(&format!(" With the feature {}.", code(feature)));
    }
    about
}

/// The module of a namespace, with the files of its items.
///
/// ```text
/// use vmomi_runtime::generated::*;
/// /// The API versions that introduced something.
/// pub mod versions;
/// #[allow(unused_imports, reason = "...")]
/// use versions::*;
///
/// include!("service.rs");
/// include!("data_objects/virtual_disk.rs");
/// ```
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(super) fn namespace<'p>(
    parts: impl Iterator<Item = &'p Part>,
    imports: &BTreeSet<Import>,
    replaced: Option<TokenStream>,
    has_versions: bool,
) -> Result<String, Diagnostic> {
    let uses = scope::uses(imports);
    let versions = has_versions.then(|| {
        quote! {
            /// The API versions that introduced something.
            pub mod versions;
            #[allow(unused_imports, reason = "it may be that nothing is said to be new in one")]
            use versions::*;
        }
    });
    let mut text = format::format(quote! { #uses #replaced #versions })?;
    text.push_str("\ninclude!(\"service.rs\");\n");
    for part in parts {
        let below = part.path.get(1..).unwrap_or_default();
        text.push_str(&format!("include!(\"{}.rs\");\n", below.join("/")));
    }
    Ok(text)
}
