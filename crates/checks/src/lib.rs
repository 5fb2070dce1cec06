//! Judgement on an inventory: one pair of files for each check.
//!
//! ```text
//! Inventory ─▶ Cx (facts on demand) ─▶ CHECK.run ─▶ Finding
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | `account` | which service accounts are in view, and whether pods get their tokens |
//! | [`check`] | what a check declares: severity, ring, frameworks, fix, CEL |
//! | [`context`] | what a check is given, and where its findings go |
//! | `allowance` | what containers ask for and may use, defaults of their namespace included |
//! | `api_server` | the API server as it is started: its flags and what their absence means |
//! | `audit_policy` | which rules of an audit policy a request meets |
//! | `autoscaler` | what scales a workload, and between which bounds |
//! | `budget` | how many pods a disruption budget keeps |
//! | `component_flag` | how the flags of components read |
//! | `controller` | what keeps pods running, and how many |
//! | `probe` | what a probe asks |
//! | `selection` | which pods of a namespace a selector picks |
//! | `credential` | what looks like a credential, by its name or by its form |
//! | `capability` | Linux capabilities, and which of them reach the node |
//! | `etcd` | where an etcd listens, and whom it lets in |
//! | `host_path` | what a path of the node holds |
//! | `kubelet_setting` | what a kubelet is told, in its file or by its flags |
//! | `pipeline` | workflows of GitHub Actions and pipelines of GitLab |
//! | `pod_security` | whom the Pod Security Standards let be |
//! | `registry` | lists of registries and repositories, as users write them |
//! | `script` | the programs that a container calls |
//! | `secret` | what a Secret holds, decoded |
//! | [`runner`] | runs checks side by side |
//! | [`page`] | the page of a check, read from its `.md` |
//! | [`profile`] | choices among the checks that have a name |
//! | [`parity`] | the checks of other tools, and why some are not ours |
//! | [`environment`] | whether a namespace is production, development or another environment |
//! | `advisory` | holes in programs that hold a cluster |
//! | `api_history` | which versions of APIs were served, and until when |
//! | `exposure` | what leads from outside the cluster to its pods |
//! | `gateway` | the Gateway API: gateways, routes and what they lead to |
//! | `ingress` | ingresses: their controllers, hosts and what they lead to |
//! | `interface` | well-known programs that people administer things with |
//! | `istio` | the kinds of Istio, and what is in its mesh |
//! | `load_balancer` | whether a load balancer is internal, and whom it admits |
//! | `node_version` | versions of Kubernetes that nodes and control planes run |
//! | `pod_security_level` | the levels of Pod Security that namespaces ask for |
//! | `pods` | the pods of each namespace, as far as the input shows them |
//! | `policy_engine` | admission policies of several makers, and whether they refuse anything |
//! | `release` | the version that the tag of an image names |
//! | `release` | versions of programs |
//! | `services` | the Services of each namespace, as far as the input shows them |
//! | `webhook` | admission webhooks: when they are called, and what if they do not answer |
//! | [`admission`] | what admits objects: webhooks, policies, Pod Security labels |
//! | [`control_plane`] | how the API server, controllers, scheduler and etcd are started |
//! | [`image`] | where images come from, and whether they stay what they are |
//! | [`kubelet`] | how the agents on the nodes are set up |
//! | [`lifecycle`] | what is at the end of its life, or in the wrong place |
//! | [`manifest`] | what the API server would refuse or misread |
//! | [`mesh`] | whether a service mesh really guards what it carries |
//! | [`network`] | who reaches whom, who reaches out |
//! | `power` | what a rule of a role allows that is a danger, and its twin in CEL |
//! | [`rbac`] | grants that are too wide |
//! | [`reliability`] | what an outage needs, and no more |
//! | [`repository`] | files beside the manifests: pipelines and values |
//! | [`resource`] | limits that keep one workload from starving others |
//! | [`secrets`] | credentials where they leak |
//! | [`storage`] | volumes and how they are kept |
//! | [`workload`] | what a container may do to its node |

