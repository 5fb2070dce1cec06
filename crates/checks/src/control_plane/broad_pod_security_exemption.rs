//! An exemption that more can use than were meant.

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Node, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{IS_A_FILE, plugin_settings};

pub(crate) const CHECK: Check = Check {
    id: "broad-pod-security-exemption",
    title: "Exemption from Pod Security is open to everybody",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(4),
    fix: Fix::Review("Take the exemption out; exempt single namespaces, which few may write to"),
    edit: Edit::Remove,
    cel: Cel::Refused(IS_A_FILE),
    run,
    ..Check::on(
        Kinds::of(&[kinds::ADMISSION_CONFIGURATION, kinds::POD_SECURITY_CONFIGURATION]),
        include_str!("broad_pod_security_exemption.md"),
    )
};

/// Service accounts of the controllers that make pods.
const CONTROLLERS: &[&str] = &[
    "cronjob-controller",
    "daemon-set-controller",
    "deployment-controller",
    "job-controller",
    "replicaset-controller",
    "replication-controller",
    "statefulset-controller",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let own = Some(kinds::POD_SECURITY_CONFIGURATION);
    for (object, settings) in plugin_settings(cx, "PodSecurity", own) {
        let items = |list: &str| {
            let list = settings.get("exemptions").and_then(|it| it.get(list));
            list.into_iter().flat_map(Node::items).filter(|item| item.as_text().is_some())
        };
        for user in items("usernames").filter(|user| makes_pods_for_others(user.text())) {
            let message =
                format!("{} is exempt: it makes pods for whoever writes a workload", user.text());
            out.push(CHECK.at(&Place::of(object, user), message));
        }
        for namespace in items("namespaces").filter(|it| it.text() == "default") {
            let message = "namespace default is exempt: what names no namespace comes there";
            out.push(CHECK.at(&Place::of(object, namespace), message));
        }
        for class in items("runtimeClasses") {
            let message =
                format!("runtime class {} is exempt: any pod may choose it", class.text());
            let finding = CHECK.at(&Place::of(object, class), message);
            out.push(Finding { confidence: Confidence::Heuristic, ..finding });
        }
    }
}

/// Whether a user is a controller of Kubernetes, which acts for whoever wrote the object.
fn makes_pods_for_others(user: &str) -> bool {
    let account = user.strip_prefix("system:serviceaccount:kube-system:").unwrap_or_default();
    CONTROLLERS.contains(&account) || user == "system:kube-controller-manager"
}
