//! A `ConfigMap` is read by many and guarded by nobody.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::{Given, Names};

pub(crate) const CHECK: Check = Check {
    id: "credential-in-configmap",
    title: "ConfigMap holds a credential",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "ignore",
        default: &["_example"],
        about: "Keys of ConfigMaps to pass over, by their whole name",
    }],
    frameworks: &[Attack("T1552.007"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[
        Peer::Kubescape("C-0012"),
        Peer::Polaris("sensitiveConfigmapContent"),
        Peer::Trivy("KSV-01010"),
        Peer::Trivy("KSV-0109"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Replace the credential by a new one and keep that in a Secret"),
    cel: Cel::Refused(
        "names are read word by word and values by what they lead to; a regular expression that \
         misses nothing would deny paths, references and time limits too",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::CONFIG_MAP]), include_str!("credential_in_configmap.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&[]);
    let ignored = CHECK.words(cx, "ignore");
    for object in cx.inventory().of(kinds::CONFIG_MAP) {
        let Some(data) = object.get("data") else { continue };
        for entry in data.entries().filter(|entry| !ignored.contains(&entry.key())) {
            let Some(given) = Given::entry(data, entry) else { continue };
            if let Some(what) = given.credential(&names) {
                let key = names.found_in(entry.key()).map_or(entry.key(), |_| "(a credential)");
                let message = format!("key {key} of ConfigMap {} holds {what}", object.name());
                out.push(CHECK.at(&Place::of(object, entry), message));
            }
        }
    }
}
