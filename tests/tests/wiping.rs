//! No password stays behind in memory that was given back, from the URL or the credentials to the
//! login, and after one that fails.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

#[path = "../../runtime/tests/freed/mod.rs"]
mod freed;

use http::{HeaderMap, StatusCode};
use vmomi::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi::{Client, Credentials, Error, Protocol};

use freed::{PASSWORD, left_behind};

const SOAP_CONTENT: &str = r#"<rootFolder type="Folder">group-d1</rootFolder>
    <propertyCollector type="PropertyCollector">pc</propertyCollector>
    <about><name>n</name><fullName>n</fullName><vendor>v</vendor><version>8</version>
      <build>1</build><osType>o</osType><productLineId>vpx</productLineId>
      <apiType>VirtualCenter</apiType><apiVersion>8.0.3.0</apiVersion></about>
    <sessionManager type="SessionManager">SessionManager</sessionManager>"#;

const JSON_CONTENT: &str = r#"{"_typeName":"ServiceContent",
    "rootFolder":{"type":"Folder","value":"group-d1"},
    "propertyCollector":{"type":"PropertyCollector","value":"pc"},
    "sessionManager":{"type":"SessionManager","value":"SessionManager"},
    "about":{"name":"n","fullName":"n","vendor":"v","version":"8","build":"1","osType":"o",
      "productLineId":"vpx","apiType":"VirtualCenter","apiVersion":"8.0.3.0"}}"#;

/// A server that opens a session for the password, or refuses.
#[derive(Clone, Copy, Debug)]
struct Server {
    is_open: bool,
}

impl Transport for Server {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let holds = |text: &str| {
            let mut parts = request.body.windows(text.len());
            parts.any(|part| part == text.as_bytes())
        };
        let is_json = request.path.starts_with("/sdk/vim25/");
        let is_login = holds("<Login ") || request.path.ends_with("/Login");
        assert_eq!(is_login, holds(PASSWORD), "the password is sent, and once");
        let (operation, value) = match (is_login, is_json) {
            (true, true) => ("", r#"{"_typeName":"UserSession","key":"1"}"#.to_owned()),
            (true, false) => ("Login", "<key>1</key>".to_owned()),
            (false, true) => ("", JSON_CONTENT.to_owned()),
            (false, false) => ("RetrieveServiceContent", SOAP_CONTENT.to_owned()),
        };
        let is_refused = is_login && !self.is_open;
        let body = match is_json {
            _ if is_refused => "not now".to_owned(),
            true => value,
            false => format!(
                r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
                    xmlns="urn:vim25"><e:Body><{operation}Response><returnval>{value}</returnval>
                    </{operation}Response></e:Body></e:Envelope>"#
            ),
        };
        let status = match is_refused {
            true => StatusCode::SERVICE_UNAVAILABLE,
            false => StatusCode::OK,
        };
        Box::pin(async move { Ok(Response::complete(status, HeaderMap::new(), body)) })
    }
}

/// Connects in a runtime that ends with it.
fn connect(url: &str, credentials: Option<Credentials>, protocol: Protocol, is_open: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let connected: Result<Client, Error> = runtime.unwrap().block_on(async {
        let mut builder = Client::builder(url).unwrap();
        if let Some(credentials) = credentials {
            builder = builder.credentials(credentials);
        }
        let builder = builder.protocol(protocol).version("8.0.3.0");
        builder.connect_through(Server { is_open }).await
    });
    assert_eq!(connected.is_ok(), is_open, "{connected:?}");
}

const URL: &str = "http://user:correct%20horse%20battery%20staple@vc.invalid/sdk";

#[test]
fn no_login_leaves_a_password_behind() {
    for protocol in [Protocol::Soap, Protocol::Json] {
        for is_open in [true, false] {
            let by_url = left_behind(|| connect(URL, None, protocol, is_open));
            assert_eq!(by_url, 0, "{protocol:?} {is_open}");
            let by_credentials = left_behind(|| {
                let credentials = Credentials::password("user", PASSWORD);
                let replaced = credentials.clone();
                // Those of the URL are replaced.
                connect(URL, Some(credentials), protocol, is_open);
                drop(replaced);
            });
            assert_eq!(by_credentials, 0, "{protocol:?} {is_open}");
        }
    }
}

#[test]
fn a_text_that_is_handed_over_is_wiped() {
    let found = left_behind(|| {
        // With room to spare, which a shrinking copy would leave behind.
        let mut text = String::with_capacity(200);
        text.push_str(PASSWORD);
        drop(Credentials::password("user", text));
    });
    assert_eq!(found, 0);
}
