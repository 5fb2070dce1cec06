//! Dumps from anywhere: the bytes themselves, and the lines that they would inflate to. Whatever they
//! are, nothing panics, memory stays bounded, and what is not whole is said to be so. What was read is
//! written and read again as the same.

#![no_main]

use collect::{Reading, dump};
use libfuzzer_sys::fuzz_target;
use model::Object;
use ringfence_fuzz::judge;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use scan::{Config, Redaction};

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    read(&compress_to_vec(bytes, CompressionLevel::Fastest));
});

fn read(bytes: &[u8]) {
    let reading = dump::read("fuzz", bytes, &|_| true);
    let is_whole = reading.inputs.unreadable.is_empty();
    assert!(!is_whole || reading.inputs.clusters.len() == 1, "a dump is of one cluster");
    assert!(reading.inputs.objects >= reading.objects.len());
    let written = write(&reading);
    let again = dump::read("fuzz", &written, &|_| true);
    assert_eq!(again.objects.len(), reading.objects.len(), "{:?}", again.inputs.unreadable);
    assert!(again.inputs.unreadable.is_empty());
    for (before, after) in reading.objects.iter().zip(&again.objects) {
        assert_eq!(before.id(), after.id());
        let uid = |it: &Object| it.origin().live().map(|live| live.uid.clone());
        assert_eq!(uid(before), uid(after));
        assert_eq!(before.copies(), after.copies());
    }
    judge(reading);
}

fn write(reading: &Reading) -> Vec<u8> {
    let mut written = Vec::new();
    let mut redaction = Redaction::new(&Config::default());
    dump::write(reading, "2026-01-01T00:00:00Z", &mut redaction, &mut written)
        .expect("memory takes all");
    written
}
