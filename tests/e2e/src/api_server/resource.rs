//! What a server serves: one kind, and where.

/// One kind, and where it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its group and version, such as `apps/v1`.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// Its name in a path.
    pub plural: String,
    /// Whether its objects stand in namespaces.
    pub namespaced: bool,
}

/// What every server of today serves, as far as anybody here may ask for it.
const BUILT_IN: [(&str, &str, &str, bool); 25] = [
    ("v1", "ConfigMap", "configmaps", true),
    ("v1", "Endpoints", "endpoints", true),
    ("v1", "Event", "events", true),
    ("v1", "Namespace", "namespaces", false),
    ("v1", "Node", "nodes", false),
    ("v1", "Pod", "pods", true),
    ("v1", "PodTemplate", "podtemplates", true),
    ("v1", "ReplicationController", "replicationcontrollers", true),
    ("v1", "Secret", "secrets", true),
    ("v1", "Service", "services", true),
    ("v1", "ServiceAccount", "serviceaccounts", true),
    ("apps/v1", "ControllerRevision", "controllerrevisions", true),
    ("apps/v1", "DaemonSet", "daemonsets", true),
    ("apps/v1", "Deployment", "deployments", true),
    ("apps/v1", "ReplicaSet", "replicasets", true),
    ("apps/v1", "StatefulSet", "statefulsets", true),
    ("batch/v1", "CronJob", "cronjobs", true),
    ("batch/v1", "Job", "jobs", true),
    ("coordination.k8s.io/v1", "Lease", "leases", true),
    ("networking.k8s.io/v1", "Ingress", "ingresses", true),
    ("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", false),
    ("rbac.authorization.k8s.io/v1", "Role", "roles", true),
    ("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true),
];

impl Resource {
    /// A kind of the built-in ones or a custom one.
    pub fn new(api_version: &str, kind: &str, plural: &str, namespaced: bool) -> Self {
        let (api_version, kind) = (api_version.to_owned(), kind.to_owned());
        Self { api_version, kind, plural: plural.to_owned(), namespaced }
    }

    /// The built-in ones.
    pub fn built_in() -> Vec<Self> {
        BUILT_IN
            .map(|(version, kind, plural, spaced)| Self::new(version, kind, plural, spaced))
            .into()
    }

    /// Its group and its version.
    pub fn group_and_version(&self) -> (&str, &str) {
        self.api_version.split_once('/').unwrap_or(("", &self.api_version))
    }

    /// The path under which all of it is listed.
    pub fn path(&self) -> String {
        let root = if self.api_version.contains('/') { "/apis" } else { "/api" };
        [root, &self.api_version, &self.plural].join("/")
    }

    /// The namespace in which a path lists it, empty for all; nothing where it does not.
    pub(super) fn namespace_in<'a>(&self, path: &'a str) -> Option<&'a str> {
        let all = self.path();
        if path == all {
            return Some("");
        }
        let (before, _) = all.rsplit_once('/')?;
        let rest = path.strip_prefix(before)?.strip_prefix("/namespaces/")?;
        let (namespace, plural) = rest.split_once('/')?;
        (self.namespaced && plural == self.plural).then_some(namespace)
    }
}
