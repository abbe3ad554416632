//! Memory that is zeroed before it is given back: what requests are written into.
//!
//! A request may hold a password, so none of its bytes may stay behind in memory that the
//! allocator hands to someone else: not in the buffers that became too small while it was written,
//! not in the body once it was sent, and not where writing it failed.
//!
//! All requests are treated alike. What a marked field holds is known to be a secret, but so may
//! be what is not marked, such as the value of an option, and zeroing takes next to nothing.

use std::fmt;

use bytes::Bytes;

/// The capacity that a buffer begins with: most requests are shorter.
const FIRST_CAPACITY: usize = 1024;

/// Text under construction, a request or a document that the caller asked for. The memory of a
/// request is zeroed.
#[derive(Default)]
pub(crate) struct TextBuffer {
    text: String,
    is_request: bool,
}

impl TextBuffer {
    /// A buffer whose memory is zeroed.
    pub(crate) fn for_request() -> Self {
        Self {
            text: String::with_capacity(FIRST_CAPACITY),
            is_request: true,
        }
    }

    /// Appends text.
    #[inline]
    pub(crate) fn push_str(&mut self, text: &str) {
        self.push_parts([text]);
    }

    /// Appends several texts, with room made for all of them at once.
    #[inline]
    pub(crate) fn push_parts<const N: usize>(&mut self, parts: [&str; N]) {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        if length > self.text.capacity() - self.text.len() {
            self.grow(length);
        }
        for part in parts {
            self.text.push_str(part);
        }
    }

    /// Makes room. That of a request is a copy, of which the original is zeroed, where `String`
    /// would leave it behind.
    #[cold]
    fn grow(&mut self, more: usize) {
        if !self.is_request {
            return self.text.reserve(more);
        }
        let doubled = self.text.capacity().saturating_mul(2);
        let needed = self.text.len().saturating_add(more);
        let mut larger = String::with_capacity(needed.max(doubled));
        larger.push_str(&self.text);
        wipe(std::mem::replace(&mut self.text, larger));
    }

    /// The text, whose memory is the caller's from here on.
    pub(crate) fn into_string(mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The body of a request. Its memory is zeroed when the last clone is dropped.
    pub(crate) fn into_body(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for TextBuffer {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl Drop for TextBuffer {
    fn drop(&mut self) {
        if self.is_request {
            wipe(std::mem::take(&mut self.text));
        }
    }
}

impl fmt::Write for TextBuffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

#[cfg(feature = "json")]
impl std::io::Write for TextBuffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let text = std::str::from_utf8(bytes);
        self.push_str(text.map_err(|_| std::io::ErrorKind::InvalidData)?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Zeroes text that is not used again, and drops it. The barrier keeps the compiler from leaving
/// that out; `zeroize` itself writes byte by byte, which takes long for large requests.
fn wipe(text: String) {
    let mut bytes = text.into_bytes();
    bytes.fill(0);
    zeroize::optimization_barrier(bytes.as_slice());
}
