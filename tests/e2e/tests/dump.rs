//! A dump of a cluster is judged elsewhere as the cluster was, and never passes for more than it is.
#![allow(
    clippy::disallowed_methods,
    reason = "tests of the whole program look at the files that it writes"
)]

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;

use e2e::api_server::{ApiServer, Live};
use e2e::report::Finding;
use e2e::{CHECK, Folder, Report};
use serde_json::{Value, json};

/// A pod that runs privileged and is given a password.
fn pod(name: &str, password: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "shop",
        "uid": format!("uid-of-{name}")},
        "spec": {"containers": [{"name": "main", "image": "registry.example.com/main:1",
            "securityContext": {"privileged": true},
            "env": [{"name": "DB_PASSWORD", "value": password}],
            "args": [format!("--token={password}")]}]}})
}

fn cluster(pods: usize) -> Live {
    let pods = (0..pods).map(|at| pod(&format!("pod-{at}"), &format!("fictional-{}", at % 2)));
    ApiServer::new().with_all(pods).start()
}

/// A dump of a cluster of so many pods, and the report that came with it.
fn dump(pods: usize) -> (Vec<u8>, Report) {
    let live = cluster(pods);
    let run = live.scan(&["--dump", "cluster.dump.zst"]).run().exits(1);
    (fs::read(live.folder().path("cluster.dump.zst")).expect("it was written"), run.report())
}

fn inflated(dump: &[u8]) -> String {
    let mut text = String::new();
    let mut frame = ruzstd::decoding::StreamingDecoder::new(dump).expect("it is compressed");
    frame.read_to_string(&mut text).expect("it is whole");
    text
}

fn compressed(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Check, object and field of each finding.
fn found<'a>(report: &'a Report) -> Vec<[&'a str; 3]> {
    let parts = |it: &'a Finding| [it.check.as_str(), it.object.name.as_str(), it.path.as_str()];
    report.findings.iter().map(parts).collect()
}

#[test]
fn a_dump_has_the_findings_that_the_cluster_had() {
    let (dump, live) = dump(5);
    let read = Folder::with("cluster.dump.zst", dump);
    let read = read.scan_of(&["cluster.dump.zst"]).run().exits(1).report();
    assert!(!found(&live).is_empty());
    assert_eq!(found(&live), found(&read));
    assert_eq!(live.inputs.objects, read.inputs.objects);
    assert!(read.findings.iter().all(|it| it.location.is_none()));
}

