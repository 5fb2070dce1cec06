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
    /// Whether it stands in files alone, and no API server serves it.
    pub fn is_file(self) -> bool {
        self.plural.is_empty()
    }

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

/// A kind that stands in files alone and that no API server serves.
pub const fn file(group: &'static str, kind: &'static str) -> Kind {
    Kind { group, kind, plural: "", namespaced: false }
}

/// The kinds of two lists, which are `N` together.
///
/// # Panics
/// When they are not `N`, which the compiler tells where this makes a constant.
pub const fn joined<const N: usize>(one: &[Kind], other: &[Kind]) -> [Kind; N] {
    let mut all = [EVENT; N];
    let (first, rest) = all.split_at_mut(one.len());
    first.copy_from_slice(one);
    rest.copy_from_slice(other);
    all
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

    /// Some kinds and nothing else.
    pub const fn of(kinds: &'static [Kind]) -> Kinds {
        Kinds(kinds, Custom::No)
    }

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

const RBAC: &str = "rbac.authorization.k8s.io";

/// `Role` of `rbac.authorization.k8s.io`.
pub const ROLE: Kind = namespaced(RBAC, "Role", "roles");
/// `ClusterRole` of `rbac.authorization.k8s.io`.
pub const CLUSTER_ROLE: Kind = cluster(RBAC, "ClusterRole", "clusterroles");
/// `RoleBinding` of `rbac.authorization.k8s.io`.
pub const ROLE_BINDING: Kind = namespaced(RBAC, "RoleBinding", "rolebindings");
/// `ClusterRoleBinding` of `rbac.authorization.k8s.io`.
pub const CLUSTER_ROLE_BINDING: Kind = cluster(RBAC, "ClusterRoleBinding", "clusterrolebindings");
/// `Service`.
pub const SERVICE: Kind = namespaced("", "Service", "services");
/// `ServiceAccount`.
pub const SERVICE_ACCOUNT: Kind = namespaced("", "ServiceAccount", "serviceaccounts");
/// `Namespace`.
pub const NAMESPACE: Kind = cluster("", "Namespace", "namespaces");
/// `NetworkPolicy` of `networking.k8s.io`.
pub const NETWORK_POLICY: Kind =
    namespaced("networking.k8s.io", "NetworkPolicy", "networkpolicies");
/// `ConfigMap`.
pub const CONFIG_MAP: Kind = namespaced("", "ConfigMap", "configmaps");
/// `Endpoints`.
pub const ENDPOINTS: Kind = namespaced("", "Endpoints", "endpoints");
/// `Event`.
pub const EVENT: Kind = namespaced("", "Event", "events");
/// `LimitRange`.
pub const LIMIT_RANGE: Kind = namespaced("", "LimitRange", "limitranges");
/// `PersistentVolumeClaim`.
pub const PERSISTENT_VOLUME_CLAIM: Kind =
    namespaced("", "PersistentVolumeClaim", "persistentvolumeclaims");
/// `ResourceQuota`.
pub const RESOURCE_QUOTA: Kind = namespaced("", "ResourceQuota", "resourcequotas");
/// `Secret`.
pub const SECRET: Kind = namespaced("", "Secret", "secrets");
/// `ComponentStatus`.
pub const COMPONENT_STATUS: Kind = cluster("", "ComponentStatus", "componentstatuses");
/// `Node`.
pub const NODE: Kind = cluster("", "Node", "nodes");
/// `PersistentVolume`.
pub const PERSISTENT_VOLUME: Kind = cluster("", "PersistentVolume", "persistentvolumes");
/// `ControllerRevision` of `apps`.
pub const CONTROLLER_REVISION: Kind =
    namespaced("apps", "ControllerRevision", "controllerrevisions");
/// `HorizontalPodAutoscaler` of `autoscaling`.
pub const HORIZONTAL_POD_AUTOSCALER: Kind =
    namespaced("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
/// `Lease` of `coordination.k8s.io`.
pub const LEASE: Kind = namespaced("coordination.k8s.io", "Lease", "leases");
/// `EndpointSlice` of `discovery.k8s.io`.
pub const ENDPOINT_SLICE: Kind = namespaced("discovery.k8s.io", "EndpointSlice", "endpointslices");
/// `Event` of `events.k8s.io`.
pub const NEW_EVENT: Kind = namespaced("events.k8s.io", "Event", "events");
/// `Ingress` of `extensions`.
pub const OLD_INGRESS: Kind = namespaced("extensions", "Ingress", "ingresses");
/// `Ingress` of `networking.k8s.io`.
pub const INGRESS: Kind = namespaced("networking.k8s.io", "Ingress", "ingresses");
/// `IngressClass` of `networking.k8s.io`.
pub const INGRESS_CLASS: Kind = cluster("networking.k8s.io", "IngressClass", "ingressclasses");
/// `IPAddress` of `networking.k8s.io`.
pub const IP_ADDRESS: Kind = cluster("networking.k8s.io", "IPAddress", "ipaddresses");
/// `ServiceCIDR` of `networking.k8s.io`.
pub const SERVICE_CIDR: Kind = cluster("networking.k8s.io", "ServiceCIDR", "servicecidrs");
/// `PodDisruptionBudget` of `policy`.
pub const POD_DISRUPTION_BUDGET: Kind =
    namespaced("policy", "PodDisruptionBudget", "poddisruptionbudgets");
/// `PodSecurityPolicy` of `policy`.
pub const POD_SECURITY_POLICY: Kind = cluster("policy", "PodSecurityPolicy", "podsecuritypolicies");
/// `MutatingAdmissionPolicy` of `admissionregistration.k8s.io`.
pub const MUTATING_ADMISSION_POLICY: Kind =
    cluster("admissionregistration.k8s.io", "MutatingAdmissionPolicy", "mutatingadmissionpolicies");
/// `MutatingAdmissionPolicyBinding` of `admissionregistration.k8s.io`.
pub const MUTATING_ADMISSION_POLICY_BINDING: Kind = cluster(
    "admissionregistration.k8s.io",
    "MutatingAdmissionPolicyBinding",
    "mutatingadmissionpolicybindings",
);
/// `MutatingWebhookConfiguration` of `admissionregistration.k8s.io`.
pub const MUTATING_WEBHOOK_CONFIGURATION: Kind = cluster(
    "admissionregistration.k8s.io",
    "MutatingWebhookConfiguration",
    "mutatingwebhookconfigurations",
);
/// `ValidatingAdmissionPolicy` of `admissionregistration.k8s.io`.
pub const VALIDATING_ADMISSION_POLICY: Kind = cluster(
    "admissionregistration.k8s.io",
    "ValidatingAdmissionPolicy",
    "validatingadmissionpolicies",
);
/// `ValidatingAdmissionPolicyBinding` of `admissionregistration.k8s.io`.
pub const VALIDATING_ADMISSION_POLICY_BINDING: Kind = cluster(
    "admissionregistration.k8s.io",
    "ValidatingAdmissionPolicyBinding",
    "validatingadmissionpolicybindings",
);
/// `ValidatingWebhookConfiguration` of `admissionregistration.k8s.io`.
pub const VALIDATING_WEBHOOK_CONFIGURATION: Kind = cluster(
    "admissionregistration.k8s.io",
    "ValidatingWebhookConfiguration",
    "validatingwebhookconfigurations",
);
/// `CustomResourceDefinition` of `apiextensions.k8s.io`.
pub const CUSTOM_RESOURCE_DEFINITION: Kind =
    cluster("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions");
/// `APIService` of `apiregistration.k8s.io`.
pub const API_SERVICE: Kind = cluster("apiregistration.k8s.io", "APIService", "apiservices");
/// `CertificateSigningRequest` of `certificates.k8s.io`.
pub const CERTIFICATE_SIGNING_REQUEST: Kind =
    cluster("certificates.k8s.io", "CertificateSigningRequest", "certificatesigningrequests");
/// `FlowSchema` of `flowcontrol.apiserver.k8s.io`.
pub const FLOW_SCHEMA: Kind = cluster("flowcontrol.apiserver.k8s.io", "FlowSchema", "flowschemas");
/// `PriorityLevelConfiguration` of `flowcontrol.apiserver.k8s.io`.
pub const PRIORITY_LEVEL_CONFIGURATION: Kind = cluster(
    "flowcontrol.apiserver.k8s.io",
    "PriorityLevelConfiguration",
    "prioritylevelconfigurations",
);
/// `RuntimeClass` of `node.k8s.io`.
pub const RUNTIME_CLASS: Kind = cluster("node.k8s.io", "RuntimeClass", "runtimeclasses");
/// `DeviceClass` of `resource.k8s.io`.
pub const DEVICE_CLASS: Kind = cluster("resource.k8s.io", "DeviceClass", "deviceclasses");
/// `ResourceClaim` of `resource.k8s.io`.
pub const RESOURCE_CLAIM: Kind = namespaced("resource.k8s.io", "ResourceClaim", "resourceclaims");
/// `ResourceClaimTemplate` of `resource.k8s.io`.
pub const RESOURCE_CLAIM_TEMPLATE: Kind =
    namespaced("resource.k8s.io", "ResourceClaimTemplate", "resourceclaimtemplates");
/// `ResourceSlice` of `resource.k8s.io`.
pub const RESOURCE_SLICE: Kind = cluster("resource.k8s.io", "ResourceSlice", "resourceslices");
/// `PriorityClass` of `scheduling.k8s.io`.
pub const PRIORITY_CLASS: Kind = cluster("scheduling.k8s.io", "PriorityClass", "priorityclasses");
/// `CSIDriver` of `storage.k8s.io`.
pub const CSI_DRIVER: Kind = cluster("storage.k8s.io", "CSIDriver", "csidrivers");
/// `CSINode` of `storage.k8s.io`.
pub const CSI_NODE: Kind = cluster("storage.k8s.io", "CSINode", "csinodes");
/// `CSIStorageCapacity` of `storage.k8s.io`.
pub const CSI_STORAGE_CAPACITY: Kind =
    namespaced("storage.k8s.io", "CSIStorageCapacity", "csistoragecapacities");
/// `StorageClass` of `storage.k8s.io`.
pub const STORAGE_CLASS: Kind = cluster("storage.k8s.io", "StorageClass", "storageclasses");
/// `VolumeAttachment` of `storage.k8s.io`.
pub const VOLUME_ATTACHMENT: Kind =
    cluster("storage.k8s.io", "VolumeAttachment", "volumeattachments");
/// `VolumeAttributesClass` of `storage.k8s.io`.
pub const VOLUME_ATTRIBUTES_CLASS: Kind =
    cluster("storage.k8s.io", "VolumeAttributesClass", "volumeattributesclasses");

/// Files that are no manifests get a kind by their name.
const REPOSITORY: &str = "repository.ringfence.dev";

/// `KubeletConfiguration` of `kubelet.config.k8s.io`, a file.
pub const KUBELET_CONFIGURATION: Kind = file("kubelet.config.k8s.io", "KubeletConfiguration");
/// `KubeProxyConfiguration` of `kubeproxy.config.k8s.io`, a file.
pub const KUBE_PROXY_CONFIGURATION: Kind =
    file("kubeproxy.config.k8s.io", "KubeProxyConfiguration");
/// `KubeSchedulerConfiguration` of `kubescheduler.config.k8s.io`, a file.
pub const KUBE_SCHEDULER_CONFIGURATION: Kind =
    file("kubescheduler.config.k8s.io", "KubeSchedulerConfiguration");
/// `ClusterConfiguration` of `kubeadm.k8s.io`, a file.
pub const CLUSTER_CONFIGURATION: Kind = file("kubeadm.k8s.io", "ClusterConfiguration");
/// `InitConfiguration` of `kubeadm.k8s.io`, a file.
pub const INIT_CONFIGURATION: Kind = file("kubeadm.k8s.io", "InitConfiguration");
/// `JoinConfiguration` of `kubeadm.k8s.io`, a file.
pub const JOIN_CONFIGURATION: Kind = file("kubeadm.k8s.io", "JoinConfiguration");
/// `AdmissionConfiguration` of `apiserver.config.k8s.io`, a file.
pub const ADMISSION_CONFIGURATION: Kind = file("apiserver.config.k8s.io", "AdmissionConfiguration");
/// `AuthenticationConfiguration` of `apiserver.config.k8s.io`, a file.
pub const AUTHENTICATION_CONFIGURATION: Kind =
    file("apiserver.config.k8s.io", "AuthenticationConfiguration");
/// `AuthorizationConfiguration` of `apiserver.config.k8s.io`, a file.
pub const AUTHORIZATION_CONFIGURATION: Kind =
    file("apiserver.config.k8s.io", "AuthorizationConfiguration");
/// `EncryptionConfiguration` of `apiserver.config.k8s.io`, a file.
pub const ENCRYPTION_CONFIGURATION: Kind =
    file("apiserver.config.k8s.io", "EncryptionConfiguration");
/// `Policy` of `audit.k8s.io`, a file.
pub const AUDIT_POLICY: Kind = file("audit.k8s.io", "Policy");
/// `PodSecurityConfiguration` of `pod-security.admission.config.k8s.io`, a file.
pub const POD_SECURITY_CONFIGURATION: Kind =
    file("pod-security.admission.config.k8s.io", "PodSecurityConfiguration");
/// A workflow of GitHub Actions, a file of the repository.
pub const GITHUB_WORKFLOW: Kind = file(REPOSITORY, "GitHubWorkflow");
/// A pipeline of GitLab, a file of the repository.
pub const GITLAB_PIPELINE: Kind = file(REPOSITORY, "GitLabPipeline");
/// The values of a Helm chart, a file of the repository.
pub const HELM_VALUES: Kind = file(REPOSITORY, "HelmValues");

/// Kinds that stand in files alone. An object of these needs no name: its file is its name.
const FILES: &[Kind] = &[
    KUBELET_CONFIGURATION,
    KUBE_PROXY_CONFIGURATION,
    KUBE_SCHEDULER_CONFIGURATION,
    CLUSTER_CONFIGURATION,
    INIT_CONFIGURATION,
    JOIN_CONFIGURATION,
    ADMISSION_CONFIGURATION,
    AUTHENTICATION_CONFIGURATION,
    AUTHORIZATION_CONFIGURATION,
    ENCRYPTION_CONFIGURATION,
    AUDIT_POLICY,
    POD_SECURITY_CONFIGURATION,
    GITHUB_WORKFLOW,
    GITLAB_PIPELINE,
    HELM_VALUES,
];

/// `Pod`.
pub const POD: Kind = namespaced("", "Pod", "pods");
/// `PodTemplate`.
pub const POD_TEMPLATE: Kind = namespaced("", "PodTemplate", "podtemplates");
/// `ReplicationController`.
pub const REPLICATION_CONTROLLER: Kind =
    namespaced("", "ReplicationController", "replicationcontrollers");
/// `Deployment` of `apps`.
pub const DEPLOYMENT: Kind = namespaced("apps", "Deployment", "deployments");
/// `ReplicaSet` of `apps`.
pub const REPLICA_SET: Kind = namespaced("apps", "ReplicaSet", "replicasets");
/// `StatefulSet` of `apps`.
pub const STATEFUL_SET: Kind = namespaced("apps", "StatefulSet", "statefulsets");
/// `DaemonSet` of `apps`.
pub const DAEMON_SET: Kind = namespaced("apps", "DaemonSet", "daemonsets");
/// `Job` of `batch`.
pub const JOB: Kind = namespaced("batch", "Job", "jobs");
/// `CronJob` of `batch`.
pub const CRON_JOB: Kind = namespaced("batch", "CronJob", "cronjobs");

/// The built-in kinds that run pods.
const WORKLOADS: &[Kind] = &[
    POD,
    POD_TEMPLATE,
    REPLICATION_CONTROLLER,
    DEPLOYMENT,
    REPLICA_SET,
    STATEFUL_SET,
    DAEMON_SET,
    JOB,
    CRON_JOB,
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
    CONFIG_MAP,
    ENDPOINTS,
    EVENT,
    LIMIT_RANGE,
    PERSISTENT_VOLUME_CLAIM,
    RESOURCE_QUOTA,
    SECRET,
    COMPONENT_STATUS,
    NODE,
    PERSISTENT_VOLUME,
    CONTROLLER_REVISION,
    HORIZONTAL_POD_AUTOSCALER,
    LEASE,
    ENDPOINT_SLICE,
    NEW_EVENT,
    OLD_INGRESS,
    INGRESS,
    INGRESS_CLASS,
    IP_ADDRESS,
    SERVICE_CIDR,
    POD_DISRUPTION_BUDGET,
    POD_SECURITY_POLICY,
    MUTATING_ADMISSION_POLICY,
    MUTATING_ADMISSION_POLICY_BINDING,
    MUTATING_WEBHOOK_CONFIGURATION,
    VALIDATING_ADMISSION_POLICY,
    VALIDATING_ADMISSION_POLICY_BINDING,
    VALIDATING_WEBHOOK_CONFIGURATION,
    CUSTOM_RESOURCE_DEFINITION,
    API_SERVICE,
    CERTIFICATE_SIGNING_REQUEST,
    FLOW_SCHEMA,
    PRIORITY_LEVEL_CONFIGURATION,
    RUNTIME_CLASS,
    DEVICE_CLASS,
    RESOURCE_CLAIM,
    RESOURCE_CLAIM_TEMPLATE,
    RESOURCE_SLICE,
    PRIORITY_CLASS,
    CSI_DRIVER,
    CSI_NODE,
    CSI_STORAGE_CAPACITY,
    STORAGE_CLASS,
    VOLUME_ATTACHMENT,
    VOLUME_ATTRIBUTES_CLASS,
];

/// The group in an `apiVersion`, empty for the core group.
pub fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether a kind lives in a namespace; nothing for a kind that is not built in.
pub fn is_namespaced(group: &str, kind: &str) -> Option<bool> {
    let known = |known: &&Kind| known.kind == kind && known.group == group;
    let mut all = WORKLOADS.iter().chain(OTHERS).chain(FILES);
    all.find(known).map(|known| known.namespaced)
}

/// Whether objects of a kind stand in files alone.
pub fn is_file(group: &str, kind: &str) -> bool {
    FILES.iter().any(|known| known.kind == kind && known.group == group)
}
