//! kube-score, another judge of manifests, built from its Go module.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use cluster::Go;
use serde_json::Value;

use crate::corpus::Module;

const KUBE_SCORE: Module = Module {
    path: "github.com/zegl/kube-score",
    version: "v1.20.0",
    sum: "h1:J1VqK86SunV4Gg8emPTmwUVxe0rmXnAs5K9ZUbGMKR8=",
};

/// Checks that it runs only when asked.
const OPTIONAL: [&str; 6] = [
    "container-memory-requests-equal-limits",
    "container-resource-requests-equal-limits",
    "container-ephemeral-storage-request-equals-limit",
    "container-ports-check",
    "container-seccomp-profile",
    "container-cpu-requests-equal-limits",
];

/// Kind, namespace and name.
pub type Id = [String; 3];

/// The program.
pub struct KubeScore {
    program: PathBuf,
}

/// What it judged.
#[derive(Default)]
pub struct Judged {
    /// The objects, those without a fault too.
    pub objects: BTreeSet<Id>,
    /// Which of its checks are for which of them.
    pub asked: BTreeSet<(String, Id)>,
    /// Which of its checks an object fails.
    pub findings: BTreeSet<(String, Id)>,
}

impl KubeScore {
    /// Builds it in a folder.
    ///
    /// # Panics
    /// When it cannot be had, or built.
    pub fn built_in(folder: &Path) -> Self {
        let program = folder.join("kube-score");
        let mut go = Command::new("go");
        Go::find().expect("Go is there").lend(&mut go);
        go.arg("-C").arg(KUBE_SCORE.folder()).args(["build", "-trimpath", "-o"]).arg(&program);
        let built = go.arg("./cmd/kube-score").status().expect("go starts");
        assert!(built.success(), "kube-score is not built");
        Self { program }
    }

    /// Judges files that belong together for a version of Kubernetes. It gives up all of them for one
    /// that it cannot read, and then there is no answer.
    ///
    /// # Panics
    /// When it does not start.
    pub fn judge(&self, files: &[PathBuf], kubernetes: &str) -> Option<Judged> {
        let mut score = Command::new(&self.program);
        score.args(["score", "--output-format", "json", "--kubernetes-version", kubernetes]);
        score.args(["--disable-ignore-checks-annotations"]).args(files);
        let score = score.args(OPTIONAL.iter().flat_map(|it| ["--enable-optional-test", it]));
        let answer = score.output().expect("kube-score starts").stdout;
        let answer: Vec<Value> = serde_json::from_slice(&answer).ok()?;
        let mut judged = Judged::default();
        for object in &answer {
            let id = id(object);
            for check in object["checks"].as_array().into_iter().flatten() {
                let name = check["check"]["id"].as_str().unwrap_or_default();
                judged.asked.insert((name.to_owned(), id.clone()));
                if has_failed(check) {
                    judged.findings.insert((name.to_owned(), id.clone()));
                }
            }
            judged.objects.insert(id);
        }
        Some(judged)
    }
}

fn id(object: &Value) -> Id {
    let text = |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let namespace = match text("/object_meta/namespace") {
        "" => "default",
        named => named,
    };
    [text("/type_meta/kind"), namespace, text("/object_meta/name")].map(ToOwned::to_owned)
}

/// Whether the object fails a check: 10 of 10 is all in order, 7 almost.
fn has_failed(check: &Value) -> bool {
    check["grade"].as_i64() < Some(10) && check["skipped"] == false
}
