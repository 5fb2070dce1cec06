//! What `ringfence.yaml` may hold, as JSON Schema, for editors.

use checks::Check;
use checks::check::Parameter;
use checks::profile::PROFILES;
use checks::reading::environment::Environment;
use serde_json::{Map, Value, json};

use crate::config::ids;
use crate::setting::{ENABLED, SETTINGS, SEVERITY};

/// The schema, in JSON Schema 2020-12.
pub fn of_config() -> Value {
    let setting =
        |it: crate::setting::Setting| (it.key.to_owned(), described(form(it.key), it.about));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ringfence.yaml",
        "description": "The settings of Ringfence.",
        "type": ["object", "null"],
        "properties": SETTINGS.into_iter().map(setting).collect::<Map<_, _>>(),
        "additionalProperties": false,
        "$defs": definitions(),
    })
}

fn form(key: &str) -> Value {
    let names: Vec<_> = PROFILES.iter().map(|profile| profile.name).collect();
    match key {
        "failOn" => json!({"enum": ["critical", "high", "medium", "low", "never"]}),
        "profiles" => json!({"type": "array", "items": {"enum": names}}),
        "namespaces" => object(["include", "exclude"].map(|key| (key, reference("words")))),
        "environments" => object(Environment::ALL.map(|it| (it.id(), reference("words")))),
        "checks" => of_checks(),
        "shippedExceptions" => json!({"type": "boolean"}),
        "exceptions" => json!({"type": "array", "items": reference("exception")}),
        _ => reference("words"),
    }
}

fn definitions() -> Value {
    let enabled = described(json!({"type": "boolean"}), ENABLED[0]);
    let severity = json!({"enum": ["critical", "high", "medium", "low"]});
    json!({
        "text": {"type": "string", "minLength": 1},
        "words": {"type": "array", "items": reference("text")},
        "enabled": enabled,
        "severity": described(severity, SEVERITY[0]),
        "check": object([
            ("enabled", reference("enabled")),
            ("severity", reference("severity")),
            ("parameters", object([])),
        ]),
        "id": {"enum": ids()},
        "exception": exception(),
    })
}

fn exception() -> Value {
    let pattern = ["apiGroup", "kind", "namespace", "name"].map(|key| (key, reference("text")));
    let some = |items: Value| json!({"type": "array", "items": items, "minItems": 1});
    let day =
        json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"});
    let text = |about| described(reference("text"), about);
    let mut exception = object([
        ("check", described(reference("id"), "The check whose findings are accepted.")),
        ("checks", described(some(reference("id")), "Several checks.")),
        ("object", described(object(pattern), "The objects; * stands for any text.")),
        ("container", text("The container that a finding stands in; * stands for any text.")),
        ("images", described(some(reference("text")), "The repositories that containers run.")),
        ("field", text("The field that a finding stands at; * stands for any text.")),
        ("file", text("The end of the path of the file; * stands for any text.")),
        ("owner", text("Who bears the risk.")),
        ("reason", text("Why the risk is borne.")),
        ("expires", described(day, "The last day on which the exception holds.")),
    ]);
    exception["required"] = json!(["owner", "reason"]);
    exception["oneOf"] = json!([{"required": ["check"]}, {"required": ["checks"]}]);
    exception
}

fn of_checks() -> Value {
    let names = |check: &'static Check| {
        let ids = check.aliases.iter().copied().chain([check.id]);
        ids.map(|id| (id, described(of_check(check), check.title)))
    };
    object(checks::all().flat_map(names))
}

fn of_check(check: &Check) -> Value {
    if check.parameters.is_empty() {
        return reference("check");
    }
    let parameter = |it: &Parameter| (it.name, described(reference("words"), it.about));
    object([
        ("enabled", reference("enabled")),
        ("severity", reference("severity")),
        ("parameters", object(check.parameters.iter().map(parameter))),
    ])
}

fn object<'k>(properties: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    let properties = properties.into_iter().map(|(key, value)| (key.to_owned(), value));
    let properties: Map<_, _> = properties.collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn described(mut form: Value, about: &str) -> Value {
    form["description"] = json!(about);
    form
}
