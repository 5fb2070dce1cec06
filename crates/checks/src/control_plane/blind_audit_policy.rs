//! What an audit policy leaves out, nobody will ever know.

use finding::{Fix, Severity};
use model::kinds;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::audit_policy::{Request, Rule};
use crate::reading::component_flag::NO_TWIN_OF_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "blind-audit-policy",
    title: "Audit log does not see what attackers do",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[
        Attack("T1562"),
        Cis("3.2.1"),
        Cis("3.2.2"),
        Nsa(check::Nsa::Logging),
        Owasp("K05"),
    ],
    peers: &[Peer::Kubescape("C-0160"), Peer::Kubescape("C-0161")],
    effort: Hours(2),
    fix: Fix::Review("Log these requests at level Metadata, before the rule that leaves them out"),
    cel: NO_TWIN_OF_A_FILE,
    run,
    ..Check::on(Kinds::of(&[kinds::AUDIT_POLICY]), include_str!("blind_audit_policy.md"))
};

const fn request(verb: &'static str, group: &'static str, resource: &'static str) -> Request {
    Request { verb, group, resource }
}

const RBAC: &str = "rbac.authorization.k8s.io";

/// Requests that no investigation can do without, and what they are called.
const TELLING: &[(&str, Request)] = &[
    ("reading Secrets", request("get", "", "secrets")),
    ("listing Secrets", request("list", "", "secrets")),
    ("changing Secrets", request("update", "", "secrets")),
    ("tokens of service accounts", request("create", "", "serviceaccounts/token")),
    ("new pods", request("create", "", "pods")),
    ("changes of Deployments", request("update", "apps", "deployments")),
    ("commands in pods", request("create", "", "pods/exec")),
    ("commands in pods", request("get", "", "pods/exec")),
    ("forwarded ports", request("create", "", "pods/portforward")),
    ("bindings of roles", request("create", RBAC, "rolebindings")),
    ("bindings of cluster roles", request("create", RBAC, "clusterrolebindings")),
    ("changes of cluster roles", request("update", RBAC, "clusterroles")),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.inventory().of(kinds::AUDIT_POLICY) {
        for (place, unseen) in blind_spots(policy) {
            let message = format!("the audit log does not see: {}", unseen.join(", "));
            out.push(CHECK.at(&place, message));
        }
    }
}

/// What goes unseen by each rule that looks away, and by the lack of a rule.
fn blind_spots(policy: &Object) -> Vec<(Place<'_>, Vec<&'static str>)> {
    let mut spots: Vec<(Option<usize>, Place<'_>, Vec<&'static str>)> = Vec::new();
    for (what, request) in TELLING {
        let decisive = request.rules(policy).pop().filter(|rule| rule.is_for_all(request));
        if decisive.as_ref().is_some_and(|rule| rule.level() != "None") {
            continue;
        }
        let rule = decisive.as_ref().map(Rule::index);
        match spots.iter_mut().find(|(known, ..)| *known == rule) {
            Some((.., unseen)) if unseen.contains(what) => {}
            Some((.., unseen)) => unseen.push(what),
            None => {
                let place = decisive.map_or_else(|| policy.place("rules"), |rule| rule.place());
                spots.push((rule, place, vec![what]));
            }
        }
    }
    spots.into_iter().map(|(_, place, unseen)| (place, unseen)).collect()
}
