//! What the API server itself creates and mends at every start.

use model::Object;

/// Whether an object is one of the roles and bindings that the API server itself creates and
/// mends at every start: it has their label and one of their names.
pub fn is_bootstrap(object: &Object) -> bool {
    const NAMES: [&str; 5] =
        ["admin", "cluster-admin", "edit", "extension-apiserver-authentication-reader", "view"];
    let name = object.name();
    object.labels().get("kubernetes.io/bootstrapping") == Some("rbac-defaults")
        && (name.starts_with("system:") || NAMES.contains(&name))
}
