//! The live cluster: from the command line and the environment to what is to be listed.

use std::path::PathBuf;
use std::time::Duration;

use collect::Reading;
use collect::cluster::{self, Access, NoWay, Proxies, Request};

use crate::cli::{ClusterArguments, ScanArguments};
use crate::exit::{Exit, Failure};
use crate::terminal::variable;

/// Lists the cluster that is meant.
pub(crate) fn read(
    arguments: &ScanArguments,
    progress: &dyn Fn(usize),
) -> Result<Reading, Failure> {
    let request = Request {
        access: access(&arguments.cluster),
        namespaces: arguments.namespace.clone(),
        kinds: scan::kinds(),
        only: arguments.kinds.clone(),
        limit: Duration::from_secs(arguments.cluster.timeout),
    };
    cluster::read(&request, progress).map_err(no_way)
}

/// How to get to the cluster that is meant.
pub(crate) fn access(arguments: &ClusterArguments) -> Access {
    let either = |name: &str| variable(name).or_else(|| variable(&name.to_lowercase()));
    Access {
        kubeconfig: arguments.kubeconfig.clone().map_or_else(kubeconfig, |file| vec![file]),
        context: arguments.context.clone(),
        proxies: Proxies {
            https: either("HTTPS_PROXY"),
            http: either("HTTP_PROXY"),
            none: either("NO_PROXY"),
        },
    }
}

/// Says why there is no way, with the exit code that fits.
pub(crate) fn no_way(why: NoWay) -> Failure {
    let exit = match why {
        NoWay::Settings(_) => Exit::Usage,
        NoWay::Unreachable(_) => Exit::Unreachable,
    };
    Failure { exit, cause: why.into() }
}

/// The files that `kubectl` would read.
fn kubeconfig() -> Vec<PathBuf> {
    let listed = variable("KUBECONFIG").filter(|paths| !paths.is_empty());
    if let Some(listed) = listed {
        return std::env::split_paths(&listed)
            .filter(|path| !path.as_os_str().is_empty())
            .collect();
    }
    let home = variable("HOME").or_else(|| variable("USERPROFILE"));
    let own = home.map(|home| PathBuf::from(home).join(".kube/config"));
    own.into_iter().filter(|path| path.is_file()).collect()
}
