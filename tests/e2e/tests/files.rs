//! Files, pipes, links and paths that are not what one hopes for.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use e2e::{Folder, PRIVILEGED_LINE, PRIVILEGED_POD};

const POD: (&str, u32) = ("pod.yaml", PRIVILEGED_LINE);

/// A folder with one sound file.
fn with_a_pod() -> Folder {
    Folder::with("pod.yaml", PRIVILEGED_POD)
}

#[test]
fn a_path_that_does_not_exist_is_nothing_reached() {
    let report = Folder::new().scan_of(&["absent.yaml"]).run().exits(4).report();
    assert_eq!(report.unreadable(), [("absent.yaml", None)]);
}

#[test]
fn a_path_that_does_not_exist_beside_one_that_does_is_stated() {
    let report = with_a_pod().scan_of(&["pod.yaml", "absent.yaml"]).run().exits(3).report();
    assert_eq!(report.unreadable(), [("absent.yaml", None)]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_folder_without_manifests_holds_nothing() {
    let folder = Folder::with("README.md", "# nothing\n");
    folder.make_folder("empty/deeper");
    let report = folder.scan().run().exits(0).report();
    assert_eq!((report.inputs.files, report.inputs.objects), (0, 0));
    let text = folder.ringfence(&["scan", "."]).run().exits(0).text();
    assert!(text.contains("no Kubernetes object was found"), "{text}");
}

#[test]
fn standard_input_is_read() {
    let run = Folder::new().scan_of(&["-"]).input(PRIVILEGED_POD).run();
    assert_eq!(run.exits(1).report().found(), [("-", PRIVILEGED_LINE)]);
}

#[test]
fn a_loop_of_links_is_stated_and_left() {
    let folder = with_a_pod();
    folder.make_folder("a/b");
    folder.link("../..", "a/b/up");
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("a/b/up", None)]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_link_to_itself_is_stated() {
    let folder = with_a_pod();
    folder.link("self.yaml", "self.yaml");
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("self.yaml", None)]);
    assert_eq!(report.found(), [POD]);
    let report = folder.scan_of(&["self.yaml", "pod.yaml"]).run().exits(3).report();
    assert_eq!(report.unreadable(), [("self.yaml", None)]);
}

#[test]
fn a_link_to_nothing_is_stated() {
    let folder = with_a_pod();
    folder.link("absent.yaml", "broken.yaml");
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("broken.yaml", None)]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_file_behind_two_links_is_read_once() {
    let folder = with_a_pod();
    folder.link("pod.yaml", "link.yaml");
    folder.link(".", "again");
    let report = folder.scan().run().report();
    assert_eq!(report.inputs.files, 1);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn an_unreadable_file_and_an_unreadable_folder_are_stated() {
    let folder = with_a_pod().and("secret.yaml", PRIVILEGED_POD).and("closed/pod.yaml", "");
    folder.set_mode("secret.yaml", 0o000);
    folder.set_mode("closed", 0o000);
    let run = folder.scan().as_nobody().run();
    folder.set_mode("closed", 0o755);
    let report = run.exits(3).report();
    assert_eq!(report.unreadable(), [("closed", None), ("secret.yaml", None)]);
    assert!(report.inputs.unreadable.iter().all(|it| it.reason.starts_with("permission denied")));
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_pipe_in_a_folder_is_stated_and_not_waited_for() {
    let folder = with_a_pod();
    folder.make_pipe("pipe.yaml");
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("pipe.yaml", None)]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn named_pipes_that_nobody_writes_to_are_given_up_together() {
    let folder = with_a_pod();
    let pipes: Vec<String> = (1..=5).map(|number| format!("pipe{number}")).collect();
    for pipe in &pipes {
        folder.make_pipe(pipe);
    }
    let paths: Vec<&str> = pipes.iter().map(String::as_str).chain(["pod.yaml"]).collect();
    let report = folder.scan_of(&paths).run().exits(3).report();
    assert_eq!(report.inputs.unreadable.len(), 5);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_named_pipe_is_read_while_somebody_writes_to_it() {
    let folder = with_a_pod();
    folder.make_pipe("pipe");
    let writer = write_later(folder.path("pipe"), PRIVILEGED_POD);
    let report = folder.scan_of(&["pipe", "pod.yaml"]).run().exits(1).report();
    assert_eq!(report.found(), [("pipe", PRIVILEGED_LINE), POD]);
    writer.join().unwrap().unwrap();
}

#[test]
fn a_device_without_an_end_is_given_up() {
    let folder = with_a_pod();
    for device in ["/dev/zero", "/dev/urandom"] {
        let report = folder.scan_of(&[device, "pod.yaml"]).run().exits(3).report();
        assert_eq!(report.unreadable(), [(device, None)]);
        assert_eq!(report.found(), [POD]);
    }
    let report = folder.scan_of(&["/dev/null", "pod.yaml"]).run().exits(1).report();
    assert_eq!(report.inputs.files, 2);
}

#[test]
fn a_named_file_may_have_any_name() {
    let folder = Folder::with("manifest", PRIVILEGED_POD);
    assert_eq!(folder.scan_of(&["manifest"]).run().exits(1).report().found(), [("manifest", 8)]);
}

#[test]
fn a_hostile_name_stays_inert() {
    let name = "a\n\u{1b}[2J\u{1b}]0;owned\u{7}.yaml";
    let folder = Folder::with(name, format!("{PRIVILEGED_POD}---\n[\n"));
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.found(), [(name, PRIVILEGED_LINE)]);
    for form in ["text", "sarif"] {
        let run =
            folder.ringfence(&["scan", "--all", "--color", "never", "--output", form, "."]).run();
        let text = run.exits(3).text();
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text}");
        assert!(!text.contains("a\n"), "{text}");
    }
}

#[test]
fn a_name_that_is_no_text_is_read() {
    use std::os::unix::ffi::OsStringExt;
    let name = std::ffi::OsString::from_vec(b"caf\xe9.yaml".to_vec());
    let folder = Folder::new();
    let mut file = File::create(folder.path("").join(name)).unwrap();
    file.write_all(PRIVILEGED_POD.as_bytes()).unwrap();
    assert_eq!(folder.scan().run().exits(1).report().found(), [("caf\u{fffd}.yaml", 8)]);
}

/// Opens a pipe, which waits for a reader, and writes to it in two pieces.
fn write_later(path: PathBuf, text: &'static str) -> JoinHandle<io::Result<()>> {
    thread::spawn(move || {
        let mut pipe = OpenOptions::new().write(true).open(path)?;
        let (first, second) = text.split_at(text.len() / 2);
        pipe.write_all(first.as_bytes())?;
        thread::sleep(Duration::from_millis(300));
        pipe.write_all(second.as_bytes())
    })
}
