//! The Go module of the parts, rewritten for another version of Kubernetes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::go::Go;
use crate::place::module;
use crate::program::{output, run};

/// What is asked of `go mod edit -json`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Manifest {
    replace: Option<Vec<Replacement>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Replacement {
    old: Module,
    new: Module,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Module {
    path: String,
}

/// The version of Kubernetes that `tests/cluster/go.mod` requires.
pub(crate) fn default_version() -> Result<String> {
    let text = std::fs::read_to_string(module().join("go.mod")).context("reading go.mod")?;
    required(&text).context("go.mod requires no k8s.io/kubernetes")
}

fn required(text: &str) -> Option<String> {
    let words = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut named = words.filter(|words| words.contains(&"k8s.io/kubernetes"));
    named.find_map(|words| words.iter().find(|word| word.starts_with('v')).map(|&it| it.to_owned()))
}

/// Writes a module for that version into the folder: the same program, with the modules that Kubernetes itself
/// takes from its own tree replaced by their published twins.
pub(crate) fn write(go: &Go, version: &str, folder: &Path) -> Result<()> {
    std::fs::remove_dir_all(folder).ok();
    std::fs::create_dir_all(folder.join("kubernetes"))?;
    std::fs::copy(module().join("kubernetes/main.go"), folder.join("kubernetes/main.go"))?;
    output(go.command(folder).args(["mod", "init", "ringfence.dev/tests/cluster"]))?;
    let kubernetes = format!("k8s.io/kubernetes@{version}");
    let mut edit = go.command(folder);
    edit.args(["mod", "edit", &format!("-require={kubernetes}")]);
    let twin = twin(version).with_context(|| format!("`{version}` is no v1.MINOR.PATCH"))?;
    for path in staged(go, &kubernetes, folder)? {
        edit.arg(format!("-replace={path}={path}@{twin}"));
    }
    output(&mut edit)?;
    run(go.command(folder).args(["mod", "tidy"]))
}

/// The modules that live in the tree of Kubernetes.
fn staged(go: &Go, kubernetes: &str, folder: &Path) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Download {
        go_mod: PathBuf,
    }
    let download = output(go.command(folder).args(["mod", "download", "-json", kubernetes]))?;
    let download: Download = serde_json::from_str(&download).context("reading where it is")?;
    let mut edit = go.command(folder);
    let manifest = output(edit.args(["mod", "edit", "-json"]).arg(&download.go_mod))?;
    let manifest: Manifest = serde_json::from_str(&manifest).context("reading its go.mod")?;
    let replaced = manifest.replace.unwrap_or_default().into_iter();
    let staged = replaced.filter(|it| it.new.path.starts_with("./staging/"));
    Ok(staged.map(|it| it.old.path).collect())
}

/// The version of the modules that belong to a version of Kubernetes: v0.34.4 for v1.34.4.
fn twin(version: &str) -> Option<String> {
    version.strip_prefix("v1.").map(|rest| format!("v0.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_a_line_or_a_block() {
        let block =
            "require (\n\tgo.yaml.in/yaml/v2 v2.4.3 // indirect\n\tk8s.io/kubernetes v1.36.3\n)";
        assert_eq!(required(block).as_deref(), Some("v1.36.3"));
        assert_eq!(required("require k8s.io/kubernetes v1.2.3").as_deref(), Some("v1.2.3"));
        assert_eq!(required("require k8s.io/api v1.2.3"), None);
    }

    #[test]
    fn the_module_of_this_repository_names_a_version() {
        assert!(twin(&default_version().unwrap()).unwrap().starts_with("v0."));
    }
}
