//! The page of the example, as a person sees it.
//!
//! Where it changes on purpose, `RINGFENCE_BLESS=1 cargo test --package e2e --test golden` writes it
//! anew.
#![allow(clippy::disallowed_methods, reason = "a test reads and blesses the golden file")]

use e2e::{Ringfence, binary};

#[test]
fn the_page_of_the_shop_is_the_one_written_down() {
    let arguments = ["scan", "examples/shop", "--today", "2026-11-21"];
    let printed = Ringfence::new(binary::root()).args(&arguments).run().exits(1).text();
    let golden = binary::root().join("tests/e2e/golden/shop.txt");
    if std::env::var_os("RINGFENCE_BLESS").is_some() {
        std::fs::write(&golden, &printed).expect("the golden file can be written");
    }
    let written = std::fs::read_to_string(&golden).expect("there is a golden file");
    assert_eq!(printed, written, "if this is meant: RINGFENCE_BLESS=1");
}
