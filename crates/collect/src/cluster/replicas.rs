//! Replicas of one pod, told by their text alone: of a hundred thousand pods few are unlike all
//! others of their controller, and only those are built and held.

use std::collections::HashMap;
use std::fmt;

use foldhash::quality::RandomState;
use memchr::memmem::Finder;
use model::fold::{is_added_label, is_of_look};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::{Text, unread_in};

/// The pods of one list so far, by what their controller and their template gave them.
#[derive(Debug)]
pub(super) struct Replicas {
    firsts: HashMap<String, usize, RandomState>,
    key: String,
    token_volume: Finder<'static>,
}

/// The name of the volume with the token, but for the letters that make it unique and end it.
const TOKEN_VOLUME: &str = r#""name":"kube-api-access-"#;
const LETTERS: usize = 5;

impl Default for Replicas {
    fn default() -> Self {
        let token_volume = Finder::new(TOKEN_VOLUME);
        Self { firsts: HashMap::default(), key: String::new(), token_volume }
    }
}

/// One pod as spans of its text.
#[derive(Default)]
pub(super) struct Pod<'de> {
    pub(super) metadata: Vec<(Text<'de>, &'de RawValue)>,
    pub(super) spec: Vec<(Text<'de>, &'de RawValue)>,
}

impl Replicas {
    /// The pod before this one that is just like it, if a controller made both; else this one is
    /// remembered by its place.
    pub(super) fn first_like(&mut self, pod: &Pod<'_>, place: usize) -> Option<usize> {
        self.key.clear();
        self.write(pod)?;
        if let Some(first) = self.firsts.get(&self.key) {
            return Some(*first);
        }
        self.firsts.insert(self.key.clone(), place);
        None
    }

    /// Writes what two replicas have in common; nothing for a pod that no controller made.
    fn write(&mut self, pod: &Pod<'_>) -> Option<()> {
        let field = |name| pod.metadata.iter().find(|(key, _)| key.as_str() == name);
        let (_, owners) = field("ownerReferences")?;
        self.key.push_str(owners.get());
        self.key.push_str(field("namespace").map_or("", |(_, namespace)| namespace.get()));
        if let Some((_, labels)) = field("labels") {
            let labels: Vec<_> = Spans { unread: &[] }.deserialize(*labels).ok()?;
            for (key, value) in labels.iter().filter(|(key, _)| !is_added_label(key.as_str())) {
                self.key.extend([key.as_str(), "=", value.get(), "\n"]);
            }
        }
        for (key, value) in pod.spec.iter().filter(|(key, _)| is_of_look(key.as_str())) {
            self.key.extend(["\n", key.as_str(), ":"]);
            push_without_letters(&mut self.key, value.get(), &self.token_volume);
        }
        Some(())
    }
}

fn push_without_letters(key: &mut String, text: &str, token_volume: &Finder<'_>) {
    let mut rest = text;
    while let Some(at) = token_volume.find(rest.as_bytes()) {
        let (before, after) = rest.split_at(at + TOKEN_VOLUME.len());
        key.push_str(before);
        rest = without_letters(after).unwrap_or(after);
    }
    key.push_str(rest);
}

fn without_letters(text: &str) -> Option<&str> {
    let (letters, rest) = text.split_at_checked(LETTERS)?;
    let unique = letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (unique && rest.starts_with('"')).then_some(rest)
}

/// Reads a pod into spans.
pub(super) struct PodSpans;

impl<'de> DeserializeSeed<'de> for PodSpans {
    type Value = Pod<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PodSpans {
    type Value = Pod<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pod")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pod = Pod::default();
        while let Some(key) = map.next_key::<Text<'de>>()? {
            match key.as_str() {
                "metadata" => {
                    pod.metadata = map.next_value_seed(Spans { unread: unread_in("metadata") })?;
                }
                "spec" => pod.spec = map.next_value_seed(Spans { unread: &[] })?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(pod)
    }
}

/// Reads the entries of a mapping as spans, but for some keys.
struct Spans {
    unread: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for Spans {
    type Value = Vec<(Text<'de>, &'de RawValue)>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Spans {
    type Value = Vec<(Text<'de>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(16);
        while let Some(key) = map.next_key::<Text<'de>>()? {
            if self.unread.contains(&key.as_str()) {
                let _unread: IgnoredAny = map.next_value()?;
            } else {
                entries.push((key, map.next_value()?));
            }
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(pods: &[String]) -> Vec<Option<usize>> {
        let mut replicas = Replicas::default();
        let like = |(place, text): (usize, &String)| {
            let pod = PodSpans.deserialize(&mut serde_json::Deserializer::from_str(text)).unwrap();
            replicas.first_like(&pod, place)
        };
        pods.iter().enumerate().map(like).collect()
    }

    fn pod(name: &str, letters: &str, image: &str) -> String {
        format!(
            r#"{{"metadata": {{"name": "{name}", "namespace": "shop",
                "labels": {{"app": "web", "apps.kubernetes.io/pod-index": "{name}"}},
                "ownerReferences": [{{"kind": "ReplicaSet", "name": "web", "uid": "u"}}]}},
              "spec": {{"nodeName": "node-of-{name}", "volumes": [{{"name":"kube-api-access-{letters}"}}],
                "containers": [{{"image": "{image}", "volumeMounts": [{{"name":"kube-api-access-{letters}"}}]}}]}},
              "status": {{"podIP": "10.0.0.{name}"}}}}"#
        )
    }

    #[test]
    fn replicas_differ_by_name_node_and_the_letters_of_the_token_volume() {
        let pods = [pod("1", "abcde", "a"), pod("2", "vwxyz", "a"), pod("3", "abcde", "b")];
        assert_eq!(places(&pods), [None, Some(0), None]);
    }

    #[test]
    fn a_pod_of_another_controller_or_label_or_of_none_stands_for_itself() {
        let one = pod("1", "abcde", "a");
        let others = [
            one.replace(r#""uid": "u""#, r#""uid": "v""#),
            one.replace(r#""app": "web""#, r#""app": "db""#),
            one.replace(r#""namespace": "shop""#, r#""namespace": "bank""#),
            one.replace("ownerReferences", "others"),
            one.replace("abcde", "abcdé"),
            one.replace("abcde", "abcdef"),
            one.replace(r#""image": "a""#, r#""image": "kube-api-access-abcde""#),
        ];
        for other in others {
            assert_eq!(places(&[one.clone(), other.clone(), other]).get(1), Some(&None));
        }
        let alone = one.replace("ownerReferences", "others");
        assert_eq!(places(&[alone.clone(), alone]), [None, None]);
    }
}
