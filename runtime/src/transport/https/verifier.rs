//! The check of a server's certificate.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, OtherError, SignatureScheme};

use super::super::fingerprint::Fingerprint;
use super::super::redacted::shown_host;
use super::super::tls_failure::TlsFailure;

/// Checks a server's certificate as [`Trust`](super::Trust) says, and refuses it with a
/// [`RejectedCertificate`].
#[derive(Debug)]
pub(super) struct ServerVerifier {
    policy: Policy,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Policy {
    Chain {
        verifier: Arc<WebPkiServerVerifier>,
        /// Certificates that may be a server's own.
        exact: Vec<CertificateDer<'static>>,
    },
    Pinned(Fingerprint),
    Insecure,
}

impl ServerVerifier {
    /// Trusts what `verifier` trusts, and any certificate in `exact` that fits the host's name.
    pub(super) fn chain(
        verifier: Arc<WebPkiServerVerifier>,
        exact: Vec<CertificateDer<'static>>,
        algorithms: WebPkiSupportedAlgorithms,
    ) -> Self {
        let policy = Policy::Chain { verifier, exact };
        Self { policy, algorithms }
    }

    /// Trusts one certificate.
    pub(super) fn pinned(fingerprint: Fingerprint, algorithms: WebPkiSupportedAlgorithms) -> Self {
        let policy = Policy::Pinned(fingerprint);
        Self { policy, algorithms }
    }

    /// Trusts anyone.
    pub(super) fn insecure(algorithms: WebPkiSupportedAlgorithms) -> Self {
        let policy = Policy::Insecure;
        Self { policy, algorithms }
    }
}

/// A server's certificate that was refused. It travels through rustls and tokio inside their
/// errors and is found there again by its type.
#[derive(Debug)]
pub(super) struct RejectedCertificate(pub(super) TlsFailure);

impl fmt::Display for RejectedCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for RejectedCertificate {}

impl ServerCertVerifier for ServerVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let checked = match &self.policy {
            Policy::Insecure => Ok(()),
            Policy::Pinned(expected) => check_pin(*expected, end_entity),
            Policy::Chain { verifier, exact } => verifier
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map(drop)
                .or_else(|error| {
                    if !is_about_the_issuer(&error) || !exact.contains(end_entity) {
                        return Err(error);
                    }
                    verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)
                })
                .map_err(|error| reason(&error, end_entity)),
        };
        match checked {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(failure) => {
                let rejected = OtherError(Arc::new(RejectedCertificate(failure)));
                Err(CertificateError::Other(rejected).into())
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match self.policy {
            Policy::Insecure => Ok(HandshakeSignatureValid::assertion()),
            // A pinned certificate alone proves nothing: anyone can show it. The signature proves
            // that the server has its key.
            _ => verify_tls12_signature(message, certificate, signed, &self.algorithms),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match self.policy {
            Policy::Insecure => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls13_signature(message, certificate, signed, &self.algorithms),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

fn check_pin(expected: Fingerprint, certificate: &CertificateDer<'_>) -> Result<(), TlsFailure> {
    let found = match expected {
        Fingerprint::Sha1(_) => sha1(certificate),
        Fingerprint::Sha256(_) => sha256(certificate),
    };
    if found == expected {
        Ok(())
    } else {
        Err(TlsFailure::FingerprintMismatch { expected, found })
    }
}

/// Whether a chain was refused for who issued it, and not for its dates or its name.
///
/// webpki has three ways of saying so: nobody trusted has the issuer's name; somebody has, but did
/// not sign this (all vCenters' own authorities are named alike); or the certificate is marked as
/// an authority, which one that issued itself often is. It has checked the dates before each.
fn is_about_the_issuer(error: &rustls::Error) -> bool {
    let rustls::Error::InvalidCertificate(error) = error else {
        return false;
    };
    match error {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => true,
        CertificateError::Other(OtherError(cause)) => {
            matches!(cause.downcast_ref(), Some(webpki::Error::CaUsedAsEndEntity))
        }
        _ => false,
    }
}

fn reason(error: &rustls::Error, certificate: &CertificateDer<'_>) -> TlsFailure {
    let found = sha256(certificate);
    if is_about_the_issuer(error) {
        return TlsFailure::UnknownIssuer { found };
    }
    let rustls::Error::InvalidCertificate(error) = error else {
        let reason = error.to_string();
        return TlsFailure::BadCertificate { reason, found };
    };
    match error {
        CertificateError::Expired => TlsFailure::Expired { not_after: None },
        CertificateError::ExpiredContext { not_after, .. } => TlsFailure::Expired {
            not_after: Some(not_after.as_secs()),
        },
        CertificateError::NotValidYet => TlsFailure::NotYetValid { not_before: None },
        CertificateError::NotValidYetContext { not_before, .. } => TlsFailure::NotYetValid {
            not_before: Some(not_before.as_secs()),
        },
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => TlsFailure::NameMismatch {
            expected: expected.to_str().into_owned(),
            presented: presented.iter().map(|name| presented_name(name)).collect(),
        },
        other => TlsFailure::BadCertificate {
            reason: other.to_string(),
            found,
        },
    }
}

/// The name in what rustls shows of one: `DnsName("vc.example")`.
fn presented_name(shown: &str) -> String {
    let name = shown.split('"').nth(1).unwrap_or(shown);
    shown_host(name)
}

fn sha1(certificate: &CertificateDer<'_>) -> Fingerprint {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate).as_ref());
    Fingerprint::Sha1(bytes)
}

fn sha256(certificate: &CertificateDer<'_>) -> Fingerprint {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, certificate).as_ref());
    Fingerprint::Sha256(bytes)
}
