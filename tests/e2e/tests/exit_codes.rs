//! Every documented exit code, and that the gravest wins.
#![allow(clippy::disallowed_methods, reason = "a test starts the program itself")]

use std::process::{Command, Stdio};

use e2e::{Folder, PRIVILEGED_POD, binary};

/// Nothing wrong with it that would fail a run.
const QUIET_POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: quiet}
spec: {containers: [{name: main, securityContext: {runAsUser: 1000}}]}
";

const BROKEN: &str = "kind: [Pod\n";

fn scan(folder: &Folder, arguments: &[&str]) -> e2e::Run {
    folder.ringfence(&["scan", "--output", "json"]).args(arguments).run()
}

#[test]
fn nothing_at_or_above_the_threshold_is_0() {
    let folder = Folder::with("pod.yaml", QUIET_POD);
    assert_eq!(scan(&folder, &["."]).code(), Some(0));
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    assert_eq!(scan(&folder, &[".", "--fail-on", "never"]).code(), Some(0));
}

#[test]
fn findings_at_or_above_the_threshold_are_1() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    assert_eq!(scan(&folder, &["."]).code(), Some(1));
    assert_eq!(scan(&folder, &[".", "--fail-on", "critical"]).code(), Some(1));
    let folder = Folder::with("pod.yaml", QUIET_POD);
    assert_eq!(scan(&folder, &[".", "--fail-on", "low"]).code(), Some(1));
}

#[test]
fn the_threshold_of_the_settings_holds_unless_the_command_line_says_another() {
    let folder = Folder::with("pod.yaml", QUIET_POD).and("ringfence.yaml", "failOn: low\n");
    assert_eq!(scan(&folder, &["pod.yaml"]).code(), Some(1));
    assert_eq!(scan(&folder, &["pod.yaml", "--fail-on", "high"]).code(), Some(0));
}

#[test]
fn wrong_usage_or_settings_are_2() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD)
        .and("bad.yaml", "failon: high\n")
        .and("list.json", "[]");
    for wrong in [
        &[][..],
        &[".", "--no-such-option"],
        &[".", "--check", "privileged-containers"],
        &[".", "--config", "bad.yaml"],
        &[".", "--config", "absent.yaml"],
        &[".", "--baseline", "list.json"],
        &[".", "--exclude", "a[b"],
        &[".", "--kubernetes-version", "two"],
    ] {
        let run = scan(&folder, wrong);
        assert_eq!(run.code(), Some(2), "{wrong:?}: {}", run.stderr());
        assert!(!run.stderr().is_empty() && run.stdout().is_empty(), "{wrong:?}");
    }
    let run = folder.ringfence(&["explain", "privileged-containers"]).run();
    assert!(run.stderr().contains("did you mean privileged-container?"), "{}", run.stderr());
}

#[test]
fn something_that_could_not_be_read_is_3_and_outweighs_findings() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("broken.yaml", BROKEN);
    assert_eq!(scan(&folder, &["."]).code(), Some(3));
    assert_eq!(scan(&folder, &["pod.yaml", "absent.yaml"]).code(), Some(3));
}

#[test]
fn a_gap_is_3_only_where_coverage_is_required() {
    let folder = Folder::with("pod.yaml", QUIET_POD).and("t.yaml", "a: {{ .Values.a }}\n");
    assert_eq!(scan(&folder, &["."]).code(), Some(0));
    assert_eq!(scan(&folder, &[".", "--require-coverage"]).code(), Some(3));
}

#[test]
fn nothing_that_could_be_reached_is_4_and_outweighs_what_was_not_read() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let report = scan(&folder, &["absent", "gone.yaml"]).exits(4).report();
    assert_eq!(report.unreadable(), [("absent", None), ("gone.yaml", None)]);
}

#[test]
fn what_a_baseline_knew_does_not_fail_again_and_what_is_new_does() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let before = scan(&folder, &["pod.yaml"]).exits(1).stdout();
    let folder = folder.and("before.json", before);
    let moved = format!("# a line that moves all others\n{PRIVILEGED_POD}");
    let folder = folder.and("pod.yaml", moved);
    let known = ["pod.yaml", "--baseline", "before.json"];
    assert_eq!(scan(&folder, &known).code(), Some(0));
    let another = PRIVILEGED_POD.replace("name: watched", "name: another");
    let folder = folder.and("pod.yaml", format!("{PRIVILEGED_POD}---\n{another}"));
    assert_eq!(scan(&folder, &known).code(), Some(1));
}

#[test]
fn an_accepted_risk_does_not_fail_until_its_last_day_is_over() {
    let accept = "  name: watched\n  annotations: {ringfence.dev/accept: privileged-container \
                  owner=me expires=2026-06-30 reason=to see it}\n";
    let text =
        PRIVILEGED_POD.replace("metadata: {name: watched}\n", &format!("metadata:\n{accept}"));
    let folder = Folder::with("pod.yaml", text);
    assert_eq!(scan(&folder, &[".", "--today", "2026-06-30"]).code(), Some(0));
    assert_eq!(scan(&folder, &[".", "--today", "2026-07-01"]).code(), Some(1));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let mut ringfence = Command::new(binary::path())
        .args(["explain", "privileged-container"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(ringfence.stdout.take());
    let output = ringfence.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"");
}
