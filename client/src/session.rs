//! Logging in and out.

use vmomi_runtime::{Connection, ErrorKind};

use crate::background::Completed;
use crate::client::Client;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::held::{Held, Release};
use crate::vim25::{NotAuthenticated, ServiceContent, SessionManager};

const NO_SESSION_MANAGER: Error = Error::Unsupported {
    what: "session manager",
};

/// Opens a session, which the server ties to the connection's cookie, or to its token.
///
/// A login is sent once, whatever happens. The session that it may have opened is closed in the
/// background when that is not known for sure, or nobody waits for it any more.
pub(crate) async fn login(
    connection: &Connection,
    content: &ServiceContent,
    credentials: &Credentials,
    locale: &str,
) -> Result<(), Error> {
    let manager = session_manager(connection, content)?;
    let (credentials, locale) = (credentials.clone(), locale.to_owned());
    let opened = Completed::new(async move {
        let (user, password) = credentials.user_and_password();
        let login = manager.login(user, password, Some(&locale)).await;
        let session = Held::new(manager);
        match login {
            Ok(_) => Ok(session),
            Err(error) => {
                if !may_have_run(&error) {
                    session.leave();
                }
                Err(Error::from(error))
            }
        }
    });
    opened.await?.leave();
    Ok(())
}

/// Whether the server may have done what it was asked for.
fn may_have_run(error: &vmomi_runtime::Error) -> bool {
    match error.kind() {
        ErrorKind::Fault(_) | ErrorKind::Encode(_) => false,
        ErrorKind::Transport(error) => error.request_was_sent(),
        _ => true,
    }
}

/// Ends the session, also when the future is dropped.
pub(crate) async fn logout(client: &Client) -> Result<(), Error> {
    let manager = session_manager(client.connection(), client.service_content())?;
    Completed::new(async move { manager.release().await }).await
}

fn session_manager(
    connection: &Connection,
    content: &ServiceContent,
) -> Result<SessionManager, Error> {
    let manager = content.session_manager.as_ref().ok_or(NO_SESSION_MANAGER)?;
    Ok(manager.bind(connection))
}

/// A session is released by the manager that it was opened with.
impl Release for SessionManager {
    async fn release(&self) -> Result<(), Error> {
        let ended = self.logout().await;
        let is_over = match &ended {
            Ok(()) => true,
            Err(error) => error.fault_is::<NotAuthenticated>(),
        };
        if is_over {
            self.connection().forget_session();
        }
        Ok(ended?)
    }
}
