//! A version of Kubernetes that gets no fixes any more.

use finding::{Fix, Severity};
use jiff::civil::Date;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::node_version;

pub(crate) const CHECK: Check = Check {
    id: "end-of-life-kubernetes",
    title: "Version of Kubernetes gets no fixes any more",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::NODE],
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[Peer::Kubescape("C-0273")],
    effort: Hours(16),
    fix: Fix::Manual("Upgrade, one minor version at a time, the control plane before the nodes"),
    cel: Cel::Refused("it asks what day it is, and nodes report their version to no admission"),
    run,
    ..Check::on(JUDGED, include_str!("end_of_life_kubernetes.md"))
};

/// Nodes, the files of kubeadm, and whatever may run an API server.
const JUDGED: Kinds = Kinds::of(&[kinds::NODE, kinds::CLUSTER_CONFIGURATION, kinds::POD]);

/// The month in which the fixes of a minor version end.
const ENDS: &[(u32, i16, i8)] = &[
    (20, 2022, 2),
    (21, 2022, 6),
    (22, 2022, 10),
    (23, 2023, 2),
    (24, 2023, 7),
    (25, 2023, 10),
    (26, 2024, 2),
    (27, 2024, 7),
    (28, 2024, 10),
    (29, 2025, 2),
    (30, 2025, 6),
    (31, 2025, 10),
    (32, 2026, 2),
    (33, 2026, 6),
    (34, 2026, 10),
    (35, 2027, 2),
    (36, 2027, 6),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let parts = node_version::api_servers(cx).into_iter().chain(node_version::kubelets(cx));
    for part in parts.filter(|part| part.release.major == 1) {
        let minor = part.release.minor;
        let Some(ended) = ended(minor, cx.today()) else { continue };
        let more = match part.more {
            0 => String::new(),
            more => format!(", and {more} more like it,"),
        };
        let message = format!(
            "{}{more} runs {}: 1.{minor} has had no fixes since {ended}",
            part.name, part.release
        );
        out.push(CHECK.at(&part.place, message));
    }
}

/// The month in which a minor version ended, if that month is over.
fn ended(minor: u32, today: Date) -> Option<String> {
    let first = ENDS.first()?;
    if minor < first.0 {
        return Some(format!("before {}", first.1));
    }
    let (_, year, month) = ENDS.iter().find(|(known, _, _)| *known == minor)?;
    ((today.year(), today.month()) > (*year, *month)).then(|| format!("{year}-{month:02}"))
}
