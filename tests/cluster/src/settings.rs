//! What was chosen for one cluster, kept in its folder for those who find it later.

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::place::Place;

/// What a caller asks for.
#[derive(Clone, Debug)]
pub struct Options {
    /// A version of Kubernetes such as `v1.34.4`; the one of `tests/cluster/go.mod` where there is none.
    pub version: Option<String>,
    /// Whether there is a node that runs pods, which needs root.
    pub node: bool,
    /// Tells clusters apart; an earlier cluster of the same name is taken down first.
    pub name: String,
}

/// What a running cluster is made of.
#[derive(Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) version: String,
    pub(crate) node: bool,
    pub(crate) kubernetes: PathBuf,
    pub(crate) ports: Ports,
    /// Settings of the kernel as they were before the kubelet changed them.
    pub(crate) kernel: Vec<(PathBuf, String)>,
}

/// Where the parts listen.
#[derive(Serialize, Deserialize)]
pub(crate) struct Ports {
    pub(crate) etcd: u16,
    pub(crate) peer: u16,
    pub(crate) api: u16,
}

impl Options {
    /// A control plane of the default version, without a node.
    pub fn control_plane(name: &str) -> Self {
        Self { version: None, node: false, name: name.to_owned() }
    }

    /// A control plane and a node that runs pods.
    pub fn with_node(name: &str) -> Self {
        Self { node: true, ..Self::control_plane(name) }
    }
}

impl Settings {
    pub(crate) fn read(place: &Place) -> Result<Self> {
        let path = place.file("cluster.json");
        let text = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("reading {}", path.display()))
    }

    pub(crate) fn write(&self, place: &Place) -> Result<()> {
        place.write("cluster.json", serde_json::to_vec_pretty(self)?)
    }

    /// The address where clients find the API server.
    pub(crate) fn api(&self) -> String {
        let host = if self.node { crate::network::NODE } else { "127.0.0.1" };
        format!("https://{host}:{}", self.ports.api)
    }

    pub(crate) fn etcd(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.etcd)
    }
}

impl Ports {
    /// In a network of its own a cluster has every port to itself. The API server takes that of its service,
    /// whose address it has too: pods reach it there though nothing forwards services.
    pub(crate) const OWN_NETWORK: Self = Self { etcd: 2379, peer: 2380, api: 443 };

    /// Ports that are free at this moment, all held until the last is chosen.
    pub(crate) fn free() -> Result<Self> {
        let ports = || -> std::io::Result<Self> {
            let bind = || TcpListener::bind("127.0.0.1:0");
            let [etcd, peer, api] = [bind()?, bind()?, bind()?];
            let port = |listener: &TcpListener| listener.local_addr().map(|address| address.port());
            Ok(Self { etcd: port(&etcd)?, peer: port(&peer)?, api: port(&api)? })
        };
        ports().context("looking for free ports")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_ports_differ() {
        let ports = Ports::free().unwrap();
        assert!(ports.etcd != ports.peer && ports.peer != ports.api && ports.api != ports.etcd);
    }
}
