//! Who logs in.

use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use vmomi_runtime::shown::Hidden;

/// What proves to the server who logs in. Shown nowhere; the password is zeroed when dropped.
///
/// Logging in zeroes what it wrote of the request too. What is out of reach are the copies that
/// the HTTP and TLS implementations make while they send it, and text that the program itself
/// still holds.
#[derive(Clone)]
#[non_exhaustive]
pub enum Credentials {
    /// A user name and a password.
    Password {
        /// The user, such as `administrator@vsphere.local`.
        user: String,
        /// The password.
        password: SecretString,
    },
}

impl Credentials {
    /// A user name and a password. The text that holds the password is taken, and zeroed.
    #[must_use]
    pub fn password(user: impl Into<String>, password: impl Into<String>) -> Self {
        let mut text = password.into();
        // A copy, as turning the text itself into a secret could move it and leave it behind.
        let password = SecretString::from(text.as_str());
        text.zeroize();
        Self::Password {
            user: user.into(),
            password,
        }
    }

    pub(crate) fn user_and_password(&self) -> (&str, &str) {
        match self {
            Self::Password { user, password } => (user, password.expose_secret()),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password { user, .. } => f
                .debug_struct("Password")
                .field("user", &Hidden(user))
                .finish_non_exhaustive(),
        }
    }
}
