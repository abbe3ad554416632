//! What a namespace has besides its types: its service as data, and its API versions.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::closure::Closure;
use super::context::Context;
use super::format;
use super::scope::{Import, Scope};
use crate::diagnostic::Diagnostic;
use crate::markdown::{code, plain};
use crate::model::NamespaceId;
use crate::names;

/// The file with the service of a namespace and the list of its types, and the types of other namespaces that it names.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(super) fn service(
    context: &Context<'_>,
    namespace: NamespaceId,
) -> Result<(String, BTreeSet<Import>), Diagnostic> {
    let scope = Scope::of(context, namespace);
    let text = format::format(described(&scope))?;
    Ok((text, scope.into_imports()))
}

/// ```text
/// pub static SERVICE: Service = Service {
///     name: "vim25", namespace: "urn:vim25", version: "9.1.1.0", endpoint: "/sdk", versions: &["2.0", "2.5"],
/// };
/// pub static TYPES: TypeRegistry = TypeRegistry {
///     service: &SERVICE, data_objects: types![AboutInfo], enums: enums![ActionType],
/// };
/// ```
///
/// Where only types were read, a service without version and endpoint names their namespace.
fn described(scope: &Scope<'_>) -> TokenStream {
    let service = scope.context.service(scope.namespace);
    let namespace = &scope.context.model[scope.namespace];
    let uri = &namespace.uri;
    let name = service.map_or(&namespace.short, |service| &service.name);
    let version = service.map_or("", |service| service.version.as_str());
    let endpoint = service.map_or("", |service| service.endpoint.as_str());
    let versions = scope.context.versions(scope.namespace);
    let about = format!(" The service {}.", code(name));
    let about_types = format!(" All types that values in {} may have.", code(name));
    let Closure {
        data_objects,
        enumerations,
    } = Closure::of(scope.context, scope.namespace);
    let data_objects = data_objects.into_iter().map(|id| scope.data_object(id));
    let enumerations = enumerations.into_iter().map(|id| scope.enumeration(id));
    quote! {
        #[doc = #about]
        pub static SERVICE: Service = Service {
            name: #name,
            namespace: #uri,
            version: #version,
            endpoint: #endpoint,
            versions: &[#(#versions),*],
        };
        #[doc = #about_types]
        pub static TYPES: TypeRegistry = TypeRegistry {
            service: &SERVICE,
            data_objects: types![#(#data_objects),*],
            enums: enums![#(#enumerations),*],
        };
    }
}

/// The file with a constant for each API version that may have introduced something, where a catalogue tells any.
///
/// ```text
/// /// API 2.0.
/// pub const V2_0: Since = Since(0);
/// ```
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(super) fn versions(
    context: &Context<'_>,
    namespace: NamespaceId,
) -> Result<Option<String>, Diagnostic> {
    let versions = context.versions(namespace);
    if versions.is_empty() {
        return Ok(None);
    }
    let constants = versions.iter().zip(0_u8..).map(|(version, index)| {
        let documentation = format!(" API {}.", plain(version));
        let name = names::ident(&names::version_constant(version));
        let index = Literal::u8_unsuffixed(index);
        quote! { #[doc = #documentation] pub const #name: Since = Since(#index); }
    });
    let text = format::format(quote! { #(#constants)* })?;
    Ok(Some(format!(
        "use vmomi_runtime::generated::Since;\n\n{text}"
    )))
}
