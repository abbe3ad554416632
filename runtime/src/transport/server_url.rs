//! The URL of a server.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::error::{TransportError, TransportErrorKind};

/// Where a server is: scheme, host, port and path, and the credentials written before the host.
///
/// Parsed from `https://user:password@vc.example:443/sdk`, where all but scheme and host may be
/// left out. User name and password are percent-decoded, and a password may hold an `@`; a `/`,
/// `?` or `#` in one has to be written as `%2F`, `%3F` or `%23`. Neither `Display`, `Debug` nor an
/// error shows them, and their memory is zeroed when the URL is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerUrl {
    scheme: Scheme,
    host: Host,
    port: Option<u16>,
    path: String,
    credentials: Option<Credentials>,
}

/// User name and password, decoded.
type Credentials = (Zeroizing<String>, Zeroizing<String>);

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// HTTP over TLS.
    Https,
    /// HTTP in the clear.
    Http,
}

#[derive(Clone, PartialEq, Eq)]
enum Host {
    Name(String),
    V6(Ipv6Addr),
}

impl ServerUrl {
    /// Whether the server is spoken to over TLS.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The name or address of the host, an IPv6 address without brackets.
    pub fn host(&self) -> String {
        match &self.host {
            Host::Name(name) => name.clone(),
            Host::V6(address) => address.to_string(),
        }
    }

    /// The port, 443 or 80 where the URL names none.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.scheme {
            Scheme::Https => 443,
            Scheme::Http => 80,
        })
    }

    /// The path, `/` where the URL has none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The user name and the password in the URL, decoded; the password is empty where there is
    /// only a name.
    pub fn credentials(&self) -> Option<(&str, &str)> {
        self.credentials
            .as_ref()
            .map(|(user, password)| (user.as_str(), password.as_str()))
    }

    /// The same URL without user name and password.
    #[must_use]
    pub fn without_credentials(mut self) -> Self {
        self.credentials = None;
        self
    }

    /// Host and port as one text, an IPv6 address in brackets.
    pub fn address(&self) -> String {
        format!("{}:{}", self.host, self.port())
    }
}

impl FromStr for ServerUrl {
    type Err = TransportError;

    /// # Errors
    ///
    /// [`TransportErrorKind::InvalidUrl`] with what is wrong; the text itself is not repeated,
    /// as it may hold a password.
    fn from_str(text: &str) -> Result<Self, TransportError> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (Scheme::Https, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (Scheme::Http, rest),
            _ => return Err(invalid("it has to begin with https:// or http://")),
        };
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, "/"),
        };
        if path.contains(['?', '#']) {
            return Err(invalid(
                "it has a query or a fragment, which a server has not",
            ));
        }
        // `https://user:12/34@host` reads as port 12 and a path that is half a password.
        if path.contains('@') {
            return Err(invalid(
                "it has an @ in its path (a / in a password is written %2F)",
            ));
        }
        if !path.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(invalid(
                "its path has a character that has to be percent-encoded",
            ));
        }
        let (credentials, host_and_port) = match authority.rsplit_once('@') {
            Some((credentials, rest)) => (Some(parse_credentials(credentials)), rest),
            None => (None, authority),
        };
        let (host, port) = parse_host_and_port(host_and_port)?;
        Ok(Self {
            scheme,
            host,
            port,
            path: path.to_owned(),
            credentials,
        })
    }
}

fn parse_host_and_port(text: &str) -> Result<(Host, Option<u16>), TransportError> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest
                .split_once(']')
                .ok_or_else(|| invalid("the bracket before its IPv6 address is not closed"))?;
            let address = address
                .parse()
                .map_err(|_| invalid("what stands in brackets is not an IPv6 address"))?;
            (Host::V6(address), port)
        }
        None => {
            let (name, port) = match text.find(':') {
                Some(colon) => text.split_at(colon),
                None => (text, ""),
            };
            (Host::Name(parse_name(name)?), port)
        }
    };
    let port = match port.strip_prefix(':') {
        // A colon without a number is allowed and means nothing.
        Some("") => None,
        Some(number) if number.bytes().all(|digit| digit.is_ascii_digit()) => {
            match number.parse() {
                Ok(0) | Err(_) => return Err(invalid("its port is not between 1 and 65535")),
                Ok(number) => Some(number),
            }
        }
        None if port.is_empty() => None,
        _ => {
            return Err(invalid(
                "what follows its host is not a port (an IPv6 address goes in brackets)",
            ));
        }
    };
    Ok((host, port))
}

