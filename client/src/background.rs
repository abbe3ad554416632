//! Cleaning up on the server when a guard is dropped.

use std::future::Future;

/// Runs a future to its end without anyone waiting for it, if there is a runtime to run it.
///
/// Dropping cannot wait, so this is the best that a guard can do for whoever did not end it
/// explicitly; without a runtime the session's end cleans up.
pub(crate) fn spawn(cleanup: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(cleanup);
    }
}
