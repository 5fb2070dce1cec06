//! The binary against a real API server.
//!
//! ```text
//! Corpus (manifests) ─▶ applied to a Cluster ─▶ scanned live ══ scanned from their files
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`corpus`] | manifests that were written for other ends, and the part of them that a server takes |
//! | [`verdicts`] | what was found, as far as it must be the same wherever an object comes from |
//! | [`fixtures`] | the pods with which Kubernetes tests its own admission |
//! | [`mended`] | folders of manifests before and after `ringfence fix --review` |
//! | [`trial`] | what a server would take |
//! | [`kube_score`] | another judge of manifests |
//! | [`account`] | a service account, and what it may do |
//! | [`forwarder`] | a wire that can be cut |
#![allow(
    clippy::disallowed_methods,
    reason = "tests of the whole program write files, start it and watch the clock"
)]

pub mod account;
pub mod corpus;
pub mod fixtures;
pub mod forwarder;
pub mod kube_score;
pub mod mended;
pub mod trial;
pub mod verdicts;

pub use account::Account;
pub use corpus::Corpus;
pub use forwarder::Forwarder;

use cluster::Cluster;
use e2e::Ringfence;

/// `ringfence`, where it can reach a cluster as its administrator.
pub fn ringfence(cluster: &Cluster) -> Ringfence {
    let kubeconfig = cluster.kubeconfig().to_str().expect("the path is text");
    Ringfence::new(cluster.folder()).env("KUBECONFIG", kubeconfig)
}
