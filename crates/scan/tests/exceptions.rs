//! What users of other tools reported about exceptions, each as a test of ours. The numbers are those of
//! the issues in the trackers of those tools.

mod scene;

use finding::{ExceptionState, Report};
use scan::Config;

use scene::scan;

/// A pod template with an application and a container that a mesh injected, both privileged.
const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostNetwork: true
      containers:
      - {name: web, image: registry.example/web:1, securityContext: {privileged: true}}
      - {name: istio-proxy, image: 'docker.io/istio/proxyv2:1.24', securityContext: {privileged: true}}
";

fn with(exceptions: &str) -> Report {
    let text = format!("exceptions:\n{exceptions}");
    scan(DEPLOYMENT, &Config::read("ringfence.yaml", &text).expect("the settings are right"))
}

/// The checks and fields of what somebody accepted.
fn accepted(report: &Report) -> Vec<(String, String)> {
    let accepted = report.findings.iter().filter(|it| it.accepted.is_some());
    accepted.map(|it| (it.check.to_string(), it.path.to_string())).collect()
}

fn is_open(report: &Report, check: &str, part: &str) -> bool {
    report.findings.iter().any(|it| it.is_open() && it.check == check && it.path.contains(part))
}

#[test]
fn one_ignored_check_does_not_silence_the_others_kube_score_542_and_504() {
    let report = with("- {check: privileged-container, owner: a, reason: b}\n");
    assert!(accepted(&report).iter().all(|(check, _)| check == "privileged-container"));
    assert_eq!(accepted(&report).len(), 2);
    assert!(is_open(&report, "host-namespace", ""));
}

#[test]
fn an_annotation_counts_on_the_pod_template_and_on_the_object_kube_score_488_and_489() {
    let claim = "annotations: {ringfence.dev/accept: 'host-namespace owner=a reason=b'}";
    let on_template = DEPLOYMENT.replace(
        "metadata: {labels: {app: web}}",
        &format!("metadata: {{labels: {{app: web}}, {claim}}}"),
    );
    let on_object = DEPLOYMENT.replace("namespace: shop}", &format!("namespace: shop, {claim}}}"));
    for manifest in [on_template, on_object] {
        let report = scan(&manifest, &Config::default());
        assert_eq!(accepted(&report).len(), 1);
        assert_eq!(accepted(&report)[0].0, "host-namespace");
        assert_eq!(report.exceptions.len(), 1, "it is read once");
    }
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, CLAIM}\nspec: {hostNetwork: true, containers: [{name: a}]}\n";
    assert_eq!(scan(&pod.replace("CLAIM", claim), &Config::default()).exceptions.len(), 1);
}

#[test]
fn an_annotation_does_what_its_documentation_says_kube_linter_1180_and_423() {
    let claim = "annotations: {ringfence.dev/accept: 'privileged-container container=istio-proxy owner=a reason=b'}";
    let manifest = DEPLOYMENT.replace("namespace: shop}", &format!("namespace: shop, {claim}}}"));
    let report = scan(&manifest, &Config::default());
    assert_eq!(accepted(&report).len(), 1);
    assert!(is_open(&report, "privileged-container", "[web]"));
}

#[test]
fn resources_of_a_chart_one_cannot_change_are_excepted_in_the_settings_kube_linter_487() {
    let report = with(
        "- {check: host-namespace, object: {apiGroup: apps, kind: Deployment, namespace: sh*, name: web}, owner: a, reason: b}\n",
    );
    assert_eq!(accepted(&report).len(), 1);
    for elsewhere in ["apiGroup: batch", "kind: DaemonSet", "namespace: s", "name: web-2"] {
        let report = with(&format!(
            "- {{check: host-namespace, object: {{{elsewhere}}}, owner: a, reason: b}}\n"
        ));
        assert_eq!(accepted(&report), [], "{elsewhere}");
        assert_eq!(report.exceptions[0].state, ExceptionState::Unused);
    }
}

