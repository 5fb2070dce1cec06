//! What to list, and which of what a server serves that is.

use std::collections::BTreeSet;
use std::time::Duration;

use model::kinds::{self, Kind};

use super::connect::{Access, NoWay};
use super::discovery::Resource;
use super::list::Listing;

/// What to list.
#[derive(Clone, Debug)]
pub struct Request {
    /// How to get there.
    pub access: Access,
    /// The namespaces to list; none means all.
    pub namespaces: Vec<String>,
    /// The kinds that are needed; custom kinds that embed pods come on top.
    pub kinds: BTreeSet<Kind>,
    /// The resources to list instead of all these, as a user calls them; none means all.
    pub only: Vec<String>,
    /// How long one call may take.
    pub limit: Duration,
}

impl Request {
    pub(super) fn needs(&self, resource: &Resource) -> bool {
        if self.only.is_empty() {
            return self.kinds.iter().any(|kind| resource.is(kind));
        }
        self.may_list(resource)
    }

    pub(super) fn may_list(&self, resource: &Resource) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| resource.is_called(word))
    }

    /// Each word must call something, or a slip would pass for a clean result.
    pub(super) fn check_names(&self, listings: &[Listing]) -> Result<(), NoWay> {
        let calls = |word: &str| listings.iter().any(|it| it.resource.is_called(word));
        match self.only.iter().find(|word| !calls(word)) {
            Some(word) => Err(NoWay::Settings(format!(
                "the cluster lists no resource {word:?} that is judged here; \
                 write it as in pods or deployments.apps"
            ))),
            None => Ok(()),
        }
    }

    /// One list, or one for each namespace that was asked for. Of the namespaces themselves, only
    /// those.
    pub(super) fn listings(&self, resource: Resource, only_with_pods: bool) -> Vec<Listing> {
        let whole = Listing { resource, namespace: None, name: None, only_with_pods };
        let names = self.namespaces.iter().cloned().map(Some);
        if self.namespaces.is_empty() {
            vec![whole]
        } else if whole.resource.namespaced {
            names.map(|namespace| Listing { namespace, ..whole.clone() }).collect()
        } else if whole.resource.is(&kinds::NAMESPACE) {
            names.map(|name| Listing { name, ..whole.clone() }).collect()
        } else {
            vec![whole]
        }
    }
}