mod account;
pub mod admission;
mod advisory;
mod allowance;
mod api_history;
mod api_server;
mod audit_policy;
mod autoscaler;
mod budget;
mod capability;
pub mod check;
mod component_flag;
pub mod context;
pub mod control_plane;
mod controller;
mod credential;
pub mod environment;
mod etcd;
mod exposure;
mod gateway;
mod host_path;
pub mod image;
mod ingress;
mod interface;
mod istio;
pub mod kubelet;
mod kubelet_setting;
pub mod lifecycle;
mod load_balancer;
pub mod manifest;
pub mod mesh;
pub mod network;
mod node_version;
pub mod page;
pub mod parity;
mod pipeline;
mod pod_security;
mod pod_security_level;
mod pods;
mod policy_engine;
mod power;
mod probe;
pub mod profile;
pub mod rbac;
mod registry;
mod release;
pub mod reliability;
pub mod repository;
pub mod resource;
pub mod runner;
mod script;
mod secret;
pub mod secrets;
mod selection;
mod services;
pub mod storage;
mod webhook;
pub mod workload;

use std::collections::BTreeSet;

use model::Object;
use model::kinds::{Kind, SECRET};

pub use check::Check;
pub use context::{Cx, Findings, Parameters, Version};
pub use credential::{Hidden, Redactor};
pub use page::Page;
pub use profile::Profile;
pub use runner::run;

/// The families: a name, and the checks in it.
pub const FAMILIES: &[(&str, &[Check])] = &[
    ("admission", admission::CHECKS),
    ("control_plane", control_plane::CHECKS),
    ("image", image::CHECKS),
    ("kubelet", kubelet::CHECKS),
    ("lifecycle", lifecycle::CHECKS),
    ("manifest", manifest::CHECKS),
    ("mesh", mesh::CHECKS),
    ("network", network::CHECKS),
    ("rbac", rbac::CHECKS),
    ("reliability", reliability::CHECKS),
    ("repository", repository::CHECKS),
    ("resource", resource::CHECKS),
    ("secrets", secrets::CHECKS),
    ("storage", storage::CHECKS),
    ("workload", workload::CHECKS),
];

/// All checks, family by family.
pub fn all() -> impl Iterator<Item = &'static Check> {
    FAMILIES.iter().flat_map(|(_, checks)| checks.iter())
}

/// The check of an id, or of a name it had before.
pub fn find(id: &str) -> Option<&'static Check> {
    all().find(|check| check.id == id || check.aliases.contains(&id))
}

/// The family that a check belongs to.
pub fn family(check: &Check) -> &'static str {
    let holds = |(_, checks): &&(&str, &[Check])| checks.iter().any(|own| own.id == check.id);
    FAMILIES.iter().find(holds).map_or("", |(name, _)| name)
}

/// The kinds that some check judges or looks at, or a fact is made of: what must be listed from a
/// cluster. Custom kinds that embed pods come on top. Secrets are not among them: judging manifests
/// is worth reading theirs, judging a cluster is not worth the right to read all of them.
pub fn kinds() -> BTreeSet<Kind> {
    let kinds = all().flat_map(|check| check.kinds.built_in().iter().chain(check.sees));
    let kinds = kinds.chain(check::kinds_of_facts()).copied();
    kinds.filter(|kind| !kind.is_file() && *kind != SECRET).collect()
}

/// Whether some check, or a fact that a check asks for, reads an object. Checks of every kind look
/// for a blemish that shows at once, so that an object without one need not be kept. What operators
/// make pods of is kept because files do not show those pods.
pub fn reads(object: &Object) -> bool {
    let is = |kind: &Kind| kind.kind == object.kind() && kind.group == object.group();
    check::kinds_of_facts().any(is)
        || all().any(|check| check.sees.iter().any(is))
        || all().any(|check| !check.kinds.is_all() && check.judges(object))
        || manifest::has_something(object)
        || api_history::of(object).is_some()
        || pods::stands_for_pods(object)
}
