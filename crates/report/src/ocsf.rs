//! OCSF 1.5: Compliance Findings (class 2003), an event a line, as collectors of logs take them.
//!
//! An open finding is new, an accepted one suppressed, a known one an update of what was told before.
//! What could not be read is an event as well, with a warning in place of a verdict.

use std::io::{self, Write};

use checks::Check;
use finding::{Confidence, Finding, Report, Severity, State};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::sentence::{self, UNREADABLE, UNREADABLE_TITLE, Unseen, unseen};

const SCHEMA: &str = "1.5.0";
const CLASS: u32 = 2003;

/// Writes a report. Each event is of the day, not of the second, so that the same scan gives the same
/// bytes.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, day: Date, out: &mut dyn Write) -> io::Result<()> {
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC).map_err(io::Error::other)?;
    let time = midnight.timestamp().as_millisecond();
    unseen(report).try_for_each(|it| line(&unreadable(&it, time), out))?;
    report.findings.iter().try_for_each(|finding| line(&event(finding, time), out))
}

fn line(event: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, event)?;
    out.write_all(b"\n")
}

fn event(finding: &Finding, time: i64) -> Value {
    let check = checks::find(&finding.check);
    let mut event = base(finding.state(), finding.severity, time);
    let (confidence_id, confidence) = confidence(finding.confidence);
    event.extend(members(json!({
        "confidence": confidence,
        "confidence_id": confidence_id,
        "message": format!("{}: {}", finding.object, finding.message),
        "finding_info": {
            "uid": finding.fingerprint().to_string(),
            "title": sentence::title(&finding.check),
            "desc": *finding.message,
            "types": [finding.check],
        },
        "compliance": compliance(finding, check),
        "resources": [resource(finding)],
        "remediation": {"desc": finding.fix.order()},
        "unmapped": unmapped(finding),
    })));
    if let Some(why) = sentence::settled(finding) {
        event.insert("comment".to_owned(), json!(why));
    }
    Value::Object(event)
}

fn unreadable(unseen: &Unseen<'_>, time: i64) -> Value {
    let mut event = base(State::Open, Severity::High, time);
    event.extend(members(json!({
        "message": unseen.sentence(),
        "finding_info": {
            "uid": unseen.fingerprint().to_string(),
            "title": UNREADABLE_TITLE,
            "desc": unseen.reason,
            "types": [UNREADABLE],
        },
        "compliance": {
            "control": UNREADABLE,
            "standards": ["Ringfence"],
            "status": "Warning",
            "status_id": 2,
        },
        "resources": [{"name": unseen.path.unwrap_or("cluster"), "type": "File"}],
        "unmapped": {"file": unseen.path, "line": unseen.line},
    })));
    Value::Object(event)
}

/// What is alike in every event.
fn base(state: State, severity: Severity, time: i64) -> Map<String, Value> {
    let (status_id, status, activity, activity_name) = match state {
        State::Open => (1, "New", 1, "Create"),
        State::Accepted => (3, "Suppressed", 2, "Update"),
        State::Known => (99, "Known", 2, "Update"),
    };
    let (severity_id, severity) = match severity {
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Critical => (5, "Critical"),
    };
    members(json!({
        "metadata": {
            "version": SCHEMA,
            "product": {
                "name": "Ringfence",
                "vendor_name": "Ringfence",
                "version": crate::VERSION,
            },
        },
        "time": time,
        "category_uid": CLASS / 1000,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Compliance Finding",
        "activity_id": activity,
        "activity_name": activity_name,
        "type_uid": CLASS * 100 + activity,
        "type_name": format!("Compliance Finding: {activity_name}"),
        "severity_id": severity_id,
        "severity": severity,
        "status_id": status_id,
        "status": status,
    }))
}

fn compliance(finding: &Finding, check: Option<&Check>) -> Value {
    let frameworks = check.map_or(&[][..], |it| it.frameworks);
    let mut standards: Vec<&str> = frameworks.iter().map(|it| it.parts().0).collect();
    standards.dedup();
    if standards.is_empty() {
        standards.push("Ringfence");
    }
    let requirements: Vec<String> = frameworks.iter().map(|it| it.label()).collect();
    let mut compliance = json!({
        "control": finding.check,
        "standards": standards,
        "status": "Fail",
        "status_id": 3,
    });
    if !requirements.is_empty() {
        compliance["requirements"] = json!(requirements);
    }
    compliance
}

fn resource(finding: &Finding) -> Value {
    let object = &finding.object;
    let mut resource = json!({
        "name": object.name,
        "type": object.kind,
        "version": object.api_version,
    });
    if let Some(namespace) = &object.namespace {
        resource["namespace"] = json!(namespace);
    }
    if let Some(live) = &finding.live {
        resource["uid"] = json!(live.uid);
    }
    resource
}

/// Where it stands, for which the class has no place.
fn unmapped(finding: &Finding) -> Value {
    let mut unmapped = json!({"state": finding.state().id(), "path": *finding.path});
    if let Some(at) = finding.location() {
        unmapped["file"] = json!(*at.file);
        unmapped["line"] = json!(at.line);
        unmapped["column"] = json!(at.column);
    }
    if let Some(live) = &finding.live {
        unmapped["context"] = json!(*live.context);
    }
    unmapped
}

fn confidence(confidence: Confidence) -> (u32, &'static str) {
    match confidence {
        Confidence::Heuristic => (1, "Low"),
        Confidence::Config => (2, "Medium"),
        Confidence::Proven => (3, "High"),
    }
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
