//! A grant for every Secret of a namespace gives keys away that nobody had in mind.

use finding::{Confidence, Finding, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::gateway;

pub(crate) const CHECK: Check = Check {
    id: "wide-reference-grant",
    title: "Grant opens every object of a kind to another namespace",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1552"), Owasp("K07")],
    effort: Hours(1),
    fix: Fix::Review("Name in `to` the object that is meant"),
    cel: Cel::Exact(
        "!has(object.spec.to) || object.spec.to.all(it, has(it.name) && it.name != '' \
         || !(has(it.kind) && it.kind in ['Secret', 'Service']))",
    ),
    run,
    ..Check::on(Kinds::of(&[gateway::REFERENCE_GRANT]), include_str!("wide_reference_grant.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for grant in cx.inventory().of(gateway::REFERENCE_GRANT) {
        let targets = grant.get("spec.to").into_iter().flat_map(Node::items);
        targets.filter_map(|to| judge(grant, to)).for_each(|it| out.push(it));
    }
}

fn judge(grant: &Object, to: Node<'_>) -> Option<Finding> {
    let kind = to.get("kind").filter(|_| gateway::text(to, "name").is_none())?;
    let severity = match kind.as_str()? {
        "Secret" => CHECK.severity,
        "Service" => Severity::Low,
        _ => return None,
    };
    let from = grant.get("spec.from").into_iter().flat_map(Node::items);
    let mut from: Vec<&str> = from.filter_map(|it| gateway::text(it, "namespace")).collect();
    from.dedup();
    let message = format!(
        "every {} of namespace {} may be used from namespace {}",
        kind.text(),
        gateway::namespace(grant),
        from.join(", ")
    );
    Some(Finding { severity, ..CHECK.at(&Place::of(grant, kind), message) })
}
