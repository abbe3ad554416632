//! Showing HTTP values without the secrets in them.

use std::fmt;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_TYPE, DATE, HOST, HeaderMap, HeaderName, RETRY_AFTER, SERVER, TRANSFER_ENCODING,
    USER_AGENT,
};

use crate::shown::{Hidden, Name, PathWords, Plain};

/// The headers whose values are shown. Naming the harmless ones instead of the secret ones means
/// that a token in a header this crate has never heard of stays hidden too.
const SHOWN: [HeaderName; 13] = [
    ACCEPT,
    ACCEPT_ENCODING,
    CACHE_CONTROL,
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    DATE,
    HOST,
    RETRY_AFTER,
    SERVER,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// The header that names the API version, for which `http` has no constant.
const SOAP_ACTION: &str = "soapaction";

/// `Debug` of a header map with the values of all but well-known harmless headers left out, and of
/// those what does not look like a value of theirs.
pub(super) struct RedactedHeaders<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for RedactedHeaders<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for (name, value) in self.0 {
            let is_sensitive = value.is_sensitive();
            let harmless = SHOWN.contains(name) || name == SOAP_ACTION;
            let name = Name(name.as_str());
            match value.to_str() {
                Ok(value) if harmless && !is_sensitive => map.entry(&name, &Plain(value)),
                _ => map.entry(&name, &format_args!("<hidden>")),
            };
        }
        map.finish()
    }
}

/// `path` without its query, which may carry a ticket.
pub(super) fn without_query(path: &str) -> &str {
    path.split_once(['?', '#']).map_or(path, |(path, _)| path)
}

/// A URL or relative reference without user information, query, fragment, and what is not plain in
/// its path.
pub(super) fn without_secrets(reference: &str) -> String {
    let reference = without_query(reference);
    let (scheme, rest) = match reference.find("//") {
        Some(slashes) => reference.split_at(slashes + 2),
        None => return PathWords(reference).to_string(),
    };
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let (scheme, host) = (Plain(scheme), shown_host(host));
    format!("{scheme}{host}{}", PathWords(path))
}

/// The name or address of a host, maybe with a port, if it looks like one; else its length.
pub(super) fn shown_host(host: &str) -> String {
    const MAX_HOST: usize = 260;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]*".contains(&byte);
    if host.len() <= MAX_HOST && host.bytes().all(is_allowed) {
        host.to_owned()
    } else {
        Hidden(host).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn a_reference_loses_user_information_query_and_fragment() {
        for (reference, shown) in [
            ("https://u:p@vc.example/ui?t=1#x", "https://vc.example/ui"),
            ("https://u:p@vc.example", "https://vc.example"),
            ("//u:p@q@vc.example:444/a@b", "//vc.example:444/…"),
            ("/ui?ticket=1", "/ui"),
            ("/ui/5f3b-71", "/ui/…"),
            ("https://vc.example/5f3b71", "https://vc.example/…"),
            ("https://v c/", "https://(3 bytes)/"),
            ("ht5ps://vc/", "(8 bytes)vc/"),
            ("?ticket=1", ""),
            (
                "https://vc.example?next=https://u:p@x/",
                "https://vc.example",
            ),
        ] {
            assert_eq!(without_secrets(reference), shown);
        }
    }
}
