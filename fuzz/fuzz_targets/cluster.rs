//! Answers of an API server that may be anything: pages, discovery, schemas. Whatever they are,
//! nothing panics or hangs, and what a page holds is counted.

#![no_main]

use collect::cluster::answers::{kinds_with_pods, pods, resources};
use libfuzzer_sys::fuzz_target;
use model::Inventory;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((objects, copies)) = pods(bytes) {
        assert!(objects.iter().all(|object| !object.name().is_empty()));
        assert!(copies == 0 || !objects.is_empty(), "a copy is like an object before it");
        assert!(Inventory::new(objects).len() <= bytes.len());
    }
    drop(resources(bytes));
    drop(kinds_with_pods(bytes));
});
