//! The parts that make a node, and what they read.

use std::process::Command;

use anyhow::Result;
use serde_json::json;

use crate::authority::{Authority, KUBELET, NODE_NAME};
use crate::network::{NODE, PODS};
use crate::place::Place;
use crate::settings::Settings;
use crate::{image, kubeconfig};

/// Where Debian lays the plugins that give a pod its network.
pub(crate) const PLUGINS: &str = "/usr/lib/cni";

/// Writes certificates, the image and the configuration of every part.
pub(crate) fn write(authority: &Authority<'_>, place: &Place, settings: &Settings) -> Result<()> {
    authority.client(&KUBELET)?;
    authority.kubelet_server()?;
    kubeconfig::write(place, settings, &KUBELET, "pki/kubelet.kubeconfig")?;
    image::write(place)?;
    place.write("containerd.toml", containerd_configuration(place))?;
    place.write("cni/10-bridge.conflist", pod_network(place).to_string())?;
    place.write("kubelet.json", kubelet_configuration(place).to_string())
}

pub(crate) fn containerd(place: &Place) -> Vec<String> {
    ["containerd", "--config", &place.text("containerd.toml")].map(str::to_owned).into()
}

pub(crate) fn kubelet(place: &Place) -> Vec<String> {
    vec![
        format!("--config={}", place.text("kubelet.json")),
        format!("--kubeconfig={}", place.text("pki/kubelet.kubeconfig")),
        format!("--root-dir={}", place.text("kubelet")),
        format!("--cert-dir={}", place.text("pki")),
        format!("--node-ip={NODE}"),
        format!("--hostname-override={NODE_NAME}"),
    ]
}

/// The client of the container runtime.
pub(crate) fn ctr(place: &Place) -> Command {
    let mut ctr = Command::new("ctr");
    ctr.arg("--address").arg(place.file("containerd.sock")).args(["--namespace", "k8s.io"]);
    ctr
}

/// All that containerd keeps lies below the cluster's folder, where `remains` finds it.
fn containerd_configuration(place: &Place) -> String {
    let path = |name: &str| serde_json::Value::from(place.text(name)).to_string();
    format!(
        r#"version = 2
root = {root}
state = {state}
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.internal.v1.restart"]

[grpc]
address = {socket}

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{pause}"
restrict_oom_score_adj = true
netns_mounts_under_state_dir = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{PLUGINS}"
conf_dir = {networks}

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
Root = {runc}
"#,
        root = path("containerd/root"),
        state = path("containerd/state"),
        socket = path("containerd.sock"),
        networks = path("cni"),
        runc = path("runc"),
        pause = image::PAUSE,
    )
}

/// A bridge in the cluster's namespace. Nothing is translated: no packet leaves it.
fn pod_network(place: &Place) -> serde_json::Value {
    json!({
        "cniVersion": "0.4.0",
        "name": place.unique(),
        "plugins": [{
            "type": "bridge",
            "bridge": "pods",
            "isGateway": true,
            "ipam": {
                "type": "host-local",
                "dataDir": place.text("cni/addresses"),
                "ranges": [[{ "subnet": PODS }]],
                "routes": [{ "dst": "0.0.0.0/0" }],
            },
        }],
    })
}

fn kubelet_configuration(place: &Place) -> serde_json::Value {
    json!({
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": NODE,
        "authentication": {
            "anonymous": { "enabled": false },
            "webhook": { "enabled": true },
            "x509": { "clientCAFile": place.text("pki/ca.crt") },
        },
        "authorization": { "mode": "Webhook" },
        "tlsCertFile": place.text("pki/kubelet-server.crt"),
        "tlsPrivateKeyFile": place.text("pki/kubelet-server.key"),
        "containerRuntimeEndpoint": format!("unix://{}", place.text("containerd.sock")),
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": format!("/{}", place.unique()),
        "failCgroupV1": false,
        "failSwapOn": false,
        "enforceNodeAllocatable": [],
        "localStorageCapacityIsolation": false,
        "makeIPTablesUtilChains": false,
        "oomScoreAdj": 0,
        "resolvConf": "",
        "podLogsDir": place.text("logs/pods"),
        "volumePluginDir": place.text("kubelet/volume-plugins"),
        // The machine's disk may be as full as it is: nothing of it is the node's to free.
        "imageGCHighThresholdPercent": 100,
        "evictionHard": {
            "memory.available": "50Mi",
            "nodefs.available": "0%",
            "nodefs.inodesFree": "0%",
            "imagefs.available": "0%",
            "imagefs.inodesFree": "0%",
        },
    })
}
