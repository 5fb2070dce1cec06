//! A pod that the policies of its namespace pass by is open, however strict they are.

use std::collections::BTreeSet;

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Place, Workload};
use netpol::Direction;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unselected-pod",
    title: "Pod is passed by the policies of its namespace",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    sees: netpol::KINDS,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: &["kube-system", "kube-public", "kube-node-lease"],
        about: "Namespaces whose pods need no policy.",
    }],
    frameworks: &[Attack("T1046"), Cis("5.3.2"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[
        Peer::Checkov("CKV2_K8S_6"),
        Peer::KubeLinter("non-isolated-pod"),
        Peer::KubeScore("pod-networkpolicy"),
        Peer::Kubescape("C-0030"),
        Peer::Kubescape("C-0260"),
        Peer::Kubescape("C-0301"),
        Peer::Polaris("missingNetworkPolicy"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Add a NetworkPolicy that selects these pods and allows the flows they need"),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unselected_pod.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    let neighbours = cx.neighbours();
    let policies = cx.policies();
    let places = policies.all().map(|it| (it.namespace(), neighbours.place(it.object())));
    let guarded: BTreeSet<_> = places.collect();
    for workload in cx.workloads().filter(|workload| !workload.flag("hostNetwork")) {
        let isolated = |direction| policies.isolating(&workload, direction).next().is_some();
        let own = (workload.namespace(), neighbours.place(workload.object()));
        if guarded.contains(&own)
            && !exempt.contains(&workload.namespace())
            && !isolated(Direction::Ingress)
            && !isolated(Direction::Egress)
        {
            out.push(finding(cx, &workload));
        }
    }
}

fn finding(cx: &Cx<'_>, workload: &Workload<'_>) -> Finding {
    let place = Place::of(workload.object(), workload.spec());
    let message = format!(
        "namespace {} has network policies, but none isolates these pods",
        workload.namespace()
    );
    match cx.policies().beyond() {
        None => CHECK.at(&place, message),
        Some(kind) => Finding {
            confidence: Confidence::Heuristic,
            ..CHECK.at(&place, format!("{message}; {kind} objects may, but are not evaluated"))
        },
    }
}
