//! In one process namespace each container sees, and may reach into, the others.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use model::Role;

pub(crate) const CHECK: Check = Check {
    id: "shared-process-namespace",
    title: "Containers of a pod share their processes",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    effort: Hours(1),
    fix: Fix::Review(
        "Remove shareProcessNamespace; let containers talk by a port, a socket or a file",
    ),
    edit: Edit::Set("false"),
    cel: Cel::Widened(
        "!(has(variables.podSpec.shareProcessNamespace) && \
         variables.podSpec.shareProcessNamespace)",
        "a pod of one container is denied too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("shared_process_namespace.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| it.flag("shareProcessNamespace")) {
        let lasting = workload.containers().filter(|container| container.role() != Role::Init);
        let count = lasting.count();
        if count > 1 {
            let message = format!("{count} containers see each other's processes and files");
            out.push(CHECK.at(&workload.place("shareProcessNamespace"), message));
        }
    }
}
