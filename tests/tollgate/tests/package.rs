//! What a release is made of.
#![allow(clippy::disallowed_methods, reason = "tests start programs and write files")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tollgate::package::{self, RELEASES, VERSION, architecture, archive, folder, program};
use tollgate::program::root;
use tollgate::run;

#[test]
fn the_same_code_gives_the_same_bytes() {
    let again = tempfile::tempdir().expect("there is room for temporary files");
    package::write(again.path());
    run(Command::new("diff").arg("--recursive").arg(folder()).arg(again.path())).with(0);
}

#[test]
fn the_program_is_static_and_tells_nothing_of_the_machine_that_built_it() {
    let said = run(Command::new("ldd").arg(program())).said;
    assert!(said.contains("statically linked") || said.contains("not a dynamic"), "{said}");
    let bytes = std::fs::read(program()).expect("it is there");
    let here = root().to_str().expect("its path is text").as_bytes();
    assert!(!bytes.windows(here.len()).any(|window| window == here));
    let said = run(Command::new(program()).arg("--version")).with(0);
    assert_eq!(said.trim(), format!("ringfence {VERSION}"));
}

#[test]
fn the_checksums_are_those_that_sha256sum_takes() {
    let mut check = Command::new("sha256sum");
    let said =
        run(check.current_dir(folder()).args(["--check", "--strict", "checksums.txt"])).with(0);
    assert_eq!(said, format!("{}: OK\n", archive()));
}

/// What krew does with a manifest: takes the archive by its address and checksum, lays out the files and
/// links the program as `kubectl-ringfence`.
#[test]
fn kubectl_finds_the_plugin_as_krew_lays_it_out() {
    let manifest = std::fs::read_to_string(folder().join("ringfence.yaml")).expect("it is there");
    let field = |name: &str| {
        let line = manifest.lines().find_map(|line| line.trim().strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} is missing: {manifest}")).trim().to_owned()
    };
    assert_eq!(field("uri:"), format!("{RELEASES}/v{VERSION}/{}", archive()));
    assert_eq!(field("arch:"), architecture());
    let sum = run(Command::new("sha256sum").arg(folder().join(archive()))).with(0);
    assert_eq!(sum.split(' ').next(), Some(field("sha256:").as_str()));
    assert!(field("shortDescription:").len() <= 50);
    let plugin = tempfile::tempdir().expect("there is room for temporary files");
    let mut tar = Command::new("tar");
    run(tar.arg("-xzf").arg(folder().join(archive())).arg("-C").arg(plugin.path())).with(0);
    assert!(plugin.path().join("LICENSE").is_file());
    let link = plugin.path().join("kubectl-ringfence");
    std::os::unix::fs::symlink(plugin.path().join(field("bin:")), &link).expect("it is linked");
    let shop = root().join("examples/shop");
    run(Command::new(link).arg("scan").arg(shop)).with(1);
}

#[test]
fn every_digest_of_the_image_is_that_of_its_bytes() {
    let image = folder().join("image");
    let json = |path: &Path| -> Value {
        let text =
            std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice(&text).expect("it is JSON")
    };
    let mut open = vec![json(&image.join("index.json"))];
    let (mut seen, mut users) = (0, Vec::new());
    while let Some(document) = open.pop() {
        users.extend(document["config"]["User"].as_str().map(str::to_owned));
        let lists = ["manifests", "layers"].map(|key| document[key].as_array().cloned());
        let entries = lists.into_iter().flatten().flatten().chain(document.get("config").cloned());
        for entry in entries.filter(|entry| entry.get("digest").is_some()) {
            let digest = entry["digest"].as_str().expect("it is text").replace("sha256:", "");
            let path = image.join("blobs/sha256").join(&digest);
            let sum = run(Command::new("sha256sum").arg(&path)).with(0);
            assert!(sum.starts_with(&digest), "{sum}");
            assert_eq!(entry["size"].as_u64(), path.metadata().ok().map(|it| it.len()));
            seen += 1;
            if entry["mediaType"].as_str().is_some_and(|it| it.ends_with("+json")) {
                open.push(json(&path));
            }
        }
    }
    assert_eq!(users, ["65532:65532"]);
    assert_eq!(seen, 4, "an index, a manifest, a configuration, a layer");
}
