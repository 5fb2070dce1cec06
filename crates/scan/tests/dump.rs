//! A dump says of a cluster what the cluster said, but for what is secret.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

use checks::{Cx, Parameters, Version};
use collect::{Reading, dump, manifests};
use jiff::civil::date;
use model::{Cluster, Inventory, Live, Object, Origin};
use proptest::prelude::*;
use proptest::sample::select;
use scan::{Config, Redaction};
use serde_json::{Value, json};
use testkit::Example;

const TAKEN: &str = "2026-01-01T00:00:00Z";

fn listed(text: &str) -> Reading {
    let reading = manifests::read_text("a.yaml", text.as_bytes().to_vec(), &|_| true);
    assert_eq!(reading.inputs.unreadable, [], "{text}");
    as_of_a_cluster(reading)
}

/// The same as if a cluster had listed it, which holds no kind that stands in files alone.
fn as_of_a_cluster(mut reading: Reading) -> Reading {
    let live = Arc::new(Live { context: "test".into(), uid: Box::default() });
    reading.objects.retain(|it| !model::kinds::is_file(it.group(), it.kind()));
    for object in &mut reading.objects {
        let origin = Origin::Live(Arc::clone(&live));
        *object = Object::new(object.tree().clone(), origin).expect("it is an object still");
    }
    let cluster = Cluster { context: "test".into(), ..Cluster::default() };
    reading.inputs.clusters.push(cluster);
    reading
}

fn dumped(reading: &Reading) -> Vec<u8> {
    let mut out = Vec::new();
    let mut redaction = Redaction::new(&Config::default());
    dump::write(reading, TAKEN, &mut redaction, &mut out).expect("memory takes all");
    out
}

fn read(bytes: &[u8]) -> Reading {
    let reading = dump::read("a.dump.zst", bytes, &|_| true);
    assert_eq!(reading.inputs.unreadable, []);
    reading
}

fn inflated(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(bytes).expect("it is a frame");
    decoder.read_to_string(&mut text).expect("it is text");
    text
}

/// The lines but for the checksum, and the markers in them without their numbers.
fn unnumbered(text: &str) -> String {
    // A cluster writes 1.1.
    let text = text.replace("1.10", "1.1");
    let (lines, _) = text.trim_end().rsplit_once('\n').expect("it has lines");
    let mut parts = lines.split("[redacted by ringfence: ");
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (marker, rest) = part.split_once(']').unwrap_or(("", part));
        all.extend([marker.trim_end_matches(|c: char| c.is_ascii_digit()), rest]);
    }
    all
}

/// Check, object and field of each finding, and what is said of credentials. A cluster knows no
/// repeated keys, holds no files, and is not asked for the content of Secrets.
fn found(objects: &[Object], parameters: &Parameters) -> BTreeSet<[String; 4]> {
    let is_secret = |it: &Object| it.group().is_empty() && it.kind() == "Secret";
    let objects = objects.iter().filter(|it| !is_secret(it)).cloned().collect();
    let inventory = Inventory::new(objects);
    let cx = Cx::new(&inventory, date(2026, 1, 1), Version::DEFAULT, parameters);
    let all: Vec<_> = checks::all().filter(|check| check.id != "duplicate-key").collect();
    let findings = checks::run(&all, &cx).into_iter();
    let parts = |it: finding::Finding| {
        // `1.10` in a text is 1.1 in a cluster, and some messages name it.
        let message = if &*it.check == "literal-credential" { &*it.message } else { "" };
        [&*it.check, &it.object.to_string(), &*it.path, message].map(ToOwned::to_owned)
    };
    findings.map(parts).collect()
}

fn same_after_a_dump(text: &str, parameters: &Parameters) {
    let before = listed(text);
    let bytes = dumped(&before);
    let after = read(&bytes);
    assert_eq!(found(&before.objects, parameters), found(&after.objects, parameters), "{text}");
    assert_eq!(before.inputs.objects, after.inputs.objects);
    let once = inflated(&bytes);
    // What a dump still holds is no credential: nothing more is replaced in it.
    assert_eq!(unnumbered(&once), unnumbered(&inflated(&dumped(&after))));
    for secret in SECRETS {
        assert!(!once.contains(secret), "{secret} is in {once}");
    }
}

#[test]
fn the_examples_of_every_check_have_the_same_findings_after_a_dump() {
    let examples = checks::all().flat_map(|check| {
        Example::all(check.page).into_iter().map(move |example| (check.id, example))
    });
    for (check, example) in examples.filter(|(check, _)| *check != "duplicate-key") {
        let mut parameters = Parameters::default();
        for (name, words) in example.parameters() {
            parameters.set(check, name, words);
        }
        same_after_a_dump(&example.text, &parameters);
    }
}

#[test]
fn the_example_shop_has_the_same_findings_after_a_dump() {
    let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/shop");
    let request = manifests::Request { paths: vec![shop.into()], ..manifests::Request::default() };
    let before = manifests::read(&request, &mut std::io::empty(), &|_| true, &|_| ());
    let before = as_of_a_cluster(before.expect("no glob"));
    let after = read(&dumped(&before));
    let parameters = Parameters::default();
    assert!(!found(&before.objects, &parameters).is_empty());
    assert_eq!(found(&before.objects, &parameters), found(&after.objects, &parameters));
}

#[test]
fn names_that_a_user_added_are_redacted_too() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, \
                env: [{name: DOOR_CODE, value: fictional}]}]}}";
    let mut config = Config::default();
    config.parameters.set("literal-credential", "names", vec!["door-code".to_owned()]);
    let mut out = Vec::new();
    dump::write(&listed(text), TAKEN, &mut Redaction::new(&config), &mut out).unwrap();
    assert!(!inflated(&out).contains("fictional"));
    let parameters = &config.parameters;
    assert_eq!(found(&listed(text).objects, parameters), found(&read(&out).objects, parameters));
}

