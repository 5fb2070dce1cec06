//! An image that was pulled with credentials of one pod is there for all pods of the node.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "unverified-cached-images",
    title: "Pods may run cached private images of others",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K02")],
    effort: Hours(1),
    fix: Fix::Review("Delete `imagePullCredentialsVerificationPolicy`, or set it to AlwaysVerify"),
    edit: Edit::Remove,
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("unverified_cached_images.md"))
};

const SETTING: Setting = Setting::new("imagePullCredentialsVerificationPolicy", "", "");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value == "NeverVerify" {
            let message = "a pod may run the private images of others that are on its node";
            out.push(CHECK.at(&reading.place, message));
        }
    }
}