fn parse_name(name: &str) -> Result<String, TransportError> {
    if name.is_empty() {
        return Err(invalid("it names no host"));
    }
    if !name.is_ascii() {
        return Err(invalid(
            "its host name has to be given in ASCII (as xn--...)",
        ));
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if name.len() > 253 || !name.bytes().all(allowed) {
        return Err(invalid("its host is not a host name"));
    }
    Ok(name.to_ascii_lowercase())
}

fn parse_credentials(text: &str) -> Credentials {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    (percent_decode(user), percent_decode(password))
}

/// Undoes percent-encoding. A `%` that begins no escape stands for itself: people paste passwords.
fn percent_decode(text: &str) -> Zeroizing<String> {
    // Never grows, so that no copy is left behind.
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match after {
            [high, low, ..] if first == b'%' => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            decoded.push(high << 4 | low);
            rest = &after[2..];
        } else {
            decoded.push(first);
            rest = after;
        }
    }
    let decoded = std::str::from_utf8(&decoded).unwrap_or(text);
    Zeroizing::new(decoded.to_owned())
}

fn hex_digit(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

fn invalid(reason: &str) -> TransportError {
    TransportError::new(TransportErrorKind::InvalidUrl {
        reason: reason.to_owned(),
    })
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Https => "https",
            Self::Http => "http",
        })
    }
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::V6(address) => write!(formatter, "[{address}]"),
        }
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)?;
        if let Some(port) = self.port {
            write!(formatter, ":{port}")?;
        }
        formatter.write_str(&self.path)
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ServerUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{Scheme, ServerUrl};

    fn parse(text: &str) -> ServerUrl {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn parts_are_found_and_defaults_filled_in() {
        let url = parse("https://VC.example/sdk");
        assert_eq!(url.scheme(), Scheme::Https);
        assert_eq!((url.host().as_str(), url.port()), ("vc.example", 443));
        assert_eq!((url.path(), url.credentials()), ("/sdk", None));
        assert_eq!(url.to_string(), "https://vc.example/sdk");
        let url = parse("HTTP://127.0.0.1:8989");
        assert_eq!(url.address(), "127.0.0.1:8989");
        assert_eq!((url.path(), url.scheme()), ("/", Scheme::Http));
        let url = parse("https://[2001:db8::1]:/sdk");
        assert_eq!(url.host(), "2001:db8::1");
        assert_eq!(url.address(), "[2001:db8::1]:443");
        assert_eq!(url.to_string(), "https://[2001:db8::1]/sdk");
    }

    #[test]
    fn credentials_are_decoded_and_never_shown() {
        for (text, user, password) in [
            ("https://root:s3cr3t@h/sdk", "root", "s3cr3t"),
            (
                "https://a@vsphere.local:p@s3cr3t@h",
                "a@vsphere.local",
                "p@s3cr3t",
            ),
            ("https://a%40b:s3cr3t%2F%3a@h", "a@b", "s3cr3t/:"),
            ("https://a:100%s3cr3t%@h", "a", "100%s3cr3t%"),
            ("https://a:s3cr3t%ff@h", "a", "s3cr3t%ff"),
            ("https://a@h", "a", ""),
        ] {
            let url = parse(text);
            assert_eq!(url.credentials(), Some((user, password)), "{text}");
            let shown = format!("{url} {url:?}");
            assert!(!shown.contains("s3cr3t") && !shown.contains('@'), "{shown}");
            assert_eq!(url.without_credentials().credentials(), None);
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_without_repeating_it() {
        for (text, reason) in [
            ("", "begin with https://"),
            ("vc.example", "begin with https://"),
            ("ftp://root:s3cr3t@vc.example", "begin with https://"),
            ("https://", "names no host"),
            ("https://root:s3cr3t@/sdk", "names no host"),
            ("https://root:s3cr3t@vc.example:x", "not a port"),
            ("https://root:s3cr3t@vc.example:0", "port is not between"),
            ("https://vc.example:65536", "port is not between"),
            ("https://2001:db8::1/sdk", "in brackets"),
            ("https://[::1/sdk", "not closed"),
            ("https://[vc]/sdk", "not an IPv6 address"),
            ("https://[::1]s3cr3t", "not a port"),
            ("https://vc example/", "not a host name"),
            ("https://vc.exämple/", "in ASCII"),
            ("https://vc.example/sdk?s3cr3t=1", "query"),
            ("https://root:s3cr3t/1@vc.example", "%2F"),
            ("https://root:12/s3cr3t@vc.example", "%2F"),
            ("https://vc.example/a b", "percent-encoded"),
        ] {
            let error = text.parse::<ServerUrl>().expect_err(text);
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(reason), "{text}: {shown}");
            assert!(!shown.contains("s3cr3t"), "{shown}");
            assert!(!error.request_was_sent() && !error.is_retryable());
        }
    }
}
