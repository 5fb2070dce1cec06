//! Pod Security admission: the levels that namespaces ask for, and the one that holds unasked.

use model::tree::Node;
use model::{Object, kinds};

use crate::check::Peer;
use crate::context::Cx;

/// The label that refuses pods.
pub(crate) const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// The labels that only tell.
const TELLING: [&str; 2] = ["pod-security.kubernetes.io/warn", "pod-security.kubernetes.io/audit"];

/// Checks of others that ask whether some admission refuses one thing each. The level decides them
/// all.
pub(crate) const PEERS: &[Peer] = &[
    Peer::Kubescape("C-0068"),
    Peer::Kubescape("C-0192"),
    Peer::Kubescape("C-0193"),
    Peer::Kubescape("C-0194"),
    Peer::Kubescape("C-0195"),
    Peer::Kubescape("C-0196"),
    Peer::Kubescape("C-0197"),
    Peer::Kubescape("C-0198"),
    Peer::Kubescape("C-0199"),
    Peer::Kubescape("C-0200"),
    Peer::Kubescape("C-0201"),
    Peer::Kubescape("C-0202"),
    Peer::Kubescape("C-0203"),
    Peer::Kubescape("C-0204"),
    Peer::Kubescape("C-0213"),
    Peer::Kubescape("C-0214"),
    Peer::Kubescape("C-0215"),
    Peer::Kubescape("C-0216"),
    Peer::Kubescape("C-0217"),
    Peer::Kubescape("C-0218"),
    Peer::Kubescape("C-0219"),
    Peer::Kubescape("C-0220"),
    Peer::Kubescape("C-0275"),
    Peer::Kubescape("C-0276"),
];

/// The namespaces of Kubernetes itself.
pub(crate) const SYSTEM_NAMESPACES: &[&str] = &["kube-node-lease", "kube-public", "kube-system"];

/// The level that a namespace enforces, if it says one.
pub(crate) fn enforced(namespace: &Object) -> Option<&str> {
    namespace.labels().get(ENFORCE).filter(|level| !level.is_empty())
}

/// A label that warns or audits at a level which refuses something, if a namespace has one.
pub(crate) fn told(namespace: &Object) -> Option<(&'static str, &str)> {
    let mut told = TELLING.into_iter().filter_map(|key| Some((key, namespace.labels().get(key)?)));
    told.find(|(_, level)| matches!(*level, "baseline" | "restricted"))
}

/// Whether the API server enforces a level of its own accord, by the files of the input.
pub(crate) fn is_enforced_by_default(cx: &Cx<'_>) -> bool {
    let plain = cx.inventory().of(kinds::POD_SECURITY_CONFIGURATION).map(Object::root);
    let wrapped = cx.inventory().of(kinds::ADMISSION_CONFIGURATION);
    let plugins = wrapped.filter_map(|it| it.get("plugins")).flat_map(Node::items);
    let inner = plugins.filter_map(|plugin| plugin.get("configuration"));
    let level = |node: Node<'_>| {
        let level = node.at("defaults.enforce").and_then(Node::as_str);
        matches!(level, Some("baseline" | "restricted"))
    };
    plain.chain(inner).any(level)
}
