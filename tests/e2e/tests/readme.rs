//! What the README shows is what the program prints.
#![allow(clippy::disallowed_methods, reason = "a test reads the README")]

use std::path::Path;

use e2e::Ringfence;

#[test]
fn the_demo_is_the_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("there is a README");
    let (_, fence) = readme.split_once("```text\n").expect("it shows a demo");
    let (shown, _) = fence.split_once("…\n```").expect("the demo ends in an ellipsis");
    let arguments = ["scan", "examples/shop", "--today", "2026-11-21"];
    let run = Ringfence::new(&root).args(&arguments).run();
    let printed = run.text();
    assert!(shown.lines().count() > 20, "the demo shows something");
    assert!(printed.starts_with(shown), "the README shows\n{shown}\nprinted was\n{printed}");
}
