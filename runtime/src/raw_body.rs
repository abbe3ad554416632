//! The body of an answer as it came.

use std::fmt;
use std::sync::Arc;

/// The body of an answer that became an error, as far as it was asked to be kept; see
/// [`Connection::keeping_bodies`](crate::Connection::keeping_bodies).
///
/// It may hold passwords and tickets, so `Debug` shows only how long it is.
#[derive(Clone)]
pub struct RawBody(Arc<Received>);

impl RawBody {
    /// The bytes, content encodings undone.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Whether this is less than the server sent.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.0.is_cut
    }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut = if self.is_cut() { ", cut" } else { "" };
        write!(f, "RawBody({} bytes{cut})", self.as_bytes().len())
    }
}

/// The beginning of a body that is arriving.
#[derive(Default)]
pub(crate) struct Received {
    bytes: Vec<u8>,
    is_cut: bool,
}

impl Received {
    /// Takes of the next piece what there is room for.
    pub(crate) fn push(&mut self, piece: &[u8], limit: usize) {
        let room = limit.saturating_sub(self.bytes.len());
        self.bytes
            .extend_from_slice(&piece[..piece.len().min(room)]);
        self.is_cut |= piece.len() > room;
    }

    /// Notes that more may follow.
    pub(crate) fn cut(&mut self) {
        self.is_cut = true;
    }

    pub(crate) fn is_full(&self, limit: usize) -> bool {
        self.bytes.len() >= limit
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn into_body(self) -> RawBody {
        RawBody(Arc::new(self))
    }
}
