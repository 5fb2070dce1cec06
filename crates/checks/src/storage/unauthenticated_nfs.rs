//! A file server that believes what a client says about itself is open to every client.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::Nsa;
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unauthenticated-nfs",
    title: "Volume of NFS knows neither users nor encryption",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cloud,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::Network)],
    effort: Hours(8),
    fix: Fix::Manual("Mount with `sec=krb5p`, or with `xprtsec=mtls` where server and nodes can"),
    cel: Cel::Refused("a mount option is a word inside a text, and defaults differ by kind"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::PERSISTENT_VOLUME, kinds::STORAGE_CLASS]),
        include_str!("unauthenticated_nfs.md"),
    )
};

const DRIVER: &str = "nfs.csi.k8s.io";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of_any(CHECK.kinds) {
        let is_volume = object.kind() == "PersistentVolume";
        let options = if is_volume { "spec.mountOptions" } else { "mountOptions" };
        let Some((node, server)) = nfs(object).filter(|_| !is_guarded(object, options)) else {
            continue;
        };
        let message =
            format!("NFS server {server} believes every client, and anyone on the way reads along");
        out.push(CHECK.at(&Place::of(object, node), message));
    }
}

/// Where an object says that it is of NFS, and the server.
fn nfs(object: &Object) -> Option<(Node<'_>, &str)> {
    let driver = ["spec.csi.driver", "provisioner"].into_iter().find_map(|it| object.get(it));
    let driver = driver.filter(|it| it.as_str() == Some(DRIVER));
    let node = object.get("spec.nfs").or(driver)?;
    let servers = ["spec.nfs.server", "spec.csi.volumeAttributes.server", "parameters.server"];
    let server = servers.into_iter().find_map(|path| object.get(path)?.as_text());
    Some((node, server.unwrap_or("(unnamed)")))
}

/// Whether a mount option asks for Kerberos or TLS.
fn is_guarded(object: &Object, path: &str) -> bool {
    let options = object.get(path).into_iter().flat_map(Node::strings);
    let guards = |word: &str| {
        let word = word.trim();
        word.starts_with("sec=krb5") || matches!(word, "xprtsec=mtls" | "xprtsec=tls" | "tls")
    };
    options.flat_map(|it| it.split(',')).any(guards)
}
