//! A live cluster, listed through its API server. Nothing is ever written.
//!
//! ```text
//! Access ─▶ connect ─▶ discovery · schema ─▶ list (page after page) ─▶ page (JSON ─▶ Object)
//! ```
//!
//! Lists are made a few at a time, at an even pace, and within limits of time and size. A list that
//! fails or is forbidden costs itself alone; the account says which one, and why.

mod caller;
mod connect;
mod discovery;
mod failure;
mod list;
mod pace;
mod page;
mod proxy;
mod schema;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use model::inputs::Cause;
use model::kinds::{self, Kind};
use model::{Cluster, Unlisted};
use serde::Deserialize;

use crate::Reading;
use caller::{Call, Caller, JSON};
use connect::Connection;
pub use connect::{Access, NoWay};
use discovery::Resource;
use failure::Failure;
use list::{Listed, Listing};
pub use proxy::Proxies;

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

/// Lists made at a time.
const AT_A_TIME: usize = 4;

/// Bytes that small answers may have, and schemas.
const SMALL: usize = 1 << 20;
const SCHEMAS: usize = 32 << 20;

/// Lists a cluster.
///
/// `progress` is told how many objects have come.
///
/// # Errors
/// Where there is no way to the cluster at all. What it does not list is part of the account.
pub fn read(request: &Request, progress: &dyn Fn(usize)) -> Result<Reading, NoWay> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| NoWay::Settings(format!("no thread for the network: {error}")))?;
    let reading = runtime.block_on(read_all(request, progress));
    // A program that signs in may still run.
    runtime.shutdown_background();
    reading
}

async fn read_all(request: &Request, progress: &dyn Fn(usize)) -> Result<Reading, NoWay> {
    let Connection { client, context, server, .. } = connect::connect(&request.access).await?;
    let caller = Caller::new(client, server.clone(), request.limit);
    let version = version(&caller).await?;
    let mut cluster = Cluster {
        context: Arc::clone(&context),
        server,
        version,
        namespaces: request.namespaces.clone(),
        kinds: request.only.clone(),
        ..Cluster::default()
    };
    let listings = listings(&caller, request, &mut cluster.unlisted).await;
    request.check_names(&listings)?;
    let (came, limit) = (Cell::new(0), request.limit);
    let tell = |more: usize| {
        came.set(came.get() + more);
        progress(came.get());
    };
    let (caller, context, tell) = (&caller, &context, &tell as &dyn Fn(usize));
    let one = |listing: &Listing| {
        let listing = listing.clone();
        async move { list::list(caller, &listing, context, limit, tell).await }
    };
    let listed: Vec<Listed> = stream::iter(&listings).map(one).buffered(AT_A_TIME).collect().await;
    Ok(account(cluster, listings, listed))
}

fn account(mut cluster: Cluster, listings: Vec<Listing>, listed: Vec<Listed>) -> Reading {
    let mut reading = Reading::default();
    for (listing, listed) in listings.into_iter().zip(listed) {
        let Listing { resource, namespace, .. } = listing;
        reading.reached += usize::from(listed.cause.is_none() || listed.came > 0);
        reading.inputs.objects += listed.came;
        reading.objects.extend(listed.objects);
        if listed.unneeded > 0 {
            let kind = [resource.kind.as_str(), &resource.group].join(".");
            *reading.inputs.unasked.entry(kind).or_default() += listed.unneeded;
        }
        let unlisted = |cause| Unlisted { resource: resource.name(), namespace, cause };
        cluster.unlisted.extend(listed.cause.map(unlisted));
    }
    reading.inputs.clusters.push(cluster);
    reading
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServerVersion {
    git_version: String,
}

/// The version that the server tells. That it answers at all is what is asked first.
async fn version(caller: &Caller) -> Result<Option<String>, NoWay> {
    match caller.get(Call { path: "/version", accept: JSON, most: SMALL }).await {
        Ok(answer) => {
            let version: Option<ServerVersion> = serde_json::from_slice(&answer.bytes).ok();
            Ok(version.map(|it| it.git_version))
        }
        Err(failure) if failure.is_forbidden() => Ok(None),
        Err(failure) => Err(NoWay::Unreachable(failure.to_string())),
    }
}

/// The lists to make: of what is needed, what the server serves.
async fn listings(
    caller: &Caller,
    request: &Request,
    unlisted: &mut Vec<Unlisted>,
) -> Vec<Listing> {
    let mut not_seen = |resource: &str, failure: &Failure| {
        let cause = Cause::Failed(format!("{failure}, so custom kinds are not seen"));
        unlisted.push(Unlisted { resource: resource.to_owned(), namespace: None, cause });
    };
    let mut listings = Vec::new();
    match discovery::resources(caller).await {
        Ok(resources) => {
            let (needed, others): (Vec<_>, Vec<_>) =
                resources.into_iter().partition(|it| request.needs(it));
            listings.extend(needed.into_iter().flat_map(|it| request.listings(it, false)));
            let custom = others.into_iter().filter(|it| !it.is_built_in() && request.may_list(it));
            match with_pods(caller, custom.collect()).await {
                Ok(custom) => {
                    listings.extend(custom.into_iter().flat_map(|it| request.listings(it, true)));
                }
                Err(failure) => not_seen("openapi", &failure),
            }
        }
        Err(failure) => {
            not_seen("discovery", &failure);
            let served = request.kinds.iter().filter(|kind| is_always_served(kind));
            let known = served.map(|kind| Resource::of(*kind)).filter(|it| request.needs(it));
            listings.extend(known.flat_map(|it| request.listings(it, false)));
        }
    }
    listings
}

/// Whether every server of today serves a kind.
fn is_always_served(kind: &Kind) -> bool {
    let built_in = kinds::is_namespaced(kind.group, kind.kind).is_some();
    built_in && kind.group != "extensions"
}

impl Request {
    fn needs(&self, resource: &Resource) -> bool {
        if self.only.is_empty() {
            return self.kinds.iter().any(|kind| resource.is(kind));
        }
        self.may_list(resource)
    }

    fn may_list(&self, resource: &Resource) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| resource.is_called(word))
    }

    /// Each word must call something, or a slip would pass for a clean result.
    fn check_names(&self, listings: &[Listing]) -> Result<(), NoWay> {
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
    fn listings(&self, resource: Resource, only_with_pods: bool) -> Vec<Listing> {
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

/// The custom kinds whose schemas have room for a pod template.
async fn with_pods(caller: &Caller, custom: Vec<Resource>) -> Result<Vec<Resource>, Failure> {
    if custom.is_empty() {
        return Ok(custom);
    }
    let garbled = |why: serde_json::Error| Failure::Garbled(format!("the schemas: {why}"));
    let answer = caller.get(Call { path: "/openapi/v3", accept: JSON, most: SMALL }).await?;
    let index: schema::Index = serde_json::from_slice(&answer.bytes).map_err(garbled)?;
    let groups: BTreeSet<String> = custom.iter().map(Resource::group_path).collect();
    let mut found = BTreeSet::new();
    for group in groups {
        let Some(path) = index.path(&group) else { continue };
        let answer = caller.get(Call { path, accept: JSON, most: SCHEMAS }).await?;
        let kinds = schema::kinds_with_pods(&answer.bytes).map_err(garbled)?;
        found.extend(kinds.into_iter().map(|kind| (group.clone(), kind)));
    }
    let has_room = |it: &Resource| found.contains(&(it.group_path(), it.kind.clone()));
    Ok(custom.into_iter().filter(has_room).collect())
}
