//! The differences that are known.

use model::{Container, Node, Role, Type};

use crate::Alone::{self, They, We};
use crate::case::{Case, amount};

/// kube-score's check, who finds more, in what objects, and why that is right.
pub(crate) type Known = (&'static str, Alone, fn(Case<'_>) -> bool, &'static str);

pub(crate) const KNOWN: &[Known] = &[
    (
        "container-ephemeral-storage-request-and-limit",
        They,
        |it| !it.volumes().into_iter().any(is_scratch_on_disk),
        "without an unbounded scratch volume there are only the container's own files and its logs, \
         which the kubelet rotates",
    ),
    (
        "container-ephemeral-storage-request-and-limit",
        They,
        |it| {
            let mut scratch = it.volumes().into_iter().filter(|it| is_scratch_on_disk(*it));
            scratch.all(|it| it.get("name").is_some_and(|it| it.text().contains("socket")))
        },
        "a socket takes no room",
    ),
    (
        "container-image-tag",
        We,
        |it| {
            let has_digit = |tag: &str| tag.contains(|c: char| c.is_ascii_digit());
            let tags = it.containers().into_iter().filter_map(|it| it.image()?.tag);
            tags.into_iter().any(|tag| !has_digit(tag))
        },
        "a tag without a number is no version, though nothing says that it moves",
    ),
    (
        "container-resources",
        They,
        |it| {
            let nanny = |it: &Container<'_>| it.words().any(|it| it.text().contains("pod_nanny"));
            it.containers().iter().any(nanny)
        },
        "a program beside it sets what it may use",
    ),
    (
        "deployment-replicas",
        They,
        |it| it.beside("Deployment", |it| it.name().ends_with("horizontal-autoscaler")),
        "a program counts the pods by the size of the cluster",
    ),
    (
        "pod-probes",
        They,
        |it| it.of_pod("hostNetwork").is_some(),
        "the Service is there for metrics alone",
    ),
    ("statefulset-has-servicename", They, runs_one, "a single pod needs no names"),
    (
        "container-image-pull-policy",
        They,
        |it| may_be_kept(it).iter().all(|it| it.image().is_none_or(|image| !image.moves())),
        "an image of a fixed version is the same whenever it is pulled, and a blank is none yet",
    ),
    (
        "container-image-tag",
        They,
        |it| it.containers().iter().any(|it| it.image().is_none()),
        "a blank that an injector or a builder fills in has no tag yet",
    ),
    (
        "container-image-tag",
        We,
        |it| {
            it.containers()
                .iter()
                .any(|it| it.image().is_some_and(|it| it.moves() && it.tag.is_some()))
        },
        "a tag without a number, such as `alpine` or `main`, moves like `latest`",
    ),
    (
        "container-memory-requests-equal-limits",
        They,
        |it| uneven(it).iter().all(|it| amount(it, "requests", "memory") == 0),
        "a limit without a request is the request",
    ),
    (
        "container-memory-requests-equal-limits",
        They,
        |it| uneven(it).iter().all(|it| amount(it, "limits", "memory") == 0),
        "a missing limit is found as such",
    ),
    (
        "container-memory-requests-equal-limits",
        They,
        |it| uneven(it).iter().all(is_modest),
        "up to four times the request is usual, and an init container ends",
    ),
    (
        "container-resource-requests-equal-limits",
        They,
        |it| uneven(it).is_empty(),
        "a CPU limit slows down and protects nobody",
    ),
    (
        "container-resource-requests-equal-limits",
        They,
        |it| uneven(it).iter().all(is_modest),
        "as of memory alone: what is missing is taken from the limit or found as such, and up to \
         four times the request is usual",
    ),
    ("container-resources", They, |it| it.containers().is_empty(), EMPTY),
    (
        "container-resources",
        They,
        |it| it.containers().iter().all(|it| asks_for(it) && amount(it, "limits", "memory") > 0),
        "a CPU limit slows down and protects nobody",
    ),
    (
        "container-resources",
        They,
        |it| {
            let mut all = it.containers().into_iter();
            all.all(|it| is_asked_for(&it) && amount(&it, "limits", "memory") > 0)
        },
        "a limit without a request is the request, and what an init container asks for only counts \
         where it is more than the others ask for",
    ),
    (
        "container-seccomp-profile",
        They,
        |it| {
            let mut bare = it
                .containers()
                .into_iter()
                .filter(|it| it.node().at("securityContext.seccompProfile").is_none());
            bare.all(|it| it.security().is_privileged())
        },
        "seccomp never confines a privileged container",
    ),
    (
        "container-security-context-user-group-id",
        They,
        |it| it.containers().iter().all(|it| !it.security().may_be_root()),
        "root is refused or another user set; which other user it is, and its group, may be the image's",
    ),
    ("deployment-has-host-podantiaffinity", They, runs_one, ONE),
    ("deployment-has-host-podantiaffinity", They, takes_port, PORT),
    ("deployment-has-poddisruptionbudget", They, runs_one, ONE),
    (
        "deployment-pod-selector-labels-match-template-metadata-labels",
        They,
        |it| !it.says("spec.selector"),
        "no selector at all: kustomize adds it, and without it the server says so itself",
    ),
    (
        "deployment-replicas",
        They,
        |it| it.selecting().iter().all(|it| !it.says("spec.selector")),
        "a Service without a selector selects nothing, and not all",
    ),
    (
        "deployment-replicas",
        They,
        |it| it.selecting().into_iter().all(|it| it.selected().len() > 1),
        "pods of another workload stand behind the same Service",
    ),
    (
        "deployment-strategy",
        They,
        |it| it.volumes().iter().any(|it| it.get("persistentVolumeClaim").is_some()),
        "two pods may not be able to mount the volume, so that there is no other way",
    ),
    (
        "deployment-strategy",
        We,
        |it| it.says("spec.strategy.rollingUpdate.maxUnavailable"),
        "a rolling update that may end all pods at once is an outage, too",
    ),
    ("horizontalpodautoscaler-has-target", They, |it| it.workloads_beside().is_empty(), ELSEWHERE),
    ("ingress-targets-service", They, |it| !it.beside("Service", |_| true), ELSEWHERE),
    (
        "ingress-targets-service",
        They,
        |it| it.says("metadata.namespace") && it.object.namespace() == "default",
        "kube-score does not know that who names no namespace is in `default`",
    ),
    (
        "ingress-targets-service",
        They,
        |it| it.object.namespace() == "kube-system",
        "what a cluster brings along in its own namespace is in no manifest",
    ),
    (
        "label-values",
        They,
        |it| it.object.name().contains("{{"),
        "a blank of a template is not a value yet",
    ),
    (
        "networkpolicy-targets-pod",
        They,
        |it| it.object.get("spec.podSelector").is_none_or(|it| it.entries().next().is_none()),
        "a policy for all pods of a namespace is for those to come",
    ),
    ("networkpolicy-targets-pod", They, |it| it.workloads_beside().is_empty(), ELSEWHERE),
    (
        "networkpolicy-targets-pod",
        They,
        |it| ["Alertmanager", "Prometheus"].iter().any(|kind| it.beside(kind, |_| true)),
        "the pods are those that an operator makes of an object beside it",
    ),
    ("pod-networkpolicy", They, |it| it.containers().is_empty(), EMPTY),
    (
        "pod-networkpolicy",
        They,
        |it| it.workload().is_some_and(|it| it.flag("hostNetwork")),
        "no policy holds for a pod in the network of its node",
    ),
    (
        "pod-networkpolicy",
        They,
        |it| it.object.namespace() == "kube-system",
        "what runs the cluster must reach all, and its namespace is exempt by a parameter",
    ),
    (
        "pod-networkpolicy",
        We,
        |it| it.beside("NetworkPolicy", |_| true),
        "these pods have policies; the next pod in their namespace has none",
    ),
    (
        "pod-probes",
        They,
        |it| it.selecting().iter().all(|it| !it.says("spec.selector")),
        "a Service without a selector selects nothing, and not all",
    ),
    (
        "pod-probes",
        We,
        |it| it.selecting().is_empty(),
        "a program that hangs is to be restarted though no Service sends it anything",
    ),
    (
        "pod-probes-identical",
        They,
        |it| it.containers().iter().filter(|it| is_asked_twice(it)).all(is_patient),
        "the same question is fine where a restart comes later than the end of requests",
    ),
    (
        "pod-probes-identical",
        We,
        |it| it.containers().iter().any(|it| it.node().at("livenessProbe.grpc").is_some()),
        "kube-score knows no probes by gRPC",
    ),
    (
        "service-targets-pod",
        They,
        |it| !it.says("spec.selector"),
        "a Service without a selector has endpoints that somebody gives it",
    ),
    (
        "service-targets-pod",
        They,
        |it| !it.selected().is_empty(),
        "kube-score knows no pods of a ReplicationController or a custom kind",
    ),
    (
        "service-targets-pod",
        They,
        |it| it.shares_label_with_one_beside(),
        "a pod that carries one of the labels may be given the others while it runs, as a leader is",
    ),
    ("service-targets-pod", They, |it| !it.is_meant_for_one_beside(), ELSEWHERE),
    ("statefulset-has-host-podantiaffinity", They, takes_port, PORT),
    (
        "statefulset-has-servicename",
        They,
        |it| !it.says("spec.serviceName"),
        "it need not name a Service, and then asks for no names",
    ),
    ("statefulset-has-servicename", They, |it| !it.beside("Service", |_| true), ELSEWHERE),
];

