//! What the answers of a server say, for who holds them already: the fuzzer.

use std::sync::Arc;

use model::Object;

use super::page::{self, Expected};
use super::replicas::Replicas;
use super::{discovery, schema};

/// The objects of a page of pods, and how many more are just like them.
///
/// # Errors
/// Why it is no such page.
pub fn pods(bytes: &[u8]) -> Result<(Vec<Object>, usize), String> {
    let expected = Expected {
        api_version: "v1".to_owned(),
        kind: "Pod".to_owned(),
        context: Arc::from("answers"),
        metadata_only: false,
    };
    let page = page::read(bytes, &expected, &mut Replicas::default(), 0);
    page.map(|page| (page.objects, page.copies.len())).map_err(|why| why.to_string())
}

/// How many resources a discovery document lists.
///
/// # Errors
/// Why it is no such document.
pub fn resources(bytes: &[u8]) -> Result<usize, String> {
    discovery::read(bytes).map(|found| found.len()).map_err(|why| why.to_string())
}

/// The kinds among the schemas of a group that may embed pods.
///
/// # Errors
/// Why they are no schemas.
pub fn kinds_with_pods(bytes: &[u8]) -> Result<Vec<String>, String> {
    schema::kinds_with_pods(bytes).map_err(|why| why.to_string())
}
