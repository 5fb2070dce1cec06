//! The same input gives the same bytes, in every form, whatever runs side by side.

use e2e::{Folder, Ringfence, binary};

const FORMS: [&str; 13] = [
    "text",
    "json",
    "jsonl",
    "sarif",
    "junit",
    "markdown",
    "html",
    "csv",
    "gitlab",
    "github",
    "ocsf",
    "policyreport",
    "openreports",
];

/// Those that order what they write, each in its way.
const ORDERED: [&str; 4] = ["text", "json", "sarif", "policyreport"];

fn shop(form: &str, threads: &str) -> Vec<u8> {
    let arguments = ["scan", "examples/shop", "--today", "2026-11-21", "--output", form];
    let ringfence = Ringfence::new(binary::root()).args(&arguments);
    ringfence.env("RAYON_NUM_THREADS", threads).run().exits(1).stdout()
}

#[test]
fn two_runs_give_the_same_bytes_on_one_core_and_on_two() {
    for form in FORMS {
        let once = shop(form, "2");
        assert!(once == shop(form, "2"), "{form}: two runs differ");
        assert!(once == shop(form, "1"), "{form}: one thread and two differ");
    }
}

#[test]
fn a_large_file_that_is_read_in_parts_gives_the_same_bytes_on_one_core_and_on_four() {
    let pods = |numbers: std::ops::Range<u32>| -> Vec<String> {
        let pod = |number| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}}}\nspec: {{hostPID: true, \
                 containers: [{{name: a, securityContext: {{privileged: true}}}}]}}\n"
            )
        };
        numbers.map(pod).collect()
    };
    let folder = Folder::with("a.yaml", pods(0..20_000).join("---\n"));
    let folder = folder.and("b/c.yaml", pods(10_000..30_000).join("---\n") + "---\n[\n");
    for form in ORDERED {
        let day = ["--today", "2026-11-21"];
        let scan = || folder.ringfence(&["scan", "--all", "--output", form, "."]).args(&day);
        let run = |threads| scan().env("RAYON_NUM_THREADS", threads).run().exits(3).stdout();
        assert!(run("1") == run("4"), "{form}: one thread and four differ");
    }
}

#[test]
fn the_order_of_the_paths_and_a_path_given_twice_change_nothing() {
    let paths = ["examples/shop/shop", "examples/shop/payments", "examples/shop/platform"];
    let scan = |paths: &[&str]| {
        let arguments = ["scan", "--today", "2026-11-21", "--output", "json"];
        Ringfence::new(binary::root()).args(&arguments).args(paths).run().exits(1).stdout()
    };
    let given = scan(&paths);
    assert!(given == scan(&[paths[2], paths[0], paths[1]]));
    assert!(given == scan(&[paths[0], paths[1], paths[2], paths[0]]));
}
