//! A container without seccomp may make every system call the kernel has.

use finding::{Change, Finding, Fix, Severity};
use model::{Context, Kinds, Node, Type, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "seccomp-unconfined",
    title: "Seccomp is switched off",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.7.2"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_31"),
        Peer::KubeScore("container-seccomp-profile"),
        Peer::Kubescape("C-0210"),
        Peer::Kubesec("SeccompUnconfined"),
        Peer::Trivy("KSV-0030"),
        Peer::Trivy("KSV-0104"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `seccompProfile.type` to RuntimeDefault"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "(!has(variables.podSpec.securityContext) || \
         !has(variables.podSpec.securityContext.seccompProfile) || \
         has(variables.podSpec.securityContext.seccompProfile.type) && \
         variables.podSpec.securityContext.seccompProfile.type in ['RuntimeDefault', \
         'Localhost']) && variables.containers.all(c, !has(c.securityContext) || \
         !has(c.securityContext.seccompProfile) || \
         has(c.securityContext.seccompProfile.type) && \
         c.securityContext.seccompProfile.type in ['RuntimeDefault', 'Localhost'])",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("seccomp_unconfined.md"))
};

/// Since then a field says it; before, annotations did.
const FIELD_SINCE: Version = Version { minor: 19 };
const OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let by_field = cx.kubernetes() >= FIELD_SINCE;
    for workload in cx.workloads() {
        if by_field {
            workload.contexts().filter_map(|it| finding(&it)).for_each(|it| out.push(it));
        } else {
            workload
                .annotations()
                .into_iter()
                .flat_map(Node::entries)
                .filter(|it| switches_off(&workload, *it))
                .for_each(|it| {
                    let message = format!("an annotation sets the seccomp profile {:?}", it.text());
                    out.push(CHECK.at(&workload.place_of(it), message));
                });
        }
    }
}

fn finding(context: &Context<'_>) -> Option<Finding> {
    let profile = context.mapping("seccompProfile")?;
    let kind = profile.get("type").map_or("", Node::text);
    let message = format!("{} sets the seccomp profile {kind:?}", context.whose());
    let fine = ["RuntimeDefault", "Localhost"].contains(&kind);
    (!fine).then(|| CHECK.at(&context.place_of(profile), message))
}

fn switches_off(workload: &Workload<'_>, annotation: Node<'_>) -> bool {
    let (key, value) = (annotation.key(), annotation.text());
    let named = |name| workload.containers().any(|container| container.name() == name);
    let is_ours = key == OF_POD || key.strip_prefix(OF_CONTAINER).is_some_and(named);
    let fine = ["runtime/default", "docker/default"].contains(&value);
    is_ours && !fine && !value.starts_with("localhost/")
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(profile) = flaw.node().filter(|it| it.kind() == Type::Map) else {
        return vec![Change::set(flaw.path(), "\"runtime/default\"")];
    };
    let file = profile.get("localhostProfile").map(|it| Change::remove(it.path()));
    let kind = Change::set(flaw.below("type"), "\"RuntimeDefault\"");
    [kind].into_iter().chain(file).collect()
}
