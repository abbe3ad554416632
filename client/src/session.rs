//! Logging in and out.

use vmomi_runtime::Connection;

use crate::client::Client;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::vim25::{ServiceContent, SessionManager, UserSession};

const NO_SESSION_MANAGER: Error = Error::Unsupported {
    what: "session manager",
};

/// Opens a session, which the server ties to the connection's cookie, or to its token.
pub(crate) async fn login(
    connection: &Connection,
    content: &ServiceContent,
    credentials: &Credentials,
    locale: &str,
) -> Result<UserSession, Error> {
    let manager = session_manager(connection, content)?;
    let (user, password) = credentials.user_and_password();
    Ok(manager.login(user, password, Some(locale)).await?)
}

/// Ends the session.
pub(crate) async fn logout(client: &Client) -> Result<(), Error> {
    let manager = session_manager(client.connection(), client.service_content())?;
    manager.logout().await?;
    client.connection().forget_session();
    Ok(())
}

fn session_manager(
    connection: &Connection,
    content: &ServiceContent,
) -> Result<SessionManager, Error> {
    let manager = content.session_manager.as_ref().ok_or(NO_SESSION_MANAGER)?;
    Ok(manager.bind(connection))
}
