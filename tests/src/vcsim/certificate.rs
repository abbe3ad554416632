//! The certificate that the server presents.
//!
//! It is made here and not by the server so that tests know it, whichever program serves: one can
//! be trusted only by who has seen it before. govmomi's built-in one would not do either, for older
//! versions have an RSA key of 1,024 bits that TLS libraries refuse.

use std::path::PathBuf;

use tempfile::TempDir;

use super::VcsimError;

/// A self-signed certificate in files, which go when this is dropped.
pub(super) struct Certificate {
    folder: TempDir,
    pub(super) pem: String,
}

impl Certificate {
    /// Makes a certificate for this machine's own addresses.
    pub(super) fn generate() -> Result<Self, VcsimError> {
        let names = ["127.0.0.1", "::1", "localhost"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names)
            .map_err(VcsimError::preparation("make a certificate for vcsim"))?;
        let folder = tempfile::Builder::new()
            .prefix("vcsim-certificate-")
            .tempdir()
            .map_err(VcsimError::preparation("make a temporary folder"))?;
        let certificate = Self {
            folder,
            pem: made.cert.pem(),
        };
        let files = [
            (certificate.file(), certificate.pem.clone()),
            (certificate.key_file(), made.signing_key.serialize_pem()),
        ];
        for (path, text) in files {
            let action = format!("write {}", path.display());
            std::fs::write(path, text).map_err(VcsimError::preparation(action))?;
        }
        Ok(certificate)
    }

    /// The file that holds the certificate.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// The file that holds its private key.
    pub(super) fn key_file(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }
}
