//! Pod templates of built-in and of custom kinds.

use model::workload::Os;

use crate::inventory;

/// The path of each pod spec found.
fn specs(text: &str) -> Vec<String> {
    inventory(text).workloads().map(|it| it.spec().path()).collect()
}

#[test]
fn a_custom_kind_may_embed_several_templates() {
    let found = specs(
        "apiVersion: kubeflow.org/v1
kind: TFJob
metadata: {name: train}
spec:
  tfReplicaSpecs:
    Chief:
      template: {spec: {containers: [{name: tensorflow, image: i}]}}
    Worker:
      template: {spec: {containers: [{name: tensorflow, image: i}]}}
  podTemplate: {spec: {containers: [{image: i}]}}
",
    );
    let replicas = "spec.tfReplicaSpecs";
    let expected = [
        format!("{replicas}.Chief.template.spec"),
        format!("{replicas}.Worker.template.spec"),
        "spec.podTemplate.spec".to_owned(),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_template_inside_a_template_is_its_own_affair() {
    let found = specs(
        "apiVersion: example.com/v1
kind: A
template:
  spec:
    containers: [{name: a, image: i}]
    template: {spec: {containers: [{name: b, image: i}]}}
",
    );
    assert_eq!(found, ["template.spec"]);
}

#[test]
fn a_schema_that_speaks_of_templates_runs_nothing() {
    let found = specs(
        "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: a}
spec:
  template: {spec: {containers: [{name: a, image: i}]}}
",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_mapping_without_containers_is_no_template() {
    assert_eq!(
        specs("apiVersion: e.com/v1\nkind: A\ntemplate: {spec: {containers: []}}\n"),
        [""; 0]
    );
    assert_eq!(
        specs("apiVersion: e.com/v1\nkind: A\ntemplate: {spec: {containers: x}}\n"),
        [""; 0]
    );
}

#[test]
fn a_built_in_kind_without_a_spec_runs_nothing() {
    for spec in ["", "spec:\n", "spec: []\n", "spec: {template: x}\n"] {
        assert_eq!(
            specs(&format!("apiVersion: apps/v1\nkind: Deployment\n{spec}")),
            [""; 0],
            "{spec}"
        );
    }
}

#[test]
fn the_operating_system_is_read_from_the_pod_or_its_node_selector() {
    let os = |spec: &str| {
        let pod = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {spec}\n");
        inventory(&pod).workloads().next().unwrap().os()
    };
    assert_eq!(os("{os: {name: windows}}"), Os::Windows);
    assert_eq!(os("{nodeSelector: {kubernetes.io/os: windows}}"), Os::Windows);
    assert_eq!(os("{nodeSelector: {kubernetes.io/arch: amd64}}"), Os::Linux);
    assert_eq!(os("{os: {name: linux}, nodeSelector: {kubernetes.io/os: windows}}"), Os::Linux);
}
