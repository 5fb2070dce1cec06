//! A user namespace takes the worst from an unmasked /proc, but not all.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "namespaced-unmasked-proc",
    title: "Container in a user namespace sees an unmasked /proc",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
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
    cel: Cel::Refused("which standard holds depends on the version of Kubernetes"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("namespaced_unmasked_proc.md"))
};

/// The first version whose standards tell pods in a user namespace from others.
const TOLD_APART_SINCE: Version = Version { minor: 35 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < TOLD_APART_SINCE {
        return;
    }
    for context in cx.workloads().filter(Workload::has_own_users).flat_map(Workload::contexts) {
        let Some(mount) = context.get("procMount") else { continue };
        if context.container().is_some() && mount.as_str() != Some("Default") {
            let message = format!("{} mounts /proc as {:?}", context.whose(), mount.text());
            out.push(CHECK.at(&context.place_of(mount), message));
        }
    }
}
