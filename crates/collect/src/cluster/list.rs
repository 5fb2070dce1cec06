//! One list, page by page, with copies folded as they come.

use std::sync::Arc;
use std::time::Duration;

use model::Object;
use model::fold::is_history;
use model::inputs::Cause;
use model::workload::embeds_pods;
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::caller::{Call, Caller, JSON};
use super::discovery::Resource;
use super::failure::{Failure, Refusal};
use super::page::{self, Expected};
use super::replicas::Replicas;

/// A list to make.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) resource: Resource,
    /// The namespace, where not all are listed.
    pub(super) namespace: Option<String>,
    /// Only the object of this name.
    pub(super) name: Option<String>,
    /// Whether only objects that embed a pod template are kept: the schema did not say for sure.
    pub(super) only_with_pods: bool,
}

/// What a list gave.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) objects: Vec<Object>,
    /// How many objects came, folded ones and unneeded ones included.
    pub(super) came: usize,
    /// How many of them embed no pod template and were not kept.
    pub(super) unneeded: usize,
    /// Why it is not whole.
    pub(super) cause: Option<Cause>,
}

/// Bytes that a page shall have, about: the next one asks for so many objects.
const PAGE: usize = 4 << 20;

/// Objects in the first page, and the fewest and most in any.
const FIRST: usize = 100;
const FEWEST: usize = 10;
const MOST: usize = 1000;

/// Bytes that a page may have. An object may have 1.5 MiB.
const PAGE_LIMIT: usize = 128 << 20;

/// Bytes that the pages of one list may have together, and bytes of it that may be kept.
const LIST_LIMIT: usize = 8 << 30;
const KEPT_LIMIT: usize = 1 << 30;

/// Pages without an object, one after another.
const EMPTY_LIMIT: usize = 10;

/// A list may take as long as so many of its calls.
const CALLS: u32 = 20;

const METADATA_ONLY: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

impl Listing {
    /// Secrets are asked for without what is secret in them.
    fn metadata_only(&self) -> bool {
        self.resource.group.is_empty() && self.resource.kind == "Secret"
    }

    fn path(&self, limit: usize, next: Option<&str>) -> String {
        let mut path = ["/", &self.resource.group_path(), "/"].concat();
        if let Some(namespace) = &self.namespace {
            path.extend(["namespaces/", &encoded(namespace), "/"]);
        }
        path.push_str(&self.resource.plural);
        path.extend(["?limit=", &limit.to_string()]);
        if let Some(name) = &self.name {
            path.extend(["&fieldSelector=metadata.name%3D", &encoded(name)]);
        }
        if let Some(next) = next {
            path.extend(["&continue=", &encoded(next)]);
        }
        path
    }
}

/// Percent-encodes what may not stand in one value of a query or one step of a path.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encode =
        |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

/// Makes a list to its end, or as far as it goes. `progress` is told how many objects came.
pub(super) async fn list(
    caller: &Caller,
    listing: &Listing,
    context: &Arc<str>,
    limit: Duration,
    progress: &dyn Fn(usize),
) -> Listed {
    let expected = Expected {
        api_version: listing.resource.api_version(),
        kind: listing.resource.kind.clone(),
        context: Arc::clone(context),
        metadata_only: listing.metadata_only(),
    };
    let end = Instant::now() + limit.saturating_mul(CALLS);
    let mut walk = Walk { listing, expected: Arc::new(expected), end, so_far: SoFar::default() };
    let outcome = walk.go_on(caller, progress).await;
    let SoFar { objects, came, unneeded, .. } = walk.so_far;
    Listed {
        objects,
        came,
        unneeded,
        cause: outcome.err().map(|why| match why {
            Stop::Call(failure) if failure.is_forbidden() => Cause::Forbidden,
            Stop::Call(failure) => Cause::Failed(failure.to_string()),
            Stop::Limit(why) => Cause::Failed(why),
        }),
    }
}

struct Walk<'a> {
    listing: &'a Listing,
    expected: Arc<Expected>,
    end: Instant,
    so_far: SoFar,
}

/// What came so far.
#[derive(Default)]
struct SoFar {
    objects: Vec<Object>,
    replicas: Replicas,
    came: usize,
    unneeded: usize,
    bytes: usize,
    kept: usize,
    empty: usize,
}

/// Why a list ends before its end.
enum Stop {
    Call(Failure),
    Limit(String),
}

