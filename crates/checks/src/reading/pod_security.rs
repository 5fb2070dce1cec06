//! Whom the Pod Security Standards let be, and since which version of Kubernetes.

use finding::Change;
use model::Workload;

use crate::context::Version;
use crate::edit::Flaw;

/// Since then, what Windows does not know is not asked of a pod that says it is for Windows.
const WINDOWS_SINCE: Version = Version { minor: 25 };

/// Since then, root is let be in a pod whose users are not those of the node.
const OWN_USERS_SINCE: Version = Version { minor: 35 };

/// Whether pods of a workload need not say what only Linux knows.
pub(crate) fn lets_windows_be(workload: &Workload<'_>, version: Version) -> bool {
    workload.declares_windows() && version >= WINDOWS_SINCE
}

/// Whether pods of a workload may be root, since they have a user namespace.
pub(crate) fn lets_own_users_be(workload: &Workload<'_>, version: Version) -> bool {
    workload.has_own_users() && version >= OWN_USERS_SINCE
}

/// A change of a field that only Linux knows: none in a pod that says it is for Windows, which
/// Kubernetes would refuse with it.
pub(crate) fn on_linux(flaw: &Flaw<'_>, change: Change) -> Vec<Change> {
    let is_refused = flaw.workload().is_some_and(|it| it.declares_windows());
    if is_refused { Vec::new() } else { vec![change] }
}
