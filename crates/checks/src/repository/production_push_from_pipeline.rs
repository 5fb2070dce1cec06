//! If any branch may push to production, whoever may push a branch is in production.

use finding::{Confidence, Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::environment::Environment;
use crate::reading::pipeline::{Job, Workflow, gitlab_jobs, script};

pub(crate) const CHECK: Check = Check {
    id: "production-push-from-pipeline",
    title: "Any branch's pipeline writes to production",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Code,
    dimension: Dimension::Security,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    effort: Hours(4),
    fix: Fix::Review("Bind the job to a protected environment and to the branch that is released"),
    cel: Cel::Refused("a pipeline is a file, and never an object of the API server"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::GITHUB_WORKFLOW, kinds::GITLAB_PIPELINE]),
        include_str!("production_push_from_pipeline.md"),
    )
};

/// Commands that push an image or change a cluster.
const WRITES: &[&str] = &[
    "argocd app sync",
    "buildah push",
    "crane copy",
    "crane push",
    "docker push",
    "helm install",
    "helm upgrade",
    "kubectl apply",
    "kubectl set image",
    "podman push",
    "skopeo copy",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workflow in Workflow::all(cx.inventory()).filter(|it| is_started_by_any_branch(*it)) {
        for job in workflow.jobs().filter(|job| job.node().get("environment").is_none()) {
            let steps = job.steps().filter(|step| !is_bound(&job, *step));
            for node in steps.filter_map(write) {
                out.push(CHECK.at(&workflow.place_of(node), message(job.name())));
            }
        }
    }
    for (object, job) in gitlab_jobs(cx.inventory()).filter(|(object, job)| !is_kept(object, *job))
    {
        let lines = job.get("script").into_iter().flat_map(script);
        for line in lines.filter(|line| writes_to_production(line.text())) {
            out.push(CHECK.at(&Place::of(object, line), message(job.key())));
        }
    }
}

fn message(job: &str) -> String {
    format!("job {job} writes to production for every branch, and nobody is asked")
}

/// By a pull request, or by a push to whatever branch.
fn is_started_by_any_branch(workflow: Workflow<'_>) -> bool {
    const BOUNDS: [&str; 3] = ["branches", "tags", "branches-ignore"];
    let push = workflow.trigger("push");
    let is_bound = BOUNDS.iter().any(|bound| push.is_some_and(|push| push.get(bound).is_some()));
    let triggers = workflow.triggers();
    triggers.contains(&"pull_request") || triggers.contains(&"push") && !is_bound
}

/// Whether a condition looks at the branch or at what started the run.
fn is_bound(job: &Job<'_>, step: Node<'_>) -> bool {
    let condition = job.condition(step);
    ["github.ref", "github.event", "github.base_ref", "needs.", "inputs."]
        .iter()
        .any(|it| condition.contains(it))
}

/// What in a step writes to production.
fn write(step: Node<'_>) -> Option<Node<'_>> {
    let action = step.get("uses").and_then(Node::as_str).unwrap_or_default();
    if action.starts_with("docker/build-push-action@") {
        let inputs = step.get("with")?;
        let pushes = inputs.get("push").is_some_and(|push| push.text() == "true");
        return inputs.get("tags").filter(|tags| pushes && names_production(tags.text()));
    }
    step.get("run").filter(|run| writes_to_production(run.text()))
}

fn writes_to_production(text: &str) -> bool {
    let joined = text.replace("\\\n", " ");
    joined.lines().any(|line| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        WRITES.iter().any(|write| line.contains(write)) && names_production(&line)
    })
}

fn names_production(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| Environment::named_in(word) == Some(Environment::Production) && word != "live")
}

/// Whether a job of GitLab, or its pipeline, says when it runs.
fn is_kept(object: &Object, job: Node<'_>) -> bool {
    const RULES: [&str; 6] = ["environment", "rules", "only", "except", "when", "extends"];
    let says = |node: Node<'_>| RULES.iter().any(|rule| node.get(rule).is_some());
    let of_all = ["workflow", "default"].into_iter().filter_map(|it| object.get(it));
    says(job) || of_all.filter(|it| it.kind() == Type::Map).any(says)
}
