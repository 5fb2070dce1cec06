//! An action by tag is a program that its owner may change under your pipeline.

use std::collections::BTreeSet;

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pipeline::{Job, Workflow};

pub(crate) const CHECK: Check = Check {
    id: "unpinned-action",
    title: "Pipeline runs somebody else's action that may change",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Code,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "trusted",
        // The generator of SLSA refuses to be named by anything but a tag.
        default: &["actions", "github", "slsa-framework/slsa-github-generator"],
        about: "Owners whose actions may be named by tag, or `owner/name` of single actions",
    }],
    frameworks: &[Attack("T1195.001"), Owasp("K02")],
    effort: Hours(1),
    fix: Fix::Review("Name the commit of the version, with the version behind it as a comment"),
    cel: Cel::Refused("a workflow is a file, and never an object of the API server"),
    run,
    ..Check::on(Kinds::of(&[kinds::GITHUB_WORKFLOW]), include_str!("unpinned_action.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let trusted = CHECK.words(cx, "trusted");
    for workflow in Workflow::all(cx.inventory()) {
        let loose: Vec<Node<'_>> =
            workflow.jobs().flat_map(used).filter(|it| is_loose(it.text(), &trusted)).collect();
        let Some(first) = loose.first() else { continue };
        let actions: BTreeSet<&str> = loose.iter().map(|it| it.text()).collect();
        let others = match actions.len() - 1 {
            0 => " is named".to_owned(),
            1 => " and one more action are named".to_owned(),
            many => format!(" and {many} more actions are named"),
        };
        let message = format!("{}{others} by a tag or a branch, which may move", first.text());
        out.push(CHECK.at(&workflow.place_of(*first), message));
    }
}

/// The actions and workflows that a job uses.
fn used(job: Job<'_>) -> impl Iterator<Item = Node<'_>> {
    let own = job.node().get("uses");
    let steps = job.node().get("steps").into_iter().flat_map(Node::items);
    own.into_iter().chain(steps.filter_map(|step| step.get("uses")))
}

fn is_loose(action: &str, trusted: &[&str]) -> bool {
    if let Some(image) = action.strip_prefix("docker://") {
        return !image.contains("@sha256:");
    }
    let Some((name, version)) = action.rsplit_once('@') else { return false };
    let is_trusted =
        |it: &&str| name == *it || name.strip_prefix(*it).is_some_and(|rest| rest.starts_with('/'));
    let is_commit = version.len() >= 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    !is_commit && !name.starts_with('.') && !name.contains("${{") && !trusted.iter().any(is_trusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trusted_owner_is_no_owner_that_begins_alike() {
        assert!(!is_loose("actions/checkout@v6", &["actions"]));
        assert!(is_loose("actions-x/checkout@v6", &["actions"]));
        assert!(!is_loose("example/build/sub@v1", &["example/build"]));
    }
}