const ONE: &str = "one pod, where nobody asks for more, has no other beside it";
const PORT: &str = "a port of a node can be had once, so that no two of the pods share one";
const EMPTY: &str = "a pod without containers runs nothing, and is refused";
const ELSEWHERE: &str = "nothing beside it shows that what is missing is not made elsewhere";

/// A scratch volume that may fill the disk.
fn is_scratch_on_disk(volume: Node<'_>) -> bool {
    let Some(directory) = volume.get("emptyDir") else { return false };
    let bounded = |it: Node<'_>| it.kind() != Type::Null;
    directory.get("medium").and_then(Node::as_text).is_none()
        && !directory.get("sizeLimit").is_some_and(bounded)
}

/// The containers whose image a node may keep.
fn may_be_kept(case: Case<'_>) -> Vec<Container<'_>> {
    let policy = |it: &Container<'_>| {
        it.node().get("imagePullPolicy").and_then(Node::as_text).map(ToOwned::to_owned)
    };
    let latest = |it: &Container<'_>| {
        it.image().is_some_and(|it| it.digest.is_none() && it.tag.is_none_or(|tag| tag == "latest"))
    };
    let all = case.containers().into_iter();
    all.filter(|it| policy(it).map_or(!latest(it), |it| it != "Always")).collect()
}

