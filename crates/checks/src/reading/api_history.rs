//! Which versions of APIs were served, and until when: the minor versions of Kubernetes 1.

use model::Object;

/// A version of an API, for some kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Old {
    /// Group and version, such as `apps/v1beta1`.
    pub(crate) api_version: &'static str,
    /// The kinds; none for all of it.
    kinds: &'static [&'static str],
    /// The first release that warns of it.
    pub(crate) deprecated: u32,
    /// The first release that does not serve it.
    pub(crate) removed: u32,
    /// What serves the same instead, if anything does.
    pub(crate) instead: Option<&'static str>,
}

/// The version of an API that an object is written in, if it is an old one.
pub(crate) fn of(object: &Object) -> Option<&'static Old> {
    let api_version = &*object.id().api_version;
    let is = |old: &&Old| {
        old.api_version == api_version
            && (old.kinds.is_empty() || old.kinds.contains(&object.kind()))
    };
    OLD.iter().find(is)
}

const fn old(
    api_version: &'static str,
    kinds: &'static [&'static str],
    (deprecated, removed): (u32, u32),
    instead: &'static str,
) -> Old {
    Old { api_version, kinds, deprecated, removed, instead: Some(instead) }
}

const fn gone(
    api_version: &'static str,
    kinds: &'static [&'static str],
    (deprecated, removed): (u32, u32),
) -> Old {
    Old { api_version, kinds, deprecated, removed, instead: None }
}

const WEBHOOKS: &[&str] = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const STORAGE: &[&str] = &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"];

/// `PodSecurityPolicy` of `policy/v1beta1` is missing: it has a check of its own.
#[rustfmt::skip] // one line a version
const OLD: &[Old] = &[
    old("admissionregistration.k8s.io/v1beta1", WEBHOOKS, (16, 22), "admissionregistration.k8s.io/v1"),
    old("apiextensions.k8s.io/v1beta1", &[], (16, 22), "apiextensions.k8s.io/v1"),
    old("apiregistration.k8s.io/v1beta1", &[], (19, 22), "apiregistration.k8s.io/v1"),
    old("apps/v1beta1", &[], (9, 16), "apps/v1"),
    old("apps/v1beta2", &[], (9, 16), "apps/v1"),
    gone("auditregistration.k8s.io/v1alpha1", &[], (18, 19)),
    old("autoscaling/v2beta1", &[], (22, 25), "autoscaling/v2"),
    old("autoscaling/v2beta2", &[], (23, 26), "autoscaling/v2"),
    old("batch/v1beta1", &[], (21, 25), "batch/v1"),
    old("batch/v2alpha1", &[], (8, 21), "batch/v1"),
    old("certificates.k8s.io/v1beta1", &["CertificateSigningRequest"], (19, 22), "certificates.k8s.io/v1"),
    old("coordination.k8s.io/v1beta1", &["Lease"], (19, 22), "coordination.k8s.io/v1"),
    old("discovery.k8s.io/v1beta1", &[], (21, 25), "discovery.k8s.io/v1"),
    old("events.k8s.io/v1beta1", &[], (19, 25), "events.k8s.io/v1"),
    old("extensions/v1beta1", &["DaemonSet", "Deployment", "ReplicaSet"], (9, 16), "apps/v1"),
    old("extensions/v1beta1", &["NetworkPolicy"], (9, 16), "networking.k8s.io/v1"),
    gone("extensions/v1beta1", &["PodSecurityPolicy"], (11, 16)),
    old("extensions/v1beta1", &["Ingress"], (14, 22), "networking.k8s.io/v1"),
    old("flowcontrol.apiserver.k8s.io/v1beta1", &[], (23, 26), "flowcontrol.apiserver.k8s.io/v1"),
    old("flowcontrol.apiserver.k8s.io/v1beta2", &[], (26, 29), "flowcontrol.apiserver.k8s.io/v1"),
    old("flowcontrol.apiserver.k8s.io/v1beta3", &[], (29, 32), "flowcontrol.apiserver.k8s.io/v1"),
    old("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"], (19, 22), "networking.k8s.io/v1"),
    old("node.k8s.io/v1beta1", &[], (22, 25), "node.k8s.io/v1"),
    old("policy/v1beta1", &["PodDisruptionBudget"], (21, 25), "policy/v1"),
    old("rbac.authorization.k8s.io/v1alpha1", &[], (17, 23), "rbac.authorization.k8s.io/v1"),
    old("rbac.authorization.k8s.io/v1beta1", &[], (17, 22), "rbac.authorization.k8s.io/v1"),
    old("resource.k8s.io/v1alpha1", &[], (26, 27), "resource.k8s.io/v1"),
    old("resource.k8s.io/v1alpha2", &[], (26, 31), "resource.k8s.io/v1"),
    old("scheduling.k8s.io/v1alpha1", &["PriorityClass"], (14, 23), "scheduling.k8s.io/v1"),
    old("scheduling.k8s.io/v1beta1", &["PriorityClass"], (14, 22), "scheduling.k8s.io/v1"),
    gone("settings.k8s.io/v1alpha1", &["PodPreset"], (18, 20)),
    old("storage.k8s.io/v1beta1", STORAGE, (19, 22), "storage.k8s.io/v1"),
    old("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], (24, 27), "storage.k8s.io/v1"),
];
