//! A title that a stranger wrote becomes part of a script, and is run.

use finding::{Finding, Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pipeline::{Job, Workflow, expressions};

pub(crate) const CHECK: Check = Check {
    id: "untrusted-input-in-script",
    title: "Pipeline puts a stranger's words into a script",
    severity: Severity::High,
    ring: Ring::Five,
    layer: Layer::Code,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    effort: Hours(1),
    fix: Fix::Review("Hand the value over in `env` and use the variable, in quotes, in the script"),
    cel: Cel::Refused("a workflow is a file, and never an object of the API server"),
    run,
    ..Check::on(Kinds::of(&[kinds::GITHUB_WORKFLOW]), include_str!("untrusted_input_in_script.md"))
};

/// What whoever opens an issue or a pull request, or pushes to a fork, writes as they like.
const UNTRUSTED: &[&str] = &[
    "github.event.comment.body",
    "github.event.discussion.body",
    "github.event.discussion.title",
    "github.event.head_commit.author.email",
    "github.event.head_commit.author.name",
    "github.event.head_commit.message",
    "github.event.issue.body",
    "github.event.issue.title",
    "github.event.pull_request.body",
    "github.event.pull_request.head.label",
    "github.event.pull_request.head.ref",
    "github.event.pull_request.head.repo.default_branch",
    "github.event.pull_request.title",
    "github.event.review.body",
    "github.event.review_comment.body",
    "github.event.workflow_run.display_title",
    "github.event.workflow_run.head_branch",
    "github.event.workflow_run.head_commit.author.email",
    "github.event.workflow_run.head_commit.author.name",
    "github.event.workflow_run.head_commit.message",
    "github.head_ref",
];

/// Lists of such.
const LISTS: &[&str] = &["github.event.commits", "github.event.pages"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workflow in Workflow::all(cx.inventory()) {
        let triggers = workflow.triggers();
        let severity = severity(&triggers);
        for job in workflow.jobs() {
            for script in job.steps().filter_map(script) {
                let Some(input) = expressions(script.text()).find_map(untrusted) else { continue };
                let finding = CHECK.at(&workflow.place_of(script), message(&job, input));
                out.push(Finding { severity, ..finding });
            }
        }
    }
}

/// A run that a fork starts has neither secrets nor the right to write; a push needs that right.
fn severity(triggers: &[&str]) -> Severity {
    let is_harmless = |trigger: &&str| ["pull_request", "push", "workflow_call"].contains(trigger);
    if triggers.iter().all(is_harmless) { Severity::Medium } else { CHECK.severity }
}

fn message(job: &Job<'_>, input: &str) -> String {
    format!("job {} runs a script with {input} in it, which a stranger may write", job.name())
}

/// The script of a step: for a shell, or for the action that takes one.
fn script(step: Node<'_>) -> Option<Node<'_>> {
    let action = step.get("uses").and_then(Node::as_str).unwrap_or_default();
    let own = step.get("run").filter(|it| it.as_str().is_some());
    own.or_else(|| {
        let is_script = action.starts_with("actions/github-script@");
        step.at("with.script").filter(|it| is_script && it.as_str().is_some())
    })
}

/// The untrusted input that an expression gives. An operand that compares or tests gives but yes
/// or no.
fn untrusted(expression: &str) -> Option<&'static str> {
    const TESTS: &[&str] = &["!", "contains(", "endswith(", "hashfiles(", "startswith("];
    let expression = expression.to_ascii_lowercase().replace("['", ".").replace("']", "");
    let operands = expression.split("||").flat_map(|part| part.split("&&"));
    let operands = operands.map(|operand| operand.trim_start_matches([' ', '(']));
    let mut values = operands.filter(|operand| {
        let compares = ["==", "!=", "<", ">"].iter().any(|sign| operand.contains(sign));
        !compares && !TESTS.iter().any(|test| operand.starts_with(test))
    });
    let is_path = |c: char| c.is_ascii_alphanumeric() || "_-.*[]".contains(c);
    values.find_map(|operand| operand.split(|c| !is_path(c)).find_map(input))
}

/// The untrusted input that a reference such as `github.event.commits[0].message` names.
fn input(reference: &str) -> Option<&'static str> {
    const OF_LISTS: &[&str] = &[".email", ".message", ".name", ".page_name"];
    let is_leaf = OF_LISTS.iter().any(|leaf| reference.ends_with(leaf));
    let lists = LISTS.iter().find(|it| is_leaf && reference.starts_with(**it));
    UNTRUSTED.iter().find(|it| **it == reference).or(lists).copied()
}
