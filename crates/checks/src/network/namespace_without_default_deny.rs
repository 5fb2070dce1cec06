//! A namespace in which every new pod reaches and is reached, until somebody thinks of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Object, ObjectId, Place, Workload, kinds};
use netpol::Direction;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "namespace-without-default-deny",
    title: "Namespace denies nothing by default",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    sees: netpol::KINDS,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: &["kube-system", "kube-public", "kube-node-lease"],
        about: "Namespaces that need no default deny.",
    }],
    frameworks: &[Attack("T1046"), Cis("5.3.2"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[
        Peer::Checkov("CKV2_K8S_6"),
        Peer::KubeLinter("non-isolated-pod"),
        Peer::KubeScore("pod-networkpolicy"),
        Peer::Kubescape("C-0030"),
        Peer::Kubescape("C-0049"),
        Peer::Kubescape("C-0054"),
        Peer::Kubescape("C-0206"),
        Peer::Kubescape("C-0260"),
        Peer::Kubescape("C-0301"),
        Peer::Polaris("missingNetworkPolicy"),
    ],
    effort: Hours(8),
    fix: Fix::Review(
        "Add a NetworkPolicy that selects every pod and allows nothing, and one for each flow that \
         is needed",
    ),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("namespace_without_default_deny.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    let namespaces = namespaces(cx);
    let mut seen = BTreeSet::new();
    for workload in cx.workloads().filter(|workload| !workload.flag("hostNetwork")) {
        let namespace = workload.namespace();
        if exempt.contains(&namespace) || !seen.insert(namespace) {
            continue;
        }
        if let Some(message) = judge(cx, namespace) {
            let own = namespaces.get(namespace).copied();
            out.push(finding(cx, &workload, own, message));
        }
    }
}

/// The namespaces in the input by name; of one that is given again, the first.
fn namespaces<'a>(cx: &Cx<'a>) -> BTreeMap<&'a str, &'a Object> {
    let objects: Vec<&Object> = cx.inventory().of(kinds::NAMESPACE).collect();
    objects.into_iter().rev().map(|object| (object.name(), object)).collect()
}

fn judge(cx: &Cx<'_>, namespace: &str) -> Option<String> {
    let policies = cx.policies();
    let mut open = vec![(Direction::Ingress, "ingress"), (Direction::Egress, "egress")];
    open.retain(|&(direction, _)| !policies.denies_by_default(namespace, direction));
    if open.is_empty() {
        return None;
    }
    let undone = open.iter().filter_map(|&(direction, name)| {
        let undoing = policies.allowing_all(namespace, direction)?;
        Some(format!("; {} allows all {name}", undoing.object().name()))
    });
    let beyond = policies.beyond();
    let beyond = beyond.map(|kind| format!("; {kind} objects may, but are not evaluated"));
    let notes: String = undone.chain(beyond).collect();
    let names: Vec<&str> = open.iter().map(|&(_, name)| name).collect();
    Some(format!(
        "no NetworkPolicy denies {} by default to the pods of namespace {namespace}{notes}",
        names.join(" and ")
    ))
}

/// A finding about the namespace, at its object or else at the first workload in it.
fn finding(cx: &Cx<'_>, workload: &Workload<'_>, own: Option<&Object>, message: String) -> Finding {
    let evidence = own.unwrap_or(workload.object());
    let mut finding = CHECK.at(&Place::of(evidence, evidence.root()), message);
    finding.object = Arc::new(ObjectId {
        api_version: "v1".into(),
        kind: kinds::NAMESPACE.kind.into(),
        namespace: None,
        name: workload.namespace().into(),
    });
    if cx.policies().beyond().is_some() {
        finding.confidence = Confidence::Heuristic;
    }
    finding
}

#[cfg(test)]
mod tests {
    use testkit::Example;

    use super::*;
    use crate::{Parameters, Version};

    fn findings(text: &str) -> Vec<Finding> {
        let example = &Example::all(&format!("```yaml bad\n{text}\n```\n"))[0];
        let (inventory, parameters) = (example.inventory(), Parameters::default());
        let cx = Cx::new(&inventory, example.today(), Version::DEFAULT, &parameters);
        crate::run(&[&CHECK], &cx)
    }

    const POD: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web}]}
---
";

    #[test]
    fn the_finding_is_about_the_namespace_whether_its_object_is_there_or_not() {
        let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}";
        let (alone, with) = (findings(POD), findings(&format!("{POD}{namespace}")));
        assert_eq!(alone[0].object.to_string(), "Namespace shop");
        assert_eq!(alone[0].fingerprint(), with[0].fingerprint());
        assert_eq!((alone[0].locations[0].line, with[0].locations[0].line), (2, 7));
    }

    #[test]
    fn policies_of_another_maker_make_it_a_guess() {
        let cilium = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a}";
        assert_eq!(findings(POD)[0].confidence, Confidence::Config);
        let found = &findings(&format!("{POD}{cilium}"))[0];
        assert_eq!(found.confidence, Confidence::Heuristic);
        assert!(found.message.contains("CiliumNetworkPolicy"), "{}", found.message);
    }

    #[test]
    fn the_message_names_what_lacks_and_what_undoes() {
        let policy = |spec: &str| {
            let head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy";
            let text = format!("{POD}{head}\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}");
            findings(&text)[0].message.to_string()
        };
        let (front, back) = ("no NetworkPolicy denies", "by default to the pods of namespace shop");
        assert_eq!(policy("{policyTypes: [Egress]}"), format!("{front} ingress {back}"));
        assert_eq!(
            policy("{policyTypes: [Ingress, Egress], egress: [{}]}"),
            format!("{front} egress {back}; p allows all egress")
        );
    }
}
