//! Reports as objects of Kubernetes, for the tools that show them: `PolicyReport` of the policy working
//! group, and `Report` of its successor, `OpenReports`. One JSON list, to be applied.
//!
//! An open finding fails, an accepted one is skipped, a known one is a warning that is not scored, and
//! what could not be read is an error.

use std::collections::BTreeMap;
use std::io::{self, Write};

use finding::{Finding, Report, State};
use serde_json::{Map, Value, json};

use crate::sentence::{self, UNREADABLE, Unseen, unseen};
use crate::style::harmless;

/// How many results an object holds: a store of objects takes a megabyte at most, and the note that
/// `kubectl apply` leaves a quarter of that.
const RESULTS: usize = 100;

/// How many characters of a message from outside it holds.
const MESSAGE: usize = 1000;

/// The kinds of an API.
pub struct Api {
    version: &'static str,
    namespaced: &'static str,
    cluster: &'static str,
}

/// `wgpolicyk8s.io/v1alpha2`.
pub const POLICY_REPORT: Api = Api {
    version: "wgpolicyk8s.io/v1alpha2",
    namespaced: "PolicyReport",
    cluster: "ClusterPolicyReport",
};

/// `openreports.io/v1alpha1`.
pub const OPEN_REPORTS: Api =
    Api { version: "openreports.io/v1alpha1", namespaced: "Report", cluster: "ClusterReport" };

/// Writes a report: for each namespace objects in it, and objects of the cluster for all else.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, api: &Api, out: &mut dyn Write) -> io::Result<()> {
    let mut namespaces: BTreeMap<Option<&str>, Vec<Entry<'_>>> = BTreeMap::new();
    namespaces.entry(None).or_default().extend(unseen(report).map(Entry::Unseen));
    for finding in &report.findings {
        let namespace = finding.object.namespace.as_deref().filter(|it| is_label(it));
        namespaces.entry(namespace).or_default().push(Entry::Finding(finding));
    }
    write!(out, "{{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[")?;
    let mut first = true;
    for (namespace, entries) in &namespaces {
        for (part, entries) in entries.chunks(RESULTS).enumerate() {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            serde_json::to_writer(&mut *out, &object(api, *namespace, part, entries))?;
        }
    }
    writeln!(out, "\n]}}")
}

enum Entry<'a> {
    Finding(&'a Finding),
    Unseen(Unseen<'a>),
}

fn object(api: &Api, namespace: Option<&str>, part: usize, entries: &[Entry<'_>]) -> Value {
    let mut metadata = json!({
        "name": format!("ringfence-{}", part + 1),
        "labels": {"app.kubernetes.io/managed-by": "ringfence"},
    });
    if let Some(namespace) = namespace {
        metadata["namespace"] = json!(namespace);
    }
    let results: Vec<Value> = entries.iter().map(Entry::result).collect();
    let number = |name: &str| entries.iter().filter(|it| it.outcome() == name).count();
    json!({
        "apiVersion": api.version,
        "kind": if namespace.is_some() { api.namespaced } else { api.cluster },
        "metadata": metadata,
        "summary": {
            "pass": 0,
            "fail": number("fail"),
            "warn": number("warn"),
            "error": number("error"),
            "skip": number("skip"),
        },
        "results": results,
    })
}

impl Entry<'_> {
    fn outcome(&self) -> &'static str {
        match self {
            Entry::Unseen(_) => "error",
            Entry::Finding(finding) => match finding.state() {
                State::Open => "fail",
                State::Accepted => "skip",
                State::Known => "warn",
            },
        }
    }

    fn result(&self) -> Value {
        let mut result = match self {
            Entry::Unseen(unseen) => unreadable(unseen),
            Entry::Finding(finding) => finding_result(finding),
        };
        result["source"] = json!("Ringfence");
        result["result"] = json!(self.outcome());
        result["scored"] = json!(self.outcome() == "fail");
        result
    }
}

fn finding_result(finding: &Finding) -> Value {
    let mut result = json!({
        "policy": finding.check,
        "category": category(&finding.check),
        "severity": finding.severity.id(),
        "message": bounded(&finding.message),
        "resources": [resource(finding)],
        "properties": properties(finding),
    });
    if !finding.path.is_empty() {
        result["rule"] = json!(bounded(&finding.path));
    }
    result
}

fn unreadable(unseen: &Unseen<'_>) -> Value {
    json!({
        "policy": UNREADABLE,
        "category": "inputs",
        "severity": "high",
        "message": bounded(&unseen.sentence()),
    })
}

/// The family that a check belongs to.
fn category(check: &str) -> &'static str {
    let holds = |(_, checks): &&(&str, &[checks::Check])| checks.iter().any(|it| it.id == check);
    checks::FAMILIES.iter().find(holds).map_or("other", |(family, _)| family)
}

fn resource(finding: &Finding) -> Value {
    let object = &finding.object;
    let mut resource = json!({
        "apiVersion": object.api_version,
        "kind": object.kind,
        "name": object.name,
    });
    if let Some(namespace) = &object.namespace {
        resource["namespace"] = json!(namespace);
    }
    if let Some(live) = &finding.live {
        resource["uid"] = json!(live.uid);
    }
    resource
}

fn properties(finding: &Finding) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut note = |name: &str, value: &str| {
        properties.insert(name.to_owned(), json!(bounded(value)));
    };
    note("fingerprint", &finding.fingerprint().to_string());
    note("fix", finding.fix.order());
    note("state", finding.state().id());
    if let Some(why) = sentence::settled(finding) {
        note("settled", &why);
    }
    if let Some(at) = finding.location() {
        note("location", &at.to_string());
    }
    properties
}

/// The start of a text from outside: an object is bounded, a name in a manifest is not.
fn bounded(text: &str) -> String {
    harmless(text).chars().take(MESSAGE).collect()
}

/// Whether a namespace may be called so; objects in others belong to no namespace of a server.
fn is_label(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = name.as_bytes().first().zip(name.as_bytes().last());
    name.len() <= 63
        && ends.is_some_and(|(first, last)| plain(*first) && plain(*last))
        && name.bytes().all(|byte| plain(byte) || byte == b'-')
}
