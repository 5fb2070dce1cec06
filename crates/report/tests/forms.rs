//! Every form for a program or a page tells open, accepted and known findings apart, states what could
//! not be read, and stays what it is whatever names stand in it.
//!
//! Oracles: the schema of `ringfence.scan/v1`, what GitLab documents of Code Quality, and the rules by
//! which the runner of GitHub reads a line. The package `consumers` has the real readers.

use std::collections::BTreeSet;
use std::io::{self, Write};

use checks::Version;
use collect::manifests;
use finding::{Report, State};
use jiff::civil::{Date, date};
use model::Inventory;
use report::policy_report::{OPEN_REPORTS, POLICY_REPORT};
use report::{Style, csv, github, gitlab, html, jsonl, junit, markdown, ocsf, policy_report, text};
use scan::{Config, Plan};
use serde_json::{Value, json};

const HOSTILE: &str = include_str!("inputs/hostile.yaml");

const DAY: Date = date(2026, 6, 1);

type Form = fn(&Report, &mut dyn Write) -> io::Result<()>;

const FORMS: [(&str, Form); 11] = [
    ("text", |report, out| text::write(report, Style::PLAIN, true, out)),
    ("jsonl", jsonl::write),
    ("junit", junit::write),
    ("csv", csv::write),
    ("markdown", markdown::write),
    ("html", |report, out| html::write(report, DAY, out)),
    ("gitlab", gitlab::write),
    ("github", github::write),
    ("ocsf", |report, out| ocsf::write(report, DAY, out)),
    ("policyreport", |report, out| policy_report::write(report, &POLICY_REPORT, out)),
    ("openreports", |report, out| policy_report::write(report, &OPEN_REPORTS, out)),
];

/// The hostile names, one of them accepted, and another that a baseline knew.
fn report() -> Report {
    let mut report = judged(HOSTILE);
    let known = report.findings.iter_mut().find(|it| it.object.name.contains("stop-commands"));
    known.expect("it is among them").known = true;
    report.summary = finding::Summary::of(&report.findings);
    report
}

fn judged(manifests: &str) -> Report {
    let reading = manifests::read_text("./dir/<b>,a.yaml", manifests.into(), &scan::wants);
    let config = Config::default();
    let plan = Plan {
        checks: checks::find("privileged-container").into_iter().collect(),
        config: &config,
        today: DAY,
        kubernetes: Version::DEFAULT,
        baseline: BTreeSet::new(),
        namespaces: BTreeSet::new(),
    };
    scan::scan(&Inventory::new(reading.objects), reading.inputs, &plan)
}

