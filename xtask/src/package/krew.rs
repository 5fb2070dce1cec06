//! The manifest by which krew, kubectl's own manager of plugins, installs `kubectl ringfence`.

use super::archive::Archive;
use super::program::VERSION;

/// What stands before the downloads.
const HEAD: &str = "\
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: ringfence
spec:
  version: v{version}
  homepage: {homepage}
  shortDescription: Finds what is wrong in a cluster, and what to fix
  description: |
    Judges a cluster, or manifests before they get there: pods, access, network,
    images, secrets, admission, control plane, kubelets. Starts with the five
    actions that take away the most risk. It never writes to a cluster.
  caveats: |
    `kubectl ringfence scan` judges the cluster of the current context;
    `kubectl ringfence doctor --role` prints the role that this needs.
  platforms:
";

/// One download.
const PLATFORM: &str = "  \
  - selector:
      matchLabels:
        os: linux
        arch: {architecture}
    uri: {releases}/v{version}/{name}
    sha256: {sha256}
    bin: ringfence
    files:
    - from: ringfence
      to: .
    - from: LICENSE
      to: .
";

/// The manifest for archives that are downloaded from a place.
pub(super) fn manifest(releases: &str, archives: &[Archive]) -> String {
    let releases = releases.trim_end_matches('/');
    let homepage = releases.trim_end_matches("/releases/download");
    let platform = |archive: &Archive| {
        PLATFORM
            .replace("{architecture}", archive.architecture)
            .replace("{name}", &archive.name)
            .replace("{sha256}", &archive.sha256)
    };
    let head = [HEAD.replace("{homepage}", homepage)];
    let text: Vec<String> = head.into_iter().chain(archives.iter().map(platform)).collect();
    text.concat().replace("{version}", VERSION).replace("{releases}", releases)
}
