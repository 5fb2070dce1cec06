//! The kinds that Kubernetes itself brings: group, plural and scope.

/// One built-in kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// API group, empty for the core group.
    pub group: &'static str,
    /// Kind, such as `Deployment`.
    pub kind: &'static str,
    /// The resource in URLs and in RBAC rules, such as `deployments`.
    pub plural: &'static str,
    /// Whether its objects live in a namespace.
    pub namespaced: bool,
}

impl Kind {
    /// The resource with its group, such as `deployments.apps`.
    pub fn resource(self) -> String {
        [self.plural, self.group].join(".").trim_end_matches('.').to_owned()
    }
}

/// A kind whose objects live in namespaces.
pub const fn namespaced(group: &'static str, kind: &'static str, plural: &'static str) -> Kind {
    Kind { group, kind, plural, namespaced: true }
}

/// A kind whose objects stand above namespaces.
pub const fn cluster(group: &'static str, kind: &'static str, plural: &'static str) -> Kind {
    Kind { group, kind, plural, namespaced: false }
}

/// Several kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(&'static [Kind], Custom);

/// Whether custom kinds that embed a pod template are meant as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Custom {
    No,
    WithPods,
    All,
}

impl Kinds {
    /// Whatever runs pods, custom kinds that embed a pod template included.
    pub const WORKLOADS: Kinds = Kinds(WORKLOADS, Custom::WithPods);
    /// Every kind there is.
    pub const ALL: Kinds = Kinds(&[], Custom::All);
    /// Roles and cluster roles.
    pub const ROLES: Kinds = Kinds(&[ROLE, CLUSTER_ROLE], Custom::No);
    /// Bindings of roles.
    pub const BINDINGS: Kinds = Kinds(&[ROLE_BINDING, CLUSTER_ROLE_BINDING], Custom::No);
    /// Bindings that grant a role everywhere.
    pub const CLUSTER_BINDINGS: Kinds = Kinds(&[CLUSTER_ROLE_BINDING], Custom::No);
    /// Cluster roles, and the bindings that grant them everywhere.
    pub const CLUSTER_RBAC: Kinds = Kinds(&[CLUSTER_ROLE, CLUSTER_ROLE_BINDING], Custom::No);
    /// Services.
    pub const SERVICES: Kinds = Kinds(&[SERVICE], Custom::No);
    /// Namespaces.
    pub const NAMESPACES: Kinds = Kinds(&[NAMESPACE], Custom::No);

    /// The built-in kinds among them.
    pub const fn built_in(self) -> &'static [Kind] {
        self.0
    }

    /// Whether custom kinds that embed a pod template belong to them.
    pub fn has_custom_workloads(self) -> bool {
        self.1 != Custom::No
    }

    /// Whether every kind belongs to them.
    pub fn is_all(self) -> bool {
        self.1 == Custom::All
    }

    /// Whether a kind is one of them by its name alone.
    pub fn contains(self, group: &str, kind: &str) -> bool {
        self.is_all() || self.0.iter().any(|known| known.kind == kind && known.group == group)
    }
}

/// A role.
pub const ROLE: Kind = namespaced(RBAC, "Role", "roles");
/// A cluster role.
pub const CLUSTER_ROLE: Kind = cluster(RBAC, "ClusterRole", "clusterroles");
/// A role binding.
pub const ROLE_BINDING: Kind = namespaced(RBAC, "RoleBinding", "rolebindings");
/// A cluster role binding.
pub const CLUSTER_ROLE_BINDING: Kind = cluster(RBAC, "ClusterRoleBinding", "clusterrolebindings");
/// A service.
pub const SERVICE: Kind = namespaced("", "Service", "services");
/// A service account.
pub const SERVICE_ACCOUNT: Kind = namespaced("", "ServiceAccount", "serviceaccounts");
/// A namespace.
pub const NAMESPACE: Kind = cluster("", "Namespace", "namespaces");
/// A network policy.
pub const NETWORK_POLICY: Kind =
    namespaced("networking.k8s.io", "NetworkPolicy", "networkpolicies");

const RBAC: &str = "rbac.authorization.k8s.io";

/// The built-in kinds that run pods.
const WORKLOADS: &[Kind] = &[
    namespaced("", "Pod", "pods"),
    namespaced("", "PodTemplate", "podtemplates"),
    namespaced("", "ReplicationController", "replicationcontrollers"),
    namespaced("apps", "Deployment", "deployments"),
    namespaced("apps", "ReplicaSet", "replicasets"),
    namespaced("apps", "StatefulSet", "statefulsets"),
    namespaced("apps", "DaemonSet", "daemonsets"),
    namespaced("batch", "Job", "jobs"),
    namespaced("batch", "CronJob", "cronjobs"),
    // Groups that served them before 1.16: files still carry them, and they still mean the same.
    namespaced("extensions", "Deployment", "deployments"),
    namespaced("extensions", "ReplicaSet", "replicasets"),
    namespaced("extensions", "DaemonSet", "daemonsets"),
];

