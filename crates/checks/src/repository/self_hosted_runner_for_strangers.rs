//! A runner of one's own is a machine in one's own network, and a pull request is a program.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pipeline::Workflow;

pub(crate) const CHECK: Check = Check {
    id: "self-hosted-runner-for-strangers",
    title: "Pull requests run on a machine of your own",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Code,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    effort: Hours(4),
    fix: Fix::Manual("Run pull requests on hosted runners, or on machines that live for one job"),
    cel: Cel::Refused("a workflow is a file, and never an object of the API server"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::GITHUB_WORKFLOW]),
        include_str!("self_hosted_runner_for_strangers.md"),
    )
};

const TRIGGERS: [&str; 2] = ["pull_request", "pull_request_target"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workflow in Workflow::all(cx.inventory()) {
        let triggers = workflow.triggers();
        let Some(trigger) = TRIGGERS.iter().find(|it| triggers.contains(it)) else { continue };
        for job in workflow.jobs() {
            let condition = job.node().get("if").map(Node::text).unwrap_or_default();
            let is_guarded = condition.contains("github.event") || condition.contains("repo");
            let Some(runner) = job.node().get("runs-on").filter(|it| is_own(*it)) else { continue };
            if !is_guarded {
                let name = job.name();
                let message = format!("job {name} runs on a machine of your own for {trigger}");
                out.push(CHECK.at(&workflow.place_of(runner), message));
            }
        }
    }
}

/// A label, a list of labels, or a group with labels.
fn is_own(runner: Node<'_>) -> bool {
    let labels = runner.get("labels").unwrap_or(runner);
    labels.as_str() == Some("self-hosted") || labels.strings().any(|label| label == "self-hosted")
}
