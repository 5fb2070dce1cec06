//! What kube-score finds in an object, the checks that say to cover it find too, and the other way
//! round, but for differences of which each is known and has its reason.
//!
//! Oracle: kube-score itself, built from its Go module, on the same files.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use checks::check::Peer;
use cluster::Go;
use e2e::Ringfence;
use live::Corpus;
use live::corpus::Module;
use serde_json::Value;

const KUBE_SCORE: Module = Module {
    path: "github.com/zegl/kube-score",
    version: "v1.20.0",
    sum: "h1:J1VqK86SunV4Gg8emPTmwUVxe0rmXnAs5K9ZUbGMKR8=",
};

/// Which of the two found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Alone {
    /// kube-score.
    They,
    /// Ringfence.
    We,
}

use Alone::{They, We};

/// The differences that are known: kube-score's check, who finds more, and why that is right.
const KNOWN: &[(&str, Alone, &str)] = &[];

/// A check of kube-score, and an object: kind, namespace and name.
type Finding = (String, [String; 3]);

#[test]
fn differences_to_kube_score_are_known() {
    let corpus = Corpus::of(&folders());
    let covered: BTreeMap<&str, BTreeSet<&str>> = covered();
    let (theirs, objects) = theirs(&corpus);
    let ours: BTreeSet<Finding> = ours(&corpus, &covered, &objects);
    let theirs: BTreeSet<Finding> =
        theirs.into_iter().filter(|(check, _)| covered.contains_key(check.as_str())).collect();
    println!(
        "{} objects, {} findings in common",
        objects.len(),
        ours.intersection(&theirs).count()
    );
    let they = theirs.difference(&ours).map(|it| (They, it));
    let we = ours.difference(&theirs).map(|it| (We, it));
    let mut differences: BTreeMap<(&str, Alone), Vec<String>> = BTreeMap::new();
    for (alone, (check, object)) in they.chain(we) {
        differences.entry((check, alone)).or_default().push(object.join(" "));
    }
    let known = |check: &str, alone| KNOWN.iter().find(|it| (it.0, it.1) == (check, alone));
    let mut unknown = Vec::new();
    for ((check, alone), objects) in differences {
        match known(check, alone) {
            Some((_, _, why)) => println!("{check}, {alone:?} alone: {}: {why}", objects.len()),
            None => unknown.push(format!("{check}, {alone:?} alone: {objects:#?}")),
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// The shop, what the tests of the agreement use, and what somebody adds.
fn folders() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop")];
    folders.extend(live::corpus::kubernetes());
    let more = std::env::var_os("RINGFENCE_CORPORA").unwrap_or_default();
    folders.extend(std::env::split_paths(&more).filter(|it| it.is_dir()));
    folders
}

/// The checks of kube-score that some of ours say to cover, and which.
fn covered() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut covered: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for check in checks::all() {
        for peer in check.peers {
            if let Peer::KubeScore(id) = peer {
                covered.entry(*id).or_default().insert(check.id);
            }
        }
    }
    covered
}

/// What kube-score finds, and the objects that it judged. It gives up a whole run for one file that it
/// cannot read, so that each file is a run.
fn theirs(corpus: &Corpus) -> (BTreeSet<Finding>, BTreeSet<[String; 3]>) {
    let program = build();
    let (mut findings, mut objects) = (BTreeSet::new(), BTreeSet::new());
    for file in corpus.files() {
        let mut score = Command::new(&program);
        score.args(["score", "--output-format", "json"]).arg(&file);
        let answer = score.args(OPTIONAL.iter().flat_map(|it| ["--enable-optional-test", it]));
        let answer = answer.output().expect("kube-score starts").stdout;
        let judged: Vec<Value> = serde_json::from_slice(&answer).unwrap_or_default();
        for object in &judged {
            let text =
                |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or_default();
            let namespace = match text("/object_meta/namespace") {
                "" => "default",
                named => named,
            };
            let id = [text("/type_meta/kind"), namespace, text("/object_meta/name")];
            let id = id.map(ToOwned::to_owned);
            objects.insert(id.clone());
            for check in object["checks"].as_array().into_iter().flatten() {
                let failed = check["grade"].as_i64() < Some(10) && check["skipped"] == false;
                let name = check["check"]["id"].as_str().unwrap_or_default();
                if failed {
                    findings.insert((name.to_owned(), id.clone()));
                }
            }
        }
    }
    (findings, objects)
}

/// Checks that kube-score runs only when asked.
const OPTIONAL: [&str; 6] = [
    "container-memory-requests-equal-limits",
    "container-resource-requests-equal-limits",
    "container-ephemeral-storage-request-equals-limit",
    "container-ports-check",
    "container-seccomp-profile",
    "container-cpu-requests-equal-limits",
];

/// What ours find, under the names of kube-score.
fn ours(
    corpus: &Corpus,
    covered: &BTreeMap<&str, BTreeSet<&str>>,
    objects: &BTreeSet<[String; 3]>,
) -> BTreeSet<Finding> {
    let run = Ringfence::new(corpus.folder()).args(&["scan", ".", "--output", "json"]).run();
    let mut findings = BTreeSet::new();
    for finding in run.report().findings {
        let namespace = finding.object.namespace.unwrap_or_else(|| "default".to_owned());
        let id = [finding.object.kind, namespace, finding.object.name];
        let names = covered.iter().filter(|(_, ours)| ours.contains(finding.check.as_str()));
        if objects.contains(&id) {
            findings.extend(names.map(|(name, _)| ((*name).to_owned(), id.clone())));
        }
    }
    findings
}

/// Builds kube-score once, beside the other programs of the tests.
fn build() -> PathBuf {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kube-score");
    let mut go = Command::new("go");
    Go::find().expect("Go is there").lend(&mut go);
    go.arg("-C").arg(KUBE_SCORE.folder()).args(["build", "-trimpath", "-o"]).arg(&program);
    let built = go.arg("./cmd/kube-score").status().expect("go starts");
    assert!(built.success(), "kube-score is not built");
    program
}
