//! A control plane without a node: it answers, its controllers work, and nothing of it is left.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests start programs, and end where one fails"
)]

use std::process::Command;

use cluster::{Cluster, Options, Part};

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: shop }] }
";

#[test]
fn a_control_plane_answers_until_its_api_server_is_killed_and_leaves_nothing() {
    let mut cluster = Cluster::up(&Options::control_plane("test-control-plane")).unwrap();
    let namespaces = cluster.kubectl(&["get", "namespaces", "--output=name"]).unwrap();
    assert!(namespaces.contains("namespace/kube-system"), "{namespaces}");

    cluster.apply(DEPLOYMENT).unwrap();
    let created = ["wait", "--for=create", "--timeout=60s", "--selector=app=shop"];
    cluster.kubectl(&[created.as_slice(), &["replicaset"]].concat()).unwrap();
    cluster.kubectl(&[created.as_slice(), &["pod"]].concat()).unwrap();

    let second = Cluster::find("test-control-plane").unwrap();
    assert_eq!(second.kubeconfig(), cluster.kubeconfig());
    assert!(second.kubectl(&["get", "deployment", "shop"]).is_ok());

    assert!(cluster.kubectl(&["get", "--raw", "/readyz"]).is_ok());
    cluster.kill(Part::ApiServer).unwrap();
    assert!(cluster.kubectl(&["get", "--raw", "/readyz"]).is_err());
    cluster.start(Part::ApiServer).unwrap();
    let ready = (0..600).any(|_| cluster.kubectl(&["get", "--raw", "/readyz"]).is_ok());
    assert!(ready, "the API server does not come back");

    let folder = cluster.folder().to_owned();
    cluster.down().unwrap();
    assert!(!folder.exists());
    assert_eq!(processes_naming(&folder.to_string_lossy()), "");
    assert!(Cluster::find("test-control-plane").is_err());
}

#[test]
fn a_paused_part_says_nothing_and_goes_on_where_it_stood() {
    let cluster = Cluster::up(&Options::control_plane("test-pause")).unwrap();
    let ask = ["get", "--raw", "/readyz", "--request-timeout=2s"];
    cluster.pause(Part::ApiServer).unwrap();
    assert!(cluster.kubectl(&ask).is_err());
    cluster.resume(Part::ApiServer).unwrap();
    let ready = (0..60).any(|_| cluster.kubectl(&ask).is_ok());
    assert!(ready, "the API server does not go on");
}

#[test]
fn a_cluster_that_cannot_be_built_says_why() {
    let version = Some("v1.0.0; rm".to_owned());
    let options = Options { version, ..Options::control_plane("test-unknown-version") };
    let error = Cluster::up(&options).err().unwrap();
    assert!(error.to_string().contains("no version"), "{error:#}");
    assert!(Cluster::find("test-unknown-version").is_err());
}

/// Every process that names the folder, as the machine's own tool lists them.
fn processes_naming(folder: &str) -> String {
    let output = Command::new("pgrep").args(["-f", "-a", "--", folder]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
