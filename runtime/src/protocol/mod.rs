//! The protocols that vSphere speaks: how a call becomes a request, and a response an answer.
//!
//! Both carry the same calls of the same objects, with the same types in them; a
//! [`Connection`](crate::Connection) speaks one of them.

mod foreign;
#[cfg(feature = "json")]
mod json;
mod paced;
mod session;
mod soap;

use std::fmt;

use http::HeaderName;

use crate::decode::{Answer, DecodeOptions};
use crate::encode::EncodeError;
use crate::erased::ValueRef;
use crate::error::ErrorKind;
use crate::operation::OperationInfo;
use crate::raw_body::Received;
use crate::reference::ManagedObjectReference;
use crate::transport::{Request, Response};

pub(crate) use foreign::ForeignAnswer;
pub(crate) use session::SessionToken;

/// How much of a body is looked at to tell what it is, if it is of another protocol.
const BEGINNING: usize = 500;

/// A protocol that calls are made by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// SOAP, which every server speaks. Responses are decoded while they arrive.
    #[default]
    Soap,
    /// The JSON protocol of vCenter 8.0.1 and later. Responses are decoded as a whole: with the
    /// feature `https` and within a tokio runtime, those of more than 32 KiB on a thread for blocking
    /// work. A call that is dropped meanwhile leaves that to go on to the end of the document, or to
    /// one of the [limits](crate::decode::Limits), and what it gives is dropped there.
    #[cfg(feature = "json")]
    Json,
}

/// A call, and where it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outgoing<'a> {
    pub(crate) operation: &'static OperationInfo,
    pub(crate) this: &'a ManagedObjectReference,
    pub(crate) arguments: &'a [ValueRef<'a>],
    /// The path of the service's endpoint.
    pub(crate) endpoint: &'a str,
    /// The API version that the server is asked to act in.
    pub(crate) version: &'a str,
    /// The session that the call takes part in, where the service is to be told it in the envelope.
    pub(crate) session: Option<&'a str>,
}

/// The response to a call.
pub(crate) struct Incoming<'a> {
    pub(crate) operation: &'static OperationInfo,
    pub(crate) options: &'a DecodeOptions,
    pub(crate) response: Response,
    /// Takes what is kept of the body for an error.
    pub(crate) received: &'a mut Received,
    /// How much of it is kept.
    pub(crate) kept_bytes: usize,
}

impl Protocol {
    /// The request of a call, without what tells the session.
    pub(crate) fn request(self, call: Outgoing<'_>) -> Result<Request, EncodeError> {
        match self {
            Self::Soap => soap::request(call),
            #[cfg(feature = "json")]
            Self::Json => json::request(call),
        }
    }

    /// What a response holds.
    pub(crate) async fn answer(self, incoming: Incoming<'_>) -> Result<Answer, ErrorKind> {
        match self {
            Self::Soap => soap::answer(incoming).await,
            #[cfg(feature = "json")]
            Self::Json => json::answer(incoming).await,
        }
    }

    /// The header that tells the session, where that is no cookie.
    fn session_header(self) -> Option<HeaderName> {
        match self {
            Self::Soap => None,
            #[cfg(feature = "json")]
            Self::Json => Some(json::SESSION_HEADER),
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Soap => "SOAP",
            #[cfg(feature = "json")]
            Self::Json => "JSON",
        })
    }
}
