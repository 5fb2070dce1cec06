//! A token that opens nothing for its owner still tells the API server who the thief is.

use std::collections::BTreeMap;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds, Object, Workload, kinds};

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "unused-token",
    title: "Pod is given a token it has no use for",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE_ACCOUNT, kinds::ROLE_BINDING, kinds::CLUSTER_ROLE_BINDING],
    frameworks: &[Attack("T1528"), Cis("5.1.6"), Nsa(check::Nsa::PodSecurity)],
    peers: &[
        Peer::Checkov("CKV_K8S_38"),
        Peer::Kubescape("C-0034"),
        Peer::Kubescape("C-0190"),
        Peer::Kubescape("C-0261"),
        Peer::Kubesec("AutomountServiceAccountToken"),
        Peer::Polaris("automountServiceAccountToken"),
        Peer::Trivy("KSV-0036"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `automountServiceAccountToken: false` on the pod"),
    edit: Edit::Set("false"),
    cel: Cel::Refused("what is granted to an account stands in roles and bindings"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unused_token.md"))
};

const FIELD: &str = "automountServiceAccountToken";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let accounts = accounts(cx);
    for workload in cx.workloads() {
        let (namespace, name) = (workload.namespace(), workload.service_account());
        let account = accounts.get(&(namespace, name)).copied();
        let is_in_view = account.is_some() || name == "default";
        if is_in_view && is_mounted(workload, account) && !is_granted_anything(cx, namespace, name)
        {
            let message = format!(
                "the pod carries a token of service account {namespace}/{name}, and no binding in \
                 this input grants that account anything"
            );
            out.push(CHECK.at(&workload.place(FIELD), message));
        }
    }
}

fn accounts<'a>(cx: &Cx<'a>) -> BTreeMap<(&'a str, &'a str), &'a Object> {
    let objects = cx.inventory().of(kinds::SERVICE_ACCOUNT);
    objects.map(|object| ((object.namespace(), object.name()), object)).collect()
}

/// Whether the API server mounts a token unasked: the pod's word counts, else the account's, else
/// yes. A container that mounts something else in its place gets none.
fn is_mounted(workload: Workload<'_>, account: Option<&Object>) -> bool {
    let pod = workload.spec().get(FIELD).and_then(Node::as_bool);
    let says = pod.or_else(|| account?.get(FIELD)?.as_bool());
    says != Some(false) && workload.containers().any(|container| !has_another(&container))
}

fn has_another(container: &Container<'_>) -> bool {
    let mut mounts = container.node().get("volumeMounts").into_iter().flat_map(Node::items);
    mounts.any(|mount| {
        let text = |key| mount.get(key).and_then(Node::as_str).unwrap_or_default();
        // In a pod read from a cluster, this is the token that the API server put there.
        let is_automatic = text("name").starts_with("kube-api-access-");
        text("mountPath") == "/var/run/secrets/kubernetes.io/serviceaccount" && !is_automatic
    })
}

/// What Kubernetes grants to all accounts alike, such as looking up API versions, does not count.
fn is_granted_anything(cx: &Cx<'_>, namespace: &str, name: &str) -> bool {
    let mut grants = cx.rbac().grants_of(namespace, name);
    grants.any(|binding| {
        let mut subjects = binding.subjects().iter();
        !binding.is_bootstrap() || subjects.any(|it| it.is_service_account(namespace, name))
    })
}
