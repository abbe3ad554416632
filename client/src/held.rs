//! What the server keeps for this client until it is released.

use std::fmt;
use std::future::Future;

use crate::background::{self, Runtime};
use crate::error::Error;
use crate::vim25::{ManagedObjectNotFound, NotAuthenticated};

/// How often a release is tried when nobody waits for it. Releasing twice does no harm.
const ATTEMPTS: usize = 2;

/// Something that the server keeps, known by what releases it.
pub(crate) trait Release: Clone + Send + 'static {
    /// Makes the server forget it.
    fn release(&self) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Something that the server keeps, released in the background when this is dropped.
pub(crate) struct Held<R: Release> {
    what: R,
    is_held: bool,
    runtime: Runtime,
}

impl<R: Release> Held<R> {
    pub(crate) fn new(what: R) -> Self {
        Self {
            what,
            is_held: true,
            runtime: background::runtime(),
        }
    }

    pub(crate) fn get(&self) -> &R {
        &self.what
    }

    /// Leaves it as it is on the server: it is kept for someone else, or there no longer.
    pub(crate) fn leave(mut self) {
        self.is_held = false;
    }

    /// Releases it. When that fails, or the future is dropped, it is tried again in the background.
    pub(crate) async fn release(mut self) -> Result<(), Error> {
        let released = self.what.release().await;
        self.is_held = !is_gone(&released);
        released
    }
}

impl<R: Release> Drop for Held<R> {
    fn drop(&mut self) {
        if !self.is_held {
            return;
        }
        let what = self.what.clone();
        background::spawn(&self.runtime, async move {
            // Nobody is left to be told; the session's end cleans up what this does not.
            for _ in 0..ATTEMPTS {
                if is_gone(&what.release().await) {
                    break;
                }
            }
        });
    }
}

impl<R: Release + fmt::Debug> fmt::Debug for Held<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what.fmt(f)
    }
}

/// Whether nothing is left to release, after an attempt to.
fn is_gone(released: &Result<(), Error>) -> bool {
    match released {
        Ok(()) => true,
        Err(error) => {
            error.fault_is::<ManagedObjectNotFound>() || error.fault_is::<NotAuthenticated>()
        }
    }
}
