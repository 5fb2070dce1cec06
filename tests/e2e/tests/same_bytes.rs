//! The same input gives the same bytes, and for the shop they are written down.
#![allow(clippy::disallowed_methods, reason = "a test reads and blesses the golden file")]

use std::path::{Path, PathBuf};

use e2e::Ringfence;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shop(form: &str, threads: &str) -> Vec<u8> {
    let arguments = ["scan", "examples/shop", "--today", "2026-11-21", "--output", form];
    let run = Ringfence::new(&root()).args(&arguments).env("RAYON_NUM_THREADS", threads).run();
    run.exits(1).stdout()
}

#[test]
fn two_runs_give_the_same_bytes_on_one_core_and_on_two() {
    for form in ["text", "json", "sarif"] {
        let once = shop(form, "2");
        assert!(once == shop(form, "2"), "{form}: two runs differ");
        assert!(once == shop(form, "1"), "{form}: one thread and two differ");
    }
}

/// Written anew by `RINGFENCE_BLESS=1 cargo test -p e2e --test same_bytes`.
#[test]
fn the_page_of_the_shop_is_the_one_written_down() {
    let golden = root().join("tests/e2e/golden/shop.txt");
    let printed = String::from_utf8(shop("text", "2")).expect("the page is UTF-8");
    if std::env::var_os("RINGFENCE_BLESS").is_some() {
        std::fs::write(&golden, &printed).expect("the golden file can be written");
    }
    let written = std::fs::read_to_string(&golden).expect("there is a golden file");
    assert_eq!(printed, written);
}
