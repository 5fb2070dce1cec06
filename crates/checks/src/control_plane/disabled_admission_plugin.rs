//! A plugin that guards the cluster by default, switched off.

use finding::{Change, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "disabled-admission-plugin",
    title: "An admission plugin that guards the cluster is off",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Cis("1.2.12"), Cis("1.2.13"), Owasp("K04")],
    peers: &[
        Peer::Checkov("CKV_K8S_82"),
        Peer::Checkov("CKV_K8S_83"),
        Peer::Kubescape("C-0125"),
        Peer::Kubescape("C-0126"),
        Peer::Trivy("KCV-0014"),
        Peer::Trivy("KCV-0015"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Remove the plugin from --disable-admission-plugins"),
    edit: Edit::By(enable),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("disabled_admission_plugin.md"))
};

/// Plugins that run by default, and what is lost without each.
const GUARDS: &[(&str, &str)] = &[
    ("CertificateApproval", "signers do not decide who approves their certificates"),
    ("CertificateSigning", "signers do not decide who signs for them"),
    ("CertificateSubjectRestriction", "a certificate may name the group system:masters"),
    ("LimitRanger", "LimitRanges hold nobody"),
    ("MutatingAdmissionWebhook", "no mutating webhook is called"),
    (
        "NamespaceLifecycle",
        "objects come into namespaces that are gone, and default may be deleted",
    ),
    ("PodSecurity", "the Pod Security labels of namespaces hold nobody"),
    ("ResourceQuota", "ResourceQuotas hold nobody"),
    ("ServiceAccount", "pods may name service accounts and Secrets without a check"),
    ("ValidatingAdmissionPolicy", "validating admission policies hold nobody"),
    ("ValidatingAdmissionWebhook", "no validating webhook is called"),
];

/// Those of them that a list of old is never without.
const OF_OLD: &[(&str, &str)] = &[
    ("NamespaceLifecycle", "objects come into namespaces that are gone"),
    ("ServiceAccount", "pods may name service accounts and Secrets without a check"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        for plugin in server.list("disable-admission-plugins") {
            if let Some((name, what)) = GUARDS.iter().find(|guard| guard.0 == plugin.value) {
                let message = format!("{name} is switched off: {what}");
                out.push(CHECK.at(&plugin.place, message));
            }
        }
        let old = server.list("admission-control");
        let Some(last) = old.last().filter(|_| old.iter().all(|it| !it.value.contains('$'))) else {
            continue;
        };
        for (name, what) in OF_OLD.iter().filter(|guard| old.iter().all(|it| it.value != guard.0)) {
            let message = format!("{name} is not among the plugins: {what}");
            out.push(CHECK.at(&last.place, message));
        }
    }
}

fn enable(flaw: &Flaw<'_>) -> Vec<Change> {
    if !argument::is_named(flaw, "admission-control") {
        return argument::keep(flaw, |it| GUARDS.iter().all(|guard| guard.0 != it));
    }
    let named = argument::values(flaw);
    let missing = OF_OLD.iter().map(|guard| guard.0).filter(|it| !named.contains(it));
    let all: Vec<&str> = missing.chain(named.iter().copied()).collect();
    argument::replace(flaw, &all.join(","))
}
