//! Manifests that were written for other ends, and the part of them that a server takes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use cluster::{Cluster, Go};
use collect::manifests::{self, Request};
use model::ObjectId;
use serde_json::Value;
use tempfile::TempDir;

/// Files with objects, each object once.
pub struct Corpus {
    folder: TempDir,
    objects: BTreeMap<ObjectId, PathBuf>,
}

/// A Go module that holds manifests, in the version and with the hash that the tests were written
/// for.
pub struct Module {
    /// Its path.
    pub path: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its hash, as `go.sum` writes it.
    pub sum: &'static str,
}

impl Module {
    /// The folder that it was unpacked to.
    ///
    /// # Panics
    /// When it cannot be had, or is another than expected.
    pub fn folder(&self) -> PathBuf {
        let mut go = std::process::Command::new("go");
        Go::find().expect("Go is there").lend(&mut go);
        let module = [self.path, self.version].join("@");
        let output = go.args(["mod", "download", "-json", &module]).current_dir("/");
        let output = output.output().expect("go starts");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("it answers in JSON");
        assert_eq!(answer["Sum"], self.sum, "{module}: {answer}");
        PathBuf::from(answer["Dir"].as_str().expect("it was unpacked"))
    }
}

/// Kubernetes itself, whose tests and documentation are full of manifests.
const KUBERNETES: Module = Module {
    path: "k8s.io/kubernetes",
    version: "v1.36.3",
    sum: "h1:qDQdoMiluAE2Eab6Fa52YV+WjiGz9mZFFoagEA6cI+o=",
};

/// The folders of Kubernetes that hold manifests.
pub fn kubernetes() -> Vec<PathBuf> {
    let below = |folder: &str| KUBERNETES.folder().join(folder);
    ["cluster/addons", "test/e2e/testing-manifests", "test/fixtures"].map(below).into()
}

/// Folders of manifests: the shop, Kubernetes' own, and those that `RINGFENCE_CORPORA` lists.
///
/// # Panics
/// When Kubernetes' own cannot be had.
pub fn folders() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop")];
    folders.extend(kubernetes());
    let more = std::env::var_os("RINGFENCE_CORPORA").unwrap_or_default();
    folders.extend(std::env::split_paths(&more).filter(|it| it.is_dir()));
    folders
}

