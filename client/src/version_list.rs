//! The list of API versions that a server offers, where it has one.

use std::time::Duration;

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::transport::Request;
use vmomi_runtime::{Any, Connection, Element, Service};

use crate::error::Error;
use crate::optional;
use crate::vim25::TYPES;

/// A list takes a few thousand bytes.
const MAX_BYTES: usize = 1 << 20;

/// What the server's list offers for a service; nothing where it has no list, or anything else in
/// its place. The lists of all services lie below the endpoint of vim25, which the connection calls.
///
/// # Errors
/// When the server cannot be reached at all.
pub(crate) async fn offered(
    connection: &Connection,
    service: &Service,
    limit: Duration,
) -> Result<Vec<String>, Error> {
    let endpoint = connection.endpoint().trim_end_matches('/');
    let name = match service.name {
        "vim25" => "vim",
        name => name,
    };
    let request = Request::get(format!("{endpoint}/{name}ServiceVersions.xml"));
    let body = optional::ask(connection, request, limit, MAX_BYTES).await?;
    Ok(body.map_or_else(Vec::new, |body| read(&body, service.namespace)))
}

/// The versions of a namespace in a list; none in what is no list.
fn read(body: &[u8], namespace: &str) -> Vec<String> {
    match from_xml::<Any>(body, &TYPES, &DecodeOptions::default()) {
        Ok(Any::Unknown(namespaces)) => versions_of(&namespaces, namespace),
        _ => Vec::new(),
    }
}

/// The versions in `<namespaces><namespace><name/><version/><priorVersions><version/>…`.
fn versions_of(namespaces: &Element, wanted: &str) -> Vec<String> {
    let mut versions = Vec::new();
    for namespace in children(namespaces, "namespace") {
        if children(namespace, "name").any(|name| name.text().trim() == wanted) {
            let prior = children(namespace, "priorVersions");
            let prior = prior.flat_map(|prior| children(prior, "version"));
            let all = children(namespace, "version").chain(prior);
            versions.extend(all.map(|version| version.text().trim().to_owned()));
        }
    }
    versions
}

fn children<'e>(element: &'e Element, name: &'e str) -> impl Iterator<Item = &'e Element> {
    element
        .elements()
        .filter(move |child| &*child.name.local == name)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_the_versions_of_one_namespace() {
        let xml = br"<namespaces version='1.0'>
            <namespace><name>urn:other</name><version>1.0</version></namespace>
            <namespace><name>urn:vim25</name><version>6.5</version>
              <priorVersions><version>6.0</version><version>5.5</version></priorVersions>
            </namespace></namespaces>";
        assert_eq!(read(xml, "urn:vim25"), ["6.5", "6.0", "5.5"]);
        assert_eq!(read(xml, "urn:none"), [""; 0]);
    }

    #[test]
    fn what_is_no_list_offers_nothing() {
        for body in [
            "",
            " ",
            "<html><head><meta charset=utf-8></head></html>",
            "<namespaces><namespace><name>urn:vim25</name><version>6.5</version>",
            "<a/>",
            "{}",
            "\u{1f}\u{8b}",
        ] {
            assert_eq!(read(body.as_bytes(), "urn:vim25"), [""; 0], "{body}");
        }
    }
}
