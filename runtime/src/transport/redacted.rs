//! Showing HTTP values without the secrets in them.

use std::fmt;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_TYPE, DATE, HOST, HeaderMap, HeaderName, RETRY_AFTER, SERVER, TRANSFER_ENCODING,
    USER_AGENT,
};

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

/// `Debug` of a header map with the values of all but well-known harmless headers left out.
pub(super) struct RedactedHeaders<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for RedactedHeaders<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for (name, value) in self.0 {
            let harmless = SHOWN.contains(name) || name == SOAP_ACTION;
            if harmless && !value.is_sensitive() {
                map.entry(name, value);
            } else {
                map.entry(name, &format_args!("<hidden>"));
            }
        }
        map.finish()
    }
}

/// `path` without its query, which may carry a ticket.
pub(super) fn without_query(path: &str) -> &str {
    path.split_once(['?', '#']).map_or(path, |(path, _)| path)
}

/// A URL or relative reference without user information, query and fragment.
pub(super) fn without_secrets(reference: &str) -> String {
    let reference = without_query(reference);
    let (scheme, rest) = match reference.find("//") {
        Some(slashes) => reference.split_at(slashes + 2),
        None => return reference.to_owned(),
    };
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = authority.rsplit('@').next().unwrap_or(authority);
    format!("{scheme}{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn a_reference_loses_user_information_query_and_fragment() {
        for (reference, shown) in [
            ("https://u:p@vc.example/ui?t=1#x", "https://vc.example/ui"),
            ("https://u:p@vc.example", "https://vc.example"),
            ("//u:p@q@vc.example:444/a@b", "//vc.example:444/a@b"),
            ("/ui?ticket=1", "/ui"),
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
