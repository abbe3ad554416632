//! Certificates made for a test, and server configurations with them.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair,
    date_time_ymd,
};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::WebPkiClientVerifier;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{RootCertStore, ServerConfig};
use vmomi_runtime::transport::Fingerprint;

/// A certificate with its key.
pub struct Identity {
    certificate: Certificate,
    key: KeyPair,
}

impl Identity {
    /// One that signs itself; with `authority`, marked as an authority, as Go's test servers and
    /// many appliances do it.
    pub fn self_signed(name: &str, authority: bool) -> Self {
        Self::sign_itself(params(name), authority)
    }

    /// The same, valid in one year alone.
    pub fn self_signed_in(name: &str, authority: bool, year: i32) -> Self {
        let mut params = params(name);
        params.not_before = date_time_ymd(year, 1, 1);
        params.not_after = date_time_ymd(year + 1, 1, 1);
        Self::sign_itself(params, authority)
    }

    fn sign_itself(mut params: CertificateParams, authority: bool) -> Self {
        let key = KeyPair::generate().expect("a key");
        if authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { certificate, key }
    }

    /// The certificate as PEM.
    pub fn pem(&self) -> Vec<u8> {
        self.certificate.pem().into_bytes()
    }

    /// Certificate and key as PEM.
    pub fn pem_with_key(&self) -> String {
        self.certificate.pem() + &self.key.serialize_pem()
    }

    pub fn sha256(&self) -> Fingerprint {
        let digest = ::ring::digest::digest(&::ring::digest::SHA256, self.certificate.der());
        Fingerprint::Sha256(digest.as_ref().try_into().expect("32 bytes"))
    }

    pub fn sha1(&self) -> Fingerprint {
        let algorithm = &::ring::digest::SHA1_FOR_LEGACY_USE_ONLY;
        let digest = ::ring::digest::digest(algorithm, self.certificate.der());
        Fingerprint::Sha1(digest.as_ref().try_into().expect("20 bytes"))
    }

    /// A server that shows this certificate.
    pub fn server(&self) -> ServerConfig {
        self.server_with_versions(rustls::ALL_VERSIONS)
    }

    /// A server that shows this certificate and speaks certain versions of TLS.
    pub fn server_with_versions(
        &self,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> ServerConfig {
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone()], self.private_key())
            .expect("a server")
    }

    /// A server that shows this certificate and asks for one issued by `authority`.
    pub fn server_for_clients_of(&self, authority: &Authority) -> ServerConfig {
        let provider = Arc::new(ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(authority.0.der().clone()).expect("an authority");
        let clients =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
                .build()
                .expect("a verifier");
        ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_client_cert_verifier(clients)
            .with_single_cert(vec![self.certificate.der().clone()], self.private_key())
            .expect("a server")
    }

    /// A server that shows this certificate but signs with another key.
    pub fn stolen_by_server(
        &self,
        version: &'static rustls::SupportedProtocolVersion,
    ) -> ServerConfig {
        let thief = Self::self_signed("thief.example", false);
        let provider = ring::default_provider();
        let key = provider.key_provider.load_private_key(thief.private_key());
        let key = CertifiedKey::new(vec![self.certificate.der().clone()], key.expect("a key"));
        ServerConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(&[version])
            .expect("a version")
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(key)))
    }

    fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::from_pem_slice(self.key.serialize_pem().as_bytes()).expect("a key")
    }
}

/// Issues certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "Test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    pub fn pem(&self) -> Vec<u8> {
        self.0.pem().into_bytes()
    }

    /// A certificate for `name`, valid now.
    pub fn issue(&self, name: &str) -> Identity {
        self.sign(params(name))
    }

    /// A certificate for `name`, valid in the years from one to before the other.
    pub fn issue_for_years(&self, name: &str, first: i32, end: i32) -> Identity {
        let mut params = params(name);
        params.not_before = date_time_ymd(first, 1, 1);
        params.not_after = date_time_ymd(end, 1, 1);
        self.sign(params)
    }

    fn sign(&self, params: CertificateParams) -> Identity {
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        Identity { certificate, key }
    }
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}
