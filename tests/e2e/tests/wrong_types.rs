//! Objects that are sound YAML and hold what no API server accepts.

use std::fmt::Write as _;

use e2e::{Folder, PRIVILEGED_LINE, PRIVILEGED_POD};
use serde_json::{Value, json};

const POD: (&str, u32) = ("pod.yaml", PRIVILEGED_LINE);

/// An object of each kind that is read, with the fields that are read.
const OBJECTS: &str = include_str!("../inputs/every_field.json");

/// Kinds that are read, behind their API version.
const KINDS: [&str; 20] = [
    "v1/Pod",
    "v1/ReplicationController",
    "v1/PodTemplate",
    "apps/v1/Deployment",
    "apps/v1/StatefulSet",
    "apps/v1/DaemonSet",
    "apps/v1/ReplicaSet",
    "batch/v1/Job",
    "batch/v1/CronJob",
    "v1/Service",
    "v1/ServiceAccount",
    "v1/Secret",
    "v1/ConfigMap",
    "v1/Namespace",
    "networking.k8s.io/v1/NetworkPolicy",
    "networking.k8s.io/v1/Ingress",
    "rbac.authorization.k8s.io/v1/ClusterRole",
    "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
    "rbac.authorization.k8s.io/v1/Role",
    "rbac.authorization.k8s.io/v1/RoleBinding",
];

/// What may stand in an object where its content should.
const BODIES: [&str; 23] = [
    "",
    "spec: null",
    "spec:",
    "spec: {}",
    "spec: []",
    "spec: text",
    "spec: 7",
    "spec: {template: null}",
    "spec: {template: {spec: null}}",
    "spec: {template: {spec: {containers: null}}}",
    "spec: {template: {spec: {containers: [null, 7, text, [], {}]}}}",
    "spec: {jobTemplate: {spec: {template: {spec: null}}}}",
    "spec: {containers: null}",
    "spec: {containers: {}}",
    "spec: {containers: [null]}",
    "spec: {ingress: [null, {from: null}]}",
    "template: {spec: null}",
    "metadata: null",
    "metadata: []",
    "rules: [null, {verbs: null}]",
    "roleRef: null\nsubjects: null",
    "subjects: [null, {}]",
    "data: null\nstringData: []",
];

#[test]
fn no_spec_at_all_is_no_fall() {
    let mut text = String::new();
    for (kind, body) in KINDS.iter().flat_map(|kind| BODIES.map(|body| (kind, body))) {
        let (version, kind) = kind.rsplit_once('/').unwrap();
        writeln!(text, "---\napiVersion: {version}\nkind: {kind}\n{body}").unwrap();
    }
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("null.yaml", text);
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.objects, KINDS.len() * BODIES.len() + 1);
    assert_eq!(report.unreadable(), []);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_wrong_type_in_any_place_is_no_fall() {
    let objects: Vec<Value> = serde_json::from_str(OBJECTS).unwrap();
    let mut text = String::new();
    let mut documents = 0;
    for object in &objects {
        for path in paths(object) {
            for wrong in wrong_values() {
                let mut object = object.clone();
                *object.pointer_mut(&path).unwrap() = wrong;
                writeln!(text, "---\n{object}").unwrap();
                documents += 1;
            }
        }
    }
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("wrong.yaml", text);
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.objects + report.skipped("not-kubernetes"), documents + 1);
    assert_eq!(report.unreadable(), []);
    assert!(report.found().contains(&POD));
}

#[test]
fn items_of_a_list_that_are_no_objects_are_stated() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- null\n- 7\n- text\n- []\n- {}\n- {kind: Pod}\n\
                - {apiVersion: v1, kind: Pod}\n";
    let report = Folder::with("list.yaml", text).scan().run().exits(3).report();
    let lines: Vec<u32> = report.unreadable().into_iter().filter_map(|(_, line)| line).collect();
    assert_eq!(lines, [5, 6, 7, 8, 9]);
    assert_eq!(report.inputs.objects, 1);
}

/// The JSON pointer of every value but the outermost.
fn paths(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (escaped(key), value)).collect(),
        Value::Array(items) => (0..).map(|it: u32| it.to_string()).zip(items).collect(),
        _ => Vec::new(),
    };
    let mut paths = Vec::new();
    for (step, child) in children {
        paths.push(format!("/{step}"));
        paths.extend(self::paths(child).into_iter().map(|rest| format!("/{step}{rest}")));
    }
    paths
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn wrong_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-7),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("text"),
        json!([]),
        json!([[], {}, null, 1, "x"]),
        json!({}),
        json!({"name": {"a": []}, "": null}),
    ]
}
