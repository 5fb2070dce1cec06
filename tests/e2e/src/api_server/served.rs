//! What a sound API server answers: its version, what it serves, and its lists page by page.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::reply::Reply;
use super::request::Request;
use super::resource::Resource;

/// Objects, and how they are served.
#[derive(Clone, Debug)]
pub(super) struct Served {
    pub(super) version: String,
    pub(super) resources: Vec<Resource>,
    /// By API version and kind.
    pub(super) objects: BTreeMap<(String, String), Vec<Value>>,
    /// Schemas by the path of their group, such as `apis/argoproj.io/v1alpha1`.
    pub(super) schemas: BTreeMap<String, Value>,
    /// Objects in a page at most, whatever is asked for.
    pub(super) page: usize,
}

impl Served {
    pub(super) fn new() -> Self {
        Self {
            version: "v1.34.1".to_owned(),
            resources: Resource::built_in(),
            objects: BTreeMap::new(),
            schemas: BTreeMap::new(),
            page: usize::MAX,
        }
    }

    pub(super) fn add(&mut self, mut object: Value) {
        let kind = [text(&object["apiVersion"]), text(&object["kind"])];
        let objects = self.objects.entry(kind.into()).or_default();
        let uid = format!("uid-{}-{}", text(&object["kind"]).to_lowercase(), objects.len());
        let metadata = &mut object["metadata"];
        if metadata["uid"].is_null() {
            metadata["uid"] = uid.into();
        }
        // An API server leaves the type out of the items of a list.
        object
            .as_object_mut()
            .expect("it is an object")
            .retain(|key, _| key != "apiVersion" && key != "kind");
        objects.push(object);
    }

    pub(super) fn answer(&self, request: &Request) -> Reply {
        if request.method != "GET" {
            return Reply::status(405, "the stub is only read");
        }
        match request.path.as_str() {
            "/version" => Reply::json(json!({"gitVersion": self.version}).to_string()),
            "/api" => self.discovery(str::is_empty),
            "/apis" => self.discovery(|group| !group.is_empty()),
            "/openapi/v3" => self.schema_index(),
            path => self.schema(path).or_else(|| self.list(request)).unwrap_or_else(|| {
                Reply::status(404, "the server could not find the requested resource")
            }),
        }
    }

    fn discovery(&self, among: impl Fn(&str) -> bool) -> Reply {
        let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<Value>>> = BTreeMap::new();
        for resource in &self.resources {
            let (group, version) = resource.group_and_version();
            if among(group) {
                let scope = if resource.namespaced { "Namespaced" } else { "Cluster" };
                let version = groups.entry(group).or_default().entry(version).or_default();
                version.push(json!({
                    "resource": resource.plural, "responseKind": {"kind": resource.kind},
                    "scope": scope, "verbs": ["get", "list", "watch"],
                }));
            }
        }
        let groups = groups.into_iter().map(|(group, versions)| {
            let versions = versions.into_iter();
            let version = |(version, resources)| json!({"version": version, "resources": resources});
            json!({"metadata": {"name": group}, "versions": versions.map(version).collect::<Vec<_>>()})
        });
        let list = json!({"kind": "APIGroupDiscoveryList", "items": groups.collect::<Vec<_>>()});
        Reply::json(list.to_string())
    }

    fn schema_index(&self) -> Reply {
        let path = |group: &String| {
            let url = json!({"serverRelativeURL": format!("/openapi/v3/{group}?hash=1")});
            (group.clone(), url)
        };
        let paths: serde_json::Map<String, Value> = self.schemas.keys().map(path).collect();
        Reply::json(json!({"paths": paths}).to_string())
    }

    fn schema(&self, path: &str) -> Option<Reply> {
        let schema = self.schemas.get(path.strip_prefix("/openapi/v3/")?)?;
        Some(Reply::json(schema.to_string()))
    }

    fn list(&self, request: &Request) -> Option<Reply> {
        let mut all = self.resources.iter();
        let (resource, namespace) =
            all.find_map(|it| Some((it, it.namespace_in(&request.path)?)))?;
        let key = (resource.api_version.clone(), resource.kind.clone());
        let objects = self.objects.get(&key).map(Vec::as_slice).unwrap_or_default();
        let name = request.asks("fieldSelector").and_then(|it| it.strip_prefix("metadata.name="));
        let is_meant = |object: &&Value| {
            let metadata = &object["metadata"];
            (namespace.is_empty() || namespace == text(&metadata["namespace"]))
                && name.is_none_or(|it| it == text(&metadata["name"]))
        };
        let meant: Vec<&Value> = objects.iter().filter(is_meant).collect();
        Some(self.page(request, resource, &meant))
    }

    fn page(&self, request: &Request, resource: &Resource, objects: &[&Value]) -> Reply {
        let number = |name| request.asks(name).and_then(|it| it.parse().ok());
        let start = number("continue").unwrap_or(0).min(objects.len());
        let limit = number("limit").filter(|it| *it > 0).unwrap_or(usize::MAX).min(self.page);
        let end = start.saturating_add(limit).min(objects.len());
        let next = if end < objects.len() { end.to_string() } else { String::new() };
        let accept = request.header("accept").unwrap_or_default();
        let metadata_only = accept.contains("as=PartialObjectMetadataList");
        let (api_version, kind) = if metadata_only {
            ("meta.k8s.io/v1", "PartialObjectMetadataList".to_owned())
        } else {
            (&*resource.api_version, [&resource.kind, "List"].concat())
        };
        let item = |object: &&Value| {
            if metadata_only {
                return json!({"metadata": object["metadata"]});
            }
            Value::clone(object)
        };
        let items: Vec<Value> = objects[start..end].iter().map(item).collect();
        let metadata = json!({"resourceVersion": "7", "continue": next});
        let list =
            json!({"kind": kind, "apiVersion": api_version, "metadata": metadata, "items": items});
        Reply::json(list.to_string())
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
