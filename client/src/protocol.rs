//! The protocol, and the API version in it, that client and server agree on.

use std::time::Duration;

use vmomi_runtime::Connection;
#[cfg(feature = "json")]
use vmomi_runtime::ErrorKind;

use crate::error::Error;
use crate::version;
use crate::vim25::ServiceContent;
#[cfg(feature = "json")]
use crate::{hello, optional};

/// The protocol that a client speaks with its server. Nothing else depends on it: both have the
/// same calls and types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// SOAP, which every server speaks. Responses are decoded while they arrive.
    #[default]
    Soap,
    /// JSON, which vCenter speaks from 8.0.1 on, and ESXi does not. Responses are read as a whole.
    #[cfg(feature = "json")]
    Json,
    /// JSON where the server speaks it in a version that is known here, and SOAP elsewhere.
    #[cfg(feature = "json")]
    Negotiate,
}

/// Agrees with the server. The version is negotiated unless one is given; the limit is that of
/// requests which the server need not answer.
///
/// Gives the connection, and the server's content, which had to be asked for on the way.
pub(crate) async fn agree(
    connection: Connection,
    protocol: Protocol,
    version: Option<String>,
    limit: Duration,
) -> Result<(Connection, ServiceContent), Error> {
    match protocol {
        Protocol::Soap => soap(connection, version, limit).await,
        #[cfg(feature = "json")]
        Protocol::Json => {
            let missing = Error::Unsupported {
                what: "JSON protocol in an API version known here",
            };
            let release = json_release(&connection, version, limit).await?;
            json(connection, &release.ok_or(missing)?).await
        }
        #[cfg(feature = "json")]
        Protocol::Negotiate => {
            let release = json_release(&connection, version.clone(), limit).await?;
            if let Some(release) = release {
                match json(connection.clone(), &release).await {
                    Err(error) if is_refused(&error) => {}
                    agreed => return agreed,
                }
            }
            soap(connection, version, limit).await
        }
    }
}

async fn soap(
    connection: Connection,
    version: Option<String>,
    limit: Duration,
) -> Result<(Connection, ServiceContent), Error> {
    match version {
        Some(version) => version::content_in(&connection, &version).await,
        None => version::agree(connection, limit).await,
    }
}

#[cfg(feature = "json")]
async fn json(
    connection: Connection,
    release: &str,
) -> Result<(Connection, ServiceContent), Error> {
    let connection = connection.with_protocol(vmomi_runtime::Protocol::Json);
    version::content_in(&connection, release).await
}

/// The version to speak JSON in, if there may be one. Servers from 8.0.2 on are asked for it; those
/// before have it in the list that is made for SOAP.
#[cfg(feature = "json")]
async fn json_release(
    connection: &Connection,
    version: Option<String>,
    limit: Duration,
) -> Result<Option<String>, Error> {
    if version.is_some() {
        return Ok(version);
    }
    let releases = version::json_releases();
    match hello::agree(connection, &releases, limit).await? {
        Some(release) => Ok(Some(release)),
        None => version::newest_offered(connection, &releases, limit).await,
    }
}

/// Whether the server has shown that it does not speak the protocol, in whatever way: ESXi answers
/// in SOAP that it cannot read the request, others redirect it, or close the connection. A server
/// that cannot be reached, and a request that cannot be made, are no different in SOAP.
#[cfg(feature = "json")]
fn is_refused(error: &Error) -> bool {
    match error {
        Error::Call(error) => match error.kind() {
            ErrorKind::Transport(error) => !optional::is_out_of_reach(error.kind()),
            ErrorKind::Encode(_) => false,
            _ => true,
        },
        _ => false,
    }
}
