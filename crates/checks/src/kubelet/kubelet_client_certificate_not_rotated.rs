//! A client certificate that is never renewed lives long, and its end takes the node down.

use finding::{Fix, Severity};
use model::component::truth;

use crate::check::Framework::{Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-client-certificate-not-rotated",
    title: "Kubelet does not renew its client certificate",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("4.2.10"), Nsa(check::Nsa::Access)],
    peers: &[Peer::Checkov("CKV_K8S_149"), Peer::Kubescape("C-0182"), Peer::Trivy("KCV-0090")],
    effort: Hours(1),
    fix: Fix::Review("Set `rotateCertificates` to true"),
    edit: Edit::By(|flaw| SETTING.set(flaw, "true")),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kubelet_client_certificate_not_rotated.md"))
};

const SETTING: Setting = Setting {
    field: "rotateCertificates",
    flag: "rotate-certificates",
    default: "false",
    kubeadm: "true",
    bare: "false",
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if truth(&reading.value) == Some(false) {
            out.push(CHECK.at(
                &reading.place,
                format!(
                    "the kubelet does not renew its client certificate{}",
                    reading.by_default()
                ),
            ));
        }
    }
}
