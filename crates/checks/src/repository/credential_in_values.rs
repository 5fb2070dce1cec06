//! Values of a chart lie in a repository, and in the cluster's record of each release.

use finding::{Confidence, Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::{Given, Names, is_random};

pub(crate) const CHECK: Check = Check {
    id: "credential-in-values",
    title: "Values of a chart hold a credential",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Code,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "ignore",
        default: &[],
        about: "Keys to pass over, by their whole name",
    }],
    frameworks: &[Attack("T1552.001"), Owasp("K08")],
    effort: Hours(4),
    fix: Fix::Manual(
        "Replace the credential by a new one and let the chart name an existing Secret",
    ),
    cel: Cel::Refused("values are a file, and never an object of the API server"),
    run,
    ..Check::on(Kinds::of(&[kinds::HELM_VALUES]), include_str!("credential_in_values.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&[]);
    let ignored = CHECK.words(cx, "ignore");
    for object in cx.inventory().of(kinds::HELM_VALUES) {
        // What SOPS encrypted is no secret.
        if object.get("sops").is_some() {
            continue;
        }
        let mut found = Vec::new();
        below(object.root(), &names, &mut found);
        for (given, what) in found {
            let name = given.plain_name(&names).unwrap_or("an entry");
            if !ignored.contains(&name) {
                let message = format!("{name} holds {what}, written out");
                out.push(CHECK.at(&Place::of(object, given.node), message));
            }
        }
    }
}

fn below<'a>(node: Node<'a>, names: &Names, found: &mut Vec<(Given<'a>, &'static str)>) {
    for child in node.children() {
        if matches!(child.kind(), Type::Map | Type::Seq) {
            below(child, names, found);
        } else if let Some(given) = Given::entry(node, child) {
            found.extend(credential(given, names).map(|what| (given, what)));
        }
    }
}

/// Under the name of a secret or a key, charts keep the name of a Secret, or of a key in it: there,
/// only what looks random counts.
fn credential(given: Given<'_>, names: &Names) -> Option<&'static str> {
    let by_name = given.name.is_some_and(|name| {
        let is_value = names.is_password(name) || is_random(given.value);
        is_value && names.holds(name, given.value) && !given.value.starts_with("ENC[")
    });
    names.shown_by(given.text).or(by_name.then_some("a credential"))
}
