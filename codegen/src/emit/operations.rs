//! Operations: methods that describe a call, which is made when it is awaited.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::item::{Code, Emitted};
use super::scope::Scope;
use super::{docs, types};
use crate::model::{ManagedObjectId, Operation, OperationId};
use crate::names;
use crate::settings::Subject;

/// A method.
pub(super) struct Method {
    pub(super) code: TokenStream,
    pub(super) operation: OperationId,
    /// How many of the operation's parameters it takes.
    pub(super) parameters: usize,
}

/// The methods of a managed object.
pub(super) fn of_managed_object(scope: &Scope<'_>, owner: ManagedObjectId) -> Vec<Method> {
    let operations = scope.context.model[owner].operations.iter();
    operations.map(|id| method(scope, *id, false)).collect()
}

/// A method of the stub for a whole service.
///
/// ```text
/// impl VimPortType {
///     pub fn power_on_vm_task<'a>(&'a self, this: &'a ManagedObjectReference, ...) ...
/// }
/// ```
pub(super) fn of_service(scope: &Scope<'_>, id: OperationId) -> Emitted {
    let stub = scope.managed_object(scope.context.model[id].owner);
    let method = method(scope, id, true);
    let code = method.code;
    Emitted {
        members: 0,
        operations: vec![(method.operation, method.parameters)],
        code: Code::Items(quote! { impl #stub { #code } }),
    }
}

/// A method of a managed object:
///
/// ```text
/// pub fn power_on_vm_task<'a>(&'a self, host: Option<&'a MoRef<HostSystem>>) -> Call<'a, PendingTask<()>> {
///     static OPERATION: Operation<PendingTask<()>> = ...;
///     let arguments = [host.argument()];
///     OPERATION.call(self, arguments)
/// }
/// ```
///
/// and of a stub for a whole service, which is told the object to call:
///
/// ```text
/// pub fn power_on_vm_task<'a>(&'a self, this: &'a ManagedObjectReference, ...) -> Call<'a, ManagedObjectReference> {
///     static OPERATION: Operation<ManagedObjectReference> = ...;
///     let arguments = [host.argument()];
///     OPERATION.call_on(&self.connection, this, arguments)
/// }
/// ```
fn method(scope: &Scope<'_>, id: OperationId, service_wide: bool) -> Method {
    let operation = &scope.context.model[id];
    let documentation = docs::attributes(&docs::operation(scope, operation));
    let attributes = scope.attributes(Subject::Operation(id));
    let name = names::ident(&scope.naming().method(scope.context.model, id));
    let result = types::result(scope, operation);
    let description = description(scope, operation, &result);
    let (mut taken, mut passed) = (Vec::new(), Vec::new());
    for (place, parameter) in operation.parameters.iter().enumerate() {
        let name = parameter_name(scope, id, place);
        let argument = types::argument(scope, parameter);
        taken.push(quote! { #name: #argument });
        passed.push(quote! { #name.argument() });
    }
    let call = if service_wide {
        let this = receiver(scope, id);
        taken.insert(0, quote! { #this: &'a ManagedObjectReference });
        quote! { OPERATION.call_on(&self.connection, #this, arguments) }
    } else {
        quote! { OPERATION.call(self, arguments) }
    };
    let borrows = service_wide || operation.parameters.iter().any(types::is_borrowed);
    let signature = if borrows {
        quote! { #name<'a>(&'a self, #(#taken),*) -> Call<'a, #result> }
    } else {
        quote! { #name(&self, #(#taken),*) -> Call<'_, #result> }
    };
    let code = quote! {
        #documentation
        #attributes
        #[inline]
        pub fn #signature {
            #description
            let arguments = [#(#passed),*];
            #call
        }
    };
    Method {
        code,
        operation: id,
        parameters: passed.len(),
    }
}

/// ```text
/// static OPERATION: Operation<PendingTask<()>> = Operation::new(
///     "PowerOnVM_Task", &TYPES, V2_0, &[ParameterInfo::new::<Option<MoRef<HostSystem>>>("host", V2_0)],
/// );
/// ```
fn description(scope: &Scope<'_>, operation: &Operation, result: &TokenStream) -> TokenStream {
    let wire = &operation.name;
    let since = scope.since(operation.since.as_deref());
    let parameters = operation.parameters.iter().map(|parameter| {
        let wire = &parameter.name;
        let of = types::parameter(scope, parameter);
        let since = scope.since(parameter.since.as_deref());
        let secret = parameter.secret.then(|| quote! { .secret() });
        quote! { ParameterInfo::new::<#of>(#wire, #since) #secret }
    });
    quote! {
        static OPERATION: Operation<#result> =
            Operation::new(#wire, &TYPES, #since, &[#(#parameters),*]);
    }
}

fn parameter_name(scope: &Scope<'_>, of: OperationId, place: usize) -> Ident {
    names::ident(&scope.naming().parameter(scope.context.model, of, place))
}

/// The name for the object to call, which no parameter has.
fn receiver(scope: &Scope<'_>, of: OperationId) -> Ident {
    let places = 0..scope.context.model[of].parameters.len();
    let taken: Vec<Ident> = places
        .map(|place| parameter_name(scope, of, place))
        .collect();
    let mut name = format_ident!("this");
    while taken.contains(&name) {
        name = format_ident!("{name}_");
    }
    name
}
