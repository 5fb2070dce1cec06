//! A real Kubernetes cluster for the tests: the control plane, and on demand a node that runs pods.
//!
//! ```text
//! go.mod ─▶ binary ─▶ authority, network ─▶ parts ─▶ readiness ─▶ Cluster ─▶ remains
//! ```
//!
//! - `go`, `module`, `binary`: every part of Kubernetes in one program, of any version, built from its modules.
//! - `place`, `settings`: the folder that holds all of one cluster, and what was chosen for it.
//! - `authority`, `kubeconfig`: its own certificates and who may come with which.
//! - `digest`, `program`: hashes, and programs run to their end.
//! - `network`, `cgroups`, `mounts`, `processes`: what it takes from the machine, and how that is found again.
//! - `part`, `control_plane`, `node`, `image`: the parts, their arguments and what they read.
//! - `readiness`: when it may be used.
//! - `remains`: how nothing of it is left, whatever ended it.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "it starts programs, writes their files, waits for them and tells a person about it"
)]

mod authority;
mod binary;
mod cgroups;
mod cluster;
mod control_plane;
mod digest;
mod go;
mod image;
mod kubeconfig;
mod module;
mod mounts;
mod network;
mod node;
mod part;
mod place;
mod processes;
mod program;
mod readiness;
mod remains;
mod settings;

pub use cluster::{Cluster, PartStatus};
pub use go::Go;
pub use part::Part;
pub use settings::Options;
