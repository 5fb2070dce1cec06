//! A running server, and a folder with a kubeconfig that leads to it.

use std::ops::Deref;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::seen::Seen;
use super::server::Server;
use crate::folder::Folder;
use crate::ringfence::Ringfence;

/// A running server, and a folder with a `kubeconfig`.
pub struct Live {
    server: Server,
    url: String,
    folder: Folder,
}

/// The context in every kubeconfig here.
const CONTEXT: &str = "test";

/// What of the environment would change the way to the server.
const ENVIRONMENT: [&str; 7] = [
    "KUBECONFIG",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "https_proxy",
    "http_proxy",
    "no_proxy",
];

impl Live {
    pub(super) fn plain(server: Server, host: &str) -> Self {
        let url = format!("http://{host}:{}", server.address().port());
        let folder = Folder::with("kubeconfig", kubeconfig(&url, "", "token: secret-token"));
        Self { server, url, folder }
    }

    pub(super) fn tls(server: Server) -> Self {
        let url = format!("https://127.0.0.1:{}", server.address().port());
        Self { server, url, folder: Folder::new() }
    }

    /// Where the server is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same with another kubeconfig: one that says more of the cluster and of the user, in
    /// JSON's own notation.
    #[must_use]
    pub fn with_kubeconfig(mut self, cluster: &str, user: &str) -> Self {
        self.folder = self.folder.and("kubeconfig", kubeconfig(&self.url, cluster, user));
        self
    }

    /// The same with one more file beside the kubeconfig.
    #[must_use]
    pub fn and(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.folder = self.folder.and(name, content);
        self
    }

    /// `ringfence scan` of this cluster, as JSON.
    pub fn scan(&self, arguments: &[&str]) -> Ringfence {
        self.ringfence(&["scan", "--output", "json", "--kubeconfig", "kubeconfig"]).args(arguments)
    }

    /// What `ringfence scan` sees of this cluster.
    pub fn seen(&self, arguments: &[&str]) -> Seen {
        Seen::of(self.scan(arguments).run())
    }

    /// `ringfence` in the folder of the kubeconfig, out of the reach of this machine's own settings.
    pub fn ringfence(&self, arguments: &[&str]) -> Ringfence {
        let ringfence = self.folder.ringfence(arguments);
        let ringfence = ENVIRONMENT.iter().fold(ringfence, |it, name| it.env(name, ""));
        ringfence.env("HOME", &self.folder.path("").display().to_string())
    }

    /// Its folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }
}

impl Deref for Live {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

/// A kubeconfig with one context.
pub fn kubeconfig(server: &str, cluster: &str, user: &str) -> String {
    let comma = if cluster.is_empty() { "" } else { ", " };
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: {CONTEXT}\n\
         clusters: [{{name: {CONTEXT}, cluster: {{server: \"{server}\"{comma}{cluster}}}}}]\n\
         users: [{{name: {CONTEXT}, user: {{{user}}}}}]\n\
         contexts: [{{name: {CONTEXT}, context: {{cluster: {CONTEXT}, user: {CONTEXT}}}}}]\n"
    )
}

/// Text as a kubeconfig holds certificates and keys.
pub fn encoded(pem: &str) -> String {
    STANDARD.encode(pem)
}
