//! SARIF 2.1.0, as code hosts show it beside the changed lines.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use checks::{Check, Page};
use finding::{Finding, Location, Report, Severity};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes a report, one result after another: there may be a million.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [Run::of(report)] };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    column_kind: &'a str,
    invocations: [Value; 1],
    results: Results<'a>,
}

struct Results<'a> {
    findings: &'a [Finding],
    rules: Rules,
}

impl<'a> Run<'a> {
    fn of(report: &'a Report) -> Self {
        let mut rules = Rules::of(report);
        Self {
            tool: json!({"driver": {
                "name": "Ringfence",
                "semanticVersion": crate::VERSION,
                "rules": std::mem::take(&mut rules.rules),
            }}),
            column_kind: "unicodeCodePoints",
            invocations: [invocation(report)],
            results: Results { findings: &report.findings, rules },
        }
    }
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.findings.iter().map(|finding| result(finding, &self.rules)))
    }
}

/// The rules that results refer to, by their place.
struct Rules {
    rules: Vec<Value>,
    places: BTreeMap<String, usize>,
}

impl Rules {
    fn of(report: &Report) -> Self {
        let ids: BTreeSet<&str> = report.findings.iter().map(|it| it.check.as_ref()).collect();
        let places = ids.iter().enumerate().map(|(place, id)| ((*id).to_owned(), place)).collect();
        let rules = ids.iter().map(|id| checks::find(id).map_or(json!({"id": id}), rule));
        Self { rules: rules.collect(), places }
    }
}

fn rule(check: &Check) -> Value {
    let page = Page::of(check);
    let mut tags = vec!["security".to_owned()];
    tags.extend(check.frameworks.iter().map(|framework| framework.label()));
    json!({
        "id": check.id,
        "name": pascal_case(check.id),
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": page.section("What")},
        "help": {"text": page.section("Fix"), "markdown": page.text()},
        "defaultConfiguration": {"level": level(check.severity)},
        "properties": {
            "security-severity": score(check.severity),
            "precision": precision(check.confidence),
            "tags": tags,
        },
    })
}

fn result(finding: &Finding, rules: &Rules) -> Value {
    let mut result = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": {"text": format!("{}: {}", finding.object, finding.message)},
        "locations": locations(finding),
        "partialFingerprints": {"ringfence/v1": finding.fingerprint().to_string()},
        "baselineState": if finding.known { "unchanged" } else { "new" },
    });
    if let Some(place) = rules.places.get(finding.check.as_ref()) {
        result["ruleIndex"] = json!(place);
    }
    if let Some(accepted) = &finding.accepted {
        let justification = format!("{} ({})", accepted.reason, accepted.owner);
        result["suppressions"] = json!([{"kind": "external", "justification": justification}]);
    }
    result
}

/// A result stands at every place of its object; one that no file holds, only at its object.
fn locations(finding: &Finding) -> Vec<Value> {
    let name = format!("{} {}", finding.object, finding.path);
    let logical = json!([{"fullyQualifiedName": name.trim_end(), "kind": "resource"}]);
    if finding.locations.is_empty() {
        return vec![json!({"logicalLocations": logical})];
    }
    let physical = |location: &Location| {
        json!({
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&location.file)},
                "region": {"startLine": location.line, "startColumn": location.column},
            },
            "logicalLocations": logical,
        })
    };
    finding.locations.iter().map(physical).collect()
}

fn invocation(report: &Report) -> Value {
    let notes: Vec<Value> =
        report
            .inputs
            .unreadable
            .iter()
            .map(|unreadable| {
                let mut place = json!({"artifactLocation": {"uri": uri(&unreadable.path)}});
                if let Some(line) = unreadable.line {
                    place["region"] = json!({"startLine": line});
                }
                json!({
                    "level": "error",
                    "message": {"text": unreadable.reason},
                    "locations": [{"physicalLocation": place}],
                })
            })
            .chain(report.inputs.failed_lists().map(
                |unlisted| json!({"level": "error", "message": {"text": unlisted.to_string()}}),
            ))
            .collect();
    json!({
        "executionSuccessful": notes.is_empty(),
        "toolExecutionNotifications": notes,
    })
}

/// `host-namespace` as `HostNamespace`.
fn pascal_case(id: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    id.split('-').filter(|word| !word.is_empty()).map(capital).collect()
}

/// A path as a reference, absolute if it is: what may not stand in one is percent-encoded.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encode = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    std::iter::once(scheme.to_owned()).chain(path.bytes().map(encode)).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// The scale of code hosts: above 9.0 critical, above 7.0 high, above 4.0 medium.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

fn precision(confidence: finding::Confidence) -> &'static str {
    match confidence {
        finding::Confidence::Proven => "very-high",
        finding::Confidence::Config => "high",
        finding::Confidence::Heuristic => "medium",
    }
}
