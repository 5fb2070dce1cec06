//! A default that holds nobody, for every namespace without a label.

use finding::{Fix, Severity};
use model::{Kinds, Node, Place, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{IS_A_FILE, plugin_settings};

pub(crate) const CHECK: Check = Check {
    id: "pod-security-default-privileged",
    title: "Namespaces without a label admit every pod",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Cis("5.2.1"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(4),
    fix: Fix::Review("Set defaults.enforce to baseline or restricted"),
    edit: Edit::Set("\"baseline\""),
    cel: Cel::Refused(IS_A_FILE),
    run,
    ..Check::on(
        Kinds::of(&[kinds::ADMISSION_CONFIGURATION, kinds::POD_SECURITY_CONFIGURATION]),
        include_str!("pod_security_default_privileged.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let own = Some(kinds::POD_SECURITY_CONFIGURATION);
    for (object, settings) in plugin_settings(cx, "PodSecurity", own) {
        let enforce = settings.get("defaults").and_then(|defaults| defaults.get("enforce"));
        let level = enforce.and_then(Node::as_text).unwrap_or("privileged");
        if level == "privileged" {
            let message = "a namespace without a Pod Security label admits every pod";
            out.push(CHECK.at(&Place::below(object, settings, "defaults.enforce"), message));
        }
    }
}
