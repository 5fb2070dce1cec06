//! What the server serves: groups, their versions and resources.

use std::collections::BTreeSet;

use model::kinds::{self, Kind};
use serde::Deserialize;

use super::caller::{Call, Caller};
use super::failure::Failure;

/// Something that can be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) kind: String,
    pub(super) plural: String,
    pub(super) namespaced: bool,
}

/// Two forms of the same document; older servers know only the second.
const ACCEPT: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
     application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

const MOST: usize = 64 << 20;

impl Resource {
    /// A built-in kind, where the server does not tell what it serves.
    pub(super) fn of(kind: &Kind) -> Self {
        Self {
            group: kind.group.to_owned(),
            version: "v1".to_owned(),
            kind: kind.kind.to_owned(),
            plural: kind.plural.to_owned(),
            namespaced: kind.namespaced,
        }
    }

    pub(super) fn api_version(&self) -> String {
        if self.group.is_empty() {
            return self.version.clone();
        }
        [self.group.as_str(), &self.version].join("/")
    }

    /// The path under which the server serves its group.
    pub(super) fn group_path(&self) -> String {
        let root = if self.group.is_empty() { "api" } else { "apis" };
        [root, &self.api_version()].join("/")
    }

    /// Its name with the group, such as `deployments.apps`.
    pub(super) fn name(&self) -> String {
        [self.plural.as_str(), &self.group].join(".").trim_end_matches('.').to_owned()
    }

    pub(super) fn is(&self, kind: &Kind) -> bool {
        self.group == kind.group && self.kind == kind.kind
    }

    /// Whether Kubernetes itself brings it.
    pub(super) fn is_built_in(&self) -> bool {
        kinds::is_namespaced(&self.group, &self.kind).is_some()
    }

    /// Whether a user may mean it by a word: plural, plural with group, or kind.
    pub(super) fn is_called(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        word == self.plural || word == self.name() || word == self.kind.to_lowercase()
    }
}

/// What the server serves and lists, each kind in the version that it prefers.
pub(super) async fn resources(caller: &Caller) -> Result<Vec<Resource>, Failure> {
    let mut found = Vec::new();
    for path in ["/api", "/apis"] {
        let answer = caller.get(Call { path, accept: ACCEPT, most: MOST, about: 0 }).await?;
        found.extend(read(&answer.bytes)?);
    }
    Ok(found)
}

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Resource>, Failure> {
    let garbled = |why: &str| Failure::Garbled(format!("the list of resources: {why}"));
    let groups: Groups = serde_json::from_slice(bytes).map_err(|it| garbled(&it.to_string()))?;
    if groups.kind != "APIGroupDiscoveryList" {
        return Err(garbled("the server is older than 1.26"));
    }
    Ok(groups.items.into_iter().flat_map(Group::resources).collect())
}

#[derive(Deserialize)]
struct Groups {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    items: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    metadata: Name,
    #[serde(default)]
    versions: Vec<Version>,
}

#[derive(Default, Deserialize)]
struct Name {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Version {
    version: String,
    #[serde(default)]
    resources: Vec<Served>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Served {
    resource: String,
    response_kind: Option<ResponseKind>,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct ResponseKind {
    kind: String,
}

impl Group {
    /// Its resources that can be listed. The versions come with the preferred one first.
    fn resources(self) -> Vec<Resource> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for version in self.versions {
            for served in version.resources {
                let Some(ResponseKind { kind }) = served.response_kind else { continue };
                let listed = served.verbs.iter().any(|verb| verb == "list");
                if !listed || !is_name(&served.resource) || !seen.insert(served.resource.clone()) {
                    continue;
                }
                found.push(Resource {
                    group: self.metadata.name.clone(),
                    version: version.version.clone(),
                    kind,
                    plural: served.resource,
                    namespaced: served.scope == "Namespaced",
                });
            }
        }
        found
    }
}

/// What becomes part of a path must be one step of it.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_resource_is_taken_once_in_the_preferred_version() {
        let text = r#"{"kind": "APIGroupDiscoveryList", "items": [{"metadata": {"name": "autoscaling"},
            "versions": [
              {"version": "v2", "resources": [
                {"resource": "horizontalpodautoscalers", "responseKind": {"kind": "HorizontalPodAutoscaler"},
                 "scope": "Namespaced", "verbs": ["get", "list"]},
                {"resource": "reviews", "responseKind": {"kind": "Review"}, "verbs": ["create"]},
                {"resource": "../secrets", "responseKind": {"kind": "Lie"}, "verbs": ["list"]}]},
              {"version": "v1", "resources": [
                {"resource": "horizontalpodautoscalers", "responseKind": {"kind": "HorizontalPodAutoscaler"},
                 "scope": "Namespaced", "verbs": ["list"]}]}]}]}"#;
        let resources = read(text.as_bytes()).unwrap();
        let [only] = resources.as_slice() else { panic!("{resources:?}") };
        assert_eq!(only.group_path(), "apis/autoscaling/v2");
        assert_eq!(only.name(), "horizontalpodautoscalers.autoscaling");
        assert!(
            only.is_called("HorizontalPodAutoscaler") && only.is_called("horizontalpodautoscalers")
        );
    }

    #[test]
    fn an_answer_of_another_kind_is_said() {
        let why = read(br#"{"kind": "APIGroupList", "groups": []}"#).unwrap_err().to_string();
        assert!(why.contains("older than 1.26"), "{why}");
    }
}
