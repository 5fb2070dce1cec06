//! The network namespace of a cluster with a node: nothing of the machine's own network is touched.

use std::fs::File;
use std::process::Command;

use anyhow::{Context, Result};

use crate::place::Place;
use crate::program::{answer, output};

/// The node's address, at which the API server and the kubelet listen.
pub(crate) const NODE: &str = "10.77.0.2";

/// The address of the API server's own service, the first of all services.
pub(crate) const SERVICE: &str = "10.96.0.1";

/// From where services get their addresses.
pub(crate) const SERVICES: &str = "10.96.0.0/16";

/// From where pods get their addresses.
pub(crate) const PODS: &str = "10.88.0.0/16";

/// Both ends of one cable, since a route must lead over some device.
const DEVICES: &str = "\
link set lo up
link add node type veth peer name far
address add 10.77.0.2/24 dev node
address add 10.96.0.1/32 dev lo
link set node up
link set far up
route add default dev node
";

/// Makes the namespace. A file of the cluster holds it, and it goes when the file is unmounted.
pub(crate) fn create(place: &Place) -> Result<()> {
    File::create(place.namespace()).context("making the file of the namespace")?;
    let mut file = std::ffi::OsString::from("--net=");
    file.push(place.namespace());
    output(Command::new("unshare").arg(file).arg("true"))?;
    let mut ip = enter(place);
    answer(ip.args(["ip", "-batch", "-"]), DEVICES).context("making the cluster's network")?;
    Ok(())
}

/// What stands before a program that is to run in the namespace.
pub(crate) fn enter(place: &Place) -> Command {
    let mut nsenter = Command::new("nsenter");
    let mut file = std::ffi::OsString::from("--net=");
    file.push(place.namespace());
    nsenter.arg(file);
    nsenter
}
