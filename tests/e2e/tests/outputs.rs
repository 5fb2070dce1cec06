//! Several forms of one scan, each to its place; colour and width follow where they go.
#![allow(clippy::disallowed_methods, reason = "a test reads what the program wrote")]

use std::fs;

use e2e::{Folder, PRIVILEGED_POD, Run};

fn scan(folder: &Folder, arguments: &[&str]) -> Run {
    let scan = ["scan", "pod.yaml", "--today", "2026-06-01"];
    folder.ringfence(&scan).args(arguments).run()
}

fn printed(folder: &Folder, form: &str) -> String {
    scan(folder, &["--output", form]).exits(1).text()
}

fn file(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).expect("the program wrote it")
}

#[test]
fn one_scan_writes_each_form_to_its_place() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let both = ["-o", "text,json=a.json", "--output", "sarif=b.sarif"];
    let run = scan(&folder, &both).exits(1);
    assert_eq!(run.text(), printed(&folder, "text"));
    assert_eq!(file(&folder, "a.json"), printed(&folder, "json"));
    assert_eq!(file(&folder, "b.sarif"), printed(&folder, "sarif"));
}

#[test]
fn where_all_forms_have_files_nothing_is_printed() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let run = scan(&folder, &["-o", "junit=a.xml,csv=a.csv"]).exits(1);
    assert_eq!((run.text(), run.stderr()), (String::new(), ""));
    assert!(
        file(&folder, "a.xml").starts_with("<?xml") && file(&folder, "a.csv").starts_with("state,")
    );
    let run = scan(&folder, &["-o", "json=-"]).exits(1);
    assert_eq!(run.text(), printed(&folder, "json"), "a dash is standard output");
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_read() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("old.json", "old");
    folder.make_folder("folder");
    for (outputs, hint) in [
        ("text,json", "name a file for one, as in json=FILE"),
        ("jnit=a.xml", "did you mean junit?"),
        ("nonsense", "there are text, json"),
        ("json=", "as in json=result"),
        ("json=old.json,csv=old.json", "name a file for each"),
        ("json=absent/a.json", "writing the result absent/a.json"),
        ("json=folder", "no regular file"),
    ] {
        let run = scan(&folder, &["-o", outputs]).exits(2);
        assert!(
            run.stderr().contains(hint) && run.text().is_empty(),
            "{outputs}: {}",
            run.stderr()
        );
    }
    assert_eq!(file(&folder, "old.json"), "old");
}

#[test]
fn a_run_that_ends_early_leaves_an_earlier_result_as_it_was() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("a.json", "old");
    drop(scan(&folder, &["-o", "json=a.json", "--baseline", "absent.json"]).exits(2));
    assert_eq!(file(&folder, "a.json"), "old");
    let left = fs::read_dir(folder.path("")).expect("a folder").count();
    assert_eq!(left, 2, "no temporary file stays");
}

#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_written() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("real.json", "old");
    folder.link("real.json", "link.json");
    drop(scan(&folder, &["-o", "json=link.json"]).exits(1));
    assert!(folder.path("link.json").is_symlink());
    assert_eq!(file(&folder, "real.json"), printed(&folder, "json"));
}

#[test]
fn colour_is_for_terminals_unless_somebody_asks_for_it() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut run = folder.ringfence(&["scan", "pod.yaml", "-o", "text,text=a.txt"]);
        run = run.args(arguments);
        for (name, value) in environment {
            run = run.env(name, value);
        }
        let printed = run.run().exits(1).text();
        [printed, file(&folder, "a.txt")].map(|it| it.contains('\u{1b}'))
    };
    assert_eq!(coloured(&[], &[]), [false, false]);
    assert_eq!(coloured(&["--color", "always"], &[]), [true, true]);
    assert_eq!(coloured(&[], &[("CLICOLOR_FORCE", "1")]), [true, false]);
    assert_eq!(coloured(&[], &[("CLICOLOR_FORCE", "0")]), [false, false]);
    assert_eq!(coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "0")]), [false, false]);
    assert_eq!(coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]), [false, false]);
}

#[test]
fn without_a_terminal_a_line_is_a_hundred_columns_wide_and_no_path_is_broken() {
    let name = "n".repeat(120);
    let folder =
        Folder::with("pod.yaml", PRIVILEGED_POD.replace("name: watched", &format!("name: {name}")));
    let page = scan(&folder, &["--all"]).exits(1).text();
    assert!(page.contains(&name), "a name is never broken");
    for line in page.lines().filter(|it| it.chars().count() > 100) {
        assert!(!line.trim().contains(' '), "{line:?}");
    }
}
