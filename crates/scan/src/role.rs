//! The least that a scan of a cluster must be allowed, as a manifest.

use std::collections::BTreeMap;
use std::fmt::Write;

use model::kinds::Kind;

/// The cluster role for a scan, from what the checks and the facts declare.
pub fn manifest() -> String {
    let mut by_group: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // No server of today serves the group that workloads once had.
    for Kind { group, plural, .. } in crate::kinds().iter().filter(|it| it.group != "extensions") {
        by_group.entry(group).or_default().push(plural);
    }
    let mut text = String::from(
        "# All that `ringfence scan` asks of a cluster: to list these, and nothing of a Secret.\n\
         # Custom kinds that embed pods come on top; `ringfence doctor` names the rules they need.\n\
         apiVersion: rbac.authorization.k8s.io/v1\n\
         kind: ClusterRole\n\
         metadata:\n  name: ringfence-scan\n\
         rules:\n",
    );
    for (group, mut resources) in by_group {
        resources.sort_unstable();
        let _ = write!(text, "- apiGroups: [{group:?}]\n  resources:\n");
        for resource in resources {
            let _ = writeln!(text, "  - {resource}");
        }
        text.push_str("  verbs: [list]\n");
    }
    text
}
