//! How well a cluster can be seen, before anything is listed.

use crate::inputs::Cluster;

/// How well a cluster can be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// The cluster; what is forbidden stands in its `unlisted`.
    pub cluster: Cluster,
    /// As whom the cluster knows the caller; nothing where it does not tell.
    pub user: Option<User>,
    /// Milliseconds from a question to its answer.
    pub latency_ms: u64,
    /// Seconds by which the clock of the server is ahead of ours; nothing where it does not tell.
    pub clock_ahead: Option<i64>,
    /// The last moment of the certificate that we show, in seconds since 1970; nothing where we show
    /// none.
    pub certificate_ends: Option<i64>,
    /// The resources that a scan lists, such as `deployments.apps`.
    pub resources: Vec<String>,
}

/// As whom a cluster knows the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// Name.
    pub name: String,
    /// Groups.
    pub groups: Vec<String>,
}
