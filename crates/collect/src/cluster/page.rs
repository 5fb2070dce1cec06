//! One page of a list as the API server writes it: JSON straight into trees, without what nobody
//! reads.

use std::fmt;
use std::sync::Arc;

use model::builder::{Scalar, TreeBuilder};
use model::tree::Node;
use model::{Live, Object, Origin};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::replicas::{Pod, PodSpans, Replicas};
use crate::json::{NOWHERE, Text, Value, unread_in};

/// What a list must hold, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) context: Arc<str>,
    /// Whether the server was asked for the metadata of the objects alone.
    pub(super) metadata_only: bool,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) objects: Vec<Object>,
    /// The places of the objects that further ones are just like, once for each of these. Objects of
    /// earlier pages are counted.
    pub(super) copies: Vec<usize>,
    /// How the list goes on; nothing where it ends.
    pub(super) next: Option<String>,
}

/// Why a text is no page of the list that was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotAPage {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("it is not UTF-8")]
    Text(#[from] std::str::Utf8Error),
    #[error("a list of {0:?} came where {1:?} was asked for")]
    OtherList(String, String),
    #[error("an object without a name came")]
    Nameless,
}

/// Reads a page. `before` objects were kept of the earlier ones.
///
/// # Errors
/// Where the text is no JSON, or another list. Then nothing of it is believed.
pub(super) fn read(
    bytes: &[u8],
    expected: &Expected,
    replicas: &mut Replicas,
    before: usize,
) -> Result<Page, NotAPage> {
    let mut builder = TreeBuilder::default();
    let mut json = serde_json::Deserializer::from_str(std::str::from_utf8(bytes)?);
    let mut page = Page::default();
    let seed = List { expected, builder: &mut builder, replicas, before, page: &mut page };
    let header = seed.deserialize(&mut json)?;
    json.end()?;
    let list_kind = [&expected.kind, "List"].concat();
    let wanted = if expected.metadata_only { "PartialObjectMetadataList" } else { &list_kind };
    if header.kind != wanted && header.kind != list_kind {
        return Err(NotAPage::OtherList(header.kind, wanted.to_owned()));
    }
    if page.objects.iter().any(|object| object.name().is_empty()) {
        return Err(NotAPage::Nameless);
    }
    page.next = header.metadata.next.filter(|token| !token.is_empty());
    Ok(page)
}

#[derive(Default)]
struct Header {
    kind: String,
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(rename = "continue")]
    next: Option<String>,
}

struct List<'a> {
    expected: &'a Expected,
    builder: &'a mut TreeBuilder,
    replicas: &'a mut Replicas,
    before: usize,
    page: &'a mut Page,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = Header;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Header, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = Header;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Header, A::Error> {
        let mut header = Header::default();
        while let Some(key) = map.next_key::<Text<'de>>()? {
            match key.as_str() {
                "kind" => header.kind = map.next_value()?,
                "metadata" => header.metadata = map.next_value()?,
                "items" => map.next_value_seed(Items(&mut self))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(header)
    }
}

struct Items<'a, 'b>(&'a mut List<'b>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the items of a list")
    }

    /// An empty list may be written as null.
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Items(list) = self;
        if list.expected.api_version == "v1" && list.expected.kind == "Pod" {
            while let Some(pod) = items.next_element_seed(PodSpans)? {
                list.pod(&pod).map_err(A::Error::custom)?;
            }
            return Ok(());
        }
        while let Some(object) = items.next_element_seed(Item(list))? {
            list.page.objects.push(object);
        }
        Ok(())
    }
}

impl List<'_> {
    /// Counts a pod with the one it is like, or builds it.
    fn pod(&mut self, pod: &Pod<'_>) -> Result<(), serde_json::Error> {
        let place = self.before + self.page.objects.len();
        if let Some(first) = self.replicas.first_like(pod, place) {
            self.page.copies.push(first);
            return Ok(());
        }
        self.begin();
        for (name, entries) in [("metadata", &pod.metadata), ("spec", &pod.spec)] {
            self.builder.key(name, NOWHERE);
            self.builder.begin_map(NOWHERE);
            for (key, value) in entries {
                self.builder.key(key.as_str(), NOWHERE);
                Value::new(self.builder, unread_in(key.as_str())).deserialize(*value)?;
            }
            self.builder.end();
        }
        let object = self.finish()?;
        self.page.objects.push(object);
        Ok(())
    }

    /// Begins an object. Its type stands on the list; the items leave it out, or repeat it.
    fn begin(&mut self) {
        let Expected { api_version, kind, .. } = self.expected;
        self.builder.clear();
        self.builder.begin_map(NOWHERE);
        for (key, value) in [("apiVersion", api_version), ("kind", kind)] {
            self.builder.key(key, NOWHERE);
            self.builder.scalar(Scalar::Str(value), NOWHERE);
        }
    }

    fn finish(&mut self) -> Result<Object, serde_json::Error> {
        self.builder.end();
        let tree = self.builder.finish();
        let uid = tree.root().at("metadata.uid").and_then(Node::as_str).unwrap_or_default();
        let live = Live { context: Arc::clone(&self.expected.context), uid: uid.into() };
        Object::new(tree, Origin::Live(Arc::new(live)))
            .map_err(|_| Error::custom("an object without a type"))
    }
}

