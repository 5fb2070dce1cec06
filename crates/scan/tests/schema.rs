//! The schema for editors and the reader agree on every file. The judge is a validator of JSON Schema that
//! is not ours.

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::select;
use scan::Config;
use serde_json::{Value, json};

fn validator() -> Validator {
    jsonschema::options()
        .should_validate_formats(true)
        .build(&scan::schema::of_config())
        .expect("the schema is one")
}

/// Whether the reader takes a value. JSON is YAML.
fn is_read(value: &Value) -> bool {
    Config::read("ringfence.yaml", &value.to_string()).is_ok()
}

/// Words that are right somewhere, and some that never are.
fn words() -> impl Strategy<Value = Value> {
    select(vec![
        json!("critical"),
        json!("low"),
        json!("never"),
        json!("Low"),
        json!(""),
        json!("pss-restricted"),
        json!("privileged-container"),
        json!("no-such-check"),
        json!("2027-06-30"),
        json!("2027-02-30"),
        json!("2027-6-3"),
        json!("2027-06-30T00:00"),
        json!(true),
        json!(3),
        json!(null),
        json!([]),
        json!({}),
        json!(["a", "b"]),
        json!([""]),
        json!([1]),
        json!(["nsa"]),
    ])
}

/// A mapping of some known and unknown keys, at one level of the file.
fn mapping(keys: Vec<&'static str>, values: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let size = 0..=keys.len();
    prop::collection::btree_map(select(keys), values, size)
        .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
        .boxed()
}

fn exceptions() -> BoxedStrategy<Value> {
    let object = mapping(vec!["apiGroup", "kind", "namespace", "name", "label"], words().boxed());
    let keys = vec![
        "check",
        "checks",
        "object",
        "container",
        "images",
        "field",
        "file",
        "owner",
        "reason",
        "expires",
        "until",
    ];
    let values = prop_oneof![4 => words(), 1 => object].boxed();
    let right = Just(json!({"check": "host-namespace", "owner": "a", "reason": "b"}));
    let more = (
        right.clone(),
        select(vec!["object", "container", "images", "file", "expires", "owner", "checks"]),
        values.clone(),
    )
        .prop_map(|(mut it, key, value)| {
            it[key] = value;
            it
        });
    let one = prop_oneof![mapping(keys, values), right, more];
    prop::collection::vec(one, 0..3).prop_map(Value::from).boxed()
}

fn checks_of() -> BoxedStrategy<Value> {
    let parameters = mapping(vec!["ignore", "ignored"], words().boxed());
    let settings = mapping(
        vec!["enabled", "severity", "parameters", "level"],
        prop_oneof![3 => words(), 1 => parameters].boxed(),
    );
    mapping(vec!["literal-credential", "host-namespace", "host-namespaces"], settings)
}

fn files() -> impl Strategy<Value = Value> {
    let lists =
        mapping(vec!["include", "exclude", "production", "staging", "else"], words().boxed());
    let values = prop_oneof![3 => words(), 1 => lists, 1 => exceptions(), 1 => checks_of()];
    let keys = vec![
        "failOn",
        "exclude",
        "profiles",
        "namespaces",
        "environments",
        "checks",
        "shippedExceptions",
        "exceptions",
        "failon",
    ];
    let single =
        (select(keys.clone()), values.clone()).prop_map(|(key, value)| json!({key: value}));
    prop_oneof![1 => mapping(keys, values.boxed()), 3 => single]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn a_file_is_read_if_and_only_if_the_schema_allows_it(value in files()) {
        thread_local!(static VALIDATOR: Validator = validator());
        let is_valid = VALIDATOR.with(|it| it.is_valid(&value));
        prop_assert_eq!(is_valid, is_read(&value), "{}", value);
    }
}

#[test]
fn right_files_are_among_those_compared() {
    let right = [
        json!({"failOn": "never", "profiles": ["nsa"], "exclude": [], "shippedExceptions": false}),
        json!({"namespaces": {"include": ["a*"]}, "environments": {"production": ["a", "b=c"]}}),
        json!({"checks": {"literal-credential": {"severity": "low", "parameters": {"ignore": ["A"]}}}}),
        json!({"exceptions": [{"checks": ["host-namespace"], "object": {"kind": "Pod"}, "images": ["a/b"],
            "owner": "a", "reason": "b", "expires": "2027-06-30"}]}),
        json!(null),
    ];
    for value in right {
        assert!(is_read(&value) && validator().is_valid(&value), "{value}");
    }
}
