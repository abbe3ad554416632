//! The cookies of one server.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

use super::error::{TransportError, TransportErrorKind};
use super::redacted::without_query;
use crate::shown::Name;

/// More than any vSphere service sets; what comes beyond it is not kept.
const MOST_COOKIES: usize = 64;
/// The longest name and value that are kept, together.
const LONGEST_COOKIE: usize = 8 * 1024;

/// The cookies that one server has set, to be sent back to that server and nobody else.
///
/// A vSphere session is a cookie (`vmware_soap_session`), so a jar holds a credential: `Debug`
/// shows names alone. The rules of RFC 6265 are applied as far as they matter between one client
/// and one server. `Path` counts, because two services of a server may each set a cookie of the
/// same name. `Domain` and `Secure` do not, because a jar belongs to one server and one scheme.
/// A date in `Expires` counts only as the deletion it is commonly used for; a session that has
/// ended is reported by the server.
#[derive(Default)]
pub struct CookieJar {
    cookies: Mutex<Vec<Cookie>>,
}

struct Cookie {
    name: String,
    /// As it came, with the quotation marks if it has any.
    value: String,
    path: String,
}

/// What a `Set-Cookie` header asks for.
enum Change {
    Keep(Cookie),
    Remove { name: String, path: String },
}

impl CookieJar {
    /// A jar without cookies.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of the cookie that is sent under this name to `path`, exactly as the server set it.
    pub fn get(&self, name: &str, path: &str) -> Option<String> {
        self.lock()
            .iter()
            .filter(|cookie| cookie.name == name && applies(&cookie.path, path))
            .max_by_key(|cookie| cookie.path.len())
            .map(|cookie| cookie.value.clone())
    }

    /// Puts in a cookie for the whole server in place of all of the same name: a saved session.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::InvalidRequest`] when the name or the value holds a character that a
    /// cookie cannot hold.
    pub fn set(&self, name: &str, value: &str) -> Result<(), TransportError> {
        if !is_name(name) || !is_value(value) {
            let reason = "the name or value of a cookie holds a character not allowed there";
            return Err(TransportError::new(TransportErrorKind::InvalidRequest {
                reason: reason.to_owned(),
            }));
        }
        let mut cookies = self.lock();
        cookies.retain(|cookie| cookie.name != name);
        cookies.push(Cookie {
            name: name.to_owned(),
            value: value.to_owned(),
            path: "/".to_owned(),
        });
        Ok(())
    }

    /// Takes out every cookie of this name.
    pub fn remove(&self, name: &str) {
        self.lock().retain(|cookie| cookie.name != name);
    }

    /// Takes out all cookies.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The `Cookie` header for a request to `path`, marked sensitive; `None` when there is nothing
    /// to send.
    pub fn header(&self, path: &str) -> Option<HeaderValue> {
        let cookies = self.lock();
        let mut fitting: Vec<&Cookie> = cookies
            .iter()
            .filter(|cookie| applies(&cookie.path, path))
            .collect();
        // Servers that expect one cookie of a name take the first, so the closest comes first.
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<String> = fitting
            .iter()
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        if pairs.is_empty() {
            return None;
        }
        let mut header = HeaderValue::try_from(pairs.join("; ")).ok()?;
        header.set_sensitive(true);
        Some(header)
    }

