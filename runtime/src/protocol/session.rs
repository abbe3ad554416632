//! The session of a protocol that has a header for it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderValue;

use super::Protocol;
use crate::transport::{Request, Response};

/// What proves the session to the server, shared by all clones; shown nowhere.
#[derive(Clone, Default)]
pub(crate) struct SessionToken(Arc<Mutex<Option<HeaderValue>>>);

impl SessionToken {
    /// Adds the session to a request, if the protocol has a header for it and there is one.
    pub(crate) fn add_to(&self, request: &mut Request, protocol: Protocol) {
        if let Some(header) = protocol.session_header()
            && let Some(token) = self.with(|token| token.clone())
        {
            request.headers.insert(header, token);
        }
    }

    /// Keeps the session that the head of a response tells, which is that of what logged in.
    pub(crate) fn take_from(&self, response: &Response, protocol: Protocol) {
        if let Some(header) = protocol.session_header()
            && response.status.is_success()
            && let Some(token) = response.headers.get(header)
        {
            let mut token = token.clone();
            token.set_sensitive(true);
            self.with(|kept| *kept = Some(token));
        }
    }

    /// Forgets the session.
    pub(crate) fn forget(&self) {
        self.with(|token| *token = None);
    }

    fn with<R>(&self, work: impl FnOnce(&mut Option<HeaderValue>) -> R) -> R {
        // Nothing that is done with it can leave it half done.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken")
    }
}
