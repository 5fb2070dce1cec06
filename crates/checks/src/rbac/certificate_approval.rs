//! A certificate of the cluster makes its holder whoever is written in it.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "certificate-approval",
    title: "Role allows to approve client certificates",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1098"), Cis("5.1.11"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Checkov("CKV_K8S_156"), Peer::Kubescape("C-0280")],
    effort: Hours(2),
    fix: Fix::Manual("Name the signers that it approves for, by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("certificate_approval.md"))
};

const POWER: Power = power!(
    ["approve"] on Cluster "certificates.k8s.io" ["signers"],
    named [
        "kubernetes.io/*",
        "kubernetes.io/kube-apiserver-client",
        "kubernetes.io/kube-apiserver-client-kubelet",
        "kubernetes.io/legacy-unknown"
    ]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "have certificates made that let them in as somebody else", out);
}
