//! Every form of a report holds what it promises.
//!
//! Oracles: the schema of `ringfence.scan/v1` in this crate, and the schema of SARIF 2.1.0 that
//! OASIS publishes, as the `serde-sarif` crate brings it.

#![allow(clippy::disallowed_methods, reason = "a test reads the schema")]

use std::collections::BTreeSet;
use std::sync::Arc;

use checks::Version;
use collect::{Reading, manifests};
use finding::Report;
use jiff::Timestamp;
use model::diagnosis::{Diagnosis, User};
use model::inputs::Cause;
use model::{
    Cluster, Inputs, Inventory, Live, Object, Origin, Position, Rendered, Rendering, Shows, Spot,
    Unlisted,
};
use report::{Style, doctor, json, sarif, text};
use scan::{Config, Plan};
use serde_json::Value;

const CONFIG: &str = "
exceptions:
- {check: host-namespace, object: {name: agent}, owner: ops, reason: node agent, expires: 2026-01-01}
- {check: root-container, object: {name: nobody}, owner: ops, reason: gone}
";

const MANIFESTS: &str = "
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  annotations:
    ringfence.dev/accept: |
      privileged-container owner=ops expires=2027-01-01 reason=reads the kernel log
      root-contaner owner=ops reason=misspelt
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostPID: true
      containers:
      - name: agent
        image: registry.example.com/agent:1
        securityContext: {privileged: true}
---
a: [broken
---
name: {{ .Values.name }}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: \"evil\\e[31m\\u202e\"}
data: {a: b}
";

fn report() -> Report {
    let text = MANIFESTS.replace("\\\"", "\"").into_bytes();
    judged(manifests::read_text("dir with space/a.yaml", text, &scan::wants))
}

/// The same objects as if a cluster had listed them, and not all.
fn live_report() -> Report {
    let mut reading = manifests::read_text("a.yaml", MANIFESTS.into(), &scan::wants);
    let live = Arc::new(Live { context: "prod".into(), uid: "u-1".into() });
    let listed = |it: &Object| Object::new(it.tree().clone(), Origin::Live(live.clone()));
    reading.objects = reading.objects.iter().map(|it| listed(it).expect("it is one")).collect();
    let unlisted =
        |resource: &str, cause| Unlisted { resource: resource.to_owned(), namespace: None, cause };
    let cluster = Cluster {
        context: "prod".into(),
        server: "https://api.example.com:6443".to_owned(),
        version: Some("v1.36.3".to_owned()),
        unlisted: vec![
            unlisted("pods", Cause::Forbidden),
            unlisted("services", Cause::Forbidden),
            unlisted("jobs.batch", Cause::Failed("it took too long".to_owned())),
        ],
        ..Cluster::default()
    };
    reading.inputs = Inputs { objects: 1, clusters: vec![cluster], ..Inputs::default() };
    judged(reading)
}

/// The same objects as if two variants of a chart had rendered them.
fn rendered_report() -> Report {
    let reading = manifests::read_text("a.yaml", MANIFESTS.into(), &scan::wants);
    let variant = |name: &str| {
        let rendering = Rendering::new("charts/web/Chart.yaml".into(), Some(name.into()));
        let at = Position { line: 3, column: 5 };
        let spot =
            Spot { file: "charts/web/values.yaml".into(), at, shows: Shows::Value, path: None };
        let rendered =
            Rendered { rendering: Arc::new(rendering), spots: [spot].into(), doors: [].into() };
        Origin::Rendered(Arc::new(rendered))
    };
    let both = reading
        .objects
        .into_iter()
        .flat_map(|object| ["prod", "dev"].map(|name| object.clone().from_origin(variant(name))));
    judged(Reading { objects: both.collect(), ..Reading::default() })
}

fn judged(reading: Reading) -> Report {
    let config = Config::read("ringfence.yaml", CONFIG).expect("the settings are right");
    let plan = Plan {
        checks: config.enabled(),
        config: &config,
        today: jiff::civil::date(2026, 6, 1),
        kubernetes: Version::DEFAULT,
        baseline: BTreeSet::new(),
        namespaces: BTreeSet::new(),
    };
    scan::scan(&Inventory::new(reading.objects), reading.inputs, &plan)
}

fn written(write: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes);
    bytes
}

