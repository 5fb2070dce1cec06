//! What a server would take, asked with `--dry-run=server`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use cluster::Cluster;
use collect::manifests::{self, Request};
use collect::yaml::Layout;

/// What a server says of the objects of one file.
#[derive(Debug, Default)]
pub struct Trial {
    /// How often it would take an object: kind, namespace and name, in one word.
    pub taken: BTreeMap<String, usize>,
    /// What it says of the others.
    pub refused: Vec<String>,
}

/// Kinds without which a server refuses what names them.
const STAGE: [&str; 5] =
    ["CustomResourceDefinition", "Namespace", "PriorityClass", "RuntimeClass", "ServiceAccount"];

/// An object, for a person.
const NAMED: &str =
    "{{.kind}}/{{.metadata.namespace}}/{{or .metadata.generateName .metadata.name}}{{\"\\n\"}}";

impl Trial {
    /// Asks whether each object of a file could be created. One that exists would be taken: what a
    /// server says of it, it says last.
    ///
    /// # Panics
    /// When kubectl does not start.
    pub fn of(cluster: &Cluster, file: &Path) -> Self {
        let mut create = cluster.kubectl_command();
        create.args(["create", "--dry-run=server", "--output", "go-template", "--template", NAMED]);
        let output = create.arg("--filename").arg(file).output().expect("kubectl starts");
        let mut trial = Self::default();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            *trial.taken.entry(line.to_owned()).or_default() += 1;
        }
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            match existing(line) {
                Some(name) => *trial.taken.entry(name.to_owned()).or_default() += 1,
                None => trial.refused.push(line.to_owned()),
            }
        }
        trial
    }

    /// What it would take and another would not.
    pub fn without(&self, other: &Self) -> Vec<&str> {
        let more = |(name, times): &(&String, &usize)| other.taken.get(*name) < Some(*times);
        self.taken.iter().filter(more).map(|(name, _)| name.as_str()).collect()
    }
}

fn existing(line: &str) -> Option<&str> {
    let said = line.strip_prefix("Error from server (AlreadyExists): ")?;
    said.rsplit_once(": ").map(|(_, name)| name)
}

/// Creates what objects below a folder stand in or name: namespaces, the definitions of their kinds,
/// accounts and classes.
///
/// # Panics
/// When the manifests cannot be read, or kubectl does not start.
pub fn set_stage(cluster: &Cluster, folder: &Path, files: &[PathBuf]) {
    let namespaces = namespaces(folder);
    let all: Vec<String> = namespaces.iter().map(|it| namespace(it)).collect();
    create(cluster, &all.concat());
    for own in files.iter().map(|it| of_stage(it)).filter(|it| !it.is_empty()) {
        create(cluster, &own);
    }
    let ready = ["wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"];
    drop(cluster.kubectl(&ready));
    for namespace in &namespaces {
        let account = ["wait", "--for=create", "serviceaccount/default", "-n", namespace];
        drop(cluster.kubectl(&account));
    }
}

fn namespace(name: &str) -> String {
    format!("---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: {name:?}}}\n")
}

/// The documents of a file that set the stage.
fn of_stage(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let is_it = |it: &Layout| it.root().get("kind").is_some_and(|it| STAGE.contains(&it.text()));
    let all = manifests::layouts(&text).into_iter().filter(is_it);
    let documents = all.filter_map(|it| text.get(it.range));
    documents.flat_map(|it| ["\n---\n", it, "\n"]).collect()
}

/// Creates what can be.
fn create(cluster: &Cluster, manifests: &str) {
    let mut create = cluster.kubectl_command();
    create.args(["create", "--filename", "-"]).stdin(Stdio::piped());
    let mut child = create.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(manifests.as_bytes()).expect("kubectl reads");
    drop(stdin);
    child.wait().expect("kubectl ends");
}

fn namespaces(folder: &Path) -> BTreeSet<String> {
    let request = Request { paths: vec![folder.to_owned()], ..Request::default() };
    let read = manifests::read(&request, &mut io::empty(), &|_| true, &|_| {});
    let objects = read.expect("there is no pattern").objects;
    objects.iter().filter_map(|it| it.id().namespace.as_deref().map(ToOwned::to_owned)).collect()
}
