//! Which proxy to go through, and how.

use std::fmt;
use std::net::IpAddr;

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use super::super::error::{TransportError, TransportErrorKind};
use super::super::server_url::{Scheme, ServerUrl};

/// The port of a SOCKS proxy whose URL names none; for the others it is that of their scheme.
const SOCKS_PORT: u16 = 1080;

/// The proxy that connections go through.
///
/// HTTP proxies tunnel HTTPS by `CONNECT`, so the certificate of the server itself is checked, as
/// without a proxy. A proxy may be given as `http://`, `https://` (its certificate has to come
/// from an authority the system trusts) or `socks5://` (it resolves the name of the server), with
/// `user:password@` before its host. `Debug` does not show those.
#[derive(Clone, Default)]
pub struct Proxy(Choice);

#[derive(Clone, Default)]
enum Choice {
    #[default]
    Environment,
    None,
    Given(Intercept),
}

impl Proxy {
    /// The proxy that the environment names, read when the transport is built: `HTTPS_PROXY`,
    /// `HTTP_PROXY` and `ALL_PROXY`, with the exceptions in `NO_PROXY`, in capitals or not, as
    /// other tools read them. A server on this machine itself is never reached through it.
    pub fn environment() -> Self {
        Self(Choice::Environment)
    }

    /// No proxy, whatever the environment says.
    pub fn none() -> Self {
        Self(Choice::None)
    }

    /// The proxy with this URL.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::InvalidUrl`] when it is not the URL of a proxy of a known kind.
    pub fn url(url: &str) -> Result<Self, TransportError> {
        let matcher = Matcher::builder().all(url.trim()).build();
        let intercept = matcher.intercept(&Uri::from_static("https://server/"));
        let intercept = intercept.ok_or_else(unusable)?;
        Way::of(&intercept)?;
        Ok(Self(Choice::Given(intercept)))
    }

    fn intercept(&self, server: &ServerUrl) -> Result<Option<Intercept>, TransportError> {
        match &self.0 {
            Choice::None => Ok(None),
            Choice::Given(intercept) => Ok(Some(intercept.clone())),
            // A proxy is elsewhere, so it cannot mean the same by the name of this machine.
            Choice::Environment if is_this_machine(&server.host()) => Ok(None),
            Choice::Environment => {
                let uri = server_uri(server)?;
                Ok(Matcher::from_env().intercept(&uri))
            }
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Choice::Environment => formatter.write_str("Proxy(environment)"),
            Choice::None => formatter.write_str("Proxy(none)"),
            Choice::Given(intercept) => write!(formatter, "Proxy({})", shown(intercept.uri())),
        }
    }
}

/// How connections to the server are made.
#[derive(Clone)]
pub(super) enum Route {
    Direct,
    Through { proxy: Uri, way: Way },
}

/// What is asked of a proxy.
#[derive(Clone)]
pub(super) enum Way {
    /// To pass on each request.
    Forward { authorization: Option<HeaderValue> },
    /// To open a tunnel by `CONNECT`.
    Tunnel { authorization: Option<HeaderValue> },
    /// To open a tunnel by SOCKS 5.
    Socks {
        credentials: Option<(String, String)>,
    },
}

impl Route {
    pub(super) fn choose(proxy: &Proxy, server: &ServerUrl) -> Result<Self, TransportError> {
        let Some(intercept) = proxy.intercept(server)? else {
            return Ok(Self::Direct);
        };
        let way = match (Way::of(&intercept)?, server.scheme()) {
            (Way::Tunnel { authorization }, Scheme::Http) => Way::Forward { authorization },
            (way, _) => way,
        };
        let proxy = match &way {
            Way::Socks { .. } => with_socks_port(intercept.uri())?,
            Way::Forward { .. } | Way::Tunnel { .. } => intercept.uri().clone(),
        };
        Ok(Self::Through { proxy, way })
    }

    /// What has to be sent to the proxy with each request.
    pub(super) fn authorization_of_requests(&self) -> Option<HeaderValue> {
        match self {
            Self::Through {
                way: Way::Forward { authorization },
                ..
            } => authorization.clone(),
            Self::Direct | Self::Through { .. } => None,
        }
    }

