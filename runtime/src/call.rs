//! One call of an operation: arguments in, a typed result out.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use crate::any::Any;
use crate::connection::Connection;
use crate::erased::{Returned, Shape, ValueRef};
use crate::error::Error;
use crate::managed::ManagedObject;
use crate::operation::OperationInfo;
use crate::reference::ManagedObjectReference;
use crate::transport::BoxFuture;

/// A call that is made when it is awaited.
///
/// Methods of stubs return one; it borrows the arguments, so a spec can be used for many calls.
#[must_use = "a call is made only when it is awaited"]
pub struct Call<'a, R> {
    connection: &'a Connection,
    object: &'a ManagedObjectReference,
    operation: &'static OperationInfo,
    arguments: Vec<ValueRef<'a>>,
    result: PhantomData<fn() -> R>,
}

impl<'a, R: CallResult> Call<'a, R> {
    /// A call on a managed object; the arguments are in the order of the parameters.
    pub fn new<const N: usize>(
        object: &'a ManagedObject,
        operation: &'static OperationInfo,
        arguments: [ValueRef<'a>; N],
    ) -> Self {
        let connection = object.connection();
        Self::on(connection, object.untyped_reference(), operation, arguments)
    }

    /// A call on the object that a reference leads to.
    pub fn on<const N: usize>(
        connection: &'a Connection,
        object: &'a ManagedObjectReference,
        operation: &'static OperationInfo,
        arguments: [ValueRef<'a>; N],
    ) -> Self {
        Self {
            connection,
            object,
            operation,
            arguments: arguments.into(),
            result: PhantomData,
        }
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.operation.name());
        shown.field("_this", self.object);
        for (parameter, argument) in self.operation.parameters().iter().zip(&self.arguments) {
            match argument {
                ValueRef::Unset => {}
                _ if parameter.is_secret() => {
                    shown.field(parameter.name(), &format_args!("(secret)"));
                }
                argument => {
                    shown.field(parameter.name(), argument);
                }
            }
        }
        shown.finish()
    }
}

impl<'a, R: CallResult> IntoFuture for Call<'a, R> {
    type Output = Result<R, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self {
                connection,
                object,
                operation,
                arguments,
                ..
            } = self;
            let answer = connection.invoke_keeping(operation, object, &arguments);
            let (any, body) = answer.await?;
            R::from_response(any, connection)
                .map_err(|found| Error::unexpected_result(operation, &found).with_body(body))
        })
    }
}

/// What a call gives: a value, or a task that will give one.
pub trait CallResult: Sized + Send + 'static {
    /// The shape of `returnval`; `None` where the response holds nothing.
    const SHAPE: Option<Shape>;

    /// Takes the result out of the decoded response.
    ///
    /// # Errors
    /// The value itself, when it is of another type.
    fn from_response(any: Any, connection: &Connection) -> Result<Self, Any>;
}

impl<T: Returned> CallResult for T {
    const SHAPE: Option<Shape> = T::SHAPE;

    fn from_response(any: Any, _: &Connection) -> Result<Self, Any> {
        T::from_any(any)
    }
}

/// A task that the server works on, and that gives a `T` in the end.
///
/// The server goes on with it whether anyone waits or not.
#[derive(Debug)]
pub struct PendingTask<T> {
    task: ManagedObject,
    result: PhantomData<fn() -> T>,
}

impl<T> PendingTask<T> {
    /// Takes a bound reference to be one to a task that gives a `T`.
    #[must_use]
    pub fn new(task: ManagedObject) -> Self {
        Self {
            task,
            result: PhantomData,
        }
    }

    /// The task as a managed object.
    #[must_use]
    pub fn task(&self) -> &ManagedObject {
        &self.task
    }
}

impl<T> Clone for PendingTask<T> {
    fn clone(&self) -> Self {
        Self::new(self.task.clone())
    }
}

impl<T: 'static> CallResult for PendingTask<T> {
    const SHAPE: Option<Shape> = <ManagedObjectReference as Returned>::SHAPE;

    fn from_response(any: Any, connection: &Connection) -> Result<Self, Any> {
        let reference = ManagedObjectReference::from_any(any)?;
        Ok(Self::new(ManagedObject::bind(reference, connection)))
    }
}