impl Walk<'_> {
    async fn go_on(&mut self, caller: &Caller, progress: &dyn Fn(usize)) -> Result<(), Stop> {
        let mut size = FIRST;
        let mut next: Option<String> = None;
        let mut expired = 0;
        let mut about = 0;
        loop {
            let path = self.listing.path(size, next.as_deref());
            let accept = if self.expected.metadata_only { METADATA_ONLY } else { JSON };
            let call = Call { path: &path, accept, most: PAGE_LIMIT, about };
            let answer = caller.get(call).await;
            let bytes = match answer {
                Ok(answer) => answer.bytes,
                Err(Failure::Large(_)) if size > FEWEST => {
                    size = FEWEST;
                    continue;
                }
                Err(Failure::Refused(Refusal { code: 410, next: again, .. })) if expired < 3 => {
                    expired += 1;
                    next = self.after_expiry(again);
                    continue;
                }
                Err(failure) => return Err(Stop::Call(failure)),
            };
            let length = bytes.len();
            about = PAGE + PAGE / 4;
            let (objects, after) = self.take(bytes).await?;
            progress(objects);
            if after.is_none() {
                return Ok(());
            }
            if after == next {
                return Err(Stop::Limit(
                    "the server repeats itself: a page leads to itself".into(),
                ));
            }
            next = after;
            size = (size * PAGE / length.max(1)).clamp(FEWEST, MOST);
        }
    }

    /// The server goes on where it can, with what is there by now; else all is read again.
    fn after_expiry(&mut self, again: Option<String>) -> Option<String> {
        if again.is_none() {
            self.so_far = SoFar::default();
        }
        again
    }

    /// Reads a page beside the network, and takes in what it holds.
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(usize, Option<String>), Stop> {
        let expected = Arc::clone(&self.expected);
        let only_with_pods = self.listing.only_with_pods;
        let mut so_far = std::mem::take(&mut self.so_far);
        let read = spawn_blocking(move || {
            let before = so_far.objects.len();
            let page = page::read(&bytes, &expected, &mut so_far.replicas, before);
            let page = page.map_err(|why| why.to_string());
            so_far.bytes += bytes.len();
            let page = page.map(|page| so_far.add(page, only_with_pods));
            (so_far, page)
        });
        let (so_far, page) =
            read.await.map_err(|error| Stop::Limit(format!("reading a page broke: {error}")))?;
        self.so_far = so_far;
        let page = page.map_err(|why| {
            Stop::Limit(format!("the answer is not the list that was asked for: {why}"))
        })?;
        self.check_limits()?;
        Ok(page)
    }

    fn check_limits(&self) -> Result<(), Stop> {
        let SoFar { bytes, kept, empty, .. } = self.so_far;
        let beyond = [
            (bytes > LIST_LIMIT, "it has more than 8 GiB"),
            (kept > KEPT_LIMIT, "it has more than 1 GiB of objects that differ"),
            (empty > EMPTY_LIMIT, "page after page is empty"),
            (Instant::now() > self.end, "it took too long"),
        ];
        match beyond.into_iter().find(|(is_so, _)| *is_so) {
            Some((_, why)) => {
                Err(Stop::Limit(format!("{why}; the rest was not read; try --namespace")))
            }
            None => Ok(()),
        }
    }
}

impl SoFar {
    fn add(&mut self, page: page::Page, only_with_pods: bool) -> (usize, Option<String>) {
        let number = page.objects.len() + page.copies.len();
        self.empty = if number == 0 { self.empty + 1 } else { 0 };
        self.came += number;
        for object in page.objects {
            if only_with_pods && !embeds_pods(&object) {
                self.unneeded += 1;
            } else if !is_history(&object) {
                self.kept += object.tree().bytes();
                self.objects.push(object);
            }
        }
        for first in page.copies {
            if let Some(first) = self.objects.get_mut(first) {
                first.stand_for(1);
            }
        }
        (number, page.next)
    }
}

#[cfg(test)]
mod tests {
    use model::kinds;

    use super::*;

    #[test]
    fn a_path_holds_what_is_asked_for_and_nothing_else() {
        let mut listing = Listing {
            resource: Resource::of(&kinds::NETWORK_POLICY),
            namespace: Some("a/../b".to_owned()),
            name: None,
            only_with_pods: false,
        };
        assert_eq!(
            listing.path(10, Some("x&limit=0")),
            "/apis/networking.k8s.io/v1/namespaces/a%2F..%2Fb/networkpolicies?limit=10\
             &continue=x%26limit%3D0"
        );
        listing.resource = Resource::of(&kinds::NAMESPACE);
        listing.namespace = None;
        listing.name = Some("shop".to_owned());
        assert_eq!(
            listing.path(1, None),
            "/api/v1/namespaces?limit=1&fieldSelector=metadata.name%3Dshop"
        );
    }
}