    /// Does what the `Set-Cookie` headers of an answer from `path` ask for. One that cannot be
    /// read, or would overfill the jar, is left out.
    pub fn store(&self, path: &str, headers: &HeaderMap) {
        for header in headers.get_all(SET_COOKIE) {
            let Some(change) = header.to_str().ok().and_then(|text| parse(path, text)) else {
                continue;
            };
            let mut cookies = self.lock();
            let (Change::Keep(Cookie { name, path, .. }) | Change::Remove { name, path }) = &change;
            let position = cookies
                .iter()
                .position(|cookie| cookie.name == *name && cookie.path == *path);
            match (change, position) {
                (Change::Keep(cookie), Some(position)) => cookies[position] = cookie,
                (Change::Keep(cookie), None) if cookies.len() < MOST_COOKIES => {
                    cookies.push(cookie);
                }
                (Change::Keep(_), None) | (Change::Remove { .. }, None) => {}
                (Change::Remove { .. }, Some(position)) => {
                    cookies.remove(position);
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Cookie>> {
        // No method leaves the list half-changed, so it is sound after a panic elsewhere.
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for CookieJar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cookies = self.lock();
        let names = cookies.iter().map(|cookie| Name(&cookie.name));
        formatter.write_str("CookieJar ")?;
        formatter.debug_list().entries(names).finish()
    }
}

fn parse(request_path: &str, header: &str) -> Option<Change> {
    let mut parts = header.split(';').map(str::trim);
    let (name, value) = parts.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    if !is_name(name) || !is_value(value) || name.len() + value.len() > LONGEST_COOKIE {
        return None;
    }
    let mut path = None;
    let mut expires_in_the_past = false;
    let mut max_age: Option<i64> = None;
    for part in parts {
        let (attribute, value) = part.split_once('=').unwrap_or((part, ""));
        let (attribute, value) = (attribute.trim(), value.trim());
        if attribute.eq_ignore_ascii_case("path") {
            path = value.starts_with('/').then(|| value.to_owned());
        } else if attribute.eq_ignore_ascii_case("max-age") {
            max_age = value.parse().ok();
        } else if attribute.eq_ignore_ascii_case("expires") {
            expires_in_the_past = names_the_epoch(value);
        }
    }
    let path = path.unwrap_or_else(|| default_path(request_path).to_owned());
    let name = name.to_owned();
    let removed = max_age.map_or(expires_in_the_past, |seconds| seconds <= 0);
    Some(if removed {
        Change::Remove { name, path }
    } else {
        Change::Keep(Cookie {
            name,
            value: value.to_owned(),
            path,
        })
    })
}

/// Whether a date lies in the first hours of Unix time, in whatever zone: the date that servers
/// give to a cookie to delete it.
fn names_the_epoch(date: &str) -> bool {
    date.split([' ', '-'])
        .any(|word| word == "1970" || word == "1969")
}

/// The path of a cookie that names none: the folder of what was asked for.
fn default_path(request_path: &str) -> &str {
    let path = without_query(request_path);
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(slash) => &path[..slash],
    }
}

/// Whether a cookie for `cookie_path` is sent to `request_path`.
fn applies(cookie_path: &str, request_path: &str) -> bool {
    match without_query(request_path).strip_prefix(cookie_path) {
        Some(rest) => rest.is_empty() || rest.starts_with('/') || cookie_path.ends_with('/'),
        None => false,
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"=;,\"".contains(&byte))
}

/// Spaces and commas are not allowed by the letter but occur, and do no harm.
fn is_value(value: &str) -> bool {
    value
        .bytes()
        .all(|byte| (byte.is_ascii_graphic() || byte == b' ') && byte != b';')
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

    use super::{CookieJar, LONGEST_COOKIE, MOST_COOKIES};

    fn store(jar: &CookieJar, path: &str, header: &str) {
        let value = HeaderValue::from_str(header).expect("a header value");
        let headers: HeaderMap = [(SET_COOKIE, value)].into_iter().collect();
        jar.store(path, &headers);
    }

    fn header(jar: &CookieJar, path: &str) -> String {
        let header = jar.header(path);
        assert!(header.as_ref().is_none_or(HeaderValue::is_sensitive));
        header.map_or(String::new(), |header| {
            header.to_str().expect("ASCII").to_owned()
        })
    }

    #[test]
    fn a_session_cookie_goes_to_every_service_of_the_server() {
        let jar = CookieJar::new();
        store(
            &jar,
            "/sdk",
            "vmware_soap_session=\"5bd0-1\"; Path=/; HttpOnly; Secure;",
        );
        assert_eq!(header(&jar, "/sdk"), "vmware_soap_session=\"5bd0-1\"");
        assert_eq!(header(&jar, "/pbm/sdk"), "vmware_soap_session=\"5bd0-1\"");
        let value = jar.get("vmware_soap_session", "/sdk");
        assert_eq!(value.as_deref(), Some("\"5bd0-1\""));
    }

    #[test]
    fn a_service_with_a_cookie_of_its_own_does_not_displace_the_session() {
        let jar = CookieJar::new();
        store(&jar, "/sdk", "vmware_soap_session=outer; Path=/");
        store(&jar, "/pbm/sdk", "vmware_soap_session=inner");
        assert_eq!(header(&jar, "/sdk"), "vmware_soap_session=outer");
        let both = "vmware_soap_session=inner; vmware_soap_session=outer";
        assert_eq!(header(&jar, "/pbm/sdk?x=/sdk"), both);
        assert_eq!(
            jar.get("vmware_soap_session", "/pbm/sdk").as_deref(),
            Some("inner")
        );
        assert_eq!(header(&jar, "/pbmx"), "vmware_soap_session=outer");
    }

    #[test]
    fn a_newer_value_replaces_and_a_deletion_removes() {
        let jar = CookieJar::new();
        store(&jar, "/sdk", "a=1; Path=/");
        store(
            &jar,
            "/sdk",
            "a=2; path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT",
        );
        assert_eq!(header(&jar, "/sdk"), "a=2");
        store(
            &jar,
            "/sdk",
            "a=; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT",
        );
        assert_eq!(header(&jar, "/sdk"), "");
        store(&jar, "/sdk", "b=1; Path=/");
        store(&jar, "/sdk", "b=; Path=/; Max-Age=0");
        assert!(jar.header("/sdk").is_none());
    }

    #[test]
    fn a_saved_session_can_be_put_back() {
        let jar = CookieJar::new();
        store(&jar, "/x/y", "session=old");
        jar.set("session", "saved").expect("a valid cookie");
        assert_eq!(header(&jar, "/x/y"), "session=saved");
        jar.remove("session");
        assert!(jar.header("/x/y").is_none());
        for (name, value) in [("a", "1; b=2"), ("a", "1\r\nX: y"), ("", "1"), ("a=b", "1")] {
            let error = jar.set(name, value).expect_err("an invalid cookie");
            assert!(!error.request_was_sent());
        }
        assert!(jar.header("/").is_none());
    }

    #[test]
    fn nonsense_is_left_out_and_a_hostile_server_cannot_overfill_the_jar() {
        let jar = CookieJar::new();
        for nonsense in ["", "=", "=x", "novalue", "; Path=/", "a b=c", "é=1"] {
            store(&jar, "/", nonsense);
        }
        store(&jar, "/", &format!("long={}", "x".repeat(LONGEST_COOKIE)));
        assert!(jar.header("/").is_none());
        for number in 0..2 * MOST_COOKIES {
            store(&jar, "/", &format!("c{number}=x"));
        }
        assert_eq!(header(&jar, "/").split("; ").count(), MOST_COOKIES);
    }

    #[test]
    fn values_are_never_shown() {
        let jar = CookieJar::new();
        jar.set("vmware_soap_session", "s3cr3t")
            .expect("a valid cookie");
        assert_eq!(format!("{jar:?}"), "CookieJar [\"vmware_soap_session\"]");
        let error = jar.set("x", "s3cr3t;").expect_err("an invalid cookie");
        assert!(!format!("{error} {error:?}").contains("s3cr3t"));
    }
}
