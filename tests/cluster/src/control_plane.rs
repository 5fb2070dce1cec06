//! The parts that make a control plane, and what they read.

use anyhow::Result;
use serde_json::json;

use crate::authority::{ADMIN, Authority, CONTROLLER_MANAGER, KUBELET_CLIENT, SCHEDULER};
use crate::kubeconfig;
use crate::network::{NODE, PODS, SERVICES};
use crate::place::Place;
use crate::settings::{Ports, Settings};

/// Writes certificates, kubeconfig files and the audit policy.
pub(crate) fn write(authority: &Authority<'_>, place: &Place, settings: &Settings) -> Result<()> {
    authority.api_server()?;
    authority.service_account_key()?;
    for identity in [&ADMIN, &CONTROLLER_MANAGER, &SCHEDULER, &KUBELET_CLIENT] {
        authority.client(identity)?;
    }
    kubeconfig::write(place, settings, &ADMIN, "kubeconfig")?;
    for identity in [&CONTROLLER_MANAGER, &SCHEDULER] {
        let file = format!("pki/{}.kubeconfig", identity.file);
        kubeconfig::write(place, settings, identity, &file)?;
    }
    place.write("audit-policy.json", audit_policy().to_string())
}

/// Everything is recorded; what changes something with its object, unless that may hold a secret.
fn audit_policy() -> serde_json::Value {
    json!({
        "apiVersion": "audit.k8s.io/v1",
        "kind": "Policy",
        "omitStages": ["RequestReceived"],
        "rules": [
            { "level": "Metadata", "resources": [
                { "group": "", "resources": ["secrets", "configmaps", "serviceaccounts/token"] },
                { "group": "authentication.k8s.io", "resources": ["tokenreviews"] },
            ]},
            { "level": "Metadata", "resources": [
                { "group": "coordination.k8s.io", "resources": ["leases"] },
                { "group": "", "resources": ["events"] },
                { "group": "events.k8s.io", "resources": ["events"] },
            ]},
            { "level": "RequestResponse", "verbs": ["create", "update", "patch", "delete"] },
            { "level": "Metadata" },
        ],
    })
}

pub(crate) fn etcd(place: &Place, ports: &Ports) -> Vec<String> {
    let client = format!("http://127.0.0.1:{}", ports.etcd);
    let peer = format!("http://127.0.0.1:{}", ports.peer);
    vec![
        format!("--data-dir={}", place.text("etcd")),
        format!("--listen-client-urls={client}"),
        format!("--advertise-client-urls={client}"),
        format!("--listen-peer-urls={peer}"),
        format!("--initial-advertise-peer-urls={peer}"),
        format!("--initial-cluster=default={peer}"),
        "--unsafe-no-fsync".to_owned(),
        "--log-level=warn".to_owned(),
    ]
}

pub(crate) fn api_server(place: &Place, settings: &Settings) -> Vec<String> {
    let pki = |file: &str| place.text(&format!("pki/{file}"));
    let mut arguments = vec![
        format!("--etcd-servers={}", settings.etcd()),
        format!("--secure-port={}", settings.ports.api),
        format!("--cert-dir={}", place.text("pki")),
        format!("--tls-cert-file={}", pki("kube-apiserver.crt")),
        format!("--tls-private-key-file={}", pki("kube-apiserver.key")),
        format!("--client-ca-file={}", pki("ca.crt")),
        format!("--kubelet-client-certificate={}", pki("kubelet-client.crt")),
        format!("--kubelet-client-key={}", pki("kubelet-client.key")),
        format!("--kubelet-certificate-authority={}", pki("ca.crt")),
        "--kubelet-preferred-address-types=InternalIP".to_owned(),
        "--authorization-mode=Node,RBAC".to_owned(),
        "--enable-admission-plugins=NodeRestriction".to_owned(),
        "--allow-privileged=true".to_owned(),
        format!("--service-account-key-file={}", pki("service-account.pub")),
        format!("--service-account-signing-key-file={}", pki("service-account.key")),
        "--service-account-issuer=https://kubernetes.default.svc".to_owned(),
        format!("--service-cluster-ip-range={SERVICES}"),
        format!("--audit-policy-file={}", place.text("audit-policy.json")),
        format!("--audit-log-path={}", place.text("audit.log")),
    ];
    arguments.extend(addresses(settings.node).iter().map(|&it| it.to_owned()));
    if settings.node {
        arguments.push(format!("--advertise-address={NODE}"));
    }
    arguments
}

/// Loopback is no address for the endpoints of a service: without a node its service has none.
fn addresses(node: bool) -> &'static [&'static str] {
    if node {
        return &["--bind-address=0.0.0.0"];
    }
    &[
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
    ]
}

pub(crate) fn controller_manager(place: &Place) -> Vec<String> {
    vec![
        format!("--kubeconfig={}", place.text("pki/kube-controller-manager.kubeconfig")),
        "--leader-elect=false".to_owned(),
        "--secure-port=0".to_owned(),
        "--use-service-account-credentials=true".to_owned(),
        // Some forty accounts are asked for tokens at the start, at 20 a second otherwise.
        "--kube-api-qps=500".to_owned(),
        "--kube-api-burst=500".to_owned(),
        format!("--service-account-private-key-file={}", place.text("pki/service-account.key")),
        format!("--root-ca-file={}", place.text("pki/ca.crt")),
        format!("--cluster-signing-cert-file={}", place.text("pki/ca.crt")),
        format!("--cluster-signing-key-file={}", place.text("pki/ca.key")),
        format!("--service-cluster-ip-range={SERVICES}"),
        format!("--cluster-cidr={PODS}"),
        format!("--flex-volume-plugin-dir={}", place.text("volume-plugins")),
    ]
}

pub(crate) fn scheduler(place: &Place) -> Vec<String> {
    vec![
        format!("--kubeconfig={}", place.text("pki/kube-scheduler.kubeconfig")),
        "--leader-elect=false".to_owned(),
        "--secure-port=0".to_owned(),
    ]
}
