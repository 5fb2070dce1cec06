//! A signed policy and what is in it: any bytes are read or refused, and nothing that was not signed is read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::policy::key::{PrivateKey, private_pem};
use scan::policy::{Policy, bundle};

fuzz_target!(|text: &str| {
    let key = PrivateKey::from_pem(&private_pem(&[7; 32])).expect("a seed makes a key");
    assert!(bundle::open(text.as_bytes(), &key.public()).is_err());
    let signed = bundle::sign(text, &key);
    assert_eq!(bundle::open(signed.as_bytes(), &key.public()).ok().as_deref(), Some(text));
    if let Err(error) = Policy::read("policy.yaml", text) {
        assert!(error.to_string().starts_with("policy.yaml:"));
    }
});