    /// The URL of the proxy, where it reads the requests.
    pub(super) fn forwarding_proxy(&self) -> Option<String> {
        match self {
            Self::Through {
                proxy,
                way: Way::Forward { .. },
            } => Some(shown(proxy)),
            Self::Direct | Self::Through { .. } => None,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => formatter.write_str("direct"),
            Self::Through { proxy, .. } => write!(formatter, "through {}", shown(proxy)),
        }
    }
}

impl Way {
    fn of(intercept: &Intercept) -> Result<Self, TransportError> {
        match intercept.uri().scheme_str() {
            Some("http" | "https") => Ok(Self::Tunnel {
                authorization: intercept.basic_auth().cloned(),
            }),
            Some("socks5" | "socks5h") => Ok(Self::Socks {
                credentials: intercept
                    .raw_auth()
                    .map(|(user, password)| (user.to_owned(), password.to_owned())),
            }),
            _ => Err(unusable()),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

/// The URL of a proxy without the path that `http` insists on.
pub(super) fn shown(proxy: &Uri) -> String {
    let scheme = proxy.scheme_str().unwrap_or_default();
    let authority = proxy.authority().map_or("", |authority| authority.as_str());
    format!("{scheme}://{authority}")
}

/// The server as a URI, with the port spelled out.
pub(super) fn server_uri(server: &ServerUrl) -> Result<Uri, TransportError> {
    Uri::builder()
        .scheme(server.scheme().to_string().as_str())
        .authority(server.address())
        .path_and_query("/")
        .build()
        .map_err(|error| {
            let reason = "its host cannot be written as a URI".to_owned();
            TransportError::new(TransportErrorKind::InvalidUrl { reason }).with_source(error)
        })
}

fn with_socks_port(proxy: &Uri) -> Result<Uri, TransportError> {
    let host = proxy.host().unwrap_or_default();
    let port = proxy.port_u16().unwrap_or(SOCKS_PORT);
    Uri::builder()
        .scheme("socks5")
        .authority(format!("{host}:{port}"))
        .path_and_query("/")
        .build()
        .map_err(|error| unusable().with_source(error))
}

fn unusable() -> TransportError {
    let reason = "a proxy is http://, https:// or socks5:// with a host, and a port and \
                  credentials where needed"
        .to_owned();
    TransportError::new(TransportErrorKind::InvalidUrl { reason })
}

#[cfg(test)]
mod tests {
    use super::{Proxy, Route, ServerUrl, Way};

    fn route(proxy: &str, server: &str) -> Route {
        let proxy = Proxy::url(proxy).expect("a proxy");
        let server: ServerUrl = server.parse().expect("a URL");
        Route::choose(&proxy, &server).expect("a route")
    }

    #[test]
    fn the_schemes_of_proxy_and_server_decide_the_way() {
        for (proxy, server, shown) in [
            (
                "http://u:p@proxy:3128",
                "https://vc.example",
                "through http://proxy:3128",
            ),
            ("proxy:3128", "https://[::1]", "through http://proxy:3128"),
            (
                "https://proxy",
                "https://vc.example",
                "through https://proxy",
            ),
            (
                "socks5h://u:p@proxy",
                "http://vc.example",
                "through socks5://proxy:1080",
            ),
        ] {
            assert_eq!(route(proxy, server).to_string(), shown);
        }
        let forwarded = route("http://u:p@proxy", "http://vc.example");
        let authorization = forwarded.authorization_of_requests().expect("credentials");
        assert!(authorization.is_sensitive());
        let tunnelled = route("http://u:p@proxy", "https://vc.example");
        assert!(tunnelled.authorization_of_requests().is_none());
        let Route::Through { way, .. } = route("socks5://u:p%40@proxy", "https://vc.example")
        else {
            panic!("a proxy is gone through");
        };
        let Way::Socks { credentials } = way else {
            panic!("it is a SOCKS proxy");
        };
        assert_eq!(credentials, Some(("u".to_owned(), "p@".to_owned())));
    }

    #[test]
    fn what_is_no_proxy_is_refused_and_credentials_are_not_shown() {
        for url in [
            "",
            "ftp://u:s3cr3t@proxy",
            "http://",
            "socks4://u:s3cr3t@proxy",
        ] {
            let error = Proxy::url(url).expect_err(url);
            assert!(
                !format!("{error} {error:?}").contains("s3cr3t"),
                "{error:?}"
            );
        }
        let proxy = Proxy::url("http://u:s3cr3t@proxy:3128").expect("a proxy");
        assert_eq!(format!("{proxy:?}"), "Proxy(http://proxy:3128)");
    }
}