#[test]
fn a_dump_holds_no_secret_and_no_trace_of_the_machine() {
    let live = ApiServer::new().with(pod("web", "fictional-one")).with(json!({"apiVersion": "v1",
        "kind": "Secret", "metadata": {"name": "s", "namespace": "shop"},
        "data": {"key": "ZmljdGlvbmFs"}}));
    let live = live.start();
    drop(live.scan(&["--dump", "a.dump.zst"]).run().exits(1));
    let text = inflated(&fs::read(live.folder().path("a.dump.zst")).expect("it was written"));
    assert!(text.contains("[redacted by ringfence: a credential, 1]"), "{text}");
    let folder = live.folder().path("").display().to_string();
    for secret in ["fictional", "ZmljdGlvbmFs", "secret-token", folder.trim_end_matches('/')] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

#[test]
fn a_dump_is_for_its_owner_alone_and_replaces_the_one_before() {
    let live = cluster(1);
    fs::write(live.folder().path("a.dump.zst"), "before").expect("it can be written");
    drop(live.scan(&["--dump", "a.dump.zst"]).run().exits(1));
    let path = live.folder().path("a.dump.zst");
    let mode = path.metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(inflated(&fs::read(&path).expect("it can be read")).contains("ringfence.dump/v1"));
    let names = fs::read_dir(live.folder().path("")).expect("the folder is there").count();
    assert_eq!(names, 2, "the kubeconfig and the dump");
}

#[test]
fn where_no_dump_can_be_written_the_cluster_is_not_asked() {
    let live = cluster(1);
    for path in ["missing/a.dump.zst", "."] {
        let run = live.scan(&["--dump", path]).run().exits(2);
        assert!(run.stderr().contains("writing the dump"), "{}", run.stderr());
    }
    let run = live.scan(&["--dump", "a.dump.zst", "kubeconfig"]).run().exits(2);
    assert!(run.stderr().contains("--dump"), "{}", run.stderr());
}

#[test]
fn a_dump_is_recognised_by_what_it_holds() {
    let (dump, _) = dump(3);
    let folder = Folder::with("sub/anything", &dump).and("sub/other.zst", compressed(b"other\n"));
    for run in [
        folder.scan_of(&["sub/anything"]),
        folder.scan(),
        folder.scan_of(&["-"]).input(dump.clone()),
    ] {
        let report = run.run().exits(1).report();
        assert_eq!(report.inputs.objects, 3);
        assert_eq!(report.inputs.files, 1);
    }
}

#[test]
fn several_dumps_and_manifests_are_judged_together() {
    let (one, _) = dump(2);
    let other = ApiServer::new().with(pod("other", "fictional")).start();
    drop(other.scan(&["--dump", "a.dump.zst"]).run().exits(1));
    let other = fs::read(other.folder().path("a.dump.zst")).expect("it was written");
    let folder = Folder::with("one.dump.zst", one).and("other.dump.zst", other);
    let folder = folder.and("pod.yaml", e2e::PRIVILEGED_POD);
    let report = folder.scan_of(&["one.dump.zst", "other.dump.zst", "pod.yaml"]);
    let report = report.run().exits(1).report();
    let privileged = report.findings.iter().filter(|it| it.check == CHECK);
    let mut names: Vec<_> = privileged.map(|it| it.object.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["other", "pod-0", "pod-1", "watched"]);
}

#[test]
fn a_dump_that_is_cut_short_is_judged_as_far_as_it_goes_and_said_to_be_so() {
    let (dump, _) = dump(2000);
    for size in [dump.len() - 1, dump.len() / 2, 100, 5] {
        let folder = Folder::with("a.dump.zst", &dump[..size]);
        let report = folder.scan_of(&["a.dump.zst"]).run().exits(3).report();
        assert!(!report.reason().is_empty());
    }
    let text = inflated(&dump);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for missing in [2, lines.len() - 1] {
        let mut lines = lines.clone();
        lines.remove(missing);
        let folder = Folder::with("a", compressed(lines.concat().as_bytes()));
        let report = folder.scan_of(&["a"]).run().exits(3).report();
        assert!(report.findings.len() > 1000);
        assert!(report.reason().contains("take the dump again"), "{}", report.reason());
    }
}

#[test]
fn no_flipped_bit_passes_for_whole() {
    let (dump, _) = dump(20);
    for at in (0..dump.len()).step_by(dump.len() / 40 + 1) {
        let mut bytes = dump.clone();
        bytes[at] ^= 1 << (at % 8);
        let folder = Folder::with("a.dump.zst", &bytes);
        drop(folder.scan_of(&["."]).run().exits(3));
    }
}

#[test]
fn a_changed_line_does_not_match_the_checksum() {
    let (dump, _) = dump(2);
    let text = inflated(&dump).replace("pod-1", "pod-7");
    let report = Folder::with("a", compressed(text.as_bytes())).scan().run().exits(3).report();
    assert!(report.reason().contains("checksum"), "{}", report.reason());
    assert!(report.findings.iter().any(|it| it.object.name == "pod-7"));
}

/// Blocks of one byte again and again: four bytes for each 128 KiB.
fn bomb(byte: u8, blocks: usize) -> Vec<u8> {
    let mut bomb = vec![0x28, 0xB5, 0x2F, 0xFD, 0, 0x58];
    for at in 1..=blocks {
        let header = (128 << 10) << 3 | 1 << 1 | u32::from(at == blocks);
        bomb.extend(&header.to_le_bytes()[..3]);
        bomb.push(byte);
    }
    bomb
}

#[test]
fn a_tiny_file_that_inflates_to_gigabytes_is_refused_in_little_memory() {
    let header = compressed(b"{\"schema\": \"ringfence.dump/v1\"}\n");
    let empty = b"{\"object\": {\"apiVersion\": \"v1\", \"kind\": \"Pod\"}}\n".repeat(400_000);
    let deep = ["{\"object\": ", &"[".repeat(1 << 20), "\n"].concat();
    let broad = ["{\"object\": [", &"1,".repeat(2 << 20), "1]}\n"].concat();
    let many = b"x\n".repeat(1 << 20);
    for bomb in [
        bomb(b' ', 40_000),
        bomb(b'\n', 40_000),
        compressed(&empty),
        compressed(deep.as_bytes()),
        compressed(broad.as_bytes()),
        compressed(&many),
    ] {
        let folder = Folder::with("a.dump.zst", [header.as_slice(), &bomb].concat());
        let report = folder.scan_of(&["a.dump.zst"]).run().exits(3).report();
        assert!(!report.inputs.unreadable.is_empty());
    }
}

#[test]
fn what_is_compressed_and_no_dump_is_told_with_what_to_do() {
    let manifest = compressed(e2e::PRIVILEGED_POD.as_bytes());
    let report = Folder::with("a.yaml.zst", manifest).scan_of(&["a.yaml.zst"]).run().exits(3);
    assert!(report.report().reason().contains("decompress it"), "{}", report.report().reason());
    let newer = compressed(b"{\"schema\": \"ringfence.dump/v9\"}\n");
    let report = Folder::with("a", newer).scan_of(&["a"]).run().exits(3);
    assert!(report.report().reason().contains("update ringfence"));
}
