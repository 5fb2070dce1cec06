//! Two images made of this machine's static busybox: a shell, and what holds a pod's network.

use std::os::unix::fs::symlink;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::digest::sha256;
use crate::place::Place;
use crate::program::output;

/// A shell and everything that busybox is.
pub(crate) const BUSYBOX: &str = "ringfence.dev/busybox:1";

/// Sleeps, so that the namespaces of a pod live on.
pub(crate) const PAUSE: &str = "ringfence.dev/pause:1";

/// Where Debian lays busybox.
const PROGRAM: &str = "/bin/busybox";

/// The archive of both, in the layout of the Open Container Initiative.
pub(crate) const ARCHIVE: &str = "images.tar";

/// Writes the archive.
pub(crate) fn write(place: &Place) -> Result<()> {
    let layer = layer(place)?;
    let sleep = ["/bin/sleep", "2147483647"].as_slice();
    let images =
        [image(place, &layer, BUSYBOX, &["/bin/sh"])?, image(place, &layer, PAUSE, sleep)?];
    place.write("image/oci-layout", json!({ "imageLayoutVersion": "1.0.0" }).to_string())?;
    let index = json!({ "schemaVersion": 2, "manifests": images });
    place.write("image/index.json", index.to_string())?;
    tar(place, ARCHIVE, "image")
}

/// The files of the images; returns the digest of the layer.
fn layer(place: &Place) -> Result<String> {
    let root = place.file("root");
    for folder in ["bin", "etc", "root", "tmp"] {
        std::fs::create_dir_all(root.join(folder))?;
    }
    std::fs::copy(PROGRAM, root.join("bin/busybox"))
        .with_context(|| format!("copying {PROGRAM}"))?;
    let applets = output(Command::new(PROGRAM).arg("--list"))?;
    for applet in applets.lines().filter(|&name| name != "busybox") {
        symlink("busybox", root.join("bin").join(applet)).context("naming an applet")?;
    }
    place.write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")?;
    place.write("root/etc/group", "root:x:0:\n")?;
    tar(place, "layer.tar", "root")?;
    let layer = std::fs::read(place.file("layer.tar")).context("reading the layer")?;
    blob(place, &layer)
}

/// One image of the layer; returns its entry in the index.
fn image(place: &Place, layer: &str, name: &str, command: &[&str]) -> Result<Value> {
    let configuration = json!({
        "architecture": if std::env::consts::ARCH == "aarch64" { "arm64" } else { "amd64" },
        "os": "linux",
        "config": { "Cmd": command, "Env": ["PATH=/bin"] },
        "rootfs": { "type": "layers", "diff_ids": [layer] },
    });
    let size = std::fs::metadata(place.file("layer.tar"))?.len();
    let configuration = configuration.to_string();
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {
            "mediaType": "application/vnd.oci.image.config.v1+json",
            "digest": blob(place, configuration.as_bytes())?,
            "size": configuration.len(),
        },
        "layers": [{
            "mediaType": "application/vnd.oci.image.layer.v1.tar",
            "digest": layer,
            "size": size,
        }],
    });
    let manifest = manifest.to_string();
    Ok(json!({
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "digest": blob(place, manifest.as_bytes())?,
        "size": manifest.len(),
        "annotations": { "io.containerd.image.name": name },
    }))
}

/// Lays bytes under their digest, and returns it.
fn blob(place: &Place, bytes: &[u8]) -> Result<String> {
    let digest = sha256(bytes);
    place.write(&format!("image/blobs/sha256/{digest}"), bytes)?;
    Ok(format!("sha256:{digest}"))
}

fn tar(place: &Place, archive: &str, folder: &str) -> Result<()> {
    let mut tar = Command::new("tar");
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"]);
    tar.arg("-cf").arg(place.file(archive)).arg("-C").arg(place.file(folder)).arg(".");
    output(&mut tar).map(drop)
}
