//! Nothing shows a text that a server sent or the program passed in: no `Debug`, no `Display`, no
//! error and no log event. Every such text is a canary here, and all that is shown is searched for it.
//!
//! The one exception is the server's message in `Display` of a fault, and of the errors that hold
//! one; it is a canary of its own, so that it is seen to be nowhere else.
//!
//! | what | where |
//! |---|---|
//! | values of every type, paths, differences, errors in encoding | `values` |
//! | errors in decoding, decoders in the middle of an answer | `decoding` |
//! | a session: the client, its errors, what is logged | `session` |
//! | what the transport shows of headers and cookies | `transport_secrets` of the runtime |

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

mod canary;
mod decoding;
mod filled;
#[path = "../protocols/http.rs"]
mod http;
mod log;
mod session;
mod values;
