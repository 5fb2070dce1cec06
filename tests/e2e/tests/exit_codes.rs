//! Every documented exit code, and that the gravest wins.
#![allow(clippy::disallowed_methods, reason = "a test starts the program itself")]

use std::fs::File;
use std::io::Read;
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

#[test]
fn wrong_usage_is_told_with_what_is_right() {
    let folder = Folder::with("a.yaml", PRIVILEGED_POD)
        .and("unknown.yaml", "failOnn: high\n")
        .and("broken.yaml", "failOn: [\n")
        .and("two.yaml", "failOn: high\n---\nfailOn: low\n")
        .and("binary.yaml", [0xFF, 0x00, 0xFE]);
    for (arguments, hint) in [
        (&["scan"][..], "ringfence scan deploy/"),
        (&["scan", ".", "--check", "privileged-contaner"], "did you mean privileged-container?"),
        (&["explain", "nonsense"], "lists all"),
        (&["scan", ".", "--config", "unknown.yaml"], "did you mean \"failOn\"?"),
        (&["scan", ".", "--config", "broken.yaml"], "broken.yaml:1"),
        (&["scan", ".", "--config", "two.yaml"], "more than one document"),
        (&["scan", ".", "--config", "binary.yaml"], "reading the settings"),
        (&["scan", ".", "--baseline", "a.yaml"], "no report"),
        (&["scan", ".", "--exclude", "{"], "--exclude"),
        (&["scan", ".", "--output", "jnit"], "did you mean junit?"),
        (&["scan", ".", "--kubernetes-version", "2"], "1.34"),
        (&["scam"], "scan"),
    ] {
        let run = folder.ringfence(arguments).run().exits(2);
        assert!(run.stderr().contains(hint), "{arguments:?}: {}", run.stderr());
    }
}

#[test]
fn a_reader_that_has_seen_the_start_of_a_long_result_is_no_fault() {
    let pod = |number| PRIVILEGED_POD.replace("watched", &format!("p{number}"));
    let pods: Vec<String> = (0..5_000).map(pod).collect();
    let folder = Folder::with("a.yaml", pods.join("---\n"));
    for form in ["text", "json", "sarif", "junit", "csv", "html", "ocsf"] {
        let mut ringfence = Command::new(binary::path())
            .current_dir(folder.path(""))
            .args(["scan", "--all", "--output", form, "."])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdout = ringfence.stdout.take().expect("it is a pipe");
        stdout.read_exact(&mut [0; 100]).expect("it prints");
        drop(stdout);
        let output = ringfence.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), &*output.stderr), (Some(1), &b""[..]), "{form}");
    }
}

#[test]
fn nobody_who_listens_to_a_complaint_is_no_fault() {
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    let status = Command::new(binary::path()).args(["scan"]).stderr(writer).status();
    assert_eq!(status.expect("the program starts").code(), Some(2));
}

#[test]
fn a_result_that_cannot_be_written_is_5() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let full = File::options().write(true).open("/dev/full").expect("there is a full device");
    let mut ringfence = Command::new(binary::path());
    ringfence.current_dir(folder.path("")).args(["scan", "."]).stdout(full);
    let output = ringfence.stderr(Stdio::piped()).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(5));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("writing the result"), "{said}");
}
