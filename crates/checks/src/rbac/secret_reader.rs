//! In a namespace, whoever reads all Secrets is everybody there.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "secret-reader",
    title: "Role allows to read every Secret of its namespace",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1552.007"),
        Cis("5.1.2"),
        Nsa(check::Nsa::Access),
        Owasp("K03"),
        Owasp("K08"),
    ],
    peers: &[
        Peer::Checkov("CKV2_K8S_5"),
        Peer::KubeLinter("access-to-secrets"),
        Peer::Kubescape("C-0015"),
        Peer::Kubescape("C-0186"),
        Peer::Trivy("KSV-0041"),
        Peer::Trivy("KSV-0113"),
    ],
    effort: Hours(2),
    fix: Fix::Manual("Name the Secrets with `resourceNames`, or mount them"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::ROLE]), include_str!("secret_reader.md"))
};

const POWER: Power = power!(
    ["get", "list", "watch"] on Namespace "" ["secrets"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "read every Secret of the namespace", out);
}