#[test]
fn what_was_the_same_stays_the_same_and_what_was_not_does_not() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, \
                env: [{name: A_TOKEN, value: one}, {name: B_TOKEN, value: two}, {name: C_TOKEN, \
                value: one}], args: [--token=one]}]}}";
    let text = inflated(&dumped(&listed(text)));
    assert_eq!(text.matches("[redacted by ringfence: a credential, 1]").count(), 3, "{text}");
    assert_eq!(text.matches("[redacted by ringfence: a credential, 2]").count(), 1, "{text}");
    assert!(text.contains("\"--token=[redacted"), "{text}");
}

#[test]
fn a_secret_keeps_who_it_is() {
    let text = "{apiVersion: v1, kind: Secret, metadata: {name: a, annotations: {data: kept, \
                kubectl.kubernetes.io/last-applied-configuration: gone}}, type: Opaque, \
                data: {a: Z29uZQ==}, stringData: {b: gone}}";
    let text = inflated(&dumped(&listed(text)));
    assert!(text.contains("kept") && text.contains("Opaque"), "{text}");
    assert!(!text.contains("gone") && !text.contains("Z29uZQ"), "{text}");
}

/// Credentials that show by their form, put together so that no scanner takes this file for a leak.
const SECRETS: &[&str] = &[
    concat!("AKIA", "FICTIONALEXAMPLE"),
    concat!("ghp_", "fakefakefakefakefakefakefakefakefake"),
    concat!("eyJ", "mYWtlZmFrZQ.eyJ", "mYWtlZmFrZQ.fakefakefake"),
    concat!("-----BEGIN ", "PRIVATE KEY-----"),
];

const PIECES: &[&str] = &[
    "",
    " ",
    "=",
    ":",
    "://",
    "@",
    ",",
    "\"",
    "'",
    "$(A)",
    "https://",
    "db.example.com/x",
    "user:fictional@",
    "password",
    "--password",
    "--password=",
    "token=",
    "--set=",
    "hunter2",
    "1234",
    "true",
    "/etc/a",
    "<password>",
    "[redacted by ringfence: a credential, 1]",
    "[redacted by ringfence: ",
    ", 2]",
    "-",
    "--",
    "shop",
    "ü",
    "\n",
];

const NAMES: &[&str] = &[
    "DB_PASSWORD",
    "API_TOKEN",
    "HOOK",
    "AWS_ACCESS_KEY_ID",
    "PASSWORD_FILE",
    "value",
    "name",
    "secretKey",
    "example.com/token",
    "nginx.ingress.kubernetes.io/auth-secret",
    "checksum/secret",
];

fn text() -> impl Strategy<Value = String> {
    let secret = select(SECRETS).prop_map(|secret| format!(" {secret} "));
    let piece = prop_oneof![6 => select(PIECES).prop_map(str::to_owned), 1 => secret];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = Value> {
    prop::collection::vec(text(), 0..5).prop_map(Value::from)
}

fn named() -> impl Strategy<Value = Value> {
    let map = prop::collection::btree_map(select(NAMES), text(), 0..4);
    map.prop_map(|map| json!(map))
}

fn container() -> impl Strategy<Value = Value> {
    let env = prop::collection::vec((select(NAMES), text()), 0..5);
    (env, texts(), texts(), text(), any::<bool>()).prop_map(|(env, command, args, image, is)| {
        let env = env.into_iter().enumerate();
        let env: Vec<_> = env
            .map(|(at, (name, value))| json!({"name": format!("{name}_{at}"), "value": value}))
            .collect();
        json!({"name": "c", "image": image, "env": env, "command": command, "args": args,
            "securityContext": {"privileged": is}})
    })
}

/// Pods of few controllers, so that some are alike; what selects them; and other kinds.
fn object() -> impl Strategy<Value = Value> {
    let pod = (container(), 0..3_usize, named(), named(), 0..6_usize, any::<bool>());
    let pod = pod.prop_map(|(container, owner, annotations, labels, name, owned)| {
        let owner = json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "controller": true,
            "name": format!("glpat-aaaaaaaaaaaaaaaaaaa{owner}")}]);
        json!({"apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": format!("pod-{name}"), "namespace": "shop", "labels": labels,
                "annotations": annotations, "uid": format!("u-{name}"),
                "ownerReferences": if owned { owner } else { json!([]) }},
            "spec": {"containers": [container], "hostNetwork": owned}})
    });
    let policy = (named(), texts(), any::<bool>()).prop_map(|(labels, values, all)| {
        let expression = json!({"key": "HOOK", "operator": "In", "values": values});
        let expressions = if all { json!([]) } else { json!([expression]) };
        json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
            "metadata": {"name": "p", "namespace": "shop"},
            "spec": {"podSelector": {"matchLabels": labels, "matchExpressions": expressions},
                "policyTypes": ["Ingress", "Egress"]}})
    });
    let other = (named(), text(), select(&["Namespace", "ConfigMap", "Secret", "Service"][..]));
    let other = other.prop_map(|(data, text, kind)| {
        json!({"apiVersion": "v1", "kind": kind, "data": data, "spec": {"type": "LoadBalancer",
            "selector": data, "loadBalancerSourceRanges": [text]},
            "metadata": {"name": "shop", "namespace": "shop", "labels": data}})
    });
    prop_oneof![4 => pod, 1 => policy, 1 => other]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_inventory_has_the_same_findings_after_a_dump(
        objects in prop::collection::vec(object(), 1..8),
    ) {
        let text = json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string();
        same_after_a_dump(&text, &Parameters::default());
    }
}
