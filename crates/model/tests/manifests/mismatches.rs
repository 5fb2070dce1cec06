//! Values of a type that the API server refuses.

use model::schema;

use crate::object;

/// `path: expected, found` of each.
fn mismatches(text: &str) -> Vec<String> {
    let object = object(text);
    let all = schema::mismatches(&object);
    all.iter()
        .map(|it| format!("{}: {}, {}", it.node.path(), it.expected, it.node.kind()))
        .collect()
}

fn pod(spec: &str) -> Vec<String> {
    mismatches(&format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {spec}\n"))
}

#[test]
fn a_quoted_boolean_is_a_string() {
    assert_eq!(pod("{hostNetwork: 'true'}"), ["spec.hostNetwork: boolean, string"]);
    assert_eq!(pod("{hostNetwork: yes}"), [""; 0]);
}

#[test]
fn a_number_is_no_string() {
    let found = pod("{containers: [{name: a, env: [{name: P, value: 80}], args: [1, x, true]}]}");
    let expected = [
        "spec.containers[a].env[P].value: string, integer",
        "spec.containers[a].args[0]: string, integer",
        "spec.containers[a].args[2]: string, boolean",
    ];
    assert_eq!(found, expected);
}

#[test]
fn null_is_an_absent_field() {
    assert_eq!(pod("{hostNetwork: null, containers: [null, {name: a, args: [null]}]}"), [""; 0]);
    assert_eq!(pod("null"), [""; 0]);
}

#[test]
fn a_list_in_the_place_of_a_mapping_is_told_once() {
    assert_eq!(pod("[]"), ["spec: mapping, list"]);
    let deployment =
        |spec: &str| mismatches(&format!("apiVersion: apps/v1\nkind: Deployment\nspec: {spec}\n"));
    assert_eq!(deployment("text"), ["spec: mapping, string"]);
    assert_eq!(deployment("{template: []}"), ["spec.template: mapping, list"]);
    assert_eq!(deployment("{template: {spec: []}}"), ["spec.template.spec: mapping, list"]);
    assert_eq!(deployment("{template: null}"), [""; 0]);
    let cron = "apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: 1}}}\n";
    assert_eq!(mismatches(cron), ["spec.jobTemplate.spec.template: mapping, integer"]);
}

#[test]
fn labels_and_annotations_are_strings_in_every_kind() {
    let found = mismatches(
        "apiVersion: example.com/v1
kind: A
metadata:
  name: 5
  labels: {version: 1.2, app: x}
  annotations: [a]
",
    );
    let expected = [
        "metadata.name: string, integer",
        "metadata.labels.version: string, number",
        "metadata.annotations: mapping, list",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_data_of_a_config_map_or_secret_is_made_of_strings() {
    let found =
        mismatches("apiVersion: v1\nkind: ConfigMap\ndata: {PORT: 80, LIVE: yes, A: 'yes', B: }\n");
    assert_eq!(found, ["data.PORT: string, integer", "data.LIVE: string, boolean"]);
    let found = mismatches("apiVersion: v1\nkind: Secret\nstringData: {PIN: 1234}\ndata: [a]\n");
    assert_eq!(found, ["stringData.PIN: string, integer", "data: mapping, list"]);
}

#[test]
fn a_custom_kind_is_checked_where_it_embeds_pods() {
    let found = mismatches(
        "apiVersion: argoproj.io/v1alpha1
kind: Rollout
spec:
  replicas: many
  template: {spec: {hostPID: 'no', containers: [{name: a, image: 5}]}}
",
    );
    let expected = [
        "spec.template.spec.hostPID: boolean, string",
        "spec.template.spec.containers[a].image: string, integer",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_port_is_an_integer_or_a_name() {
    let found = mismatches(
        "apiVersion: v1
kind: Service
spec: {ports: [{port: '80', targetPort: http}, {port: 81, targetPort: 8080}, {targetPort: yes}]}
",
    );
    let expected = [
        "spec.ports[0].port: integer, string",
        "spec.ports[2].targetPort: integer or string, boolean",
    ];
    assert_eq!(found, expected);
}

#[test]
fn of_very_many_values_of_a_wrong_type_the_first_are_told() {
    let items = "1, ".repeat(1000);
    let found =
        mismatches(&format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{items}]}}\n"));
    assert_eq!(found.len(), 64);
    assert_eq!(found[63], "spec.containers[63]: mapping, integer");
}
