//! Manifests from anywhere: whatever the bytes, reading them ends, without a panic and within its limits.

#![no_main]

use collect::manifests::read_text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read_text("fuzz.yaml", bytes.to_vec(), &|_| true);
});
