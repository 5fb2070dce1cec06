//! Judgement on an inventory: one pair of files for each check.
//!
//! ```text
//! Inventory ─▶ Cx (facts on demand) ─▶ CHECK.run ─▶ Finding
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`check`] | what a check declares: severity, ring, frameworks, fix, CEL |
//! | [`context`] | what a check is given, and where its findings go |
//! | `credential` | what looks like a credential, by its name or by its form |
//! | [`runner`] | runs checks side by side |
//! | [`page`] | the page of a check, read from its `.md` |
//! | [`manifest`] | what the API server would refuse or misread |
//! | [`network`] | who reaches whom, who reaches out |
//! | [`rbac`] | grants that are too wide |
//! | [`secrets`] | credentials where they leak |
//! | [`workload`] | what a container may do to its node |

pub mod check;
pub mod context;
mod credential;
pub mod manifest;
pub mod network;
pub mod page;
pub mod rbac;
pub mod runner;
pub mod secrets;
pub mod workload;

use std::collections::BTreeSet;

use model::Object;
use model::kinds::Kind;

pub use check::Check;
pub use context::{Cx, Findings, Parameters, Version};
pub use credential::{Hidden, Redactor};
pub use page::Page;
pub use runner::run;

/// The families: a name, and the checks in it.
pub const FAMILIES: &[(&str, &[Check])] = &[
    ("manifest", manifest::CHECKS),
    ("network", network::CHECKS),
    ("rbac", rbac::CHECKS),
    ("secrets", secrets::CHECKS),
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

/// The kinds that some check judges or a fact is made of: what must be listed from a cluster. Custom
/// kinds that embed pods come on top.
pub fn kinds() -> BTreeSet<Kind> {
    let judged = all().flat_map(|check| check.kinds.built_in());
    judged.chain(check::kinds_of_facts()).copied().collect()
}

/// Whether some check, or a fact that a check asks for, reads an object. Checks of every kind look
/// for a blemish that shows at once, so that an object without one need not be kept.
pub fn reads(object: &Object) -> bool {
    let is = |kind: &Kind| kind.kind == object.kind() && kind.group == object.group();
    check::kinds_of_facts().any(is)
        || all().any(|check| !check.kinds.is_all() && check.judges(object))
        || manifest::has_something(object)
}
