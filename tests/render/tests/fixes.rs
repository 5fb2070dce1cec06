//! `ringfence fix` on what is rendered: what it writes into values, resources and patches is held
//! against what the real Helm and Kustomize make of it, judged as plain manifests.
#![allow(clippy::disallowed_methods, reason = "a test starts programs and reads what was written")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::{Folder, Ringfence, Run};
use render::fixtures::{below, fixtures};
use render::programs;
use serde_json::Value;

const PROD: &str = "values-prod.yaml";

fn ringfence(folder: &Path, arguments: &[&str]) -> Run {
    let path = programs::folder().to_str().expect("it is a text");
    Ringfence::new(folder).env("PATH", path).args(arguments).run()
}

/// What a real program makes of a folder.
fn rendered(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(programs::folder().join(program));
    let output = command.args(arguments).current_dir(folder).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is a text")
}

/// The checks that find something in manifests, the names of the objects, and the fields, without
/// anything of ours that renders.
fn found(manifests: String) -> Vec<[String; 3]> {
    let scan = Ringfence::new(Path::new(".")).args(&["scan", "-", "-o", "json"]).input(manifests);
    let report: Value = serde_json::from_str(&scan.run().text()).expect("it is JSON");
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let one = |it: &Value| [text(&it["check"]), text(&it["object"]["name"]), text(&it["path"])];
    report["findings"].as_array().expect("it has findings").iter().map(one).collect()
}

/// Holds what is found against what was mended: nothing of it is left, but where no value leads.
fn assert_gone(mended: &BTreeSet<(String, String)>, found: &[[String; 3]], but: &str) {
    for [check, name, path] in found {
        let is_mended = mended.contains(&(check.clone(), name.clone()));
        assert!(!is_mended || path.contains(but), "{check} is found again: {name} {path}");
    }
}

/// Mends with `--review`, and gives the account of it.
fn mend(folder: &Path, path: &str, arguments: &[&str]) -> Value {
    let all = [&["fix", path, "--review", "-o", "json"], arguments].concat();
    serde_json::from_str(&ringfence(folder, &all).exits(0).text()).expect("it is JSON")
}

/// The checks that were mended, and the names of their objects.
fn mended(account: &Value) -> BTreeSet<(String, String)> {
    let edits = account["edits"].as_array().expect("it has edits");
    let name =
        |it: &Value| it["object"].as_str().and_then(|it| it.rsplit('/').next()).map(str::to_owned);
    let one = |it: &Value| Some((it["check"].as_str()?.to_owned(), name(it)?));
    edits.iter().filter_map(one).collect()
}

fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).expect("it is a text"));
    below(folder).into_iter().map(read).collect()
}

fn changed(before: &BTreeMap<PathBuf, String>, folder: &Path) -> Vec<String> {
    let after = texts(folder);
    let name = |it: &Path| it.strip_prefix(folder).expect("it is below").display().to_string();
    let differ = after.iter().filter(|(path, text)| before.get(*path) != Some(text));
    differ.map(|(path, _)| name(path)).collect()
}

#[test]
fn the_chart_that_helm_creates_is_mended_in_its_values() {
    let own = Folder::new();
    let folder = own.path("").canonicalize().expect("it is there");
    drop(rendered(&folder, "helm", &["create", "web"]));
    let (before, template) = (texts(&folder), ["template", "web", "web"]);
    let account = mend(&folder, "web", &[]);
    let mended = mended(&account);
    assert!(mended.len() >= 5, "{account}");
    assert_eq!(changed(&before, &folder), ["web/values.yaml"]);
    assert_gone(&mended, &found(rendered(&folder, "helm", &template)), "nothing");
    let values = std::fs::read_to_string(folder.join("web/values.yaml")).expect("it is there");
    let comments = before[&folder.join("web/values.yaml")].matches('#').count();
    assert_eq!(values.matches('#').count(), comments, "{values}");
    assert_eq!(mend(&folder, "web", &[])["edits"], Value::Array(Vec::new()));
}

#[test]
fn each_variant_is_mended_in_the_file_that_has_the_last_word() {
    let (_own, folder) = fixtures("shop");
    let before = texts(&folder);
    let variants = ["--variant", "prod=values-prod.yaml", "--variant", "dev=values-dev.yaml"];
    let mended = mended(&mend(&folder, ".", &variants));
    assert_eq!(changed(&before, &folder), [PROD, "values.yaml"]);
    let template = ["template", "shop", ".", "--values", PROD];
    assert_gone(&mended, &found(rendered(&folder, "helm", &template)), "[proxy]");
    let prod = std::fs::read_to_string(folder.join(PROD)).expect("it is there");
    let line = "  privileged: false   # until the vendor ships a build without it\n";
    assert!(prod.contains(line), "{prod}");
}

#[test]
fn kustomizations_are_mended_in_their_resources_and_patches() {
    let (_own, folder) = fixtures("app");
    let before = texts(&folder);
    let all = mended(&mend(&folder, ".", &[]));
    let files = ["base/deployment.yaml", "overlays/prod/patch.yaml"];
    assert_eq!(changed(&before, &folder), files);
    let own = all.into_iter().filter(|(_, name)| name == "prod-web").collect();
    let found = found(rendered(&folder, "kustomize", &["build", "overlays/prod"]));
    assert_gone(&own, &found, "nothing");
}

#[test]
fn an_edit_with_which_a_chart_no_longer_renders_is_not_made() {
    let folder = Folder::with("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        .and("web/values.yaml", "security:\n  privileged: true\nhost: {}\n")
        .and(
            "web/templates/pod.yaml",
            "{{ if not .Values.security.privileged }}{{ fail \"it needs its node\" }}{{ end }}\n\
             apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      \
             image: registry.example.com/web:1.2.3\n      securityContext:\n        \
             {{- toYaml .Values.security | nindent 8 }}\n",
        );
    let root = folder.path("").canonicalize().expect("it is there");
    let only = ["--only", "privileged-container", "--only", "writable-root-filesystem"];
    let account = mend(&root, "web", &only);
    let checks = |key: &str| {
        let all = account[key].as_array().expect("it is a list").iter();
        all.map(|it| it["check"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(checks("edits"), ["writable-root-filesystem"]);
    assert_eq!(checks("refused"), ["privileged-container"]);
    let reason = account["refused"][0]["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("it needs its node"), "{reason}");
    let values = std::fs::read_to_string(root.join("web/values.yaml")).expect("it is there");
    let wanted = "security:\n  privileged: true\n  readOnlyRootFilesystem: true\nhost: {}\n";
    assert_eq!(values, wanted);
}
