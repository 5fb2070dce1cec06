//! Admission policies of Kubernetes and of the engines beside it: whether they refuse anything.

use std::collections::BTreeSet;

use finding::Change;
use model::kinds::{self, Kind, cluster, namespaced};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::context::Cx;
use crate::edit::Flaw;

/// `ClusterPolicy` of Kyverno.
pub(crate) const CLUSTER_POLICY: Kind = cluster("kyverno.io", "ClusterPolicy", "clusterpolicies");
/// `Policy` of Kyverno.
pub(crate) const POLICY: Kind = namespaced("kyverno.io", "Policy", "policies");
/// `PolicyException` of Kyverno.
pub(crate) const POLICY_EXCEPTION: Kind =
    namespaced("kyverno.io", "PolicyException", "policyexceptions");
/// `ValidatingPolicy` of Kyverno.
pub(crate) const VALIDATING_POLICY: Kind =
    cluster("policies.kyverno.io", "ValidatingPolicy", "validatingpolicies");
/// `ImageValidatingPolicy` of Kyverno.
pub(crate) const IMAGE_VALIDATING_POLICY: Kind =
    cluster("policies.kyverno.io", "ImageValidatingPolicy", "imagevalidatingpolicies");

/// A constraint of Gatekeeper. Each template makes a kind; these are of its own library.
const fn constraint(kind: &'static str, resource: &'static str) -> Kind {
    cluster("constraints.gatekeeper.sh", kind, resource)
}

/// Kinds that hold policies and say whether they refuse.
pub(crate) const POLICIES: &[Kind] = &[
    kinds::VALIDATING_ADMISSION_POLICY_BINDING,
    CLUSTER_POLICY,
    POLICY,
    VALIDATING_POLICY,
    IMAGE_VALIDATING_POLICY,
    constraint("K8sAllowedRepos", "k8sallowedrepos"),
    constraint("K8sBlockNodePort", "k8sblocknodeport"),
    constraint("K8sContainerLimits", "k8scontainerlimits"),
    constraint("K8sDisallowAnonymous", "k8sdisallowanonymous"),
    constraint("K8sDisallowedTags", "k8sdisallowedtags"),
    constraint("K8sHttpsOnly", "k8shttpsonly"),
    constraint("K8sImageDigests", "k8simagedigests"),
    constraint(
        "K8sPSPAllowPrivilegeEscalationContainer",
        "k8spspallowprivilegeescalationcontainer",
    ),
    constraint("K8sPSPAllowedUsers", "k8spspallowedusers"),
    constraint("K8sPSPCapabilities", "k8spspcapabilities"),
    PRIVILEGED_CONSTRAINT,
    constraint("K8sPSPHostFilesystem", "k8spsphostfilesystem"),
    constraint("K8sPSPHostNamespace", "k8spsphostnamespace"),
    constraint("K8sPSPHostNetworkingPorts", "k8spsphostnetworkingports"),
    constraint("K8sPSPReadOnlyRootFilesystem", "k8spspreadonlyrootfilesystem"),
    constraint("K8sPSPSeccomp", "k8spspseccomp"),
    constraint("K8sRequiredLabels", "k8srequiredlabels"),
];

/// The constraint of Gatekeeper that refuses privileged containers.
pub(crate) const PRIVILEGED_CONSTRAINT: Kind =
    constraint("K8sPSPPrivilegedContainer", "k8spspprivilegedcontainer");

/// Kinds that may hold a policy against privileged pods.
pub(crate) const GUARDS: &[Kind] = &[
    kinds::VALIDATING_ADMISSION_POLICY,
    kinds::VALIDATING_ADMISSION_POLICY_BINDING,
    CLUSTER_POLICY,
    VALIDATING_POLICY,
    PRIVILEGED_CONSTRAINT,
];

/// Where a policy says that it refuses nothing, if it says so.
pub(crate) fn toothless(object: &Object) -> Option<Place<'_>> {
    match (object.group(), object.kind()) {
        ("constraints.gatekeeper.sh", _) => one_of(object, &["dryrun", "warn"]),
        ("kyverno.io", _) => of_kyverno(object),
        _ => {
            let actions = object.get("spec.validationActions")?;
            let mut words = actions.strings().peekable();
            words.peek()?;
            (!words.any(|word| word == "Deny")).then(|| Place::of(object, actions))
        }
    }
}

