//! From a kubeconfig, or from inside a pod, to a client.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::uri::Scheme;
use http::{HeaderValue, Uri};
use kube_client::client::{ClientBuilder, RustlsTlsError};
use kube_client::config::{InClusterError, KubeConfigOptions, Kubeconfig, KubeconfigError};
use kube_client::{Client, Config, Error};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::failure::Way;
use super::proxy::Proxies;

/// How to get to a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The kubeconfig files; where they say different things, the first one counts. None means the
    /// service account of the pod that this runs in.
    pub kubeconfig: Vec<PathBuf>,
    /// The context in them, if not the current one.
    pub context: Option<String>,
    /// What the environment says of proxies.
    pub proxies: Proxies,
}

/// Why there is no way to a cluster.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWay {
    /// The settings are wrong; nobody was called.
    #[error("{0}")]
    Settings(String),
    /// The cluster cannot be reached, or lets nobody in.
    #[error("{0}")]
    Unreachable(String),
}

/// A client, and what is known of the other side before the first call.
pub(super) struct Connection {
    pub(super) client: Client,
    pub(super) context: Arc<str>,
    pub(super) way: Way,
    /// The certificate that the client shows, in PEM.
    pub(super) certificate: Option<Vec<u8>>,
}

/// A program that signs in may ask a person to.
const SIGN_IN: Duration = Duration::from_secs(180);

/// The context of the service account inside a pod.
const IN_CLUSTER: &str = "in-cluster";

pub(super) async fn connect(access: &Access) -> Result<Connection, NoWay> {
    let (context, mut config) = settings(access).await.map_err(NoWay::Settings)?;
    let server = config.cluster_url.to_string().trim_end_matches('/').to_owned();
    let way = Way { server, proxy: config.proxy_url.as_ref().map(without_password) };
    let server = &way.server;
    if config.cluster_url.host().is_none() || config.cluster_url.scheme().is_none() {
        let why = format!(
            "the server {server:?} of context {context} is no URL; write it as https://host:port"
        );
        return Err(NoWay::Settings(why));
    }
    // Calls are repeated here, where they are counted.
    config.default_retry = false;
    if needs_no_authority(&config) {
        config.root_cert.get_or_insert_default();
    }
    let agent = HeaderValue::from_static(concat!("ringfence/", env!("CARGO_PKG_VERSION")));
    config.headers.push((USER_AGENT, agent));
    let asks_system = config.root_cert.is_none();
    let certificate = client_certificate(&config);
    let signed_in = timeout(SIGN_IN, spawn_blocking(move || ClientBuilder::try_from(config)));
    let client = match signed_in.await {
        Ok(Ok(Ok(builder))) => builder.build(),
        Ok(Ok(Err(error))) => return Err(no_client(&error, &way, asks_system)),
        Ok(Err(error)) => return Err(NoWay::Settings(format!("signing in broke: {error}"))),
        Err(_) => {
            let limit = SIGN_IN.as_secs();
            let why = format!("the sign-in program of the kubeconfig was not done after {limit} s");
            return Err(NoWay::Unreachable(why));
        }
    };
    Ok(Connection { client, context: Arc::from(context), way, certificate })
}

async fn settings(access: &Access) -> Result<(String, Config), String> {
    let (context, proxy, mut config) = if access.kubeconfig.is_empty() {
        let config = Config::incluster().map_err(|error| not_in_cluster(&error))?;
        (IN_CLUSTER.to_owned(), None, config)
    } else {
        let kubeconfig = read(&access.kubeconfig)?;
        let context = context(access, &kubeconfig)?;
        let proxy = own_proxy(&kubeconfig, &context);
        let options = KubeConfigOptions { context: Some(context.clone()), ..Default::default() };
        let config = Config::from_custom_kubeconfig(kubeconfig, &options).await;
        let config = config.map_err(|error| format!("context {context}: {}", broken(&error)))?;
        (context, proxy, config)
    };
    // A proxy in the kubeconfig is meant for this very server; one in the environment for all but
    // those that it excepts.
    let proxy = proxy.or_else(|| access.proxies.of(&config.cluster_url).map(ToOwned::to_owned));
    let parsed = proxy.map(|proxy| {
        proxy.parse::<Uri>().map_err(|error| format!("the proxy {proxy:?} is no URL: {error}"))
    });
    config.proxy_url = parsed.transpose()?;
    if let Some(path) = config.auth_info.token_file.take() {
        config.auth_info.token = Some(token(&path)?.into());
    }
    Ok((context, config))
}

/// Whether no certificate of the server is judged. The authorities of the system, of which a container may
/// have none, are then not asked for.
fn needs_no_authority(config: &Config) -> bool {
    let is_plain = config.cluster_url.scheme() == Some(&Scheme::HTTP) && config.proxy_url.is_none();
    is_plain || config.accept_invalid_certs
}

