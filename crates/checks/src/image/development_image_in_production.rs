//! What was built to be tried out has no place where users are served.

use finding::{Confidence, Fix, Severity};
use model::{Image, Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::environment::Environment;
use crate::reading::registry;

pub(crate) const CHECK: Check = Check {
    id: "development-image-in-production",
    title: "Production runs an image of another environment",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    sees: &[kinds::NAMESPACE],
    parameters: &[Parameter {
        name: "production",
        default: &[],
        about: "Registries and repositories that production may run images from, such as \
                `registry.example.com/prod`; none means any that does not name another environment",
    }],
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    effort: Hours(4),
    fix: Fix::Manual("Promote the image through the pipeline and run what production received"),
    cel: Cel::Refused("which namespace is production is told by its name or by several labels"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("development_image_in_production.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let production = CHECK.words(cx, "production");
    for container in cx.containers() {
        let namespace = container.workload().namespace();
        if cx.environment(namespace) != Some(Environment::Production) {
            continue;
        }
        let Some(image) = container.image() else { continue };
        let what = match named_environment(image) {
            _ if registry::holds(&production, image) => continue,
            Some((part, environment)) => format!("names {} in {part}", environment.id()),
            None if !production.is_empty() => "is in no registry of production".to_owned(),
            None => continue,
        };
        let (name, of) = (image.name(), container.name());
        let message = format!(
            "namespace {namespace} is production, but image {name} of container {of} {what}"
        );
        out.push(CHECK.at(&container.place("image"), message));
    }
}

/// The environment before production that an image is from, and the part that says so: the host
/// without its domain (`.dev` is one), the folders of the repository, or the tag. The name of the
/// image itself is that of a program, and programs review and test.
fn named_environment(image: Image<'_>) -> Option<(&'static str, Environment)> {
    let host = image.host().rsplitn(3, '.').nth(2).unwrap_or_default();
    let folders = image.repository.rsplit_once('/').map_or("", |(folders, _)| folders);
    let parts = [("its registry", host), ("its repository", folders)];
    let parts = parts.into_iter().chain(image.tag.map(|tag| ("its tag", tag)));
    let mut named = parts.filter_map(|(part, text)| Some((part, Environment::named_in(text)?)));
    named.find(|(_, environment)| *environment != Environment::Production)
}
