//! Charts and kustomizations: from the command line and the environment to how they are rendered.

use std::time::Duration;

use collect::render::Settings;

use crate::cli::ScanArguments;

/// How they are rendered, unless they are to be left as they are.
#[allow(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
pub(crate) fn settings(arguments: &ScanArguments) -> Option<Settings> {
    let render = &arguments.render;
    (!render.no_render).then(|| Settings {
        path: std::env::var_os("PATH").unwrap_or_default(),
        values: render.values.clone(),
        variants: render.variant.clone(),
        limit: Duration::from_secs(arguments.cluster.timeout),
        kubernetes: arguments.kubernetes_version.map(|it| format!("1.{}", it.minor)),
    })
}
