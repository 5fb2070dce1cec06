//! A volume may be any folder of a node, whatever Pod Security says of pods.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "persistent-volume-creator",
    title: "Role allows to make volumes out of folders of nodes",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1611"), Cis("5.1.9"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0278")],
    effort: Hours(2),
    fix: Fix::Manual("Leave the making of volumes to provisioners"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("persistent_volume_creator.md"))
};

const POWER: Power = power!(
    ["create"] on Cluster "" ["persistentvolumes"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "mount any folder of a node through a volume", out);
}
