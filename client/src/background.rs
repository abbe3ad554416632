//! What goes on in the background when whoever asked for it waits no longer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use vmomi_runtime::transport::BoxFuture;

/// The runtime that work can go on in when it is dropped elsewhere, if there is one.
pub(crate) type Runtime = Option<Handle>;

/// The runtime of the present task.
pub(crate) fn runtime() -> Runtime {
    Handle::try_current().ok()
}

/// Runs a future to its end without anyone waiting for it: in the runtime of the present task, or
/// else in the one given. Without either, or when that has ended, the future is dropped.
pub(crate) fn spawn(otherwise: &Runtime, work: impl Future<Output = ()> + Send + 'static) {
    let here = runtime();
    if let Some(runtime) = here.as_ref().or(otherwise.as_ref()) {
        runtime.spawn(work);
    }
}

/// A future that goes on in the background when it is dropped after it has begun.
///
/// For requests that make the server keep something: when the answer arrives, and nobody waits for
/// it, the output is dropped, which releases what it holds.
pub(crate) struct Completed<T: Send + 'static> {
    rest: Option<BoxFuture<'static, T>>,
    has_begun: bool,
    runtime: Runtime,
}

impl<T: Send + 'static> Completed<T> {
    pub(crate) fn new(future: impl Future<Output = T> + Send + 'static) -> Self {
        Self {
            rest: Some(Box::pin(future)),
            has_begun: false,
            runtime: runtime(),
        }
    }
}

impl<T: Send + 'static> Future for Completed<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.has_begun = true;
        // Taken out meanwhile, so that a future that panics is not run again.
        let Some(mut rest) = self.rest.take() else {
            return Poll::Pending;
        };
        let state = rest.as_mut().poll(context);
        if state.is_pending() {
            self.rest = Some(rest);
        }
        state
    }
}

impl<T: Send + 'static> Drop for Completed<T> {
    fn drop(&mut self) {
        if self.has_begun
            && let Some(rest) = self.rest.take()
        {
            spawn(&self.runtime, async move { drop(rest.await) });
        }
    }
}
