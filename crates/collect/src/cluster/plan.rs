//! The lists to make: of what is asked for, what the server serves.

use std::collections::BTreeSet;

use model::Unlisted;
use model::inputs::Cause;
use model::kinds::{self, Kind};

use super::caller::{Call, Caller, JSON};
use super::discovery::{self, Resource};
use super::failure::Failure;
use super::list::Listing;
use super::request::Request;
use super::schema;

/// Lists made at a time, or questions asked.
pub(super) const AT_A_TIME: usize = 4;

/// Bytes that the index of the schemas may have, and the schemas of one group.
const INDEX: usize = 1 << 20;
const SCHEMAS: usize = 32 << 20;

/// The lists to make: of what is needed, what the server serves.
pub(super) async fn listings(
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

/// The custom kinds whose schemas have room for a pod template.
async fn with_pods(caller: &Caller, custom: Vec<Resource>) -> Result<Vec<Resource>, Failure> {
    if custom.is_empty() {
        return Ok(custom);
    }
    let garbled = |why: serde_json::Error| Failure::Garbled(format!("the schemas: {why}"));
    let answer = caller.get(Call { path: "/openapi/v3", accept: JSON, most: INDEX }).await?;
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