#[test]
fn a_whole_file_is_excepted_kube_score_624() {
    for file in ["pods.yaml", "deploy/pods.yaml", "deploy/*.yaml", "*.yaml"] {
        let report =
            with(&format!("- {{check: host-namespace, file: '{file}', owner: a, reason: b}}\n"));
        assert_eq!(accepted(&report).len(), 1, "{file}");
    }
    for file in ["ods.yaml", "other/pods.yaml", "loy/pods.yaml", "deploy"] {
        let report =
            with(&format!("- {{check: host-namespace, file: '{file}', owner: a, reason: b}}\n"));
        assert_eq!(accepted(&report), [], "{file}");
    }
}

#[test]
fn an_injected_sidecar_is_excepted_and_the_container_beside_it_is_not_polaris_408_485_and_465() {
    for part in
        ["container: istio-*", "images: [docker.io/istio/proxyv2]", "field: '*[istio-proxy]*'"]
    {
        let report =
            with(&format!("- {{check: privileged-container, {part}, owner: mesh, reason: b}}\n"));
        assert_eq!(accepted(&report).len(), 1, "{part}");
        assert!(accepted(&report)[0].1.contains("[istio-proxy]"), "{part}");
        assert!(is_open(&report, "privileged-container", "[web]"), "{part}");
    }
}

#[test]
fn what_concerns_the_whole_pod_is_not_excepted_for_one_container_or_one_image() {
    for part in ["container: istio-proxy", "images: [docker.io/istio/proxyv2]"] {
        let report =
            with(&format!("- {{check: host-namespace, {part}, owner: mesh, reason: b}}\n"));
        assert_eq!(accepted(&report), [], "{part}");
    }
    let both = "images: [docker.io/istio/proxyv2, registry.example/web]";
    let report = with(&format!("- {{check: host-namespace, {both}, owner: mesh, reason: b}}\n"));
    assert_eq!(accepted(&report).len(), 1);
}

#[test]
fn own_exceptions_add_to_those_that_are_shipped_polaris_charts_1205() {
    let shipped = include_str!("system/kind.yaml");
    let own = "exceptions: [{check: memory-limit-missing, object: {name: kindnet}, owner: a, reason: b}]\n";
    let own = Config::read("ringfence.yaml", own).unwrap();
    let (plain, both) = (scan(shipped, &Config::default()), scan(shipped, &own));
    assert_eq!(accepted(&both).len(), accepted(&plain).len() + 1);
}

#[test]
fn an_exception_that_holds_is_honoured_wherever_it_stands_kubescape_1125_and_3771() {
    let first = "- {check: host-namespace, object: {name: other}, owner: a, reason: b}\n";
    let last = "- {checks: [cluster-admin-bound, host-namespace], object: {name: web}, owner: a, reason: b, expires: 2026-11-21}\n";
    for list in [format!("{first}{last}"), format!("{last}{first}")] {
        let report = with(&list);
        assert_eq!(accepted(&report).len(), 1);
        let used = |it: &&finding::ExceptionStatus| it.state == ExceptionState::Used(1);
        assert_eq!(report.exceptions.iter().filter(used).count(), 1);
    }
}

#[test]
fn an_exception_needs_no_broken_manifest_checkov_6900() {
    let report = with("- {check: host-namespace, object: {name: web}, owner: a, reason: b}\n");
    assert!(report.inputs.unreadable.is_empty());
    assert_eq!(accepted(&report).len(), 1);
}

#[test]
fn the_same_object_in_two_files_is_covered_only_where_both_files_are() {
    let twice = format!("{DEPLOYMENT}---\n{DEPLOYMENT}");
    let text = "exceptions: [{check: host-namespace, file: pods.yaml, owner: a, reason: b}]\n";
    let report = scan(&twice, &Config::read("ringfence.yaml", text).unwrap());
    assert_eq!(accepted(&report).len(), 1, "one finding at two places of one file");
}

#[test]
fn an_exception_names_the_objects_it_covers() {
    let report = with("- {check: privileged-container, owner: a, reason: b}\n");
    let status = &report.exceptions[0];
    assert_eq!(status.state, ExceptionState::Used(2));
    let objects: Vec<_> = status.objects.iter().map(ToString::to_string).collect();
    assert_eq!(objects, ["Deployment shop/web"]);
}
