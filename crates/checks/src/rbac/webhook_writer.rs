//! Who writes admission rules sees and changes every object, and lets through what they like.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "webhook-writer",
    title: "Role allows to change what admits objects",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1562.001"), Cis("5.1.12"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV_K8S_155"),
        Peer::Kubescape("C-0036"),
        Peer::Kubescape("C-0039"),
        Peer::Kubescape("C-0281"),
        Peer::Trivy("KSV-0114"),
    ],
    effort: Hours(2),
    fix: Fix::Manual("Limit it to its own configuration, by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("webhook_writer.md"))
};

const POWER: Power = power!(
    ["create", "delete", "deletecollection", "patch", "update"] on Cluster
        "admissionregistration.k8s.io"
        [
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings",
            "mutatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "validatingwebhookconfigurations"
        ]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "read or change what is written to the API server, or switch its guards off",
        out,
    );
}
