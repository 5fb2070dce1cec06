//! CBC tells by its padding what GCM tells by a number used twice.

use finding::{Fix, Severity};
use model::kinds;
use model::tree::Node;
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::NO_TWIN_OF_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "weak-encryption-provider",
    title: "Data at rest is encrypted with a weak mode",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Cis("1.2.28"), Owasp("K08")],
    effort: Hours(4),
    fix: Fix::Review("Put `kms` or `secretbox` first, then rewrite what is encrypted"),
    cel: NO_TWIN_OF_A_FILE,
    run,
    ..Check::on(
        Kinds::of(&[kinds::ENCRYPTION_CONFIGURATION]),
        include_str!("weak_encryption_provider.md"),
    )
};

const WEAK: [(&str, &str); 2] = [
    ("aescbc", "does not notice changed data, so its padding can be made to tell the text"),
    ("aesgcm", "is broken when a number comes twice: its key must be changed by hand in time"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::ENCRYPTION_CONFIGURATION) {
        let entries = file.get("resources").into_iter().flat_map(Node::items);
        for first in entries.filter_map(|it| it.get("providers")?.items().next()) {
            for (name, why) in WEAK.iter().filter(|(name, _)| first.get(name).is_some()) {
                out.push(CHECK.at(&Place::of(file, first), format!("{name} {why}")));
            }
        }
    }
}
