//! A credential that opens development and production alike is guarded as well as development.

use std::collections::BTreeMap;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::Names;
use crate::reading::environment::Environment;
use crate::reading::secret;

pub(crate) const CHECK: Check = Check {
    id: "shared-secret-across-environments",
    title: "Production shares a credential with another environment",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::NAMESPACE],
    frameworks: &[Attack("T1552.007"), Owasp("K08")],
    effort: Hours(4),
    fix: Fix::Manual("Give each environment a credential of its own"),
    cel: Cel::Refused("it compares Secrets of several namespaces"),
    run,
    ..Check::on(Kinds::of(&[kinds::SECRET]), include_str!("shared_secret_across_environments.md"))
};

/// Where a credential stands.
#[derive(Clone, Copy)]
struct Use<'a> {
    object: &'a Object,
    node: Node<'a>,
    environment: Environment,
}

/// Shorter ones are equal by chance.
const SHORTEST: usize = 8;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for uses in uses(cx).values() {
        let mut production = uses.iter().filter(|it| it.environment == Environment::Production);
        let Some(owner) = production.next() else { continue };
        let (namespace, name) = (owner.object.namespace(), owner.object.name());
        for other in uses.iter().filter(|it| it.environment != Environment::Production) {
            let environment = other.environment.id();
            let message = format!(
                "Secret {}/{} of {environment} holds a credential of production, the same as \
                 Secret {namespace}/{name}",
                other.object.namespace(),
                other.object.name()
            );
            out.push(CHECK.at(&Place::of(other.object, other.node), message));
        }
    }
}

/// Where each credential stands, by its value.
fn uses<'a>(cx: &Cx<'a>) -> BTreeMap<String, Vec<Use<'a>>> {
    let names = Names::with(&[]);
    let mut uses: BTreeMap<String, Vec<Use<'a>>> = BTreeMap::new();
    for object in secret::all(cx.inventory()) {
        let Some(environment) = cx.environment(object.namespace()) else { continue };
        for entry in secret::credentials(object, &names) {
            if entry.value.len() >= SHORTEST {
                let node = entry.node;
                let here = Use { object, node, environment };
                uses.entry(entry.value.into_owned()).or_default().push(here);
            }
        }
    }
    uses
}
