//! `inherit` hands every secret to whatever the other workflow has become.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pipeline::Workflow;

pub(crate) const CHECK: Check = Check {
    id: "secrets-for-foreign-workflow",
    title: "Every secret is handed to another repository's workflow",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Code,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "trusted",
        default: &[],
        about: "Owners, or `owner/name` of repositories, whose workflows may have every secret",
    }],
    frameworks: &[Attack("T1552"), Owasp("K08")],
    effort: Hours(1),
    fix: Fix::Review("List under `secrets` those that the other workflow needs"),
    cel: Cel::Refused("a workflow is a file, and never an object of the API server"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::GITHUB_WORKFLOW]),
        include_str!("secrets_for_foreign_workflow.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let trusted = CHECK.words(cx, "trusted");
    for workflow in Workflow::all(cx.inventory()) {
        for job in workflow.jobs() {
            let used = job.node().get("uses").and_then(Node::as_text).unwrap_or("./");
            let is_trusted =
                |it: &&str| used.strip_prefix(*it).is_some_and(|rest| rest.starts_with('/'));
            let secrets = job.node().get("secrets");
            let Some(all) = secrets.filter(|it| it.as_str() == Some("inherit")) else { continue };
            if !used.starts_with("./") && !trusted.iter().any(is_trusted) {
                let message = format!("job {} gives every secret to {used}", job.name());
                out.push(CHECK.at(&workflow.place_of(all), message));
            }
        }
    }
}
