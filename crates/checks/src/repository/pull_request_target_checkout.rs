//! A workflow with the rights of the repository takes the code of a stranger and runs it.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pipeline::{Job, Workflow};

pub(crate) const CHECK: Check = Check {
    id: "pull-request-target-checkout",
    title: "Pipeline with secrets checks out a stranger's code",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Code,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    effort: Hours(4),
    fix: Fix::Manual("Run the code of pull requests under `pull_request`, without secrets"),
    cel: Cel::Refused("a workflow is a file, and never an object of the API server"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::GITHUB_WORKFLOW]),
        include_str!("pull_request_target_checkout.md"),
    )
};

/// Triggers by which a stranger starts a run that has the rights of the repository.
const TRUSTED: [&str; 3] = ["pull_request_target", "workflow_run", "issue_comment"];

/// What names the code of a pull request.
const FOREIGN: &[&str] = &[
    "github.event.pull_request.head.ref",
    "github.event.pull_request.head.repo",
    "github.event.pull_request.head.sha",
    "github.event.pull_request.merge_commit_sha",
    "github.event.workflow_run.head_branch",
    "github.event.workflow_run.head_repository",
    "github.event.workflow_run.head_sha",
    "github.head_ref",
    "refs/pull/",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workflow in Workflow::all(cx.inventory()) {
        let triggers = workflow.triggers();
        let Some(trigger) = TRUSTED.iter().find(|it| triggers.contains(it)) else { continue };
        for job in workflow.jobs().filter(|job| !asks_first(job)) {
            let steps = job.steps().filter(|step| !is_guarded(&job, *step));
            for node in steps.filter_map(foreign_code) {
                let message = format!(
                    "job {} is started by {trigger}, with the rights of the repository, and \
                     checks out the code of a pull request",
                    job.name()
                );
                out.push(CHECK.at(&workflow.place_of(node), message));
            }
        }
    }
}

/// Whether a person may be asked, or a step asks who it is.
fn asks_first(job: &Job<'_>) -> bool {
    let asks = |step: Node<'_>| {
        let scripts = [step.get("run"), step.at("with.script")].into_iter().flatten();
        scripts.into_iter().any(|script| script.text().contains("ollaborator"))
    };
    job.node().get("environment").is_some() || job.steps().any(asks)
}

/// Whether a condition lets only the repository's own branches pass.
fn is_guarded(job: &Job<'_>, step: Node<'_>) -> bool {
    let condition = job.condition(step);
    ["github.repository", "repo.fork", "author_association", "github.actor", "user.login"]
        .iter()
        .any(|it| condition.contains(it))
}

fn foreign_code(step: Node<'_>) -> Option<Node<'_>> {
    let action = step.get("uses").and_then(Node::as_str).unwrap_or_default();
    if action.starts_with("actions/checkout@") {
        let inputs = ["ref", "repository"].into_iter().filter_map(|it| step.get("with")?.get(it));
        let mut inputs = inputs.filter(|it| FOREIGN.iter().any(|code| it.text().contains(code)));
        return inputs.next();
    }
    step.get("run").filter(|run| run.text().contains("gh pr checkout"))
}