/// Builds one object.
struct Item<'a, 'b>(&'a mut List<'b>);

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Object, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Item<'_, '_> {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let Item(list) = self;
        list.begin();
        while let Some(key) = map.next_key::<Text<'de>>()? {
            let key = key.as_str();
            let is_node = list.expected.api_version == "v1" && list.expected.kind == "Node";
            if matches!(key, "apiVersion" | "kind") || key == "status" && !is_node {
                let _unread: IgnoredAny = map.next_value()?;
                continue;
            }
            list.builder.key(key, NOWHERE);
            map.next_value_seed(match key {
                "status" => Value::status(list.builder),
                _ => Value::new(list.builder, unread_in(key)),
            })?;
        }
        list.finish().map_err(A::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pods() -> Expected {
        Expected {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
            context: Arc::from("test"),
            metadata_only: false,
        }
    }

    fn page(text: &str) -> Result<Page, NotAPage> {
        read(text.as_bytes(), &pods(), &mut Replicas::default(), 0)
    }

    const PAGE: &str = r#"{"kind": "PodList", "apiVersion": "v1",
        "metadata": {"resourceVersion": "7", "continue": "next"},
        "items": [{"metadata": {"name": "web", "namespace": "shop", "uid": "u-1",
            "managedFields": [{"manager": "kubectl"}], "resourceVersion": "5",
            "annotations": {"a": "b", "kubectl.kubernetes.io/last-applied-configuration": "{}"}},
            "spec": {"containers": [{"name": "c", "annotations": {"resourceVersion": "kept"}}],
            "priority": 0, "share": 1.5, "whole": 2.0}, "status": {"phase": "Running"}}]}"#;

    #[test]
    fn a_page_is_read_without_what_nobody_reads() {
        let page = page(PAGE).unwrap();
        let [pod] = page.objects.as_slice() else { panic!("{page:?}") };
        assert_eq!(pod.id().to_string(), "Pod shop/web");
        assert_eq!(pod.id().api_version.as_ref(), "v1");
        let live = pod.origin().live().unwrap();
        assert_eq!((&*live.context, &*live.uid), ("test", "u-1"));
        assert_eq!(
            format!("{:?}", pod.root()),
            "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"web\", \
             \"namespace\": \"shop\", \"uid\": \"u-1\", \"annotations\": {\"a\": \"b\"}}, \
             \"spec\": {\"containers\": [{\"name\": \"c\", \"annotations\": {\"resourceVersion\": \
             \"kept\"}}], \"priority\": 0, \"share\": 1.5, \"whole\": 2}}"
        );
        assert_eq!(page.next.as_deref(), Some("next"));
    }

    #[test]
    fn of_the_status_of_a_node_its_versions_are_read() {
        let text = r#"{"kind": "NodeList", "metadata": {}, "items": [{"metadata": {"name": "a"},
            "status": {"conditions": [{"type": "Ready"}], "images": [{"names": ["x"]}],
            "nodeInfo": {"machineID": "m", "kubeletVersion": "v1.34.2"}}}]}"#;
        let nodes = Expected { kind: "Node".to_owned(), ..pods() };
        let page = read(text.as_bytes(), &nodes, &mut Replicas::default(), 0).unwrap();
        let status = page.objects[0].get("status").unwrap();
        assert_eq!(format!("{status:?}"), r#"{"nodeInfo": {"kubeletVersion": "v1.34.2"}}"#);
    }

    #[test]
    fn an_empty_list_may_be_null_and_an_empty_token_is_the_end() {
        let text = r#"{"kind": "PodList", "metadata": {"continue": ""}, "items": null}"#;
        let page = page(text).unwrap();
        assert!(page.objects.is_empty() && page.next.is_none());
    }

    #[test]
    fn nothing_of_another_list_is_believed() {
        let why = |text: &str| page(text).unwrap_err().to_string();
        assert!(why(&PAGE.replace("PodList", "SecretList")).contains("SecretList"));
        assert!(why(&PAGE.replace("\"name\": \"web\",", "")).contains("without a name"));
        assert!(why(&PAGE[..PAGE.len() - 10]).contains("EOF"));
        assert!(why("<html>").contains("expected value"));
        let nested = ["[".repeat(10_000), "]".repeat(10_000)].concat();
        let deep = PAGE.replace(r#""priority": 0"#, &format!(r#""priority": {nested}"#));
        assert!(why(&deep).contains("recursion"));
    }
}
