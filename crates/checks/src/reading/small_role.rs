//! Roles that open so little that it matters little who has them.

use ::rbac::{Role, Rule};

const READ: &[&str] = &["get", "list", "watch"];

/// Whether a role reads single objects by name and nothing else, and none of them a Secret; or uses
/// pod security policies, which nothing reads any more.
pub(crate) fn opens_single_objects(role: &Role<'_>) -> bool {
    let by_name = |rule: &Rule<'_>| !rule.names.is_empty() && is_reading(rule);
    let leftover = |rule: &Rule<'_>| rule.resources == ["podsecuritypolicies"];
    role.rules().iter().all(|rule| by_name(rule) || leftover(rule))
}

/// Whether a role reads no Secret, and writes nothing but locks.
pub(crate) fn only_looks_around(role: &Role<'_>) -> bool {
    let lock = |rule: &Rule<'_>| {
        rule.groups == ["coordination.k8s.io"]
            || !rule.names.is_empty() && rule.resources.iter().all(|it| *it == "configmaps")
    };
    role.rules().iter().all(|rule| is_reading(rule) || lock(rule))
}

fn is_reading(rule: &Rule<'_>) -> bool {
    rule.verbs.iter().all(|verb| READ.contains(verb)) && !rule.covers("", "secrets")
}
