//! Linux capabilities: which a runtime gives anyway, and which are as good as the node.

use finding::Change;
use model::{Container, Node};

use crate::edit::Flaw;

/// What the Pod Security Standard "baseline" lets a container add: what runtimes give anyway, but
/// for `NET_RAW`.
pub(crate) const BASELINE: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Those that reach the node whatever else holds.
const BREAKING: [&str; 10] = [
    "ALL",
    "BPF",
    "DAC_READ_SEARCH",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "PERFMON",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_RAWIO",
];

/// A capability as runtimes read it: in capital letters, without `CAP_`.
pub(crate) fn name(written: &str) -> String {
    let upper = written.to_ascii_uppercase();
    upper.strip_prefix("CAP_").map_or(upper.clone(), ToOwned::to_owned)
}

/// Whether a capability reaches the node: by itself, or by a namespace of the node that the pod
/// shares.
pub(crate) fn breaks_node(container: &Container<'_>, written: &str) -> bool {
    let workload = container.workload();
    match name(written).as_str() {
        "SYS_PTRACE" => workload.flag("hostPID"),
        "NET_ADMIN" => workload.flag("hostNetwork"),
        name => BREAKING.contains(&name),
    }
}

/// Names with commas between.
pub(crate) fn list(written: &[&str]) -> String {
    written.join(", ")
}

/// What takes capabilities from the list of those that a container adds.
pub(crate) fn without(flaw: &Flaw<'_>, goes: impl Fn(&Container<'_>, &str) -> bool) -> Vec<Change> {
    let Some(container) = flaw.container() else { return Vec::new() };
    let added = flaw.node().into_iter().flat_map(Node::items);
    let gone = added.filter(|it| it.as_str().is_some_and(|name| goes(&container, name)));
    gone.map(|it| Change::clear(it.path())).collect()
}
