//! What an account may not see is named, and the rest is judged. Oracle: the authorizer of a real
//! API server, and its audit log.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test ends where one fails")]

use std::collections::BTreeSet;
use std::fs;

use cluster::{Cluster, Options};
use e2e::Ringfence;
use live::{Account, ringfence};
use serde_json::Value;

const PRIVILEGED: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: agent, securityContext: { privileged: true } }] }
";

/// Pods that one eviction after another may take away together.
const REPLICATED: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
";

/// A custom kind with a pod template, of whose schema the server only knows that it is there.
const CUSTOM_KIND: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: robots.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Robot, listKind: RobotList, plural: robots, singular: robot }
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              template: { type: object, x-kubernetes-preserve-unknown-fields: true }
";

const ONLY_DEPLOYMENTS: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: only-deployments
rules:
- { apiGroups: [apps], resources: [deployments], verbs: [list] }
";

#[test]
fn what_an_account_may_not_list_is_named_and_the_rest_is_judged() {
    let cluster = Cluster::up(&Options::control_plane("live-rights")).unwrap();
    cluster.apply(PRIVILEGED).unwrap();

    let some = Account::with_role(&cluster, "some", ONLY_DEPLOYMENTS);
    let run = some.ringfence(&cluster).args(&["scan", "--output", "json"]).run().exits(1);
    let report = run.report();
    let privileged = |check: &str| check == "privileged-container";
    assert!(report.findings.iter().any(|it| privileged(&it.check)), "{:?}", report.findings);
    let gaps = report.coverage.gaps.join("\n");
    for rule in [
        "{apiGroups: [\"apps\"], resources: [daemonsets, replicasets, statefulsets], verbs: [list]}",
        "{apiGroups: [\"batch\"], resources: [cronjobs, jobs], verbs: [list]}",
        "{apiGroups: [\"networking.k8s.io\"], resources: [ingresses, networkpolicies], verbs: [list]}",
    ] {
        assert!(gaps.contains(rule), "{rule} is not in {gaps}");
    }
    assert!(!gaps.contains(" deployments"), "{gaps}");
    let strict = ["scan", "--fail-on", "never", "--require-coverage"];
    drop(some.ringfence(&cluster).args(&strict).run().exits(3));
    drop(some.ringfence(&cluster).args(&["doctor"]).run().exits(3));

    let role = Ringfence::new(cluster.folder()).args(&["doctor", "--role"]).run().exits(0).text();
    let all = Account::with_role(&cluster, "all", &role);
    let report = all.ringfence(&cluster).args(&["scan", "--output", "json"]).run().exits(1);
    assert_eq!(report.report().coverage.gaps, Vec::<String>::new());
    let doctor = all.ringfence(&cluster).args(&["doctor"]).run().exits(0).text();
    assert!(doctor.contains("system:serviceaccount:default:all"), "{doctor}");
    assert!(doctor.contains(cluster.version()), "{doctor}");

    // A kind that no role of ours can know is named as soon as it is there.
    cluster.apply(CUSTOM_KIND).unwrap();
    cluster.kubectl(&["wait", "--for=condition=Established", "crd", "--all"]).unwrap();
    let doctor = all.ringfence(&cluster).args(&["doctor"]).run().exits(3).text();
    assert!(doctor.contains("forbidden to list robots"), "{doctor}");

    what_is_not_shown_is_not_missing(&cluster, &role);
    nothing_but_lists(&cluster);
    nothing_written_without_a_way_in(&cluster);
}

/// A check that looks for what is absent does not run where it was not listed, and is named.
fn what_is_not_shown_is_not_missing(cluster: &Cluster, role: &str) {
    cluster.apply(REPLICATED).unwrap();
    let missing = |run: e2e::Run| {
        let report = run.exits(1).report();
        let found = report.findings.iter().any(|it| it.check == "disruption-budget-missing");
        (found, report.coverage.gaps.join("\n"))
    };
    let scan = ["scan", "--output", "json"];
    let (found, gaps) = missing(ringfence(cluster).args(&scan).run());
    assert!(found, "to whom all is shown, it is missing: {gaps}");

    let without: Vec<&str> = role.lines().filter(|it| *it != "  - poddisruptionbudgets").collect();
    let without = without.join("\n").replace("ringfence-scan", "no-budgets");
    assert!(!without.contains("poddisruptionbudgets"), "{without}");
    let most = Account::with_role(cluster, "most", &without);
    let (found, gaps) = missing(most.ringfence(cluster).args(&scan).run());
    assert!(!found, "it is not known to be missing: {gaps}");
    let needed = "{apiGroups: [\"policy\"], resources: [poddisruptionbudgets], verbs: [list]}";
    assert!(gaps.contains(needed), "{gaps}");
    let blind = "not judged, for want of what was not listed: disruption-budget-missing";
    assert!(gaps.contains(blind), "{gaps}");
}

/// What the API server itself recorded of us.
fn nothing_but_lists(cluster: &Cluster) {
    let log = fs::read_to_string(cluster.audit_log()).unwrap();
    let events = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let ours = events.filter(|it| it["userAgent"].as_str().unwrap_or("").starts_with("ringfence/"));
    let asked: BTreeSet<String> = ours
        .map(|it| format!("{} {}", it["verb"], it["objectRef"]["resource"]).replace('"', ""))
        .collect();
    assert!(asked.contains("list deployments"), "{asked:?}");
    let questions = ["create selfsubjectaccessreviews", "create selfsubjectreviews", "get null"];
    for ask in &asked {
        assert!(ask.starts_with("list ") || questions.contains(&ask.as_str()), "it asked to {ask}");
    }
    assert!(!asked.contains("list secrets"), "{asked:?}");
}

/// Credentials that the server does not know end the run before anything is listed.
fn nothing_written_without_a_way_in(cluster: &Cluster) {
    let view = ["config", "view", "--raw", "--minify", "--output=json"];
    let mut kubeconfig: Value = serde_json::from_str(&cluster.kubectl(&view).unwrap()).unwrap();
    kubeconfig["users"][0]["user"] = serde_json::json!({"token": "expired"});
    let path = cluster.folder().join("expired.kubeconfig");
    fs::write(&path, kubeconfig.to_string()).unwrap();
    let expired = ringfence(cluster).env("KUBECONFIG", path.to_str().unwrap());
    let run = expired.args(&["scan"]).run().exits(4);
    assert!(run.stderr().contains("does not accept the credentials"), "{}", run.stderr());
    assert_eq!(run.text(), "");
}
