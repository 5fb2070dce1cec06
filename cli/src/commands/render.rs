//! Charts and kustomizations: from the command line and the environment to how they are rendered.

use std::time::Duration;

use checks::Version;
use collect::render::Settings;

use crate::cli::RenderArguments;

/// How they are rendered, unless they are to be left as they are: each within so many seconds.
#[allow(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
pub(crate) fn settings(
    arguments: &RenderArguments,
    timeout: u64,
    kubernetes: Option<Version>,
) -> Option<Settings> {
    (!arguments.no_render).then(|| Settings {
        path: std::env::var_os("PATH").unwrap_or_default(),
        values: arguments.values.clone(),
        variants: arguments.variant.clone(),
        limit: Duration::from_secs(timeout),
        kubernetes: kubernetes.map(|it| format!("1.{}", it.minor)),
    })
}