/// Built-in kinds beside the workloads, so that scope is known and custom kinds are told apart.
const OTHERS: &[Kind] = &[
    ROLE,
    CLUSTER_ROLE,
    ROLE_BINDING,
    CLUSTER_ROLE_BINDING,
    SERVICE,
    SERVICE_ACCOUNT,
    NAMESPACE,
    NETWORK_POLICY,
    namespaced("", "ConfigMap", "configmaps"),
    namespaced("", "Endpoints", "endpoints"),
    namespaced("", "Event", "events"),
    namespaced("", "LimitRange", "limitranges"),
    namespaced("", "PersistentVolumeClaim", "persistentvolumeclaims"),
    namespaced("", "ResourceQuota", "resourcequotas"),
    namespaced("", "Secret", "secrets"),
    cluster("", "ComponentStatus", "componentstatuses"),
    cluster("", "Node", "nodes"),
    cluster("", "PersistentVolume", "persistentvolumes"),
    namespaced("apps", "ControllerRevision", "controllerrevisions"),
    namespaced("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
    namespaced("coordination.k8s.io", "Lease", "leases"),
    namespaced("discovery.k8s.io", "EndpointSlice", "endpointslices"),
    namespaced("events.k8s.io", "Event", "events"),
    namespaced("extensions", "Ingress", "ingresses"),
    namespaced("networking.k8s.io", "Ingress", "ingresses"),
    cluster("networking.k8s.io", "IngressClass", "ingressclasses"),
    cluster("networking.k8s.io", "IPAddress", "ipaddresses"),
    cluster("networking.k8s.io", "ServiceCIDR", "servicecidrs"),
    namespaced("policy", "PodDisruptionBudget", "poddisruptionbudgets"),
    cluster("policy", "PodSecurityPolicy", "podsecuritypolicies"),
    cluster("admissionregistration.k8s.io", "MutatingAdmissionPolicy", "mutatingadmissionpolicies"),
    cluster(
        "admissionregistration.k8s.io",
        "MutatingAdmissionPolicyBinding",
        "mutatingadmissionpolicybindings",
    ),
    cluster(
        "admissionregistration.k8s.io",
        "MutatingWebhookConfiguration",
        "mutatingwebhookconfigurations",
    ),
    cluster(
        "admissionregistration.k8s.io",
        "ValidatingAdmissionPolicy",
        "validatingadmissionpolicies",
    ),
    cluster(
        "admissionregistration.k8s.io",
        "ValidatingAdmissionPolicyBinding",
        "validatingadmissionpolicybindings",
    ),
    cluster(
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
        "validatingwebhookconfigurations",
    ),
    cluster("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions"),
    cluster("apiregistration.k8s.io", "APIService", "apiservices"),
    cluster("certificates.k8s.io", "CertificateSigningRequest", "certificatesigningrequests"),
    cluster("flowcontrol.apiserver.k8s.io", "FlowSchema", "flowschemas"),
    cluster(
        "flowcontrol.apiserver.k8s.io",
        "PriorityLevelConfiguration",
        "prioritylevelconfigurations",
    ),
    cluster("node.k8s.io", "RuntimeClass", "runtimeclasses"),
    cluster("resource.k8s.io", "DeviceClass", "deviceclasses"),
    namespaced("resource.k8s.io", "ResourceClaim", "resourceclaims"),
    namespaced("resource.k8s.io", "ResourceClaimTemplate", "resourceclaimtemplates"),
    cluster("resource.k8s.io", "ResourceSlice", "resourceslices"),
    cluster("scheduling.k8s.io", "PriorityClass", "priorityclasses"),
    cluster("storage.k8s.io", "CSIDriver", "csidrivers"),
    cluster("storage.k8s.io", "CSINode", "csinodes"),
    namespaced("storage.k8s.io", "CSIStorageCapacity", "csistoragecapacities"),
    cluster("storage.k8s.io", "StorageClass", "storageclasses"),
    cluster("storage.k8s.io", "VolumeAttachment", "volumeattachments"),
    cluster("storage.k8s.io", "VolumeAttributesClass", "volumeattributesclasses"),
];

/// The group in an `apiVersion`, empty for the core group.
pub fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether a kind lives in a namespace; nothing for a kind that is not built in.
pub fn is_namespaced(group: &str, kind: &str) -> Option<bool> {
    let known = |known: &&Kind| known.kind == kind && known.group == group;
    WORKLOADS.iter().chain(OTHERS).find(known).map(|known| known.namespaced)
}
