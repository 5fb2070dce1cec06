//! Helm and Kustomize, built once from their published modules.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use cluster::Go;

/// What is built, by the name of its program. Go holds each against its public record of checksums.
const MODULES: [(&str, &str); 2] = [
    ("helm", "helm.sh/helm/v3/cmd/helm@v3.18.6"),
    ("kustomize", "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1"),
];

/// The folder that holds both, and nothing else.
///
/// # Panics
/// When one cannot be had, or built.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = target.unwrap_or_else(|| own.join("../../target"));
        let folder = std::path::absolute(target.join("render")).expect("there is a folder");
        for (name, module) in MODULES {
            build(&folder, name, module);
        }
        folder
    })
}

/// Builds a program where that version of it is not there.
fn build(folder: &Path, name: &str, module: &str) {
    let stamp = folder.join(format!(".{name}"));
    let is_there = std::fs::read_to_string(&stamp).is_ok_and(|it| it == module);
    if is_there && folder.join(name).is_file() {
        return;
    }
    std::fs::create_dir_all(folder).expect("a folder can be made");
    let mut go = Command::new("go");
    Go::find().expect("Go is there; `cargo xtask test` installs it").lend(&mut go);
    go.env("GOBIN", folder).env("CGO_ENABLED", "0").current_dir(folder);
    let built = go.args(["install", "-trimpath", module]).status().expect("go starts");
    assert!(built.success(), "{module} is not built");
    std::fs::write(&stamp, module).expect("a file can be written");
}
