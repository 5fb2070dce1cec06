//! An image policy that lets through when nobody answers.

use finding::{Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{IS_A_FILE, plugin_settings};

pub(crate) const CHECK: Check = Check {
    id: "image-policy-fails-open",
    title: "Images are admitted when nobody judges them",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Owasp("K02")],
    effort: Hours(4),
    fix: Fix::Review("Set imagePolicy.defaultAllow: false, and keep the backend up"),
    edit: Edit::Set("false"),
    cel: Cel::Refused(IS_A_FILE),
    run,
    ..Check::on(
        Kinds::of(&[kinds::ADMISSION_CONFIGURATION]),
        include_str!("image_policy_fails_open.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for (object, settings) in plugin_settings(cx, "ImagePolicyWebhook", None) {
        let Some(allow) = settings.at("imagePolicy.defaultAllow") else { continue };
        if allow.as_bool() == Some(true) {
            let message =
                "defaultAllow is true: while the backend is away, every image is admitted";
            out.push(CHECK.at(&Place::of(object, allow), message));
        }
    }
}
