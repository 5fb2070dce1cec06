//! Objects as small as a test needs them, each with one privileged container.

use serde_json::{Value, json};

use super::ApiServer;

/// What a privileged container looks like.
pub fn privileged() -> Value {
    json!({"containers": [{"name": "main", "image": "main:1",
        "securityContext": {"privileged": true}}]})
}

/// A pod.
pub fn pod(namespace: &str, name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace}, "spec": privileged()})
}

/// A namespace, which has none.
pub fn namespace(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
}

/// A Deployment of the namespace `shop`.
pub fn deployment(name: &str) -> Value {
    json!({"apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": name, "namespace": "shop"},
        "spec": {"template": {"metadata": {"labels": {"app": name}}, "spec": privileged()}}})
}

/// A server with one such pod.
pub fn server() -> ApiServer {
    ApiServer::new().with(namespace("shop")).with(pod("shop", "web"))
}
