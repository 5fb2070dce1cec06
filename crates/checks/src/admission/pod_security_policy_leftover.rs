//! A `PodSecurityPolicy` where nothing reads it any more.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "pod-security-policy-leftover",
    title: "PodSecurityPolicy guards nothing any more",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    peers: &[
        Peer::Checkov("CKV_K8S_1"),
        Peer::Checkov("CKV_K8S_2"),
        Peer::Checkov("CKV_K8S_24"),
        Peer::Checkov("CKV_K8S_3"),
        Peer::Checkov("CKV_K8S_32"),
        Peer::Checkov("CKV_K8S_36"),
        Peer::Checkov("CKV_K8S_4"),
        Peer::Checkov("CKV_K8S_5"),
        Peer::Checkov("CKV_K8S_6"),
        Peer::Checkov("CKV_K8S_7"),
    ],
    effort: Hours(4),
    fix: Fix::Manual(
        "Give the namespaces a Pod Security level, or write an admission policy, and delete the \
         PodSecurityPolicy with the grants of `use` on it",
    ),
    cel: Cel::Refused("an API server that no longer serves the kind sends none to be judged"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD_SECURITY_POLICY]),
        include_str!("pod_security_policy_leftover.md"),
    )
};

/// The first release without it.
const REMOVED: u32 = 25;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes().minor < REMOVED {
        return;
    }
    for policy in cx.inventory().of(kinds::POD_SECURITY_POLICY) {
        let allows = |field: &str| {
            policy.get("spec").and_then(|spec| spec.get(field)).and_then(Node::as_bool)
                == Some(true)
        };
        let level = match ["privileged", "hostPID", "hostIPC", "hostNetwork"].map(allows) {
            [false, false, false, false] => "baseline, or restricted",
            _ => "privileged",
        };
        let place = Place::below(policy, policy.root(), "kind");
        out.push(CHECK.at(
            &place,
            format!(
                "nothing has read PodSecurityPolicies since 1.{REMOVED}: what {} refused is \
                     admitted unless a Pod Security level ({level}) took over",
                policy.name()
            ),
        ));
    }
}
