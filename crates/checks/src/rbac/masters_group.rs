//! Members of this group are asked for no role, and no binding can put them out.

use ::rbac::{Binding, Subject};
use finding::{Change, Finding, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::weight;

pub(crate) const CHECK: Check = Check {
    id: "masters-group",
    title: "Binding counts on the group system:masters",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Cis("5.1.7"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0246"), Peer::Trivy("KSV-0123")],
    effort: Hours(1),
    fix: Fix::Review("Take the group out of the binding, and give people groups of their own"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "has(object.metadata.labels) && 'kubernetes.io/bootstrapping' in object.metadata.labels \
           && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
           && object.metadata.name == 'cluster-admin' \
           || !has(object.subjects) || !object.subjects.exists(s, \
           s.kind == 'Group' && s.name == 'system:masters')",
    ),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("masters_group.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| !is_born(binding)) {
        let object = binding.object();
        for (subject, place) in
            binding.named().filter(|(subject, _)| *subject == Subject::Group("system:masters"))
        {
            let finding = CHECK.at(
                &place,
                format!(
                    "role {} is granted to {subject}, whose members no RBAC holds back",
                    binding.role().name
                ),
            );
            out.push(Finding { severity: weight(object, finding.severity), ..finding });
        }
    }
}

fn is_born(binding: &Binding<'_>) -> bool {
    binding.is_bootstrap() && binding.object().name() == "cluster-admin"
}

/// Takes the subject out of the binding.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    vec![Change::remove(flaw.around(1))]
}
