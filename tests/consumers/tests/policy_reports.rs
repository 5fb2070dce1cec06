//! Reports as objects are taken by a real API server that knows their kinds, strictly, and come back with
//! all their results. Oracle: the published definitions of both kinds, in Kubernetes.
#![allow(clippy::disallowed_methods, reason = "a test starts a program")]

use std::path::Path;

use cluster::{Cluster, Options};
use consumers::{Sample, sample};
use e2e::Folder;
use live::corpus::Module;
use serde_json::Value;

/// Brings the definitions of the policy working group, whose own module holds none.
const KYVERNO: Module = Module {
    path: "github.com/kyverno/kyverno",
    version: "v1.19.1",
    sum: "h1:/MkgFii3/VlQfKR1JpC9tVwNNVNQTt2S4U6qCsafsTU=",
};

const OPEN_REPORTS: Module = Module {
    path: "github.com/openreports/reports-api",
    version: "v0.2.1",
    sum: "h1:g9KS3yle9Y1elmww4TK9EkD1rl6inIaiIJPX6e+u680=",
};

#[test]
fn a_server_takes_the_objects_and_gives_all_results_back() {
    let cluster = Cluster::up(&Options::control_plane("consumers-reports")).expect("it comes up");
    define(&cluster, &KYVERNO.folder().join("config/crds/policyreport"));
    define(&cluster, &OPEN_REPORTS.folder().join("config/crd"));
    cluster.kubectl(&["create", "namespace", "shop"]).expect("a namespace can be made");
    let sample = Sample::new();
    let kinds = ["policyreports.wgpolicyk8s.io", "clusterpolicyreports.wgpolicyk8s.io"];
    is_taken(&cluster, &sample, "policyreport", kinds);
    is_taken(
        &cluster,
        &sample,
        "openreports",
        ["reports.openreports.io", "clusterreports.openreports.io"],
    );
}

fn define(cluster: &Cluster, definitions: &Path) {
    let definitions = definitions.to_str().expect("the path is text");
    let apply = ["apply", "--server-side", "--filename", definitions];
    cluster.kubectl(&apply).expect("the definitions are right");
    let wait = ["wait", "--for=condition=Established", "crd", "--all"];
    cluster.kubectl(&wait).expect("the kinds are served");
}

fn is_taken(cluster: &Cluster, sample: &Sample, form: &str, kinds: [&str; 2]) {
    let folder = Folder::with("reports.json", sample.written(form));
    let path = folder.path("reports.json");
    let apply = ["apply", "--validate=strict", "--filename", path.to_str().expect("it is text")];
    cluster.kubectl(&apply).expect("the server takes every object");
    let mut outcomes = [0; 4];
    for kind in kinds {
        let got = cluster.kubectl(&["get", kind, "--all-namespaces", "--output", "json"]);
        let got: Value = serde_json::from_str(&got.expect("they are there")).expect("JSON");
        let objects = got["items"].as_array().expect("a list");
        assert!(!objects.is_empty(), "{kind}");
        for result in objects.iter().filter_map(|it| it["results"].as_array()).flatten() {
            let names = ["fail", "skip", "warn", "error"];
            let place = names.iter().position(|it| result["result"] == *it);
            outcomes[place.expect("an outcome that we write")] += 1;
        }
    }
    let [open, accepted, known] = sample::states(&sample.report());
    assert_eq!(outcomes, [open, accepted, known, 1], "{form}");
}