impl Corpus {
    /// Copies the manifests below some folders. Files with an object that stands in another file as
    /// well are left out, since of two a cluster holds only one; so are those with limits and quotas,
    /// which refuse or change the others.
    ///
    /// # Panics
    /// When they cannot be copied.
    pub fn of(folders: &[PathBuf]) -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let mut files = Vec::new();
        for folder in folders {
            find(folder, &mut files).expect("the manifests can be listed");
        }
        for (place, file) in files.iter().enumerate() {
            let name = file.file_name().expect("it is a file").to_string_lossy();
            let copy = folder.path().join(format!("{place:04}-{name}"));
            fs::copy(file, &copy).expect("a manifest is copied");
        }
        let mut corpus = Self { folder, objects: BTreeMap::new() };
        let twice = corpus.read();
        corpus.leave_out(&twice);
        corpus
    }

    /// The folder that holds them.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Who is in it.
    pub fn objects(&self) -> impl Iterator<Item = &ObjectId> {
        self.objects.keys()
    }

    /// Applies all that the server takes, and leaves out the other files. Waits until controllers
    /// have made what comes of it.
    ///
    /// # Panics
    /// When kubectl does not start.
    pub fn apply(&mut self, cluster: &Cluster) {
        for namespace in self.namespaces() {
            drop(cluster.kubectl(&["create", "namespace", &namespace]));
        }
        // What passes the trial may still be refused for what stands beside it by then.
        for how in [["--dry-run=server"].as_slice(), &[]] {
            let mut apply = cluster.kubectl_command();
            apply.args(["apply", "--recursive", "--filename"]).arg(self.folder()).args(how);
            let output = apply.output().expect("kubectl starts");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let refused = |file: &PathBuf| said.contains(&*file.to_string_lossy());
            let refused: BTreeSet<PathBuf> = self.files().into_iter().filter(refused).collect();
            self.leave_out(&refused);
        }
        settle(cluster);
        let alone = pods_alone(cluster);
        self.objects.retain(|id, _| *id.kind != *"Pod" || alone.contains(&pod_name(id)));
    }

    fn namespaces(&self) -> BTreeSet<String> {
        let own = |it: &ObjectId| it.namespace.as_deref().map(ToOwned::to_owned);
        self.objects.keys().filter_map(own).filter(|it| it != "default").collect()
    }

    /// The files.
    ///
    /// # Panics
    /// When the folder cannot be listed.
    pub fn files(&self) -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(self.folder()).expect("the folder can be listed");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }

    /// Reads who is in it, and gives the files with objects that stand elsewhere too, or have no
    /// name of their own, or meddle.
    fn read(&mut self) -> BTreeSet<PathBuf> {
        let request = Request { paths: vec![self.folder().to_owned()], ..Request::default() };
        let read = manifests::read(&request, &mut io::empty(), &|_| true, &|_| {});
        let mut twice = BTreeSet::new();
        self.objects.clear();
        let mut identities = BTreeMap::new();
        for object in read.expect("there is no pattern").objects {
            let file = PathBuf::from(object.origin().file().expect("it stands in a file"));
            let own = object.id().identity().map(ToOwned::to_owned);
            let nameless = object.name().is_empty() || object.name().ends_with('*');
            if nameless || MEDDLING.contains(&object.kind()) {
                twice.insert(file.clone());
            }
            if let Some(other) = identities.insert(own, file.clone()) {
                twice.extend([file.clone(), other]);
            }
            self.objects.insert(object.id().clone(), file);
        }
        twice
    }

    fn leave_out(&mut self, files: &BTreeSet<PathBuf>) {
        for file in files {
            fs::remove_file(file).expect("a file can be removed");
        }
        self.objects.retain(|_, file| !files.contains(file));
    }
}

/// Kinds that refuse or change what stands beside them.
const MEDDLING: [&str; 2] = ["LimitRange", "ResourceQuota"];

/// Waits until the number of pods stays as it is.
fn settle(cluster: &Cluster) {
    let pods = || cluster.kubectl(&["get", "pods", "-A", "--output=name"]).unwrap_or_default();
    let mut before = pods();
    for _ in 0..30 {
        sleep(Duration::from_secs(2));
        let now = pods();
        if now == before {
            return;
        }
        before = now;
    }
}

/// The pods that no controller has adopted or done away with, as `namespace/name`.
fn pods_alone(cluster: &Cluster) -> BTreeSet<String> {
    let pods = cluster.kubectl(&["get", "pods", "-A", "--output=json"]).expect("there are some");
    let pods: Value = serde_json::from_str(&pods).expect("it is JSON");
    let metadata = pods["items"].as_array().into_iter().flatten().map(|pod| &pod["metadata"]);
    let alone = metadata.filter(|it| it["ownerReferences"].is_null());
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    alone.map(|it| [text(&it["namespace"]), text(&it["name"])].join("/")).collect()
}

fn pod_name(id: &ObjectId) -> String {
    [id.namespace.as_deref().unwrap_or_default(), &id.name].join("/")
}

/// The manifests below some folders, those of each folder together.
///
/// # Panics
/// When they cannot be listed.
pub fn units(folders: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders {
        find(folder, &mut files).expect("the manifests can be listed");
    }
    let mut units: BTreeMap<Option<PathBuf>, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        units.entry(file.parent().map(Path::to_owned)).or_default().push(file);
    }
    units.into_values().collect()
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.is_file() {
        files.push(folder.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json") {
            files.push(path);
        }
    }
    Ok(())
}