fn valid(schema: &Value, document: &Value) {
    let validator = jsonschema::validator_for(schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(document).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn json_follows_its_schema_and_is_its_own_baseline() {
    let report = report();
    let bytes = written(|out| json::write(&report, out).unwrap());
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let schema = include_str!("../schemas/ringfence.scan.v1.schema.json");
    valid(&serde_json::from_str(schema).unwrap(), &document);
    let states: Vec<&str> = document["exceptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["used", "invalid", "expired", "unused"]);
    let known = json::fingerprints(&bytes).unwrap();
    assert!(report.findings.iter().all(|it| known.contains(&it.fingerprint())));
}

#[test]
fn a_live_object_has_an_origin_and_no_location() {
    let bytes = written(|out| json::write(&live_report(), out).unwrap());
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let schema = include_str!("../schemas/ringfence.scan.v1.schema.json");
    valid(&serde_json::from_str(schema).unwrap(), &document);
    let finding = &document["findings"][0];
    assert_eq!(finding["location"], Value::Null);
    assert_eq!(finding["origin"], serde_json::json!({"context": "prod", "uid": "u-1"}));
    assert_eq!(document["inputs"]["clusters"][0]["unlisted"][0]["forbidden"], true);
    let sarif = written(|out| sarif::write(&live_report(), out).unwrap());
    let sarif: Value = serde_json::from_slice(&sarif).unwrap();
    valid(&sarif_schema(), &sarif);
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_rendered_object_has_the_place_of_its_source_in_each_variant() {
    let report = rendered_report();
    let document = written(|out| json::write(&report, out).unwrap());
    let document: Value = serde_json::from_slice(&document).expect("it is JSON");
    let schema = include_str!("../schemas/ringfence.scan.v1.schema.json");
    valid(&serde_json::from_str(schema).unwrap(), &document);
    let findings = document["findings"].as_array().expect("there are some");
    let privileged = findings.iter().find(|it| it["check"] == "privileged-container");
    let privileged = privileged.expect("it is found");
    let rendered = |variant: &str| serde_json::json!({"from": "charts/web", "variant": variant, "traced": true});
    assert_eq!(privileged["location"]["rendered"], rendered("dev"));
    assert_eq!(privileged["alsoAt"][0]["rendered"], rendered("prod"));
    let page = written(|out| text::write(&report, Style::PLAIN, true, out).unwrap());
    let page = String::from_utf8(page).expect("it is text");
    let said = "charts/web/values.yaml:3, rendered from charts/web (dev), charts/web (prod)";
    assert!(page.contains(said), "{page}");
}

#[test]
fn the_page_of_a_cluster_says_what_was_not_listed_and_the_rule_for_it() {
    let page = written(|out| text::write(&live_report(), Style::PLAIN, false, out).unwrap());
    let page = String::from_utf8(page).unwrap().replace("\n  ", " ");
    for words in [
        "prod (v1.36.3), 1 object",
        "{apiGroups: [\"\"], resources: [pods, services], verbs: [list]}",
        "jobs.batch: it took too long",
        "spec.template.spec.hostPID",
    ] {
        assert!(page.contains(words), "{words:?} in\n{page}");
    }
}

#[test]
fn a_diagnosis_follows_its_schema() {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let cluster = live_report().inputs.clusters.remove(0);
    let user = User { name: "ops".to_owned(), groups: vec!["admins".to_owned()] };
    let ill = Diagnosis {
        cluster,
        user: Some(user),
        latency_ms: 3,
        clock_ahead: Some(-90),
        certificate_ends: Some(now.as_second() + 1_000_000),
        resources: vec!["pods".to_owned()],
    };
    let schema = include_str!("../schemas/ringfence.doctor.v1.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    for diagnosis in [ill.clone(), Diagnosis::default()] {
        let bytes = written(|out| doctor::json(&diagnosis, now, out).unwrap());
        valid(&schema, &serde_json::from_slice(&bytes).unwrap());
    }
    let page = written(|out| doctor::text(&ill, now, Style::PLAIN, out).unwrap());
    let page = String::from_utf8(page).unwrap();
    for words in ["90 seconds behind", "in 11 days", "knows you as ops, of admins", "missing"] {
        assert!(page.contains(words), "{words:?} in\n{page}");
    }
}

#[test]
fn sarif_follows_the_schema_of_oasis() {
    let bytes = written(|out| sarif::write(&report(), out).unwrap());
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    valid(&sarif_schema(), &document);
    let run = &document["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let uri = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "dir%20with%20space/a.yaml");
}

#[test]
fn the_page_for_a_person_says_what_was_not_seen() {
    let page = written(|out| text::write(&report(), Style::PLAIN, false, out).unwrap());
    let page = String::from_utf8(page).unwrap();
    for words in ["Could not be read", "Helm template", "expired on 2026-01-01", "did you mean"] {
        assert!(page.contains(words), "{words:?} in\n{page}");
    }
    assert!(!page.contains('\u{1b}'), "no colour was asked");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for write in [json::write, sarif::write] {
        let once = written(|out| write(&report(), out).unwrap());
        let again = written(|out| write(&report(), out).unwrap());
        assert_eq!(once, again);
    }
}

fn sarif_schema() -> Value {
    let metadata = cargo_metadata::MetadataCommand::new().exec().expect("cargo metadata");
    let package = metadata.packages.iter().find(|it| it.name.as_str() == "serde-sarif");
    let folder = package.expect("a dev-dependency").manifest_path.parent().expect("its folder");
    let text = std::fs::read(folder.join("src/schema.json")).expect("the schema it brings");
    let mut schema: Value = serde_json::from_slice(&text).expect("JSON");
    // A bracket too many makes this pattern no regular expression.
    for owner in ["run", "toolComponent"] {
        let language = format!("/definitions/{owner}/properties/language");
        let language = schema.pointer_mut(&language).expect("it is there");
        language.as_object_mut().expect("a schema").remove("pattern");
    }
    schema
}
