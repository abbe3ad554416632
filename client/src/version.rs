//! The API version that client and server agree on.

use std::cmp::Ordering;

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::transport::Request;
use vmomi_runtime::{Any, Connection, Element, Service};

use crate::error::Error;
use crate::service::service_instance;
use crate::vim25::{SERVICE, TYPES};

/// The newest API version that both this crate and the server know.
///
/// Servers list theirs below the endpoint; for one that does not, the version is the newest that
/// is no newer than the server says it is.
pub(crate) async fn negotiate(connection: &Connection) -> Result<String, Error> {
    let offered = offered_versions(connection, &SERVICE).await?;
    if let Some(version) = newest_common(&SERVICE, &offered) {
        return Ok(version.to_owned());
    }
    let content = service_instance(connection)
        .retrieve_service_content()
        .await?;
    let version = newest_up_to(SERVICE.versions, &content.about.api_version);
    Ok(version.unwrap_or(SERVICE.version).to_owned())
}

/// The version in which another service of a server is called, whose vim25 the connection speaks to.
///
/// Where the server lists what the service speaks, it is the newest that both know. vSAN is known to be listed; of the
/// others the numbers go along with those of vim25, so it is the newest that is no newer than what is spoken there.
pub(crate) async fn negotiate_service(
    connection: &Connection,
    service: &'static Service,
) -> Result<&'static str, Error> {
    let offered = match offered_versions(connection, service).await {
        // What is sent in place of a list that there is not is no news.
        Err(Error::VersionList(_)) => Vec::new(),
        offered => offered?,
    };
    Ok(newest_common(service, &offered)
        .or_else(|| newest_up_to(service.versions, connection.version()))
        .unwrap_or(service.version))
}

/// The newest version of a service that is among those offered.
fn newest_common(service: &'static Service, offered: &[String]) -> Option<&'static str> {
    let mut versions = service.versions.iter().rev().copied();
    versions.find(|version| offered.iter().any(|offered| offered == version))
}

/// The API versions that servers may speak JSON in, newest first.
#[cfg(feature = "json")]
pub(crate) fn json_releases() -> Vec<&'static str> {
    /// The first that did.
    const FIRST: &str = "8.0.1.0";
    let is_release = |version: &&&str| {
        let mut parts = version.split('.');
        parts.all(|part| part.parse::<u32>().is_ok()) && compare(version, FIRST).is_ge()
    };
    let versions = SERVICE.versions.iter().rev().filter(is_release);
    versions.copied().collect()
}

/// The first of the versions that the server's list offers too.
#[cfg(feature = "json")]
pub(crate) async fn newest_offered(
    connection: &Connection,
    versions: &[&str],
) -> Result<Option<String>, Error> {
    let offered = offered_versions(connection, &SERVICE).await?;
    let mut versions = versions.iter();
    let newest = versions.find(|version| offered.iter().any(|offered| offered == **version));
    Ok(newest.map(|version| (*version).to_owned()))
}

/// What the server's list offers for a service; nothing where it has no list. The lists of all services lie below the
/// endpoint of vim25, which the connection calls.
async fn offered_versions(
    connection: &Connection,
    service: &Service,
) -> Result<Vec<String>, Error> {
    let endpoint = connection.endpoint().trim_end_matches('/');
    let name = match service.name {
        "vim25" => "vim",
        name => name,
    };
    let path = format!("{endpoint}/{name}ServiceVersions.xml");
    const LARGEST_LIST: usize = 1 << 20;
    let response = connection.transport().send(Request::get(path)).await?;
    if !response.status.is_success() {
        return Ok(Vec::new());
    }
    let body = response.collect(LARGEST_LIST).await?;
    let list = from_xml::<Any>(&body, &TYPES, &DecodeOptions::default());
    match list {
        Ok(Any::Unknown(namespaces)) => Ok(versions_of(&namespaces, service.namespace)),
        Ok(_) => Ok(Vec::new()),
        Err(error) => Err(Error::VersionList(error)),
    }
}

/// The versions in `<namespaces><namespace><name/><version/><priorVersions><version/>…`.
fn versions_of(namespaces: &Element, wanted: &str) -> Vec<String> {
    let children = |element: &Element, name: &str| -> Vec<Element> {
        let named = element
            .elements()
            .filter(|child| &*child.name.local == name);
        named.cloned().collect()
    };
    let is_wanted = |namespace: &Element| {
        let names = children(namespace, "name");
        names.iter().any(|name| name.text().trim() == wanted)
    };
    let text = |element: &Element| element.text().trim().to_owned();
    let mut versions = Vec::new();
    for namespace in children(namespaces, "namespace") {
        if is_wanted(&namespace) {
            versions.extend(children(&namespace, "version").iter().map(text));
            for prior in children(&namespace, "priorVersions") {
                versions.extend(children(&prior, "version").iter().map(text));
            }
        }
    }
    versions
}

/// The newest of the versions, oldest first, that is not newer than the limit.
fn newest_up_to<'a>(versions: &[&'a str], limit: &str) -> Option<&'a str> {
    let is_numeric = |version: &&&str| version.starts_with(|first: char| first.is_ascii_digit());
    versions
        .iter()
        .filter(is_numeric)
        .filter(|version| compare(version, limit) != Ordering::Greater)
        .max_by(|a, b| compare(a, b))
        .copied()
}

/// Compares dotted versions number by number; what is left out counts as 0.
fn compare(a: &str, b: &str) -> Ordering {
    // `5u2`, an update of 5, counts as 5.
    let number = |part: Option<&str>| -> u32 {
        let digits = part.unwrap_or("0").split(|c: char| !c.is_ascii_digit());
        digits
            .into_iter()
            .next()
            .unwrap_or("0")
            .parse()
            .unwrap_or(0)
    };
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    for _ in 0..4 {
        let ordering = number(left.next()).cmp(&number(right.next()));
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERSIONS: &[&str] = &["2.0", "2.5u2", "5.5", "6.5", "6.7", "6.7.3", "8.0.1.0"];

    #[test]
    fn picks_the_newest_version_that_is_not_newer() {
        for (limit, expected) in [
            ("6.5", Some("6.5")),
            ("6.6.9", Some("6.5")),
            ("6.7.3.9", Some("6.7.3")),
            ("10.0", Some("8.0.1.0")),
            ("2.0.0", Some("2.0")),
            ("1.0", None),
        ] {
            assert_eq!(newest_up_to(VERSIONS, limit), expected, "{limit}");
        }
    }

    #[cfg(feature = "json")]
    #[test]
    fn json_is_spoken_from_8_0_1_on() {
        let releases = json_releases();
        assert_eq!(releases.first(), Some(&SERVICE.version));
        assert_eq!(releases.last(), Some(&"8.0.1.0"));
        assert!(!releases.contains(&"m5CA1EF4D"), "{releases:?}");
    }

    #[test]
    fn reads_the_versions_of_one_namespace() {
        let xml = br"<namespaces version='1.0'>
            <namespace><name>urn:other</name><version>1.0</version></namespace>
            <namespace><name>urn:vim25</name><version>6.5</version>
              <priorVersions><version>6.0</version><version>5.5</version></priorVersions>
            </namespace></namespaces>";
        let Ok(Any::Unknown(list)) = from_xml::<Any>(xml, &TYPES, &DecodeOptions::default()) else {
            panic!("the list is a tree of elements");
        };
        assert_eq!(versions_of(&list, "urn:vim25"), ["6.5", "6.0", "5.5"]);
        assert_eq!(versions_of(&list, "urn:none"), [""; 0]);
    }
}
