//! The container image as an OCI layout: the program, a user without rights, and nothing else.
//!
//! Follows the image specification of the Open Container Initiative, version 1.1.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::archive::pack;
use super::digest::sha256;
use super::file::{copy, permit, write};
use super::program::{Program, VERSION};

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIGURATION: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// The user it runs as: the number that most minimal images use.
const USER: u32 = 65532;

/// Writes the layout; returns the digest by which the image is pulled.
pub(super) fn write_layout(programs: &[Program], out: &Path) -> Result<String> {
    if out.exists() {
        std::fs::remove_dir_all(out).context("clearing an earlier image")?;
    }
    let images = programs.iter().map(|program| image(program, out)).collect::<Result<Vec<_>>>()?;
    let index = json!({
        "schemaVersion": 2,
        "mediaType": INDEX,
        "manifests": images,
        "annotations": annotations(),
    });
    let mut entry = blob(out, INDEX, index.to_string().as_bytes())?;
    let digest = entry["digest"].as_str().unwrap_or_default().to_owned();
    entry["annotations"] = json!({
        "org.opencontainers.image.ref.name": VERSION,
        "io.containerd.image.name": format!("ringfence.dev/ringfence:{VERSION}"),
    });
    let top = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [entry] });
    write(&out.join("index.json"), top.to_string())?;
    write(&out.join("oci-layout"), json!({ "imageLayoutVersion": "1.0.0" }).to_string())?;
    Ok(digest)
}

/// The image for one architecture; returns its entry in the index.
fn image(program: &Program, out: &Path) -> Result<Value> {
    let architecture = program.architecture.id();
    let (layer, content) = layer(program, out)?;
    let configuration = json!({
        "architecture": architecture,
        "os": "linux",
        "config": {
            "User": format!("{USER}:{USER}"),
            "Env": ["PATH=/bin", "HOME=/tmp"],
            "Entrypoint": ["/bin/ringfence"],
            "WorkingDir": "/work",
            "Labels": annotations(),
        },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{content}")] },
    });
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": blob(out, CONFIGURATION, configuration.to_string().as_bytes())?,
        "layers": [layer],
        "annotations": annotations(),
    });
    let mut entry = blob(out, MANIFEST, manifest.to_string().as_bytes())?;
    entry["platform"] = json!({ "architecture": architecture, "os": "linux" });
    Ok(entry)
}

/// The files; returns the entry of the layer, and the hash of its content.
fn layer(program: &Program, out: &Path) -> Result<(Value, String)> {
    let (root, packed) = (out.join("root"), out.join("layer.tar.gz"));
    copy(&program.path, &root.join("bin/ringfence"), 0o755)?;
    write(&root.join("etc/passwd"), format!("nonroot:x:{USER}:{USER}::/tmp:/nologin\n"))?;
    write(&root.join("etc/group"), format!("nonroot:x:{USER}:\n"))?;
    for (folder, mode) in [("bin", 0o755), ("etc", 0o755), ("tmp", 0o1777), ("work", 0o755)] {
        std::fs::create_dir_all(root.join(folder)).context("making a folder of the image")?;
        permit(&root.join(folder), mode)?;
    }
    for file in ["etc/passwd", "etc/group"] {
        permit(&root.join(file), 0o644)?;
    }
    let hashes = pack(&root, &packed)?;
    let entry = blob(out, LAYER, &std::fs::read(&packed).context("reading the layer")?)?;
    std::fs::remove_dir_all(&root)
        .and_then(|()| std::fs::remove_file(&packed))
        .context("clearing")?;
    Ok((entry, hashes.plain))
}

fn annotations() -> Value {
    json!({
        "org.opencontainers.image.title": "ringfence",
        "org.opencontainers.image.description": "Says what is wrong in a cluster, what it means and what to fix first",
        "org.opencontainers.image.licenses": "Apache-2.0",
        "org.opencontainers.image.version": VERSION,
    })
}

/// Lays bytes under their digest; returns their entry.
fn blob(out: &Path, media_type: &str, bytes: &[u8]) -> Result<Value> {
    let digest = sha256(bytes);
    write(&out.join("blobs/sha256").join(&digest), bytes)?;
    let digest = format!("sha256:{digest}");
    Ok(json!({ "mediaType": media_type, "digest": digest, "size": bytes.len() }))
}
