//! `SELinux` keeps containers apart by their type; another type may be held by nothing.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "custom-selinux",
    title: "SELinux options leave the container confinement",
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
    peers: &[Peer::Trivy("KSV-0025")],
    effort: Hours(1),
    fix: Fix::Review("Delete user, role and type: the runtime chooses then"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "(!has(variables.podSpec.securityContext) || \
         !has(variables.podSpec.securityContext.seLinuxOptions) || \
         (!has(variables.podSpec.securityContext.seLinuxOptions.type) || \
         variables.podSpec.securityContext.seLinuxOptions.type in ['', 'container_t', \
         'container_init_t', 'container_kvm_t', 'container_engine_t']) && \
         (!has(variables.podSpec.securityContext.seLinuxOptions.user) || \
         variables.podSpec.securityContext.seLinuxOptions.user == '') && \
         (!has(variables.podSpec.securityContext.seLinuxOptions.role) || \
         variables.podSpec.securityContext.seLinuxOptions.role == '')) && \
         variables.containers.all(c, !has(c.securityContext) || \
         !has(c.securityContext.seLinuxOptions) || \
         (!has(c.securityContext.seLinuxOptions.type) || \
         c.securityContext.seLinuxOptions.type in ['', 'container_t', 'container_init_t', \
         'container_kvm_t', 'container_engine_t']) && \
         (!has(c.securityContext.seLinuxOptions.user) || \
         c.securityContext.seLinuxOptions.user == '') && \
         (!has(c.securityContext.seLinuxOptions.role) || \
         c.securityContext.seLinuxOptions.role == ''))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("custom_selinux.md"))
};

/// The types that containers run as, and the version since when each is one.
const TYPES: [(&str, Version); 4] = [
    ("container_t", Version { minor: 0 }),
    ("container_init_t", Version { minor: 0 }),
    ("container_kvm_t", Version { minor: 0 }),
    ("container_engine_t", Version { minor: 31 }),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for context in cx.workloads().flat_map(Workload::contexts) {
        let Some(options) = context.mapping("seLinuxOptions") else { continue };
        let given = |field: &str| options.get(field).and_then(Node::as_text);
        let known =
            |it: &&str| TYPES.iter().any(|(name, since)| name == it && cx.kubernetes() >= *since);
        let kind = given("type").filter(|it| !known(it)).map(|it| format!("type {it}"));
        let user = given("user").map(|it| format!("user {it}"));
        let role = given("role").map(|it| format!("role {it}"));
        let wrong: Vec<String> = [kind, user, role].into_iter().flatten().collect();
        if !wrong.is_empty() {
            let message = format!("{} sets the SELinux {}", context.whose(), wrong.join(" and "));
            out.push(CHECK.at(&context.place_of(options), message));
        }
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let said = |field: &str| flaw.node()?.get(field).filter(|it| it.as_text().is_some());
    let mut wrong: Vec<Node<'_>> = ["user", "role"].into_iter().filter_map(said).collect();
    // A type that containers run as is wrong by itself alone, where Kubernetes is too old for it.
    let known = |it: &Node<'_>| TYPES.iter().any(|(name, _)| *name == it.text());
    wrong.extend(said("type").filter(|it| wrong.is_empty() || !known(it)));
    wrong.into_iter().map(|it| Change::remove(it.path())).collect()
}
