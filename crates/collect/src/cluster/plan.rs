//! The lists to make: of what is asked for, what the server serves.

use std::collections::{BTreeMap, BTreeSet};

use model::Unlisted;
use model::inputs::Cause;
use model::kinds::{self, Kind};

use super::caller::{Call, Caller, JSON};
use super::discovery::{self, Resource};
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
    let resources = match discovery::resources(caller).await {
        Ok(resources) => resources,
        Err(failure) => {
            let cause = Cause::Failed(format!("{failure}, so custom kinds are not seen"));
            let resource = "discovery".to_owned();
            unlisted.push(Unlisted { resource, namespace: None, cause });
            request.kinds.iter().filter(|kind| is_always_served(kind)).map(Resource::of).collect()
        }
    };
    let (needed, others): (Vec<_>, Vec<_>) =
        resources.into_iter().partition(|it| request.needs(it));
    let custom = others.into_iter().filter(|it| !it.is_built_in() && request.may_list(it));
    let custom = with_pods(caller, custom.collect()).await;
    let needed = needed.into_iter().flat_map(|it| request.listings(it, false));
    needed.chain(custom.into_iter().flat_map(|it| request.listings(it, true))).collect()
}

/// Whether every server of today serves a kind.
fn is_always_served(kind: &Kind) -> bool {
    let built_in = kinds::is_namespaced(kind.group, kind.kind).is_some();
    built_in && kind.group != "extensions" && !NOT_EVERYWHERE.contains(kind)
}

/// Kinds that some servers of today no longer serve, or not yet.
const NOT_EVERYWHERE: &[Kind] = &[
    kinds::MUTATING_ADMISSION_POLICY,
    kinds::MUTATING_ADMISSION_POLICY_BINDING,
    kinds::POD_SECURITY_POLICY,
];

/// The custom kinds that may embed a pod template: all but those whose schema has no room for one.
async fn with_pods(caller: &Caller, custom: Vec<Resource>) -> Vec<Resource> {
    let index = if custom.is_empty() { None } else { index(caller).await };
    let names: BTreeSet<String> = custom.iter().map(Resource::group_path).collect();
    let mut groups = BTreeMap::new();
    for group in names {
        let kinds = kinds_with_pods(caller, index.as_ref(), &group).await;
        groups.insert(group, kinds);
    }
    let may_embed = |it: &Resource| match groups.get(&it.group_path()) {
        Some(Some(kinds)) => kinds.contains(&it.kind),
        _ => true,
    };
    custom.into_iter().filter(may_embed).collect()
}

async fn index(caller: &Caller) -> Option<schema::Index> {
    let call = Call { path: "/openapi/v3", accept: JSON, most: INDEX, about: 0 };
    serde_json::from_slice(&caller.get(call).await.ok()?.bytes).ok()
}

/// The kinds of a group and version whose schemas have room for a pod template; nothing where the
/// schemas are not to be had, as those of a kind that was made a moment ago.
async fn kinds_with_pods(
    caller: &Caller,
    index: Option<&schema::Index>,
    group: &str,
) -> Option<Vec<String>> {
    let call = Call { path: index?.path(group)?, accept: JSON, most: SCHEMAS, about: 0 };
    schema::kinds_with_pods(&caller.get(call).await.ok()?.bytes).ok()
}
