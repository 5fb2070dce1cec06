//! An exception that is meant for one workload and holds for all.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::policy_engine::POLICY_EXCEPTION;

pub(crate) const CHECK: Check = Check {
    id: "wide-policy-exception",
    title: "Exception from a policy holds for everything",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(2),
    fix: Fix::Review("Name the namespaces and the objects that the exception is for"),
    cel: Cel::Refused("what an exception matches is nested in lists of either form"),
    run,
    ..Check::on(Kinds::of(&[POLICY_EXCEPTION]), include_str!("wide_policy_exception.md"))
};

/// What narrows a filter, beside kinds.
const NARROWING: [&str; 6] =
    ["name", "names", "namespaces", "selector", "namespaceSelector", "annotations"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for exception in cx.inventory().of_any(Kinds::of(&[POLICY_EXCEPTION])) {
        let matches = ["spec.match.any", "spec.match.all"].map(|path| exception.get(path));
        let conditions =
            exception.get("spec.conditions").is_some_and(|it| it.entries().count() > 0);
        if conditions {
            continue;
        }
        // Of `any`, one that is wide is enough; of `all`, each must be.
        let [any, all] = matches.map(|list| list.into_iter().flat_map(Node::items));
        let mut any = any.filter(|filter| is_wide(*filter));
        let all: Vec<Node<'_>> = all.collect();
        let wide = any
            .next()
            .or_else(|| all.first().copied().filter(|_| all.iter().all(|filter| is_wide(*filter))));
        if let Some(filter) = wide {
            let message = format!("exception {} holds in every namespace", exception.name());
            out.push(CHECK.at(&Place::of(exception, filter), message));
        }
    }
}

/// Whether a filter asks for nothing but kinds. Who asks narrows it as well.
fn is_wide(filter: Node<'_>) -> bool {
    if filter.kind() != Type::Map {
        return false;
    }
    let asks = |key: &str| filter.get(key).is_some_and(|list| list.items().next().is_some());
    if ["subjects", "roles", "clusterRoles"].into_iter().any(asks) {
        return false;
    }
    let Some(resources) = filter.get("resources") else { return true };
    let narrows = |key: &str| {
        let Some(value) = resources.get(key) else { return false };
        let mut words = value.strings().chain(value.as_text()).peekable();
        match words.peek() {
            Some(_) => words.all(|word| word != "*"),
            None => value.entries().next().is_some(),
        }
    };
    !NARROWING.into_iter().any(narrows)
}
