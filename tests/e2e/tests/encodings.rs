//! Bytes that are not the UTF-8 with line feeds that everyone expects.

use e2e::{Folder, PRIVILEGED_LINE, PRIVILEGED_POD, Run};

const POD: (&str, u32) = ("pod.yaml", PRIVILEGED_LINE);

/// Scans a file, and a sound one beside it.
fn beside_a_pod(name: &str, content: impl AsRef<[u8]>) -> Run {
    Folder::with("pod.yaml", PRIVILEGED_POD).and(name, content).scan().run()
}

/// Scans a file that holds a pod in some encoding.
fn found(content: impl AsRef<[u8]>) -> Vec<u32> {
    let report = Folder::with("pod.yaml", content).scan().run().exits(1).report();
    report.found().into_iter().map(|(_, line)| line).collect()
}

#[test]
fn binary_data_is_stated() {
    let program: Vec<u8> =
        (0..100_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let report = beside_a_pod("program.yaml", program).exits(3).report();
    assert_eq!(report.unreadable(), [("program.yaml", None)]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn utf_16_of_either_order_is_read() {
    let text = format!("\u{feff}# 🚀\n{PRIVILEGED_POD}");
    assert_eq!(found(utf16(&text, u16::to_le_bytes)), [9]);
    assert_eq!(found(utf16(&text, u16::to_be_bytes)), [9]);
}

#[test]
fn broken_utf_16_is_stated() {
    let mut bytes = utf16(&format!("\u{feff}{PRIVILEGED_POD}"), u16::to_le_bytes);
    bytes.pop();
    let report = beside_a_pod("broken.yaml", bytes).exits(3).report();
    assert_eq!(report.unreadable(), [("broken.yaml", None)]);
    let lone_surrogate = [0xFF, 0xFE, b'a', 0, 0x00, 0xD8, b'b', 0];
    let report = beside_a_pod("broken.yaml", lone_surrogate).exits(3).report();
    assert_eq!(report.unreadable(), [("broken.yaml", None)]);
}

#[test]
fn utf_32_is_stated() {
    let bytes: Vec<u8> =
        "\u{feff}kind: Pod".chars().flat_map(|it| u32::from(it).to_le_bytes()).collect();
    let report = beside_a_pod("wide.yaml", bytes).exits(3).report();
    assert_eq!(report.unreadable(), [("wide.yaml", None)]);
}

#[test]
fn a_byte_order_mark_is_passed_over_at_the_start_and_stated_elsewhere() {
    assert_eq!(found(format!("\u{feff}{PRIVILEGED_POD}")), [8]);
    assert_eq!(found(format!("\u{feff}---\n{PRIVILEGED_POD}")), [9]);
    let glued = format!("{PRIVILEGED_POD}\u{feff}---\n{PRIVILEGED_POD}");
    let report = beside_a_pod("glued.yaml", glued).exits(3).report();
    assert_eq!(report.unreadable(), [("glued.yaml", Some(9))]);
}

#[test]
fn invalid_utf_8_costs_its_own_document() {
    let latin = PRIVILEGED_POD.replace("watched", "caf\u{1}").into_bytes();
    let latin: Vec<u8> =
        latin.into_iter().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect();
    let pod = PRIVILEGED_POD.as_bytes();
    let report =
        Folder::with("pods.yaml", [pod, b"---\n", &latin, b"---\n", pod].concat()).scan().run();
    let report = report.exits(3).report();
    assert_eq!(report.unreadable(), [("pods.yaml", Some(12))]);
    assert_eq!(report.found(), [("pods.yaml", 8), ("pods.yaml", 26)]);
}

#[test]
fn line_ends_of_other_systems_are_line_ends() {
    let text = format!("{PRIVILEGED_POD}---\n{PRIVILEGED_POD}");
    assert_eq!(found(text.replace('\n', "\r\n")), [8, 17]);
    assert_eq!(found(text.replace('\n', "\r")), [8, 17]);
}

#[test]
fn a_nul_late_in_the_file_costs_its_own_document() {
    let padding = format!("# {}\n", "x".repeat(98)).repeat(1_000);
    let text =
        format!("{padding}{PRIVILEGED_POD}---\nkind: Pod\nname: a\0b\n---\n{PRIVILEGED_POD}");
    let report = Folder::with("pods.yaml", text).scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("pods.yaml", Some(1011))]);
    assert_eq!(report.found(), [("pods.yaml", 1008), ("pods.yaml", 1020)]);
}

#[test]
fn a_nul_behind_the_last_value_hides_nothing() {
    let padding = format!("# {}\n", "x".repeat(98)).repeat(1_000);
    let text = format!("{padding}kind: Pod\n\0\napiVersion: v1\n");
    let report = beside_a_pod("nul.yaml", text).exits(3).report();
    assert_eq!(report.unreadable(), [("nul.yaml", Some(1002))]);
}

#[test]
fn other_line_separators_do_not_shift_the_lines_behind_them() {
    let text = format!("# next\u{85}line\u{2028}separators\u{2029}here\n{PRIVILEGED_POD}");
    assert_eq!(found(text), [9]);
}

/// An escape sequence, a change of direction and a return, as YAML writes them.
const EVIL: &str = r"\e[31mred\u202egnorw\r\x9b2J";

fn assert_inert(text: &str) {
    let harmful = |it: char| it.is_control() && it != '\n' || it == '\u{202e}';
    assert!(!text.contains(harmful), "{text:?}");
}

#[test]
fn control_and_direction_characters_of_manifests_do_not_reach_the_terminal() {
    let accept = format!("annotations: {{ringfence.dev/accept: \"{EVIL} owner=a reason=b\"}}");
    let meta = format!("name: \"{EVIL}\", namespace: \"{EVIL}\", {accept}");
    let pod = PRIVILEGED_POD.replace("name: watched", &meta);
    let pod = pod.replace("name: main", &format!("name: \"{EVIL}\""));
    let text = format!("{pod}---\nkind: Pod\n\"{EVIL}\": *unknown\n---\nkind: \u{1b}[2J\n");
    let folder = Folder::with("pod.yaml", &text);
    for all in [&["--all"][..], &[]] {
        let arguments = [&["scan", "--color", "never", "."], all].concat();
        assert_inert(&folder.ringfence(&arguments).run().exits(3).text());
    }
}

#[test]
fn control_and_direction_characters_of_settings_do_not_reach_the_terminal() {
    for settings in
        ["failOn: EVIL", "EVIL: 1", "checks: {EVIL: {}}", "exclude: [\"{\", EVIL]", "a: *EVIL"]
    {
        let settings = settings.replace("EVIL", &format!("\"{EVIL}\""));
        let folder = Folder::with("ringfence.yaml", settings).and("pod.yaml", PRIVILEGED_POD);
        let run = folder.ringfence(&["scan", "--color", "never", "."]).run().exits(2);
        assert_inert(run.stderr());
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}
