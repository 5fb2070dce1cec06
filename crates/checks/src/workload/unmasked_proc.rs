//! The runtime hides parts of /proc; a container may ask it not to.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::pod_security::lets_own_users_be;

pub(crate) const CHECK: Check = Check {
    id: "unmasked-proc",
    title: "Container sees an unmasked /proc",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::KubeLinter("unsafe-proc-mount"),
        Peer::Kubesec("ProcMount"),
        Peer::Polaris("procMount"),
        Peer::Trivy("KSV-0027"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Delete procMount"),
    edit: Edit::Remove,
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.securityContext) || \
         !has(c.securityContext.procMount) || c.securityContext.procMount == 'Default')",
        "pods in a user namespace are denied too, which standards let be from 1.35 on",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unmasked_proc.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = |it: &Workload<'_>| lets_own_users_be(it, cx.kubernetes());
    for context in cx.workloads().filter(|it| !exempt(it)).flat_map(Workload::contexts) {
        let Some(mount) = context.get("procMount") else { continue };
        if context.container().is_some() && mount.as_str() != Some("Default") {
            let message = format!("{} mounts /proc as {:?}", context.whose(), mount.text());
            out.push(CHECK.at(&context.place_of(mount), message));
        }
    }
}
