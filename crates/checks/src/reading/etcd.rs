//! Where an etcd listens, and whom it lets in.

use model::component::Flag;
use model::{Component, Place, Program};

use crate::context::Cx;
use crate::reading::component_flag::{given, host, is_local, switched};

/// One of the two sides of an etcd: towards its clients, or towards its peers.
pub(crate) struct Side {
    /// Where it listens; on the machine itself by default.
    pub(crate) listen: &'static str,
    /// Its certificate.
    pub(crate) certificate: &'static str,
    /// The key of it.
    pub(crate) key: &'static str,
    /// Whether it signs a certificate for itself.
    pub(crate) auto: &'static str,
    /// Whether whoever calls must show a certificate.
    pub(crate) authenticate: &'static str,
    /// Who signs those. Given, it alone makes etcd ask for them.
    pub(crate) authority: &'static str,
}

/// Towards clients: the API server.
pub(crate) const CLIENTS: Side = Side {
    listen: "listen-client-urls",
    certificate: "cert-file",
    key: "key-file",
    auto: "auto-tls",
    authenticate: "client-cert-auth",
    authority: "trusted-ca-file",
};

/// Towards the other members.
pub(crate) const PEERS: Side = Side {
    listen: "listen-peer-urls",
    certificate: "peer-cert-file",
    key: "peer-key-file",
    auto: "peer-auto-tls",
    authenticate: "peer-client-cert-auth",
    authority: "peer-trusted-ca-file",
};

/// The etcds that hold a Kubernetes and are configured by flags: a file of its own makes etcd
/// ignore all of them.
pub(crate) fn all<'c, 'a>(cx: &'c Cx<'a>) -> impl Iterator<Item = &'c Component<'a>> {
    let by_flags = |etcd: &&Component<'a>| given(etcd, "config-file").is_none();
    cx.components(Program::Etcd).filter(by_flags).filter(|etcd| serves_kubernetes(cx, etcd))
}

/// Programs have an etcd of their own, too. That of a cluster is a static pod, or stands in its
/// system namespace, or beside an API server.
fn serves_kubernetes(cx: &Cx<'_>, etcd: &Component<'_>) -> bool {
    let object = etcd.object();
    let neighbours = cx.neighbours();
    // Only files of one folder have a namespace that they do not name in common.
    let is_beside = |it: &Component<'_>| {
        it.object().namespace() == object.namespace() && neighbours.are(it.object(), object)
    };
    ["Pod", "ClusterConfiguration"].contains(&object.kind())
        || object.namespace() == "kube-system"
        || cx.components(Program::ApiServer).any(is_beside)
}

/// The addresses of a list of URLs that others can call, by a scheme.
pub(crate) fn remote<'a>(urls: &'a str, scheme: &str) -> Option<&'a str> {
    urls.split(',').map(str::trim).find(|url| {
        let parts = url.split_once("://").filter(|(own, _)| *own == scheme);
        parts.is_some_and(|(_, rest)| !is_local(host(rest.split('/').next().unwrap_or_default())))
    })
}

impl Side {
    /// What an etcd serves in the clear for others: the flag and the URL.
    pub(crate) fn in_the_clear<'a>(&self, etcd: &Component<'a>) -> Option<(Flag<'a>, &'a str)> {
        let listen = given(etcd, self.listen)?;
        let url = remote(listen.value, "http")?;
        Some((listen, url))
    }

    /// Where its certificate or key is missing although it must have one.
    pub(crate) fn lacks_certificate<'a>(&self, etcd: &Component<'a>) -> Option<Place<'a>> {
        let has_both = given(etcd, self.certificate).is_some() && given(etcd, self.key).is_some();
        let signs_itself = switched(etcd, self.auto, false, true).is_some();
        (self.serves(etcd, &["http", "https"]) && !has_both && !signs_itself).then(|| etcd.place())
    }

    /// Where it signs its own certificate, which it does only where it is given none.
    pub(crate) fn signs_itself<'a>(&self, etcd: &Component<'a>) -> Option<Place<'a>> {
        let place = switched(etcd, self.auto, false, true)?;
        given(etcd, self.certificate).is_none().then_some(place)
    }

    /// Where it lets in whoever calls by TLS. In the clear it cannot ask who calls.
    pub(crate) fn admits_anybody<'a>(&self, etcd: &Component<'a>) -> Option<Place<'a>> {
        if !self.serves(etcd, &["https"]) || given(etcd, self.authority).is_some() {
            return None;
        }
        switched(etcd, self.authenticate, false, false)
    }

    fn serves(&self, etcd: &Component<'_>, schemes: &[&str]) -> bool {
        let urls = given(etcd, self.listen);
        urls.is_some_and(|it| schemes.iter().any(|by| remote(it.value, by).is_some()))
    }
}
