//! A user id below 10000 is often an account of the node.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "low-user-id",
    title: "User id may be somebody on the node",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    peers: &[
        Peer::Checkov("CKV_K8S_40"),
        Peer::KubeScore("container-security-context-user-group-id"),
        Peer::Kubesec("RunAsGroup"),
        Peer::Kubesec("RunAsUser"),
        Peer::Trivy("KSV-0020"),
        Peer::Trivy("KSV-0021"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Set ids of 10000 and above, or `hostUsers: false`"),
    cel: Cel::Widened(
        "has(variables.podSpec.hostUsers) && !variables.podSpec.hostUsers || \
         (!has(variables.podSpec.securityContext) || \
         (!has(variables.podSpec.securityContext.runAsUser) || \
         variables.podSpec.securityContext.runAsUser == 0 || \
         variables.podSpec.securityContext.runAsUser >= 10000) && \
         (!has(variables.podSpec.securityContext.runAsGroup) || \
         variables.podSpec.securityContext.runAsGroup == 0 || \
         variables.podSpec.securityContext.runAsGroup >= 10000)) && \
         variables.containers.all(c, !has(c.securityContext) || \
         (!has(c.securityContext.runAsUser) || c.securityContext.runAsUser == 0 || \
         c.securityContext.runAsUser >= 10000) && (!has(c.securityContext.runAsGroup) || \
         c.securityContext.runAsGroup == 0 || c.securityContext.runAsGroup >= 10000))",
        "the id of Istio's proxy is denied too, which its mesh knows it by",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("low_user_id.md"))
};

/// The first id that nodes do not give to accounts of their own.
const HIGH: i64 = 10_000;

/// The id of Istio's proxy, by which the rules of the mesh know what it sent itself.
const ISTIO: i64 = 1337;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| !it.has_own_users()) {
        let has_proxy = workload.containers().any(|it| it.name() == "istio-proxy");
        let is_low = |id: i64| (1..HIGH).contains(&id) && !(has_proxy && id == ISTIO);
        for context in workload.contexts() {
            let ids = ["runAsUser", "runAsGroup"].into_iter().filter_map(|it| context.get(it));
            let mut low = ids.filter(|it| it.as_i64().is_some_and(is_low));
            let Some(id) = low.next() else { continue };
            let (whose, field, id_text) = (context.whose(), id.key(), id.text());
            let message = format!("{whose} sets {field} {id_text}, below {HIGH}");
            out.push(CHECK.at(&context.place_of(id), message));
        }
    }
}
