//! `ringfence fix` as a user runs it.

use e2e::Folder;

const POD: &str = "\
# the pod
apiVersion: v1
kind: Pod
metadata: {name: web}   # one line
spec:
  containers:
    - name: main
      image: registry.example.com/web:1.2.3
      securityContext:
        privileged: true   # needed once
";

#[allow(clippy::disallowed_methods, reason = "a test looks at what was written")]
fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path(name)).expect("it is a text")
}

fn fix(folder: &Folder, arguments: &[&str]) -> e2e::Run {
    let only = ["fix", "--only", "privileged-container", "--review"];
    folder.ringfence(&only).args(arguments).args(&["."]).run()
}

#[test]
fn an_edit_changes_its_own_bytes_and_a_second_run_none() {
    let folder = Folder::with("pod.yaml", POD);
    let run = fix(&folder, &[]).exits(0);
    let said = run.text();
    assert!(said.contains("pod.yaml") && said.contains("(it was true)"), "{said}");
    let wanted = POD.replace("privileged: true ", "privileged: false ");
    assert_eq!(read(&folder, "pod.yaml"), wanted);
    assert!(fix(&folder, &[]).exits(0).text().contains("0 edits"));
    assert_eq!(read(&folder, "pod.yaml"), wanted);
}

#[test]
fn a_look_writes_nothing() {
    let folder = Folder::with("pod.yaml", POD);
    let diff = fix(&folder, &["--diff"]).exits(0).text();
    assert!(diff.starts_with("--- a/pod.yaml\n+++ b/pod.yaml\n@@"), "{diff}");
    drop(fix(&folder, &["--check"]).exits(1));
    assert_eq!(read(&folder, "pod.yaml"), POD);
    drop(fix(&folder, &[]).exits(0));
    drop(fix(&folder, &["--check"]).exits(0));
    assert_eq!(fix(&folder, &["--diff"]).exits(0).text(), "");
}

#[test]
fn without_review_nothing_that_a_program_may_need_changes() {
    let folder = Folder::with("pod.yaml", POD);
    let run = folder.ringfence(&["fix", "--only", "privileged-container", "."]).run().exits(0);
    assert!(run.text().contains("add --review"), "{}", run.text());
    assert_eq!(read(&folder, "pod.yaml"), POD);
}

#[test]
fn what_is_accepted_and_what_is_shared_stays() {
    let accepted = POD.replace(
        "{name: web}",
        "{name: web, annotations: {ringfence.dev/accept: privileged-container owner=a reason=b}}",
    );
    let shared = POD.replace("metadata:", "x: &x true\nmetadata:").replace("d: true ", "d: *x ");
    let folder = Folder::with("accepted.yaml", &accepted).and("shared.yaml", &shared);
    drop(fix(&folder, &[]).exits(0));
    assert_eq!(read(&folder, "accepted.yaml"), accepted);
    assert_eq!(read(&folder, "shared.yaml"), shared);
}

#[test]
fn an_edit_after_which_the_finding_is_still_there_is_taken_back_alone() {
    let anchor = "x: &x true\n";
    let shared = format!("{anchor}{}", POD.replace("d: true ", "d: *x "));
    let both = POD.replace("spec:\n", "spec:\n  hostPID: true\n");
    let folder = Folder::with("twice.yaml", format!("{both}---\n{shared}"));
    let fix = ["fix", "--review", "--only", "privileged-container", "--only", "host-namespace"];
    let said = folder.ringfence(&fix).args(&["."]).run().exits(0).text();
    assert!(
        said.contains("privileged-container: it would still be found after the edit"),
        "{said}"
    );
    let wanted = both.replace("hostPID: true", "hostPID: false");
    assert_eq!(read(&folder, "twice.yaml"), format!("{wanted}---\n{shared}"));
}

#[test]
fn a_broken_neighbour_is_stated_and_costs_nothing() {
    let folder = Folder::with("pod.yaml", POD).and("broken.yaml", "a: [\n");
    let run = fix(&folder, &[]).exits(3);
    assert!(run.stderr().contains("broken.yaml:"), "{}", run.stderr());
    assert!(read(&folder, "pod.yaml").contains("privileged: false"));
    assert_eq!(read(&folder, "broken.yaml"), "a: [\n");
}

#[test]
fn a_file_keeps_its_mark_its_line_ends_and_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let text = format!("\u{feff}{}", POD.replace('\n', "\r\n"));
    let folder = Folder::with("pod.yaml", &text);
    let path = folder.path("pod.yaml");
    folder.set_mode("pod.yaml", 0o640);
    drop(fix(&folder, &[]).exits(0));
    assert_eq!(read(&folder, "pod.yaml"), text.replace("privileged: true ", "privileged: false "));
    let mode = path.metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn standard_input_is_no_file_to_mend() {
    let run = Folder::new().ringfence(&["fix", "-"]).input(POD).run().exits(2);
    assert!(run.stderr().contains("standard input"), "{}", run.stderr());
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let folder = Folder::with("pod.yaml", POD);
    let run = fix(&folder, &["--interactive"]).exits(2);
    assert!(run.stderr().contains("--diff"), "{}", run.stderr());
}
