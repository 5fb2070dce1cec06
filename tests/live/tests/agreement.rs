//! Applied objects are judged as from their files. Oracle: a real API server, which fills in every
//! default, and its controllers, which make pods of what is applied. A pod that a controller adopts
//! is the controller's from then on, and is left out.
//!
//! What files show is true of the cluster, too. The cluster shows more: each such verdict was reviewed,
//! but for those about objects that said no namespace and went to `default`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cluster::{Cluster, Options};
use e2e::Ringfence;
use live::corpus::{Module, kubernetes};
use live::verdicts::{self, Verdict};
use live::{Corpus, ringfence};

/// Brings the custom kind of the shop, and manifests of it by the dozen.
const ROLLOUTS: Module = Module {
    path: "github.com/argoproj/argo-rollouts",
    version: "v1.9.0",
    sum: "h1:bXgBpwCByXyAUcgBnyP0fxkSW2CEot78InTFjFlag5g=",
};

fn shop() -> Vec<PathBuf> {
    vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop")]
}

fn rollouts() -> Vec<PathBuf> {
    let below = |folder: &str| ROLLOUTS.folder().join(folder);
    ["docs", "examples", "manifests/install.yaml", "test"].map(below).into()
}

#[test]
fn applied_objects_are_judged_as_from_their_files() {
    let cluster = Cluster::up(&Options::control_plane("live-agreement")).unwrap();
    let crds = ROLLOUTS.folder().join("manifests/crds");
    let crds = ["apply", "--server-side", "--kustomize", crds.to_str().unwrap()];
    cluster.kubectl(&crds).unwrap();
    cluster.kubectl(&["wait", "--for=condition=Established", "crd", "--all"]).unwrap();
    let differences = [
        differences(&cluster, "the shop", 34, Corpus::of(&shop())),
        differences(&cluster, "argo-rollouts", 80, Corpus::of(&rollouts())),
        differences(&cluster, "kubernetes", 100, Corpus::of(&kubernetes())),
    ];
    assert!(differences.iter().all(String::is_empty), "{}", differences.join("\n"));
}

/// Applies a corpus, and tells where the two ways of judging it differ.
fn differences(cluster: &Cluster, name: &str, least: usize, mut corpus: Corpus) -> String {
    corpus.apply(cluster);
    let objects: BTreeSet<[String; 3]> = corpus
        .objects()
        .map(|it| [it.kind.as_ref(), it.namespace.as_deref().unwrap_or_default(), &it.name])
        .map(|it| it.map(ToOwned::to_owned))
        .collect();
    assert!(objects.len() >= least, "{name}: the server took only {}", objects.len());
    let version = ["--kubernetes-version", cluster.version(), "--output", "json"];
    let from_files = Ringfence::new(corpus.folder()).args(&["scan", "."]).args(&version).run();
    let live = ringfence(cluster).args(&["scan", "--output", "json"]).run();
    let gaps = live.report().coverage.gaps;
    assert!(!gaps.iter().any(|gap| gap.contains("server")), "{name}: {gaps:?}");
    let from_files = verdicts::about(verdicts::of(&from_files), &objects);
    let live = verdicts::about(verdicts::of(&live), &objects);
    println!("{name}: {} objects, {} findings", objects.len(), live.len());
    assert!(!live.is_empty(), "{name}: nothing was found");
    let lines = |verdicts: BTreeSet<&Verdict>| -> Vec<String> {
        verdicts.into_iter().map(|it| it.join(" ")).collect()
    };
    let only_in_files = lines(from_files.difference(&live).collect());
    let more = live.difference(&from_files).filter(|it| !verdicts::is_about_where_it_went(it));
    let only_live = lines(more.collect());
    let prefix = format!("{name}: ");
    let reviewed: Vec<&str> =
        ONLY_LIVE.lines().filter_map(|line| line.strip_prefix(&prefix)).collect();
    if only_in_files.is_empty() && only_live == reviewed {
        return String::new();
    }
    format!("{name}: only from the files: {only_in_files:#?}\nonly live: {only_live:#?}")
}

/// Reviewed: what is missing or meets in the cluster, where a file alone does not show it. Controllers
/// whose manifests the server did not take, an account that went to another namespace than its binding
/// says, workloads of several files that select each other's pods.
const ONLY_LIVE: &str = include_str!("../golden/only_live.txt");

/// Reviewed: what a control plane brings along is judged, and nothing of it is a finding.
#[test]
fn a_new_cluster_has_the_findings_that_were_reviewed() {
    let cluster = Cluster::up(&Options::control_plane("live-bootstrap")).unwrap();
    let run = ringfence(&cluster).args(&["scan", "--output", "json"]).run();
    let report = run.report();
    assert_eq!(report.coverage.gaps, Vec::<String>::new());
    assert!(report.inputs.objects > 150, "{}", report.inputs.objects);
    let found: Vec<String> = verdicts::of(&run).iter().map(|it| it.join(" ")).collect();
    let reviewed: Vec<&str> = include_str!("../golden/bootstrap.txt").lines().collect();
    assert_eq!(found, reviewed);
}