/// The containers whose request of memory is not their limit.
fn uneven(case: Case<'_>) -> Vec<Container<'_>> {
    let of = |it: &Container<'_>, list| amount(it, list, "memory");
    let all = case.containers().into_iter();
    all.filter(|it| of(it, "requests") != of(it, "limits")).collect()
}

fn is_modest(container: &Container<'_>) -> bool {
    let request = amount(container, "requests", "memory");
    let most = request.saturating_mul(4);
    container.role() == Role::Init || request == 0 || amount(container, "limits", "memory") <= most
}

fn asks_for(container: &Container<'_>) -> bool {
    ["cpu", "memory"].iter().all(|it| amount(container, "requests", it) > 0)
}

fn is_asked_for(container: &Container<'_>) -> bool {
    let asked = |resource: &str| {
        ["requests", "limits"].iter().any(|list| amount(container, list, resource) > 0)
    };
    container.role() == Role::Init || ["cpu", "memory"].iter().all(|it| asked(it))
}

fn runs_one(case: Case<'_>) -> bool {
    case.least() < 2
}

fn takes_port(case: Case<'_>) -> bool {
    let containers = case.containers();
    let mut ports = containers.iter().flat_map(Container::ports);
    let on_node = case.workload().is_some_and(|it| it.flag("hostNetwork"));
    ports.any(|it| on_node || it.get("hostPort").is_some())
}

fn is_asked_twice(container: &Container<'_>) -> bool {
    ["livenessProbe", "readinessProbe"].iter().all(|it| container.node().get(it).is_some())
}

fn is_patient(container: &Container<'_>) -> bool {
    let seconds = |probe: &str| {
        let said = |field| container.node().get(probe)?.get(field)?.as_i64();
        said("periodSeconds").unwrap_or(10) * said("failureThreshold").unwrap_or(3)
    };
    seconds("livenessProbe") > seconds("readinessProbe")
}
