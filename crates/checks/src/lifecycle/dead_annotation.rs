//! An annotation that once did something, and that people still rely on.

use finding::{Fix, Severity};
use model::{Kinds, Place};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "dead-annotation",
    title: "Annotation has no effect any more",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    effort: Hours(1),
    fix: Fix::Review("Set the field that took the annotation's place, and remove the annotation"),
    cel: Cel::Refused("which annotations are dead depends on the version of Kubernetes"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("dead_annotation.md"))
};

/// Annotations of pods by their beginning, the first release that ignores them, and the field
/// instead.
const DEAD: &[(&str, u32, &str)] = &[
    ("container.seccomp.security.alpha.kubernetes.io/", 27, "securityContext.seccompProfile"),
    ("seccomp.security.alpha.kubernetes.io/pod", 27, "securityContext.seccompProfile"),
    ("scheduler.alpha.kubernetes.io/critical-pod", 16, "priorityClassName"),
    ("scheduler.alpha.kubernetes.io/affinity", 8, "affinity"),
    ("scheduler.alpha.kubernetes.io/tolerations", 8, "tolerations"),
    ("security.alpha.kubernetes.io/sysctls", 11, "securityContext.sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", 11, "securityContext.sysctls"),
    ("pod.beta.kubernetes.io/init-containers", 8, "initContainers"),
    ("pod.alpha.kubernetes.io/init-containers", 8, "initContainers"),
    ("pod.beta.kubernetes.io/hostname", 8, "hostname"),
    ("pod.beta.kubernetes.io/subdomain", 8, "subdomain"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let target = cx.kubernetes().minor;
    for workload in cx.workloads() {
        let annotations = workload.annotations();
        for annotation in annotations.into_iter().flat_map(model::Node::entries) {
            let key = annotation.key();
            let is = |(known, since, _): &&(&str, u32, &str)| {
                let same =
                    if known.ends_with('/') { key.starts_with(known) } else { key == *known };
                same && target >= *since
            };
            let Some((_, since, field)) = DEAD.iter().find(is) else { continue };
            let message = format!("{key} has done nothing since 1.{since}; {field} does");
            out.push(CHECK.at(&Place::of(workload.object(), annotation), message));
        }
    }
}
