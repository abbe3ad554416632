//! Managed objects: stubs whose methods are the operations, and the description of their properties.

use proc_macro2::TokenStream;
use quote::quote;

use super::item::{Code, Emitted};
use super::scope::Scope;
use super::{docs, operations, types};
use crate::model::{Field, ManagedObjectId};
use crate::names;
use crate::settings::Subject;

/// A managed object, or the stub that stands for a service of which no managed object is known.
pub(super) fn emit(scope: &Scope<'_>, id: ManagedObjectId) -> Emitted {
    if scope.context.model[id].service_wide {
        service_wide(scope, id)
    } else {
        stub(scope, id)
    }
}

/// ```text
/// pub struct VirtualMachine {
///     base: ManagedEntity,
/// }
/// static VIRTUAL_MACHINE: ManagedType = ManagedType {
///     name: "VirtualMachine", service: &SERVICE, since: V2_0, base: Some(ManagedEntity::TYPE),
///     properties: &[PropertyInfo::new::<VirtualMachineCapability>("capability", V2_0)],
/// };
/// managed_object!(VirtualMachine: ManagedEntity, VIRTUAL_MACHINE);
/// impl VirtualMachine {
///     ...
/// }
/// ```
fn stub(scope: &Scope<'_>, id: ManagedObjectId) -> Emitted {
    let object = &scope.context.model[id];
    let name = scope.managed_object(id);
    let wire = &object.name;
    let description = names::ident(&names::static_name(wire));
    let since = scope.since(object.since.as_deref());
    let documentation = docs::attributes(&docs::managed_object(scope, id, object));
    let attributes = scope.attributes(Subject::ManagedObject(id));
    let (base, base_type) = match object.base {
        Some(base) => {
            let base = scope.managed_object(base);
            (quote! { #base }, quote! { Some(<#base as Stub>::TYPE) })
        }
        None => (quote! { ManagedObject }, quote! { None }),
    };
    let properties: Vec<_> = object
        .properties
        .iter()
        .map(|property| described(scope, property))
        .collect();
    let methods = operations::of_managed_object(scope, id);
    let implementation = (!methods.is_empty()).then(|| {
        let methods = methods.iter().map(|method| &method.code);
        quote! { impl #name { #(#methods)* } }
    });
    Emitted {
        members: properties.len(),
        operations: methods
            .iter()
            .map(|method| (method.operation, method.parameters))
            .collect(),
        code: Code::Items(quote! {
            #documentation
            #attributes
            pub struct #name {
                base: #base,
            }
            static #description: ManagedType = ManagedType {
                name: #wire,
                service: &SERVICE,
                since: #since,
                base: #base_type,
                properties: &[#(#properties),*],
            };
            managed_object!(#name: #base, #description);
            #implementation
        }),
    }
}

/// ```text
/// PropertyInfo::new::<Option<VirtualMachineConfigInfo>>("config", V2_0)
/// ```
fn described(scope: &Scope<'_>, property: &Field) -> TokenStream {
    let wire = &property.name;
    let of = types::property(scope, property);
    let since = scope.since(property.since.as_deref());
    quote! { PropertyInfo::new::<#of>(#wire, #since) }
}

/// The methods of this one stand in files of their own.
///
/// ```text
/// #[derive(Clone, Debug)]
/// pub struct VimPortType {
///     connection: Connection,
/// }
/// impl VimPortType {
///     pub const SERVICE: &'static Service = &SERVICE;
///     pub fn new(connection: &Connection) -> Self { ... }
/// }
/// ```
fn service_wide(scope: &Scope<'_>, id: ManagedObjectId) -> Emitted {
    let object = &scope.context.model[id];
    let name = scope.managed_object(id);
    let documentation = docs::attributes(&docs::service_wide(object));
    let attributes = scope.attributes(Subject::ManagedObject(id));
    Emitted {
        members: 0,
        operations: Vec::new(),
        code: Code::Items(quote! {
            #documentation
            #attributes
            #[derive(Clone, Debug)]
            pub struct #name {
                connection: Connection,
            }
            impl #name {
                /// The service that the operations belong to.
                pub const SERVICE: &'static Service = &SERVICE;

                /// Binds the operations to a connection. Nothing is sent.
                #[must_use]
                pub fn new(connection: &Connection) -> Self {
                    Self {
                        connection: connection.clone(),
                    }
                }
            }
        }),
    }
}
