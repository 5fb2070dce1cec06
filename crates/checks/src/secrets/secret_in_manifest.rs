//! Base64 is no lock: a Secret in a file is a credential in a file.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Node, Object, Place, Shows, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::Names;
use crate::reading::secret;

pub(crate) const CHECK: Check = Check {
    id: "secret-in-manifest",
    title: "Secret is kept in a file with its content",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Code,
    scope: Scope::Object,
    frameworks: &[Attack("T1552.001"), Cis("5.4.2"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[Peer::Kubescape("C-0208"), Peer::Kubescape("C-0234")],
    effort: Hours(4),
    fix: Fix::Manual("Replace the credential by a new one and let a store outside fill the Secret"),
    cel: Cel::Refused(
        "the danger is the file; what reaches the API server holds its content always",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::SECRET]), include_str!("secret_in_manifest.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&[]);
    for object in secret::all(cx.inventory()) {
        if object.origin().file().is_none_or(|file| file == "-") {
            continue;
        }
        let mut credentials = secret::credentials(object, &names);
        credentials.retain(|entry| is_written(object, entry.node));
        let Some(first) = credentials.first() else { continue };
        let key = names.found_in(first.node.key()).map_or(first.node.key(), |_| "(a credential)");
        let others = match credentials.len() - 1 {
            0 => String::new(),
            1 => " and one more credential".to_owned(),
            many => format!(" and {many} more credentials"),
        };
        let message = format!(
            "Secret {} lies in a file with its key {key}{others}, and nothing encrypts it",
            object.name()
        );
        out.push(CHECK.at(&Place::of(object, first.node), message));
    }
}

/// Whether a value is written out in a file. One that is made while a chart is rendered lies in none.
fn is_written(object: &Object, node: Node<'_>) -> bool {
    object.origin().spot(node).is_some_and(|spot| spot.shows == Shows::Value)
}
