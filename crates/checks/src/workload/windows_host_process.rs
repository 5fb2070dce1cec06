//! A `HostProcess` container is no container: it is a program on the node.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "windows-host-process",
    title: "Windows container runs as a process of its node",
    severity: Severity::Critical,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.11"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[Peer::Kubescape("C-0202"), Peer::Polaris("hostProcess"), Peer::Trivy("KSV-0103")],
    effort: Hours(3),
    fix: Fix::Review("Remove hostProcess; leave work on the node to agents of the platform"),
    edit: Edit::Set("false"),
    cel: Cel::Exact(
        "!(has(variables.podSpec.securityContext) && \
         has(variables.podSpec.securityContext.windowsOptions) && \
         has(variables.podSpec.securityContext.windowsOptions.hostProcess) && \
         variables.podSpec.securityContext.windowsOptions.hostProcess) && \
         variables.containers.all(c, !(has(c.securityContext) && \
         has(c.securityContext.windowsOptions) && \
         has(c.securityContext.windowsOptions.hostProcess) && \
         c.securityContext.windowsOptions.hostProcess))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("windows_host_process.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for context in cx.workloads().flat_map(Workload::contexts) {
        let Some(options) = context.mapping("windowsOptions") else { continue };
        let Some(flag) = options.get("hostProcess").filter(|it| it.as_bool() == Some(true)) else {
            continue;
        };
        let message = format!("{} runs as a process of its Windows node", context.whose());
        out.push(CHECK.at(&context.place_of(flag), message));
    }
}
