//! What several commands take.

use std::path::PathBuf;

use checks::Profile;
use checks::profile::PROFILES;
use clap::Args;
use collect::render::Variant;

use super::values::Threshold;

/// Which cluster, and how to get there.
#[derive(Args, Debug)]
pub(crate) struct ClusterArguments {
    /// The context of the kubeconfig [default: the current one]
    #[arg(long, value_name = "NAME")]
    pub(crate) context: Option<String>,

    /// The kubeconfig [default: $KUBECONFIG, ~/.kube/config, or the service account inside a pod]
    #[arg(long, value_name = "FILE")]
    pub(crate) kubeconfig: Option<PathBuf>,

    /// Seconds that one call to the cluster may take, or one rendering of a chart
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// How charts and kustomizations are rendered.
#[derive(Args, Debug)]
pub(crate) struct RenderArguments {
    /// Render charts with this values file, found here or in the chart; may be repeated, the last
    /// one wins
    #[arg(long, value_name = "FILE")]
    pub(crate) values: Vec<PathBuf>,

    /// Render charts with these values files behind those of --values, under a name, as in
    /// prod=values-prod.yaml; may be repeated, and each is judged
    #[arg(long, value_name = "NAME=FILE,...")]
    pub(crate) variant: Vec<Variant>,

    /// Start no helm, kustomize or kubectl: leave templates and kustomizations as they are
    #[arg(long, conflicts_with_all = ["values", "variant"])]
    pub(crate) no_render: bool,
}

/// The settings, what overrides them, and what they may not loosen.
#[derive(Args, Clone, Debug)]
pub(crate) struct SettingsArguments {
    /// The settings [default: the nearest ringfence.yaml from here upward]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Exit with 1 from this severity on [default: high]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Threshold>,

    /// Pass over the files that match, relative to each directory; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Run the checks of this profile alone; may be repeated, and adds to --check
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    pub(crate) profile: Vec<&'static Profile>,

    /// Do without the exceptions for system components that come with ringfence
    #[arg(long)]
    pub(crate) no_shipped_exceptions: bool,

    /// A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy_key: Option<PathBuf>,

    /// Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]
    #[arg(long, value_name = "SERIAL")]
    pub(crate) policy_serial: Option<u32>,
}

/// The profile of a name.
fn profile(name: &str) -> Result<&'static Profile, String> {
    Profile::named(name).ok_or_else(|| {
        let names = PROFILES.iter().map(|it| it.name);
        match scan::spelling::nearest(name, names.clone()) {
            Some(near) => format!("no such profile; did you mean {near}?"),
            None => format!("no such profile; there are {}", names.collect::<Vec<_>>().join(", ")),
        }
    })
}
