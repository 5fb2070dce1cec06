//! A mesh whose pods call any address outside without anybody knowing it.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::istio::{ISTIO_OPERATOR, ROOT, SIDECAR};

pub(crate) const CHECK: Check = Check {
    id: "open-mesh-egress",
    title: "Mesh lets its pods call any address",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1041"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(16),
    fix: Fix::Review(
        "Set `outboundTrafficPolicy` to `REGISTRY_ONLY`, with a ServiceEntry for each host outside",
    ),
    edit: Edit::By(keep_to_the_registry),
    cel: Cel::Refused("the settings of the mesh are a text inside a ConfigMap"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::CONFIG_MAP, SIDECAR, ISTIO_OPERATOR]),
        include_str!("open_mesh_egress.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let inventory = cx.inventory();
    let said = |object: &'_ Object, path: &str| {
        object.get(path).and_then(Node::as_str) == Some("ALLOW_ANY")
    };
    for (kind, path) in [
        (SIDECAR, "spec.outboundTrafficPolicy.mode"),
        (ISTIO_OPERATOR, "spec.meshConfig.outboundTrafficPolicy.mode"),
    ] {
        for object in inventory.of(kind).filter(|object| said(object, path)) {
            let name = object.name();
            let message = format!("{name} lets pods call any address outside the mesh");
            out.push(CHECK.at(&object.place(path), message));
        }
    }
    for settings in inventory.of(kinds::CONFIG_MAP).filter(|it| is_of_the_mesh(it)) {
        let Some(mesh) = settings.get("data.mesh") else { continue };
        if mesh.as_str().is_some_and(|text| !text.contains("REGISTRY_ONLY")) {
            let message = "the mesh lets its pods call any address, which is the default";
            out.push(CHECK.at(&Place::of(settings, mesh), message));
        }
    }
}

/// `istio`, or `istio-` and the name of a revision.
fn is_of_the_mesh(settings: &Object) -> bool {
    let name = settings.name();
    settings.namespace() == ROOT && (name == "istio" || name.starts_with("istio-"))
}

/// The settings of a whole mesh are one text.
fn keep_to_the_registry(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_field = flaw.path().rsplit('.').next() == Some("mode");
    is_field.then(|| Change::set(flaw.path(), "\"REGISTRY_ONLY\"")).into_iter().collect()
}
