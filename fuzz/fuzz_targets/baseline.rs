//! An earlier report: any bytes give fingerprints or a reason.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = report::json::fingerprints(bytes) {
        assert!(!error.to_string().is_empty());
    }
});
