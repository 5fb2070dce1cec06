//! The settings: any text is read or refused with a line.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::Config;

fuzz_target!(|text: &str| {
    if let Err(error) = Config::read("ringfence.yaml", text) {
        assert!(error.to_string().starts_with("ringfence.yaml:"));
    }
});
