//! How well a cluster can be seen: way, clock, certificate, rights. It asks and lists nothing.

use std::sync::Arc;

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use model::diagnosis::{Diagnosis, User};
use model::inputs::Cause;
use model::{Cluster, Unlisted};
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;
use x509_cert::Certificate;
use x509_cert::der::DecodePem;

use super::caller::{Answer, Call, Caller, JSON};
use super::connect::{Connection, NoWay, connect};
use super::failure::Failure;
use super::list::Listing;
use super::plan::{AT_A_TIME, listings};
use super::request::Request;
use super::runtime::block_on;
use super::version;

/// Bytes that the answer to a question may have.
const ANSWER: usize = 1 << 20;

/// Asks a cluster how well it can be seen. `now` is what our clock says.
///
/// # Errors
/// Where there is no way to the cluster at all.
pub fn diagnose(request: &Request, now: Timestamp) -> Result<Diagnosis, NoWay> {
    block_on(ask(request, now))
}

async fn ask(request: &Request, now: Timestamp) -> Result<Diagnosis, NoWay> {
    let start = Instant::now();
    let Connection { client, context, way, certificate } = connect(&request.access).await?;
    let caller = Caller::new(client, way.clone(), request.limit);
    // The first call opens the connection; the second one is timed.
    version::ask(&caller).await?;
    let asked = Instant::now();
    let answer = version::ask(&caller).await?;
    let latency = asked.elapsed();
    let now = now.checked_add(start.elapsed()).unwrap_or(now);
    let mut cluster = Cluster {
        context: Arc::clone(&context),
        server: way.server,
        version: answer.as_ref().and_then(version::read),
        namespaces: request.namespaces.clone(),
        ..Cluster::default()
    };
    let listings = listings(&caller, request, &mut cluster.unlisted).await;
    let rights = |listing: &Listing| right(&caller, listing.clone());
    let missing = stream::iter(&listings).map(rights).buffered(AT_A_TIME);
    cluster.unlisted.extend(missing.collect::<Vec<_>>().await.into_iter().flatten());
    let mut resources: Vec<String> = listings.iter().map(|it| it.resource.name()).collect();
    resources.dedup();
    Ok(Diagnosis {
        cluster,
        user: user(&caller).await,
        latency_ms: u64::try_from(latency.as_millis()).unwrap_or(u64::MAX),
        clock_ahead: answer.and_then(|it| it.date).and_then(|date| ahead(&date, now)),
        certificate_ends: certificate.and_then(|pem| end_of(&pem)),
        resources,
    })
}

/// Seconds by which a date of HTTP is ahead. It has no fraction, so a second either way is none.
fn ahead(date: &str, now: Timestamp) -> Option<i64> {
    let date = rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    let ahead = date.as_second() - now.as_second();
    Some(if ahead.abs() <= 1 { 0 } else { ahead })
}

/// The last moment of a certificate in PEM, in seconds since 1970.
fn end_of(pem: &[u8]) -> Option<i64> {
    let certificate = Certificate::from_pem(pem).ok()?;
    let end = certificate.tbs_certificate().validity().not_after.to_unix_duration();
    i64::try_from(end.as_secs()).ok()
}

#[derive(Deserialize)]
struct Review<S> {
    status: S,
}

#[derive(Deserialize)]
struct Access {
    #[serde(default)]
    allowed: bool,
}

/// What the server says of one list that a scan would make; nothing where it may be made.
async fn right(caller: &Caller, listing: Listing) -> Option<Unlisted> {
    let Listing { resource, namespace, name, .. } = listing;
    let question = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {
            "verb": "list",
            "group": resource.group,
            "resource": resource.plural,
            "namespace": namespace,
            "name": name,
        }},
    });
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    let cause = match review::<Access>(caller, path, &question).await {
        Ok(Access { allowed: true }) => return None,
        Ok(Access { allowed: false }) => Cause::Forbidden,
        Err(failure) => Cause::Failed(format!("whether it may be listed is not known: {failure}")),
    };
    Some(Unlisted { resource: resource.name(), namespace, cause })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    user_info: UserInfo,
}

#[derive(Deserialize)]
struct UserInfo {
    #[serde(default)]
    username: String,
    #[serde(default)]
    groups: Vec<String>,
}

/// As whom the server knows us. Servers before 1.28 do not tell.
async fn user(caller: &Caller) -> Option<User> {
    let kind = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    let Identity { user_info } = review(caller, path, &kind).await.ok()?;
    Some(User { name: user_info.username, groups: user_info.groups })
}

/// Posts a question that is answered at once and kept nowhere.
async fn review<S: for<'de> Deserialize<'de>>(
    caller: &Caller,
    path: &str,
    question: &serde_json::Value,
) -> Result<S, Failure> {
    let call = Call { path, accept: JSON, most: ANSWER, about: 0 };
    let Answer { bytes, .. } = caller.post(call, question.to_string().into_bytes()).await?;
    let review: Result<Review<S>, _> = serde_json::from_slice(&bytes);
    review.map(|it| it.status).map_err(|why| Failure::Garbled(format!("a review: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_ahead_by_whole_seconds_beyond_one() {
        let now: Timestamp = "2026-11-21T12:00:00.9Z".parse().unwrap();
        assert_eq!(ahead("Sat, 21 Nov 2026 12:00:01 GMT", now), Some(0));
        assert_eq!(ahead("Sat, 21 Nov 2026 12:05:00 GMT", now), Some(300));
        assert_eq!(ahead("Sat, 21 Nov 2026 11:59:00 GMT", now), Some(-60));
        assert_eq!(ahead("now", now), None);
    }
}
