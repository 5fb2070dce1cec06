//! A policy with its signature: a DSSE envelope, as in-toto and Sigstore use it.
//!
//! What is signed are the very bytes of the policy and their type, so that nothing is left to agree on.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::key::{PrivateKey, PublicKey};

/// The type of what is signed.
pub const TYPE: &str = "application/vnd.ringfence.policy.v1+yaml";

/// A longer one is no policy.
const LONGEST: usize = 1 << 20;
/// More of them are no signatures.
const MOST_SIGNATURES: usize = 16;

/// Why a bundle is not to be trusted.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is too long.
    #[error("it is longer than {LONGEST} bytes")]
    Long,
    /// It is no envelope.
    #[error("it is no signed policy; `ringfence policy sign` writes one")]
    Shape(#[source] serde_json::Error),
    /// What it holds is something else.
    #[error("it holds {0:?}, expected {TYPE:?}")]
    Type(String),
    /// What it holds cannot be decoded.
    #[error("what it holds is no base64 of UTF-8")]
    Encoding,
    /// Nobody who is trusted signed it.
    #[error("no signature in it is of key {0}: it was changed, or somebody else signed it")]
    Signature(String),
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload_type: String,
    payload: String,
    signatures: Vec<Signature>,
}

#[derive(Deserialize, Serialize)]
struct Signature {
    #[serde(default)]
    keyid: String,
    sig: String,
}

/// Signs a policy.
pub fn sign(policy: &str, key: &PrivateKey) -> String {
    let signature = key.sign(&signed(TYPE, policy.as_bytes()));
    let signature = Signature { keyid: key.public().id(), sig: STANDARD.encode(signature) };
    let payload = STANDARD.encode(policy);
    let (payload_type, signatures) = (TYPE.to_owned(), vec![signature]);
    let envelope = Envelope { payload_type, payload, signatures };
    let text = serde_json::to_string_pretty(&envelope).expect("texts make JSON");
    format!("{text}\n")
}

/// Gives the policy that a bundle holds, if the owner of the key signed it.
///
/// # Errors
/// When it is no bundle, or nobody who is trusted signed it.
pub fn open(bundle: &[u8], key: &PublicKey) -> Result<String, Refused> {
    if bundle.len() > LONGEST {
        return Err(Refused::Long);
    }
    let envelope: Envelope = serde_json::from_slice(bundle).map_err(Refused::Shape)?;
    if envelope.payload_type != TYPE {
        return Err(Refused::Type(envelope.payload_type));
    }
    let payload = STANDARD.decode(&envelope.payload).map_err(|_| Refused::Encoding)?;
    let bytes = signed(TYPE, &payload);
    let signatures = envelope.signatures.iter().take(MOST_SIGNATURES);
    let mut signatures = signatures.filter_map(|it| STANDARD.decode(&it.sig).ok());
    if !signatures.any(|signature| key.verifies(&bytes, &signature)) {
        return Err(Refused::Signature(key.id()));
    }
    String::from_utf8(payload).map_err(|_| Refused::Encoding)
}

/// What is signed: the pre-authentication encoding of DSSE.
fn signed(kind: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::key::private_pem;

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::from_pem(&private_pem(&[seed; 32])).unwrap()
    }

    #[test]
    fn the_example_of_the_dsse_specification_is_encoded_so() {
        let encoded = signed("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn what_was_signed_is_opened_by_its_own_key_alone() {
        let bundle = sign("name: acme\n", &key(1));
        assert_eq!(open(bundle.as_bytes(), &key(1).public()).unwrap(), "name: acme\n");
        let other = open(bundle.as_bytes(), &key(2).public());
        assert!(matches!(other, Err(Refused::Signature(_))));
    }

    #[test]
    fn no_byte_of_the_policy_or_its_signature_can_be_changed() {
        let bundle = sign("name: acme\nserial: 7\n", &key(1));
        let public = key(1).public();
        for at in 0..bundle.len() {
            let mut changed = bundle.clone().into_bytes();
            changed[at] ^= 1;
            if let Ok(policy) = open(&changed, &public) {
                assert_eq!(policy, "name: acme\nserial: 7\n", "byte {at}");
            }
        }
        let same = |text: &str| bundle.replace(&STANDARD.encode("name: acme\nserial: 7\n"), text);
        let forged = same(&STANDARD.encode("name: acme\nserial: 8\n"));
        assert!(matches!(open(forged.as_bytes(), &public), Err(Refused::Signature(_))));
    }

    #[test]
    fn what_is_no_bundle_is_refused() {
        let public = key(1).public();
        assert!(matches!(open(b"name: acme", &public), Err(Refused::Shape(_))));
        assert!(matches!(open(&vec![b' '; LONGEST + 1], &public), Err(Refused::Long)));
        let other = sign("a", &key(1)).replace("policy.v1", "policy.v2");
        assert!(matches!(open(other.as_bytes(), &public), Err(Refused::Type(_))));
    }
}
