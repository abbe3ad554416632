//! Who logs in.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// What proves to the server who logs in. Shown nowhere, and wiped from memory when dropped.
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
    /// A user name and a password.
    #[must_use]
    pub fn password(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self::Password {
            user: user.into(),
            password: SecretString::from(password.into()),
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
                .field("user", user)
                .finish_non_exhaustive(),
        }
    }
}
