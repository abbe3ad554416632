//! What proves the session to the server: a header of a protocol, or the value of a cookie.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderValue;
use http::header::SET_COOKIE;

use super::Protocol;
use crate::transport::{Request, Response};

/// The cookie that tells the session in SOAP.
const COOKIE: &str = "vmware_soap_session";

/// What proves the session to the server, shared by all clones; shown nowhere.
#[derive(Clone, Default)]
pub(crate) struct SessionToken(Arc<Mutex<Option<HeaderValue>>>);

impl SessionToken {
    /// Adds the session to a request, if the protocol has a header for it and there is one. Cookies are added by the
    /// transport.
    pub(crate) fn add_to(&self, request: &mut Request, protocol: Protocol) {
        if let Some(header) = protocol.session_header()
            && let Some(token) = self.with(|token| token.clone())
        {
            request.headers.insert(header, token);
        }
    }

    /// Keeps the session that the head of a response tells, which is that of what logged in.
    pub(crate) fn take_from(&self, response: &Response, protocol: Protocol) {
        let Some(header) = protocol.session_header() else {
            if let Some(value) = cookie(response) {
                let value = HeaderValue::from_str(value).ok();
                self.with(|kept| *kept = value.filter(|value| !value.is_empty()));
            }
            return;
        };
        if response.status.is_success()
            && let Some(token) = response.headers.get(header)
        {
            let mut token = token.clone();
            token.set_sensitive(true);
            self.with(|kept| *kept = Some(token));
        }
    }

    /// The session as text, to be told otherwise than by the protocol.
    pub(crate) fn text(&self) -> Option<String> {
        let token = self.with(|token| token.clone())?;
        token.to_str().ok().map(str::to_owned)
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

/// The session's cookie that a response sets, without the quotes that some servers put around it.
fn cookie(response: &Response) -> Option<&str> {
    let cookies = response.headers.get_all(SET_COOKIE).iter();
    let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let mut values = pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (name.trim() == COOKIE).then_some(value.trim())
    });
    values.next_back().map(|value| value.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn setting(cookies: &[&str]) -> Response {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(SET_COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        Response::complete(StatusCode::OK, headers, "")
    }

    #[test]
    fn the_session_of_soap_is_the_value_of_its_cookie() {
        let session = SessionToken::default();
        for (cookies, expected) in [
            (
                &["vmware_soap_session=\"5f-a\"; Path=/; HttpOnly; Secure"][..],
                Some("5f-a"),
            ),
            (&[], Some("5f-a")),
            (&["other=1; Path=/"], Some("5f-a")),
            (
                &["other=1", " vmware_soap_session = b ; Path=/sdk"],
                Some("b"),
            ),
            (&["vmware_soap_session=; Max-Age=0"], None),
        ] {
            session.take_from(&setting(cookies), Protocol::Soap);
            assert_eq!(session.text().as_deref(), expected, "{cookies:?}");
        }
        assert_eq!(format!("{session:?}"), "SessionToken");
    }

    #[test]
    fn a_forgotten_session_is_told_no_more() {
        let session = SessionToken::default();
        session.take_from(&setting(&["vmware_soap_session=a"]), Protocol::Soap);
        session.forget();
        assert_eq!(session.text(), None);
    }
}
