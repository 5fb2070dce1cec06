//! The effective security context: what the container says, else what its pod says.

use crate::tree::Node;
use crate::workload::Os;

/// A value that holds, and the field that says so.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a, T> {
    /// What holds.
    pub value: T,
    /// The field that says so.
    pub node: Node<'a>,
}

/// What holds for one container, following `DetermineEffectiveSecurityContext` of Kubernetes:
/// a field of the container wins over the same field of the pod.
#[derive(Clone, Copy, Debug)]
pub struct Security<'a> {
    container: Option<Node<'a>>,
    pod: Option<Node<'a>>,
    os: Os,
}

impl<'a> Security<'a> {
    pub(crate) fn new(container: Option<Node<'a>>, pod: Option<Node<'a>>, os: Os) -> Self {
        Self { container, pod, os }
    }

    /// The operating system, which decides what applies.
    pub fn os(self) -> Os {
        self.os
    }

    /// Whether the container says that it is privileged. A pod cannot say so.
    pub fn is_privileged(self) -> bool {
        self.container.and_then(|it| it.get("privileged")?.as_bool()) == Some(true)
    }

    /// Whether nothing keeps it from running as user 0. `runAsNonRoot` makes the kubelet refuse
    /// root, whoever the user; without it a given user decides, and without that the image, of which
    /// nothing is known here.
    pub fn may_be_root(self) -> bool {
        let refused = self.run_as_non_root().is_some_and(|setting| setting.value);
        let other = self.run_as_user().is_some_and(|user| user.value != 0);
        self.os == Os::Linux && !refused && !other
    }

    /// Whether the kubelet refuses to start it as root.
    pub fn run_as_non_root(self) -> Option<Setting<'a, bool>> {
        self.merged("runAsNonRoot", Node::as_bool)
    }

    /// The user it starts as, where one is given instead of the image's own.
    pub fn run_as_user(self) -> Option<Setting<'a, i64>> {
        self.merged("runAsUser", Node::as_i64)
    }

    fn merged<T>(self, field: &str, read: fn(Node<'a>) -> Option<T>) -> Option<Setting<'a, T>> {
        [self.container, self.pod].into_iter().flatten().find_map(|context| {
            let node = context.get(field)?;
            Some(Setting { value: read(node)?, node })
        })
    }
}
