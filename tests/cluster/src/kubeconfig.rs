//! Kubeconfig files: where the API server is, how it is known, and who comes.

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::authority::Identity;
use crate::place::Place;
use crate::settings::Settings;

/// Writes a kubeconfig that holds its certificates itself, so that it may be carried elsewhere.
pub(crate) fn write(
    place: &Place,
    settings: &Settings,
    identity: &Identity,
    file: &str,
) -> Result<()> {
    let embedded = |name: String| -> Result<String> {
        let text = std::fs::read(place.file(&name)).with_context(|| format!("reading {name}"))?;
        Ok(BASE64_STANDARD.encode(text))
    };
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{ "name": "ringfence", "cluster": {
            "server": settings.api(),
            "certificate-authority-data": embedded("pki/ca.crt".to_owned())?,
        }}],
        "users": [{ "name": identity.file, "user": {
            "client-certificate-data": embedded(format!("pki/{}.crt", identity.file))?,
            "client-key-data": embedded(format!("pki/{}.key", identity.file))?,
        }}],
        "contexts": [{ "name": "ringfence", "context": {
            "cluster": "ringfence",
            "user": identity.file,
        }}],
        "current-context": "ringfence",
    });
    place.write(file, serde_json::to_vec_pretty(&config)?)
}