/// Lets a policy refuse that is found to be toothless.
pub(crate) fn deny(flaw: &Flaw<'_>) -> Vec<Change> {
    match flaw.object().group() {
        "constraints.gatekeeper.sh" => vec![Change::set(flaw.path(), "\"deny\"")],
        "kyverno.io" => enforce(flaw.object()),
        _ => {
            // What is refused needs no warning, and may not have one.
            let mut actions = flaw.node().into_iter().flat_map(Node::items);
            let warning = actions.find(|it| it.as_str() == Some("Warn"));
            vec![match warning {
                Some(it) => Change::set(it.path(), "\"Deny\""),
                None => Change::append(flaw.path(), "\"Deny\""),
            }]
        }
    }
}

/// Each rule that has an action of its own, and the policy for the others.
fn enforce(policy: &Object) -> Vec<Change> {
    let rules = policy.get("spec.rules").into_iter().flat_map(Node::items);
    let actions = rules.filter_map(|rule| rule.get("validate")).map(|it| it.get("failureAction"));
    let paths = actions.map(|it| it.map_or_else(|| ACTION.to_owned(), Node::path));
    let paths: BTreeSet<String> = paths.collect();
    paths.into_iter().map(|path| Change::set(path, "\"Enforce\"")).collect()
}

/// A policy of the cluster that refuses privileged pods in every namespace, so far as can be seen.
pub(crate) fn guard<'a>(cx: &Cx<'a>) -> Option<&'a Object> {
    let all = cx.inventory().of_any(Kinds::of(GUARDS));
    let mut named = all.filter(|object| {
        object.is(Kinds::of(&[PRIVILEGED_CONSTRAINT])) || speaks_of(object.root(), "privileged")
    });
    named.find(|object| match object.kind() {
        "ValidatingAdmissionPolicy" => is_bound(cx, object),
        "ValidatingAdmissionPolicyBinding" => false,
        _ => toothless(object).is_none(),
    })
}

/// Whether a binding of the input lets a policy deny.
fn is_bound(cx: &Cx<'_>, policy: &Object) -> bool {
    cx.inventory().of(kinds::VALIDATING_ADMISSION_POLICY_BINDING).any(|binding| {
        let name = binding.get("spec.policyName").and_then(Node::as_str);
        name == Some(policy.name()) && toothless(binding).is_none()
    })
}

fn one_of<'a>(object: &'a Object, words: &[&str]) -> Option<Place<'a>> {
    let action = object.get("spec.enforcementAction")?;
    words.contains(&action.as_str()?).then(|| Place::of(object, action))
}

const ACTION: &str = "spec.validationFailureAction";

/// Its rules may each have an action; else that of the policy holds, and audits where none is
/// given.
fn of_kyverno(object: &Object) -> Option<Place<'_>> {
    let enforces = |node: Option<Node<'_>>| {
        let word = node.and_then(Node::as_str).unwrap_or_default();
        word.eq_ignore_ascii_case("enforce")
    };
    let overrides = object.get("spec.validationFailureActionOverrides");
    let some_override =
        overrides.into_iter().flat_map(Node::items).any(|it| enforces(it.get("action")));
    let own = enforces(object.get(ACTION)) || some_override;
    let rules = object.get("spec.rules").into_iter().flat_map(Node::items);
    let actions: Vec<bool> = rules
        .filter_map(|rule| rule.get("validate"))
        .map(|rule| rule.get("failureAction").map_or(own, |action| enforces(Some(action))))
        .collect();
    (!actions.is_empty() && !actions.contains(&true)).then(|| object.place(ACTION))
}

/// Whether a key or a text at or below a value holds a word.
fn speaks_of(node: Node<'_>, word: &str) -> bool {
    node.key().contains(word)
        || node.text().contains(word)
        || node.children().any(|child| speaks_of(child, word))
}
