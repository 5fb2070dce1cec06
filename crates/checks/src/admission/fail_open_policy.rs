//! A policy whose errors count as consent.

use finding::{Change, Fix, Severity};
use model::kinds;
use model::{Kinds, Node, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::policy_engine::{
    CLUSTER_POLICY, IMAGE_VALIDATING_POLICY, POLICY, VALIDATING_POLICY,
};

pub(crate) const CHECK: Check = Check {
    id: "fail-open-policy",
    title: "Admission policy admits what it fails to judge",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(2),
    fix: Fix::Review("Set `failurePolicy: Fail`, and write expressions that cannot fail"),
    edit: Edit::By(fail),
    cel: Cel::Widened(
        "!has(object.spec) || !has(object.spec.paramRef) && (!has(object.spec.failurePolicy) \
           && !has(object.spec.webhookConfiguration) \
         || has(object.spec.failurePolicy) && object.spec.failurePolicy == 'Fail')",
        "it denies every reference to parameters, and wants the policy to be said next to a \
         configuration of the webhook",
    ),
    run,
    ..Check::on(JUDGED, include_str!("fail_open_policy.md"))
};

const JUDGED: Kinds = Kinds::of(&[
    kinds::VALIDATING_ADMISSION_POLICY,
    kinds::VALIDATING_ADMISSION_POLICY_BINDING,
    CLUSTER_POLICY,
    POLICY,
    VALIDATING_POLICY,
    IMAGE_VALIDATING_POLICY,
]);

/// Where a policy or a binding says what a failure means, and the word that lets pass.
const FIELDS: [(&str, &str); 3] = [
    ("spec.failurePolicy", "Ignore"),
    ("spec.webhookConfiguration.failurePolicy", "Ignore"),
    ("spec.paramRef.parameterNotFoundAction", "Allow"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.inventory().of_any(JUDGED) {
        let mut fields = FIELDS
            .into_iter()
            .filter_map(|(path, open)| policy.get(path).filter(|node| node.as_str() == Some(open)));
        if let Some(node) = fields.next() {
            let message = format!("{} admits what it fails to judge", policy.name());
            out.push(CHECK.at(&Place::of(policy, node), message));
        }
    }
}

fn fail(flaw: &Flaw<'_>) -> Vec<Change> {
    let says = |path, word| flaw.object().get(path).and_then(Node::as_str) == Some(word);
    let open = FIELDS.into_iter().filter(|(path, word)| says(path, *word));
    let change =
        |(path, word)| Change::set(path, if word == "Allow" { "\"Deny\"" } else { "\"Fail\"" });
    open.map(change).collect()
}
