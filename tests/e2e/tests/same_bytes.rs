//! The same input gives the same bytes, and for the shop they are written down.
#![allow(clippy::disallowed_methods, reason = "a test reads and blesses the golden file")]

use std::path::{Path, PathBuf};

use e2e::{Folder, Ringfence};

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

#[test]
fn a_large_file_that_is_read_in_parts_gives_the_same_bytes() {
    let pod = |number: u32| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}}}\nspec: {{hostPID: true, \
             containers: [{{name: a, securityContext: {{privileged: true}}}}]}}\n"
        )
    };
    let pods = |numbers: std::ops::Range<u32>| numbers.map(pod).collect::<Vec<_>>().join("---\n");
    let folder = Folder::with("a.yaml", pods(0..20_000));
    let folder = folder.and("b/c.yaml", pods(10_000..30_000) + "---\n[\n");
    for form in ["text", "json", "sarif"] {
        let run = |threads| {
            let scan = folder.ringfence(&["scan", "--all", "--output", form, "."]);
            scan.env("RAYON_NUM_THREADS", threads).run().exits(3).stdout()
        };
        assert!(run("1") == run("4"), "{form} differs");
    }
}

#[test]
fn the_order_of_the_paths_and_a_path_given_twice_change_nothing() {
    let paths = ["examples/shop/shop", "examples/shop/payments", "examples/shop/platform"];
    let run = |paths: &[&str]| {
        let scan = Ringfence::new(&root()).args(&["scan", "--today", "2026-11-21"]);
        scan.args(&["--output", "json"]).args(paths).run().stdout()
    };
    let given = run(&paths);
    assert!(given == run(&[paths[2], paths[0], paths[1]]));
    assert!(given == run(&[paths[0], paths[1], paths[2], paths[0]]));
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
