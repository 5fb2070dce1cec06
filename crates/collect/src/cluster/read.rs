//! Lists a cluster, a few lists at a time.

use std::cell::Cell;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt};
use model::{Cluster, Unlisted};

use super::caller::Caller;
use super::connect::{self, Connection, NoWay};
use super::list::{self, Listed, Listing};
use super::plan::{AT_A_TIME, listings};
use super::request::Request;
use super::runtime::block_on;
use super::version;
use crate::Reading;

/// Lists a cluster.
///
/// `progress` is told how many objects have come.
///
/// # Errors
/// Where there is no way to the cluster at all. What it does not list is part of the account.
pub fn read(request: &Request, progress: &dyn Fn(usize)) -> Result<Reading, NoWay> {
    block_on(read_all(request, progress))
}

async fn read_all(request: &Request, progress: &dyn Fn(usize)) -> Result<Reading, NoWay> {
    let Connection { client, context, way, .. } = connect::connect(&request.access).await?;
    let caller = Caller::new(client, way.clone(), request.limit);
    let version = version::ask(&caller).await?.as_ref().and_then(version::read);
    let mut cluster = Cluster {
        context: Arc::clone(&context),
        server: way.server,
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
