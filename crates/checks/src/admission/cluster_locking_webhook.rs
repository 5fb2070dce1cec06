//! A webhook that must be asked about its own pods cannot come back once it is down.

use finding::{Change, Fix, Severity};
use model::{Node, Object, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::json;
use crate::reading::webhook::{CONFIGURATIONS, NAME_LABEL, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "cluster-locking-webhook",
    title: "Failing webhook locks the cluster out of its own repair",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    dimension: Dimension::Recovery,
    scope: Scope::Cluster,
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Owasp("K04")],
    effort: Hours(2),
    fix: Fix::Review(
        "Leave the webhook's own namespace and kube-system out by a `namespaceSelector` on \
         `kubernetes.io/metadata.name`",
    ),
    edit: Edit::By(leave_out),
    cel: Cel::Refused("the labels of the namespaces it is called in stand on other objects"),
    run,
    ..Check::on(CONFIGURATIONS, include_str!("cluster_locking_webhook.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for webhook in Webhook::all(cx, CONFIGURATIONS) {
        let narrow = ["objectSelector", "matchConditions"].map(|field| webhook.narrows_by(field));
        if webhook.fails_open() || narrow.contains(&true) || !webhook.is_asked_for("", "pods") {
            continue;
        }
        let Some((own, _)) = webhook.service() else { continue };
        let locked = [own, "kube-system"].into_iter().find(|name| {
            let namespace = cx.inventory().of(kinds::NAMESPACE).find(|it| it.name() == *name);
            webhook.is_called_in(name, namespace.map(Object::labels)) == Some(true)
        });
        if let Some(namespace) = locked {
            let name = webhook.name();
            let message = format!("while {name} is down, no pod of {namespace} can start");
            out.push(CHECK.at(&webhook.place("namespaceSelector"), message));
        }
    }
}

fn leave_out(flaw: &Flaw<'_>) -> Vec<Change> {
    let own = flaw.object().root().follow(&flaw.beside("clientConfig.service.namespace"));
    let Some(own) = own.and_then(Node::as_text) else { return Vec::new() };
    let mut names = vec![json::text(own), json::text("kube-system")];
    names.dedup();
    let names = names.join(",");
    let demand =
        format!("{{\"key\":\"{NAME_LABEL}\",\"operator\":\"NotIn\",\"values\":[{names}]}}");
    vec![Change::append(flaw.below("matchExpressions"), demand)]
}
