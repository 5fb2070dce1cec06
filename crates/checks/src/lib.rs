//! Judgement on an inventory: one pair of files for each check.
//!
//! ```text
//! Inventory ─▶ Cx (facts on demand) ─▶ CHECK.run ─▶ Finding
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`check`] | what a check declares: severity, ring, frameworks, fix, CEL |
//! | [`edit`] | what mends a finding without a person's hand |
//! | [`context`] | what a check is given, and where its findings go |
//! | [`reading`] | what checks of one subject share: how parts of an inventory read |
//! | `credential` | what looks like a credential, by its name or by its form |
//! | [`runner`] | runs checks side by side |
//! | [`page`] | the page of a check, read from its `.md` |
//! | [`profile`] | choices among the checks that have a name |
//! | [`parity`] | the checks of other tools, and why some are not ours |
//! | [`admission`] | what admits objects: webhooks, policies, Pod Security labels |
//! | [`control_plane`] | how the API server, controllers, scheduler and etcd are started |
//! | [`image`] | where images come from, and whether they stay what they are |
//! | [`kubelet`] | how the agents on the nodes are set up |
//! | [`lifecycle`] | what is at the end of its life, or in the wrong place |
//! | [`manifest`] | what the API server would refuse or misread |
//! | [`mesh`] | whether a service mesh really guards what it carries |
//! | [`network`] | who reaches whom, who reaches out |
//! | [`rbac`] | grants that are too wide |
//! | [`reliability`] | what an outage needs, and no more |
//! | [`repository`] | files beside the manifests: pipelines and values |
//! | [`resource`] | limits that keep one workload from starving others |
//! | [`secrets`] | credentials where they leak |
//! | [`storage`] | volumes and how they are kept |
//! | [`workload`] | what a container may do to its node |

pub mod admission;
pub mod check;
pub mod context;
pub mod control_plane;
mod credential;
pub mod edit;
pub mod image;
pub mod kubelet;
pub mod lifecycle;
pub mod manifest;
pub mod mesh;
pub mod network;
pub mod page;
pub mod parity;
pub mod profile;
pub mod rbac;
pub mod reading;
pub mod reliability;
pub mod repository;
pub mod resource;
pub mod runner;
pub mod secrets;
pub mod storage;
pub mod workload;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use model::Object;
use model::kinds::{self, Kind};
use model::workload::embeds_pods;

pub use check::Check;
pub use context::{Cx, Findings, Parameters, Version};
pub use credential::{Hidden, Redactor};
pub use edit::{Edit, Flaw};
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
/// cluster. Custom kinds that embed pods come on top.
pub fn kinds() -> BTreeSet<Kind> {
    let kinds = all().flat_map(|check| check.kinds.built_in().iter().chain(check.sees));
    let kinds = kinds.chain(check::kinds_of_facts()).copied();
    kinds.filter(|kind| !kind.is_file() && !IN_FILES_ALONE.contains(kind)).collect()
}

/// Kinds that are judged in manifests, and that a cluster is not asked for. To judge its Secrets a
/// scan would need the right to read all of them. Its endpoints are as many as its pods, and all but
/// a few were written by a controller. What `OpenShift` once served in the core group is served in a
/// group of its own.
const IN_FILES_ALONE: &[Kind] = &[
    kinds::ENDPOINTS,
    kinds::ENDPOINT_SLICE,
    kinds::SECRET,
    kinds::cluster("", "SecurityContextConstraints", "securitycontextconstraints"),
];

/// Whether some check, or a fact that a check asks for, reads an object. Checks of every kind look
/// for a blemish that shows at once, so that an object without one need not be kept. What operators
/// make pods of is kept because files do not show those pods.
pub fn reads(object: &Object) -> bool {
    static KINDS: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
        let kinds = all().flat_map(|check| check.kinds.built_in().iter().chain(check.sees));
        kinds.chain(check::kinds_of_facts()).map(|kind| (kind.group, kind.kind)).collect()
    });
    KINDS.contains(&(object.group(), object.kind()))
        || embeds_pods(object)
        || manifest::has_something(object)
        || reading::api_history::of(object).is_some()
        || reading::pods::stands_for_pods(object)
}
