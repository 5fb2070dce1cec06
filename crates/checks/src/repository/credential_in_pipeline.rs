//! What stands in a pipeline's file is read by everybody who may read the repository.

use finding::{Confidence, Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::{Names, is_random, issued};

pub(crate) const CHECK: Check = Check {
    id: "credential-in-pipeline",
    title: "Pipeline holds a credential",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Code,
    scope: Scope::Object,
    frameworks: &[Attack("T1552.001"), Owasp("K08")],
    effort: Hours(2),
    fix: Fix::Manual(
        "Replace the credential by a new one and keep it in the store of the pipeline",
    ),
    cel: Cel::Refused("a pipeline is a file, and never an object of the API server"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::GITHUB_WORKFLOW, kinds::GITLAB_PIPELINE]),
        include_str!("credential_in_pipeline.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&[]);
    for object in cx.inventory().of_any(CHECK.kinds) {
        let mut found = Vec::new();
        below(object.root(), &names, &mut found);
        for (node, what) in found {
            let key = match node.key() {
                "" => "an item of a list",
                key if names.found_in(key).is_some() => "an entry",
                key => key,
            };
            out.push(CHECK.at(&Place::of(object, node), format!("{key} holds {what}")));
        }
    }
}

/// Services that a job starts to test against have passwords that guard nothing.
fn below<'a>(node: Node<'a>, names: &Names, found: &mut Vec<(Node<'a>, &'static str)>) {
    for child in node.children().filter(|child| child.key() != "services") {
        let text = child.text();
        match child.kind() {
            Type::Map | Type::Seq => below(child, names, found),
            Type::Str => {
                let by_name = is_random(text) && names.holds(child.key(), text);
                let what = issued(text).or(by_name.then_some("a credential"));
                found.extend(what.map(|what| (child, what)));
            }
            _ => {}
        }
    }
}