/// A token in a file: a run is short, and need not watch it change.
#[allow(clippy::disallowed_methods, reason = "this is the door through which a kubeconfig comes")]
fn token(path: &str) -> Result<String, String> {
    let token = std::fs::read_to_string(path);
    let token = token.map_err(|why| format!("the token file {path} cannot be read: {why}"))?;
    Ok(token.trim().to_owned())
}

/// An address as it may be shown: without what stands before the host.
fn without_password(address: &Uri) -> String {
    let host = address.authority().map(|it| it.as_str().rsplit('@').next().unwrap_or_default());
    [address.scheme_str().unwrap_or("http"), "://", host.unwrap_or_default()].concat()
}

/// Merges the files, the first one first. A file that is not there is passed over while another is.
fn read(paths: &[PathBuf]) -> Result<Kubeconfig, String> {
    let mut merged: Option<Kubeconfig> = None;
    let there: Vec<&PathBuf> = paths.iter().filter(|path| path.exists()).collect();
    for path in if there.is_empty() { paths.iter().collect() } else { there } {
        let name = || path.display();
        let next = Kubeconfig::read_from(path)
            .map_err(|error| format!("the kubeconfig {}: {}", name(), broken(&error)))?;
        merged = Some(match merged {
            Some(merged) => merged
                .merge(next)
                .map_err(|error| format!("the kubeconfig {}: {}", name(), broken(&error)))?,
            None => next,
        });
    }
    Ok(merged.unwrap_or_default())
}

fn context(access: &Access, kubeconfig: &Kubeconfig) -> Result<String, String> {
    let mut names: Vec<&str> = kubeconfig.contexts.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    let there = match names.as_slice() {
        [] => "it has none".to_owned(),
        names => format!("it has {}", names.join(", ")),
    };
    let current = kubeconfig.current_context.clone().filter(|name| !name.is_empty());
    let Some(name) = access.context.clone().or(current) else {
        return Err(format!(
            "the kubeconfig names no current context; choose one with --context: {there}"
        ));
    };
    if !names.contains(&name.as_str()) {
        return Err(format!("the kubeconfig has no context {name:?}; {there}"));
    }
    Ok(name)
}

/// The proxy that the kubeconfig names for the cluster of a context.
fn own_proxy(kubeconfig: &Kubeconfig, context: &str) -> Option<String> {
    let named = kubeconfig.contexts.iter().find(|it| it.name == context)?;
    let cluster = &named.context.as_ref()?.cluster;
    let named = kubeconfig.clusters.iter().find(|it| it.name == *cluster)?;
    named.cluster.as_ref()?.proxy_url.clone().filter(|proxy| !proxy.is_empty())
}

fn client_certificate(config: &Config) -> Option<Vec<u8>> {
    let user = &config.auth_info;
    if let Some(path) = &user.client_certificate {
        return read_certificate(path);
    }
    user.client_certificate_data.clone().map(String::into_bytes)
}

#[allow(clippy::disallowed_methods, reason = "this is the door through which a kubeconfig comes")]
fn read_certificate(path: &str) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

fn broken(error: &KubeconfigError) -> String {
    match error {
        KubeconfigError::ReadConfig(why, _) => format!("cannot be read: {why}"),
        KubeconfigError::Parse(why) => format!("is no kubeconfig: {why}"),
        KubeconfigError::LoadClusterOfContext(name) => format!("there is no cluster {name:?}"),
        other => other.to_string(),
    }
}

fn not_in_cluster(error: &InClusterError) -> String {
    match error {
        InClusterError::ReadEnvironmentVariable(_) => {
            "no cluster to call: there is no kubeconfig, and this is no pod; set KUBECONFIG, or \
             name files, as in `ringfence scan deploy/`"
                .to_owned()
        }
        other => format!("the service account of this pod cannot be used: {other}"),
    }
}

fn no_client(error: &Error, way: &Way, asks_system: bool) -> NoWay {
    match error {
        Error::Auth(_) => NoWay::Unreachable(way.failure(error).to_string()),
        Error::ProxyProtocolUnsupported { proxy_url } => NoWay::Settings(format!(
            "the proxy {proxy_url} is of no known kind; use http://, https:// or socks5://"
        )),
        Error::RustlsTls(RustlsTlsError::AddRootCertificate(_)) if asks_system => {
            NoWay::Settings(format!(
                "the kubeconfig names no certificate authority for {}, and this system has none; \
                 add certificate-authority to the kubeconfig, or name a file in SSL_CERT_FILE",
                way.server
            ))
        }
        other => NoWay::Settings(format!("the kubeconfig cannot be used: {other}")),
    }
}
