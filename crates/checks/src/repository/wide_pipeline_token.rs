//! A token that may write everything turns any step into the owner of the repository.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pipeline::{Job, Workflow};

pub(crate) const CHECK: Check = Check {
    id: "wide-pipeline-token",
    title: "Pipeline's token may write everything",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Code,
    scope: Scope::Object,
    frameworks: &[Attack("T1528"), Owasp("K02")],
    effort: Hours(1),
    fix: Fix::Review("List under `permissions` what the job writes, and nothing else"),
    cel: Cel::Refused("a workflow is a file, and never an object of the API server"),
    run,
    ..Check::on(Kinds::of(&[kinds::GITHUB_WORKFLOW]), include_str!("wide_pipeline_token.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workflow in Workflow::all(cx.inventory()) {
        let of_all = workflow.root().get("permissions").filter(is_all);
        // A job that says something of its own is not bound by what the workflow says.
        let is_bound = |job: Job<'_>| job.node().get("permissions").is_none();
        if let Some(node) = of_all.filter(|_| workflow.jobs().any(is_bound)) {
            let message = "every job of the workflow may write everything in the repository";
            out.push(CHECK.at(&workflow.place_of(node), message));
        }
        for job in workflow.jobs() {
            if let Some(node) = job.node().get("permissions").filter(is_all) {
                let message = format!("job {} may write everything in the repository", job.name());
                out.push(CHECK.at(&workflow.place_of(node), message));
            }
        }
    }
}

fn is_all(permissions: &Node<'_>) -> bool {
    permissions.as_str() == Some("write-all")
}
