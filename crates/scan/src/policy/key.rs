//! Keys of Ed25519, in the PEM forms of RFC 8410, as OpenSSL writes and reads them.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

/// PKCS #8 of an Ed25519 key, up to its seed.
const PRIVATE: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
/// `SubjectPublicKeyInfo` of an Ed25519 key, up to its point.
const PUBLIC: [u8; 12] = *b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// What signs policies.
#[derive(Debug)]
pub struct PrivateKey(Ed25519KeyPair);

/// What tells whether a policy was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// Text that is no such key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no {0} key of Ed25519 in PEM; `ringfence policy keygen` writes one")]
pub struct InvalidKey(&'static str);

impl PrivateKey {
    /// Reads the PEM form.
    ///
    /// # Errors
    /// When it is no private key of Ed25519.
    pub fn from_pem(text: &str) -> Result<Self, InvalidKey> {
        let invalid = || InvalidKey("private");
        let der = unwrap(text, "PRIVATE KEY").ok_or_else(invalid)?;
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).map(Self).map_err(|_| invalid())
    }

    /// The signature of some bytes.
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.0.sign(bytes).as_ref().to_vec()
    }

    /// The key that tells its signatures.
    pub fn public(&self) -> PublicKey {
        let point = self.0.public_key().as_ref();
        PublicKey(point.try_into().expect("a point of Ed25519 has 32 bytes"))
    }
}

/// The PEM form of the private key that a seed makes.
pub fn private_pem(seed: &[u8; 32]) -> String {
    wrap(&[&PRIVATE[..], seed].concat(), "PRIVATE KEY")
}

impl PublicKey {
    /// Reads the PEM form.
    ///
    /// # Errors
    /// When it is no public key of Ed25519.
    pub fn from_pem(text: &str) -> Result<Self, InvalidKey> {
        let der = unwrap(text, "PUBLIC KEY");
        let point = der.as_deref().and_then(|der| der.strip_prefix(&PUBLIC));
        let key = point.and_then(|point| point.try_into().ok()).map(Self);
        key.ok_or(InvalidKey("public"))
    }

    /// Its PEM form.
    pub fn to_pem(&self) -> String {
        wrap(&self.der(), "PUBLIC KEY")
    }

    /// The first half of the SHA-256 of its DER form, in hexadecimal digits.
    pub fn id(&self) -> String {
        Sha256::digest(self.der()).iter().take(16).fold(String::new(), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        })
    }

    /// Whether it tells a signature of some bytes.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(bytes, signature).is_ok()
    }

    fn der(&self) -> Vec<u8> {
        [&PUBLIC[..], &self.0].concat()
    }
}

fn wrap(der: &[u8], label: &str) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}

fn unwrap(text: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (inner, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let inner: String = inner.split_whitespace().collect();
    STANDARD.decode(inner).ok()
}
