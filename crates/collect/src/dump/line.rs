//! The first and the last line of a dump.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::inputs::Cause;
use model::{Cluster, Inputs, Unlisted};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::format::{FAMILY, SCHEMA};

/// The first line: which cluster it was, when, and what it did not tell.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Header {
    pub(super) schema: String,
    pub(super) context: String,
    pub(super) server: String,
    pub(super) version: Option<String>,
    pub(super) namespaces: Vec<String>,
    pub(super) kinds: Vec<String>,
    pub(super) unlisted: Vec<Gap>,
    pub(super) taken: String,
    /// How many lines hold an object.
    pub(super) objects: u64,
    /// How many objects the cluster listed, those included that only count.
    pub(super) listed: u64,
    /// How many of those nothing asked for, by kind.
    pub(super) unasked: BTreeMap<String, u64>,
}

/// Something that the cluster did not list.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Gap {
    resource: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    /// Why it failed; nothing where it is forbidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Footer {
    pub(super) objects: u64,
    pub(super) sha256: String,
}

impl Footer {
    /// The last line behind so many objects and all the text that was hashed.
    pub(super) fn new(objects: u64, hash: Sha256) -> Self {
        let digits = |byte: u8| [byte >> 4, byte & 15].map(|it| char::from_digit(it.into(), 16));
        let sha256 = hash.finalize().into_iter().flat_map(digits).flatten().collect();
        Self { objects, sha256 }
    }
}

/// A number of a dump that is more than this was made up.
const MOST: u64 = u32::MAX as u64;

/// A number that comes from outside.
pub(super) fn number(given: u64) -> usize {
    usize::try_from(given.min(MOST)).unwrap_or_default()
}

impl Header {
    pub(super) fn new(inputs: &Inputs, taken: &str, objects: usize) -> Self {
        let cluster = inputs.clusters.first().cloned().unwrap_or_default();
        let unasked = inputs.unasked.iter();
        Self {
            schema: SCHEMA.to_owned(),
            context: cluster.context.to_string(),
            server: cluster.server,
            version: cluster.version,
            namespaces: cluster.namespaces,
            kinds: cluster.kinds,
            unlisted: cluster.unlisted.into_iter().map(Gap::from).collect(),
            taken: taken.to_owned(),
            objects: objects as u64,
            listed: inputs.objects as u64,
            unasked: unasked.map(|(kind, number)| (kind.clone(), *number as u64)).collect(),
        }
    }

    /// What follows the name of the format in a line that is a header: its version.
    pub(super) fn family(line: &[u8]) -> Option<String> {
        #[derive(Deserialize)]
        struct Named {
            schema: String,
        }
        let named: Named = serde_json::from_slice(line).ok()?;
        named.schema.strip_prefix(FAMILY).map(ToOwned::to_owned)
    }

    /// Every text in it, to be changed.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let gaps = self.unlisted.iter_mut();
        let gaps = gaps
            .flat_map(|gap| [Some(&mut gap.resource), gap.namespace.as_mut(), gap.failed.as_mut()]);
        [Some(&mut self.context), Some(&mut self.server), self.version.as_mut()]
            .into_iter()
            .chain(gaps)
            .flatten()
            .chain(&mut self.namespaces)
            .chain(&mut self.kinds)
    }

    /// The cluster as it was when the dump was taken.
    pub(super) fn into_cluster(self) -> Cluster {
        let is_of_time = |c: char| c.is_ascii_digit() || "-:.TZ+".contains(c);
        let is_time = (10..40).contains(&self.taken.len()) && self.taken.chars().all(is_of_time);
        Cluster {
            context: Arc::from(self.context),
            server: self.server,
            version: self.version,
            namespaces: self.namespaces,
            kinds: self.kinds,
            unlisted: self.unlisted.into_iter().map(Unlisted::from).collect(),
            dumped: Some(if is_time { self.taken } else { "an unknown time".to_owned() }),
        }
    }
}

impl From<Unlisted> for Gap {
    fn from(unlisted: Unlisted) -> Self {
        let Unlisted { resource, namespace, cause } = unlisted;
        let failed = match cause {
            Cause::Forbidden => None,
            Cause::Failed(why) => Some(why),
        };
        Self { resource, namespace, failed }
    }
}

impl From<Gap> for Unlisted {
    fn from(gap: Gap) -> Self {
        let Gap { resource, namespace, failed } = gap;
        Self { resource, namespace, cause: failed.map_or(Cause::Forbidden, Cause::Failed) }
    }
}
