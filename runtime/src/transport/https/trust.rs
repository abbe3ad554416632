//! Which server is trusted, and how that becomes a TLS configuration.

use std::fmt;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::super::error::{TransportError, TransportErrorKind};
use super::super::fingerprint::Fingerprint;
use super::verifier::ServerVerifier;

/// Which certificate a server may have.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Trust {
    /// One issued by an authority that the operating system trusts. That is the system's own
    /// store and not a list built into the program, because a vCenter's authority is private and
    /// is installed there by administrators. `SSL_CERT_FILE` and `SSL_CERT_DIR` name another one.
    #[default]
    SystemRoots,
    /// One issued by an authority in this PEM text, or a certificate in it itself; no other is
    /// trusted. The name of the host has to match in either case.
    Pem(Vec<u8>),
    /// The one with this fingerprint, whoever issued it, whatever its name and dates. It is
    /// checked in the handshake, so it holds through a proxy as well.
    Fingerprint(Fingerprint),
    /// Any. Whoever is on the way to the server can read and change everything, the password
    /// included.
    Insecure,
}

impl fmt::Debug for Trust {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SystemRoots => formatter.write_str("SystemRoots"),
            Self::Pem(pem) => write!(formatter, "Pem({} bytes)", pem.len()),
            Self::Fingerprint(fingerprint) => write!(formatter, "Fingerprint({fingerprint:?})"),
            Self::Insecure => formatter.write_str("Insecure"),
        }
    }
}

/// A certificate and its private key, to be shown to a server that asks for one.
pub struct ClientCertificate {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl ClientCertificate {
    /// Reads a certificate, those of its issuers after it where the server needs them, and an
    /// unencrypted private key (PKCS #8, PKCS #1 or SEC 1) from PEM text in any order.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::InvalidConfiguration`] when either is missing or cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, TransportError> {
        let chain = certificates(pem)?;
        if chain.is_empty() {
            return Err(invalid("the client certificate's PEM has no certificate"));
        }
        let key = PrivateKeyDer::from_pem_slice(pem)
            .map_err(|_| invalid("the client certificate's PEM has no unencrypted private key"))?;
        Ok(Self { chain, key })
    }
}

impl Clone for ClientCertificate {
    fn clone(&self) -> Self {
        Self {
            chain: self.chain.clone(),
            key: self.key.clone_key(),
        }
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientCertificate")
            .field("certificates", &self.chain.len())
            .finish_non_exhaustive()
    }
}

/// The TLS configuration for what is trusted: TLS 1.2 and 1.3, with ring's cryptography whatever
/// provider the rest of the program has installed.
pub(super) fn client_config(
    trust: &Trust,
    client_certificate: Option<&ClientCertificate>,
) -> Result<ClientConfig, TransportError> {
    let provider = Arc::new(ring::default_provider());
    let algorithms = provider.signature_verification_algorithms;
    let verifier = match trust {
        Trust::SystemRoots => {
            let chain = chain_verifier(system_roots()?, &provider)?;
            ServerVerifier::chain(chain, Vec::new(), algorithms)
        }
        Trust::Pem(pem) => {
            let given = certificates(pem)?;
            let mut roots = RootCertStore::empty();
            for certificate in &given {
                roots.add(certificate.clone()).map_err(|error| {
                    invalid("a trusted certificate cannot be read").with_source(error)
                })?;
            }
            if roots.is_empty() {
                return Err(invalid("the trusted PEM has no certificate"));
            }
            ServerVerifier::chain(chain_verifier(roots, &provider)?, given, algorithms)
        }
        Trust::Fingerprint(fingerprint) => ServerVerifier::pinned(*fingerprint, algorithms),
        Trust::Insecure => ServerVerifier::insecure(algorithms),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| invalid("TLS 1.2 and 1.3 are not available").with_source(error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    match client_certificate.cloned() {
        None => Ok(config.with_no_client_auth()),
        Some(ClientCertificate { chain, key }) => config
            .with_client_auth_cert(chain, key)
            .map_err(|error| invalid("the client certificate cannot be used").with_source(error)),
    }
}

fn chain_verifier(
    roots: RootCertStore,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, TransportError> {
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map_err(|error| invalid("the trusted certificates cannot be used").with_source(error))
}

fn system_roots() -> Result<RootCertStore, TransportError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    // Stores hold certificates that nothing can read any more; those are passed over.
    roots.add_parsable_certificates(found.certs);
    if !roots.is_empty() {
        return Ok(roots);
    }
    let error = invalid(
        "the system has no trusted certificates (install its CA certificates, point SSL_CERT_FILE \
         at some, or trust a PEM bundle or a fingerprint)",
    );
    Err(match found.errors.into_iter().next() {
        Some(cause) => error.with_source(cause),
        None => error,
    })
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| invalid("PEM text with certificates cannot be read").with_source(error))
}

fn invalid(reason: &str) -> TransportError {
    TransportError::new(TransportErrorKind::InvalidConfiguration {
        reason: reason.to_owned(),
    })
}
