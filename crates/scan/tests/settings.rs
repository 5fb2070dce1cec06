//! What each setting does to a scan.

mod scene;

use finding::Report;
use scan::Config;

use scene::scan;

const PODS: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec: {hostNetwork: true, containers: [{name: a, image: 'registry.example/dev/a:1'}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop-sandbox}
spec: {hostNetwork: true, containers: [{name: b, image: 'registry.example/dev/b:1'}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {tier: gold}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: User, name: eve, apiGroup: rbac.authorization.k8s.io}]
";

fn under(settings: &str) -> Report {
    scan(PODS, &Config::read("ringfence.yaml", settings).expect("the settings are right"))
}

/// The names of the objects with findings of a check.
fn objects(report: &Report, check: &str) -> Vec<String> {
    let found = report.findings.iter().filter(|it| it.check == check);
    found.map(|it| it.object.name.to_string()).collect()
}

#[test]
fn namespaces_leave_out_their_objects_and_nothing_above_namespaces() {
    assert_eq!(objects(&under(""), "host-namespace"), ["a", "b"]);
    for settings in ["namespaces: {exclude: ['*-sandbox']}\n", "namespaces: {include: [shop]}\n"] {
        assert_eq!(objects(&under(settings), "host-namespace"), ["a"], "{settings}");
        assert_eq!(objects(&under(settings), "cluster-admin-bound"), ["all"], "{settings}");
    }
}

#[test]
fn environments_go_by_name_or_label_and_before_what_names_tell() {
    let check = "development-image-in-production";
    assert!(objects(&under(""), check).is_empty());
    for production in ["shop", "tier=gold", "sho*"] {
        let settings = format!("environments: {{production: ['{production}']}}\n");
        assert!(objects(&under(&settings), check).contains(&"a".to_owned()), "{production}");
    }
    let other = "environments: {production: ['tier=silver'], development: [shop]}\n";
    assert!(objects(&under(other), check).is_empty());
}

#[test]
fn profiles_choose_the_checks_that_run() {
    let report = under("profiles: [pss-baseline]\n");
    assert_eq!(objects(&report, "host-namespace").len(), 2);
    assert!(objects(&report, "cluster-admin-bound").is_empty());
    assert!(report.coverage.checks < under("").coverage.checks);
}
