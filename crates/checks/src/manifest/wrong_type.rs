//! A value of the wrong type: the API server refuses the object, and many a scanner passes over it.

use finding::{Change, Confidence, Finding, Fix, Severity};
use model::schema::{self, Mismatch};
use model::tree::Type;
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::json;

pub(crate) const CHECK: Check = Check {
    id: "wrong-type",
    title: "Value has the wrong type",
    severity: Severity::High,
    confidence: Confidence::Proven,
    ring: Ring::Two,
    layer: Layer::Code,
    dimension: Dimension::Pipeline,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    peers: &[Peer::KubeLinter("schema-validation")],
    effort: Hours(1),
    fix: Fix::Review("Write the value with the type that the API expects"),
    edit: Edit::By(with_type),
    cel: Cel::Refused("the API server decodes an object, and refuses it, before admission sees it"),
    run,
    ..Check::on(Kinds::ALL, include_str!("wrong_type.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().objects() {
        let mismatches = schema::mismatches(object).into_iter();
        mismatches.for_each(|mismatch| out.push(finding(object, mismatch)));
    }
}

fn finding(object: &Object, mismatch: Mismatch<'_>) -> Finding {
    let place = Place::of(object, mismatch.node);
    let Mismatch { node, expected } = mismatch;
    let (path, found, value) = (place.path(), node.kind(), value(mismatch, &place.path()));
    let finding = CHECK.at(&place, format!("{path}: expected {expected}, found {found}{value}"));
    // What a custom kind takes in is known to its own schema; its metadata is like any other.
    let custom = kinds::is_namespaced(object.group(), object.kind()).is_none();
    if custom && !path.starts_with("metadata") {
        return Finding { confidence: Confidence::Config, ..finding };
    }
    finding
}

/// Where a value may be a secret, of whatever type it is.
const SECRETIVE: [&str; 7] =
    ["annotations", "args", "binaryData", "command", "data", "env", "stringData"];

/// The value itself, where it is short and no secret can stand.
fn value(mismatch: Mismatch<'_>, path: &str) -> String {
    let (text, found) = (mismatch.node.text(), mismatch.node.kind());
    let scalar = !matches!(mismatch.expected, "mapping" | "list");
    let secretive = path.split(['.', '[']).any(|step| SECRETIVE.contains(&step));
    match found {
        _ if secretive || !scalar || text.len() > 20 => String::new(),
        Type::Str => format!(" {text:?}"),
        Type::Bool | Type::Int | Type::Float => format!(" {text}"),
        _ => String::new(),
    }
}

/// The value with the type that is expected, where the same letters say it.
fn with_type(flaw: &Flaw<'_>) -> Vec<Change> {
    let all = schema::mismatches(flaw.object());
    let Some(Mismatch { node, expected }) =
        all.into_iter().find(|it| it.node.path() == flaw.path())
    else {
        return Vec::new();
    };
    let text = node.text();
    let json = match (expected, node.kind()) {
        ("string", Type::Bool | Type::Int | Type::Float) => {
            return vec![Change::quote(flaw.path())];
        }
        ("list", Type::Str) if !text.contains(char::is_whitespace) => {
            format!("[{}]", json::text(text))
        }
        ("boolean", Type::Str) if matches!(text, "true" | "false") => text.to_owned(),
        ("integer", Type::Str) if text.parse::<i64>().is_ok_and(|it| it.to_string() == text) => {
            text.to_owned()
        }
        _ => return Vec::new(),
    };
    vec![Change::set(flaw.path(), json)]
}

#[cfg(test)]
mod tests {
    use testkit::Example;

    use super::*;
    use crate::{Parameters, Version};

    fn findings(text: &str) -> Vec<Finding> {
        let example = &Example::all(&format!("```yaml bad\n{text}\n```\n"))[0];
        let (inventory, parameters) = (example.inventory(), Parameters::default());
        let cx = Cx::new(&inventory, example.today(), Version::DEFAULT, &parameters);
        crate::run(&[&CHECK], &cx)
    }

    fn messages(text: &str) -> Vec<String> {
        findings(text).into_iter().map(|finding| finding.message.to_string()).collect()
    }

    #[test]
    fn a_short_value_is_shown_where_it_helps() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {version: 1.2}}\n";
        let spec = "spec: {hostNetwork: 'true', hostPID: {}, automountServiceAccountToken: \
                    'a text that is longer than that'}";
        let expected = [
            "metadata.labels.version: expected string, found number 1.2",
            "spec.hostNetwork: expected boolean, found string \"true\"",
            "spec.hostPID: expected boolean, found mapping",
            "spec.automountServiceAccountToken: expected boolean, found string",
        ];
        assert_eq!(messages(&format!("{pod}{spec}")), expected);
    }

    #[test]
    fn no_message_holds_what_may_be_a_secret() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {pin: 4711}}\n";
        let container = "{name: c, env: [{name: PIN, value: 4711}], args: [--pin, 4711], \
                         command: 'run 4711', image: [4711], securityContext: '4711'}";
        let secret = "apiVersion: v1\nkind: Secret\ndata: {a: 4711}\nstringData: {b: 4711}";
        let text = format!("{pod}spec: {{containers: [{container}]}}\n---\n{secret}");
        let messages = messages(&text);
        assert_eq!(messages.len(), 8, "{messages:?}");
        assert!(messages.iter().all(|message| !message.contains("4711")), "{messages:?}");
    }

    #[test]
    fn what_a_custom_kind_takes_in_is_not_proven() {
        let found = findings(
            "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: 5}\n\
             spec: {template: {spec: {hostPID: 'no', containers: [{name: c}]}}}",
        );
        let confidences: Vec<Confidence> = found.iter().map(|it| it.confidence).collect();
        assert_eq!(confidences, [Confidence::Proven, Confidence::Config]);
    }
}