fn written(report: &Report, form: Form) -> String {
    let mut bytes = Vec::new();
    form(report, &mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("every form is UTF-8")
}

fn form(name: &str) -> String {
    let (_, form) = FORMS.iter().find(|(it, _)| *it == name).expect("there is such a form");
    written(&report(), *form)
}

fn lines(name: &str) -> Vec<Value> {
    form(name).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn valid(schema: &str, document: &Value) {
    let schema = serde_json::from_str(schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(document).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn no_form_lets_a_name_move_a_cursor_or_hide_what_follows() {
    for (name, form) in FORMS {
        let written = written(&report(), form);
        let is_control = |it: char| it.is_control() && it != '\n' && it != '\r';
        assert!(!written.contains(is_control), "{name} has a control character");
        assert!(written.contains("accepted"), "{name} holds the names");
    }
}

#[test]
fn no_line_but_our_own_is_a_command_to_the_runner_of_github() {
    for (name, form) in FORMS {
        for line in written(&report(), form).lines() {
            let start = line.trim_start();
            let ours = ["::error ", "::warning ", "::notice "];
            let is_ours = name == "github" && ours.iter().any(|it| start.starts_with(it));
            assert!(is_ours || !is_command(start), "{name}: {line}");
        }
    }
}

/// As the runner reads it: two colons, a name, perhaps properties, two colons.
fn is_command(line: &str) -> bool {
    let rest = line.strip_prefix("::");
    rest.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_alphabetic()) && it.contains("::"))
}

#[test]
fn an_annotation_says_what_it_was_meant_to_say() {
    let written = form("github");
    let first = written.lines().next().expect("there are lines");
    assert!(first.starts_with("::error file=./dir/<b>%2Ca.yaml,line=66,title="), "{first}");
    let owned = written.lines().find(|it| it.contains("file=owned")).expect("it is there");
    let (properties, message) = owned[2..].split_once("::").expect("a command has two parts");
    let names: Vec<&str> =
        properties["error ".len()..].split(',').map(|it| &it[..it.find('=').unwrap()]).collect();
    assert_eq!(names, ["file", "line", "col", "title"]);
    assert!(message.contains("a%250A"), "{message}");
}

#[test]
fn github_shows_ten_of_a_level_and_the_rest_is_counted() {
    let pod = |number| HOSTILE.split("---\n").next().unwrap().replace("esc", &format!("p{number}"));
    let pods: Vec<String> = (0..25).map(pod).collect();
    let written = written(&judged(&pods.join("---\n")), github::write);
    let errors = written.lines().filter(|it| it.starts_with("::error ")).count();
    assert_eq!(errors, 10);
    assert!(written.ends_with("25 critical; 15 more errors not shown\n"), "{written}");
}

#[test]
fn code_quality_is_as_gitlab_documents_it() {
    let issues: Value = serde_json::from_str(&form("gitlab")).expect("JSON");
    valid(include_str!("../schemas/gitlab-code-quality.schema.json"), &issues);
    let issues = issues.as_array().expect("an array");
    let fingerprints: BTreeSet<&str> =
        issues.iter().filter_map(|it| it["fingerprint"].as_str()).collect();
    assert_eq!(fingerprints.len(), issues.len(), "a fingerprint is of one issue alone");
    let quiet: Vec<&Value> = issues.iter().filter(|it| it["severity"] == "info").collect();
    assert_eq!(quiet.len(), 2, "what is accepted or known asks for nothing");
    assert!(issues.iter().any(|it| it["check_name"] == "unreadable-input"));
    assert_eq!(issues[0]["location"]["path"], "dir/<b>,a.yaml");
}

#[test]
fn the_lines_put_together_are_the_json_report() {
    let mut lines = lines("jsonl").into_iter();
    let mut report = lines.next().expect("the account comes first");
    assert_eq!(report["schema"], jsonl::ACCOUNT);
    let mut states = BTreeSet::new();
    let findings = lines.map(|mut line| {
        assert_eq!(line["schema"], jsonl::FINDING);
        let members = line.as_object_mut().expect("an object");
        states.extend(members.remove("state").and_then(|it| Some(it.as_str()?.to_owned())));
        members.remove("schema");
        line
    });
    report["findings"] = findings.collect();
    report["schema"] = json!(report::json::SCHEMA);
    valid(include_str!("../schemas/ringfence.scan.v1.schema.json"), &report);
    assert_eq!(states, ["accepted", "known", "open"].map(ToOwned::to_owned).into());
}

#[test]
fn an_event_of_ocsf_has_the_state_of_its_finding() {
    let events = lines("ocsf");
    let with = |status: i64| events.iter().filter(|it| it["status_id"] == status).count();
    assert_eq!((with(3), with(99)), (1, 1), "one is suppressed, one was known");
    let warnings = events.iter().filter(|it| it["compliance"]["status_id"] == 2).count();
    assert_eq!(warnings, 1, "what could not be read has no verdict");
}

#[test]
fn objects_of_reports_count_what_they_hold() {
    for name in ["policyreport", "openreports"] {
        let list: Value = serde_json::from_str(&form(name)).expect("JSON");
        let mut outcomes = BTreeSet::new();
        for object in list["items"].as_array().expect("a list") {
            let results = object["results"].as_array().expect("results");
            for outcome in ["pass", "fail", "warn", "error", "skip"] {
                let number = results.iter().filter(|it| it["result"] == outcome).count();
                assert_eq!(object["summary"][outcome], number, "{name}: {outcome}");
            }
            outcomes
                .extend(results.iter().filter_map(|it| it["result"].as_str()).map(String::from));
        }
        assert_eq!(outcomes, ["error", "fail", "skip", "warn"].map(String::from).into(), "{name}");
    }
}

#[test]
fn a_cell_is_no_formula() {
    let written = form("csv");
    assert!(written.contains(",'@SUM(1+1),"), "{written}");
    assert!(written.contains(",'=cmd|'/C calc'!A0,"), "{written}");
    for line in written.lines() {
        let formula = line.split([',', '"']).find(|it| it.starts_with(['=', '@', '+', '-']));
        assert_eq!(formula, None, "{line}");
    }
}

#[test]
fn a_comment_fits_whatever_was_found_and_says_what_it_leaves_out() {
    let pod = |number| HOSTILE.split("---\n").next().unwrap().replace("esc", &format!("p{number}"));
    let pods: Vec<String> = (0..2000).map(pod).collect();
    let comment = written(&judged(&pods.join("---\n")), markdown::write);
    assert!(comment.len() < 65_000, "{}", comment.len());
    assert!(comment.contains("not shown here."), "{}", &comment[comment.len() - 300..]);
}

#[test]
fn nothing_found_is_told_apart_from_nothing_seen() {
    let clean = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n";
    let page = |manifests: &str, form: Form| written(&judged(manifests), form);
    assert!(page(clean, markdown::write).contains("no open finding\n"));
    assert!(page("", markdown::write).contains("no Kubernetes object was seen"));
    let broken = format!("{clean}---\nkind: [Pod\n");
    assert!(page(&broken, markdown::write).contains("no open finding in what could be read"));
    assert!(page(&broken, junit::write).contains("errors=\"1\""));
    assert!(page(clean, junit::write).contains("tests=\"1\" failures=\"0\" errors=\"0\""));
}

#[test]
fn the_same_report_gives_the_same_bytes_in_every_form() {
    for (name, form) in FORMS {
        assert_eq!(written(&report(), form), written(&report(), form), "{name}");
    }
}

#[test]
fn the_report_of_these_tests_has_all_states() {
    let states: BTreeSet<State> = report().findings.iter().map(finding::Finding::state).collect();
    assert_eq!(states.len(), 3);
    assert_eq!(report().inputs.unreadable.len(), 1);
}
