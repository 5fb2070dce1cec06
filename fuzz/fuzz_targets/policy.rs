//! A signed policy, what is in it, and the key that tells: any bytes are read or refused, and nothing that was
//! not signed is read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::policy::key::{PrivateKey, PublicKey, private_pem};
use scan::policy::{Policy, bundle};

fuzz_target!(|text: &str| {
    let key = PrivateKey::from_pem(&private_pem(&[7; 32])).expect("a seed makes a key");
    assert!(bundle::open(text.as_bytes(), &key.public()).is_err());
    let signed = bundle::sign(text, &key);
    assert_eq!(bundle::open(signed.as_bytes(), &key.public()).ok().as_deref(), Some(text));
    if let Err(error) = Policy::read("policy.yaml", text) {
        assert!(error.to_string().starts_with("policy.yaml:"));
    }
    if let Ok(key) = PublicKey::from_pem(text) {
        let again = PublicKey::from_pem(&key.to_pem()).expect("what is written can be read");
        assert_eq!(again.id(), key.id());
    }
});
