//! An API server as a test needs it: sound, slow, forbidding, lying or dying.
//!
//! ```text
//! ApiServer (objects, behaviours by path) ─▶ Live (a port, a kubeconfig, the requests it saw)
//!       Request ─▶ behaviour, or else what a sound server answers ─▶ Reply
//! ```

mod identity;
mod live;
pub mod load;
mod proxy;
mod reply;
mod request;
mod resource;
pub mod sample;
mod seen;
mod served;
mod server;
mod template;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

pub use identity::{Authority, Identity};
pub use live::{Live, encoded, kubeconfig};
pub use proxy::Proxy;
pub use reply::Reply;
pub use request::Request;
pub use resource::Resource;
pub use seen::Seen;
use served::Served;
pub use server::Server;

/// An API server before it starts.
pub struct ApiServer {
    served: Served,
    behaviours: Vec<Box<Behaviour>>,
}

/// What stands before the usual answer; nothing where it has none.
type Behaviour = dyn Fn(&Request) -> Option<Reply> + Send + Sync;

impl ApiServer {
    /// A sound server without an object.
    pub fn new() -> Self {
        Self { served: Served::new(), behaviours: Vec::new() }
    }

    /// One more object, with its type and, unless it is left to the server, its uid.
    #[must_use]
    pub fn with(mut self, object: Value) -> Self {
        self.served.add(object);
        self
    }

    /// More objects.
    #[must_use]
    pub fn with_all(self, objects: impl IntoIterator<Item = Value>) -> Self {
        objects.into_iter().fold(self, Self::with)
    }

    /// One more kind, with the schemas of its group.
    #[must_use]
    pub fn serving(mut self, resource: Resource, schema: Value) -> Self {
        let group = ["apis/", &resource.api_version].concat();
        self.served.schemas.insert(group, schema);
        self.served.resources.push(resource);
        self
    }

    /// No page holds more objects, whatever is asked for.
    #[must_use]
    pub fn paged(mut self, most: usize) -> Self {
        self.served.page = most;
        self
    }

    /// What stands before the usual answer.
    #[must_use]
    pub fn when(
        mut self,
        behaviour: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        self.behaviours.push(Box::new(behaviour));
        self
    }

    /// Each call of a path is answered so.
    #[must_use]
    pub fn always(self, path: &str, reply: Reply) -> Self {
        let path = path.to_owned();
        self.when(move |request| (request.path == path).then(|| reply.clone()))
    }

    /// The first calls of a path are answered so, one after another; the later ones as usual.
    #[must_use]
    pub fn first(self, path: &str, replies: Vec<Reply>) -> Self {
        let path = path.to_owned();
        let left = Mutex::new(replies.into_iter());
        self.when(move |request| {
            let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
            if request.path == path { left.next() } else { None }
        })
    }

    /// After so many calls, whatever they were, every one is answered so.
    #[must_use]
    pub fn after(self, calls: usize, reply: Reply) -> Self {
        let seen = AtomicUsize::new(0);
        self.when(move |_| (seen.fetch_add(1, Ordering::SeqCst) >= calls).then(|| reply.clone()))
    }

    /// Starts it, in plain HTTP.
    pub fn start(self) -> Live {
        Live::plain(Server::start(self.into_answer()), "127.0.0.1")
    }

    /// Starts it at the IPv6 address of this machine.
    pub fn start_at_ipv6(self) -> Live {
        let server = Server::listen("[::1]:0", self.into_answer(), server::plain(), true);
        Live::plain(server, "[::1]")
    }

    /// Starts it with TLS; `clients` signs the certificates that it asks for.
    pub fn start_tls(self, identity: &Identity, clients: Option<&Authority>) -> Live {
        let config = identity.server_config(clients);
        Live::tls(Server::listen("127.0.0.1:0", self.into_answer(), server::tls(config), true))
    }

    fn into_answer(self) -> Box<server::Answer> {
        let Self { served, behaviours } = self;
        Box::new(move |request| {
            let special = behaviours.iter().find_map(|behaviour| behaviour(request));
            special.unwrap_or_else(|| served.answer(request))
        })
    }
}

impl Default for ApiServer {
    fn default() -> Self {
        Self::new()
    }
}
