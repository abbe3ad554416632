//! The API version that client and server agree on.

use std::cmp::Ordering;
use std::time::Duration;

use vmomi_runtime::{Connection, ErrorKind, Service};

use crate::error::Error;
use crate::service::service_instance;
use crate::version_list::offered;
use crate::vim25::{SERVICE, ServiceContent};

/// The versions in which a server is asked what it is, if its list does not say: one of them each
/// server since 4.0 knows. The first all do, as they keep the versions before their own; the others
/// are for one that does not.
const FIRST_CALLS: [&str; 3] = ["4.0", "6.7", SERVICE.version];

/// How many versions older than the one that the server says it has are tried, if that is refused.
const MAX_OLDER: usize = 3;

/// Agrees with the server on the newest API version that both know.
///
/// Servers list theirs below the endpoint; for one that does not, the version is the newest that
/// is no newer than the server says it is. One that refuses it is asked in older ones.
///
/// Gives the connection, and the server's content.
pub(crate) async fn agree(
    connection: Connection,
    limit: Duration,
) -> Result<(Connection, ServiceContent), Error> {
    let offered = offered(&connection, &SERVICE, limit).await?;
    let listed = newest_common(&SERVICE, &offered);
    if let Some(version) = listed {
        match content_in(&connection, version).await {
            Err(error) if is_refusal(&error) => {}
            agreed => return agreed,
        }
    }
    let (old, content) = first_call(&connection).await?;
    let newest = newest_up_to(SERVICE.versions, &content.about.api_version);
    let versions = std::iter::successors(newest, |version| newest_before(version));
    for version in versions.take(1 + MAX_OLDER) {
        if version == old.version() {
            break;
        }
        if Some(version) == listed {
            continue;
        }
        match content_in(&connection, version).await {
            Err(error) if is_refusal(&error) => {}
            agreed => return agreed,
        }
    }
    Ok((old, content))
}

/// Asks the server what it is, in a version that it understands whatever it is.
async fn first_call(connection: &Connection) -> Result<(Connection, ServiceContent), Error> {
    let mut first_refusal = None;
    for version in FIRST_CALLS {
        match content_in(connection, version).await {
            Err(error) if is_refusal(&error) => {
                first_refusal.get_or_insert(error);
            }
            agreed => return agreed,
        }
    }
    // There is one, as there are versions.
    Err(first_refusal.unwrap_or(Error::Unsupported {
        what: "API version known here",
    }))
}

/// What the server has to offer, asked for in a version.
pub(crate) async fn content_in(
    connection: &Connection,
    version: &str,
) -> Result<(Connection, ServiceContent), Error> {
    let connection = connection.clone().with_version(version)?;
    let instance = service_instance(&connection);
    let content = instance.retrieve_service_content().await?;
    Ok((connection, content))
}

/// Whether the server may have refused the version: by a fault, whichever it is, or as a request
/// that is not one for it. The call itself asks for nothing that could be refused.
fn is_refusal(error: &Error) -> bool {
    let Error::Call(error) = error else {
        return false;
    };
    match error.kind() {
        ErrorKind::Fault(_) => true,
        ErrorKind::NotVsphere { status, .. } => matches!(status, 400 | 500 | 501),
        _ => false,
    }
}

/// The version in which another service of a server is called, whose vim25 the connection speaks to.
///
/// Where the server lists what the service speaks, it is the newest that both know. vSAN is known to be listed; of the
/// others the numbers go along with those of vim25, so it is the newest that is no newer than what is spoken there.
pub(crate) async fn negotiate_service(
    connection: &Connection,
    service: &'static Service,
    limit: Duration,
) -> Result<&'static str, Error> {
    let offered = offered(connection, service, limit).await?;
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
    limit: Duration,
) -> Result<Option<String>, Error> {
    let offered = offered(connection, &SERVICE, limit).await?;
    let mut versions = versions.iter();
    let newest = versions.find(|version| offered.iter().any(|offered| offered == **version));
    Ok(newest.map(|version| (*version).to_owned()))
}

/// The newest of the versions, oldest first, that is not newer than the limit.
fn newest_up_to<'a>(versions: &[&'a str], limit: &str) -> Option<&'a str> {
    numeric(versions)
        .filter(|version| compare(version, limit) != Ordering::Greater)
        .max_by(|a, b| compare(a, b))
}

/// The newest version of the release before that of this one: 8.0.3.1 before 9.1.0.0.
fn newest_before(version: &str) -> Option<&'static str> {
    let release = number(version.split('.').next());
    numeric(SERVICE.versions)
        .filter(|version| number(version.split('.').next()) < release)
        .max_by(|a, b| compare(a, b))
}

/// The versions that are numbers, and not names of what is in the making.
fn numeric<'a>(versions: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let is_numeric = |version: &&str| version.starts_with(|first: char| first.is_ascii_digit());
    versions.iter().copied().filter(is_numeric)
}

/// Compares dotted versions number by number; what is left out counts as 0.
fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    for _ in 0..4 {
        let ordering = number(left.next()).cmp(&number(right.next()));
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

/// The number at the beginning of a part of a version: `5u2`, an update of 5, counts as 5.
fn number(part: Option<&str>) -> u32 {
    let mut digits = part.unwrap_or("0").split(|c: char| !c.is_ascii_digit());
    digits.next().unwrap_or("0").parse().unwrap_or(0)
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

    #[test]
    fn goes_back_release_by_release() {
        let back: Vec<_> = std::iter::successors(Some("9.1.1.0"), |v| newest_before(v)).collect();
        let expected = [
            "9.1.1.0",
            "8.0.3.1",
            "7.0.3.2",
            "6.9.1",
            "5.5",
            "4.1",
            "2.5u2server",
        ];
        assert_eq!(back[..6], expected[..6]);
        assert_eq!(number(Some(back[6])), 2, "{back:?}");
        assert_eq!(back.len(), 7, "{back:?}");
    }

    #[test]
    fn the_versions_of_the_first_call_are_known() {
        for version in FIRST_CALLS {
            assert!(SERVICE.versions.contains(&version), "{version}");
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
}
