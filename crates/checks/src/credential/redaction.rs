//! What of an object is replaced before it leaves the place where it may be read.

use std::collections::HashMap;

use model::Object;
use model::tree::{Node, Type};

use super::given::Given;
use super::marker::marker;
use super::names::Names;

/// A text of an object that a marker stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The index of the value in its tree.
    pub node: usize,
    /// Whether its key is replaced, and not the value.
    pub is_key: bool,
    /// What stands for it.
    pub marker: String,
}

/// Replaces credentials by markers, which tell what was there and which were the same.
#[derive(Debug)]
pub struct Redactor {
    names: Names,
    numbers: HashMap<(&'static str, String), usize>,
}

/// Mappings of labels: what selects by name and by value must go on doing so, whatever the name.
const OF_LABELS: &[&str] = &["labels", "matchLabels", "nodeSelector", "podSelector", "selector"];

impl Redactor {
    /// Knows the usual names of credentials, and some more.
    pub fn new(names: &[&str]) -> Self {
        Self { names: Names::with(names), numbers: HashMap::new() }
    }

    /// What of an object is replaced: wherever a text stands under the name of a credential or is
    /// one by its own form, the whole text, but for a flag in front of it.
    ///
    /// Who the object is stays.
    pub fn hidden(&mut self, object: &Object) -> Vec<Hidden> {
        let mut hidden = Vec::new();
        for entry in object.root().entries() {
            match entry.key() {
                "apiVersion" | "kind" => {}
                "metadata" => {
                    let is_identity = |it: &Node<'_>| {
                        ["name", "generateName", "namespace", "uid"].contains(&it.key())
                    };
                    let others = entry.entries().filter(|it| !is_identity(it));
                    others.for_each(|it| self.entry(entry, it, true, &mut hidden));
                }
                _ => self.entry(object.root(), entry, true, &mut hidden),
            }
        }
        hidden
    }

    /// What stands for a text that belongs to no object, if it is replaced.
    pub fn text(&mut self, text: &str) -> Option<String> {
        let what = self.names.found_in(text)?;
        Some(self.mark(what, text))
    }

    /// An entry of a mapping. `by_name` says whether its name may tell that it is a credential.
    fn entry(&mut self, map: Node<'_>, entry: Node<'_>, by_name: bool, hidden: &mut Vec<Hidden>) {
        let key = entry.key();
        if let Some(what) = self.names.found_in(key) {
            let marker = self.mark(what, key);
            hidden.push(Hidden { node: entry.index(), is_key: true, marker });
        }
        let Some(text) = entry.as_str() else {
            return self.below(entry, !OF_LABELS.contains(&key), hidden);
        };
        if is_name_of_an_object(key, text) {
            return;
        }
        let Some(given) = Given::entry(map, entry) else { return };
        let is_alone = given.name == Some(key);
        let is_setting = is_alone && (!by_name || is_defined_by_kubernetes(key));
        let name = given.name.filter(|_| !is_setting);
        self.given(Given { name, ..given }, hidden);
    }

    fn below(&mut self, node: Node<'_>, by_name: bool, hidden: &mut Vec<Hidden>) {
        match node.kind() {
            Type::Map => {
                node.entries().for_each(|entry| self.entry(node, entry, by_name, hidden));
            }
            Type::Seq => {
                for given in Given::arguments(node) {
                    match given.node.kind() {
                        Type::Str => self.given(given, hidden),
                        _ => self.below(given.node, true, hidden),
                    }
                }
            }
            _ => {}
        }
    }

    fn given(&mut self, given: Given<'_>, hidden: &mut Vec<Hidden>) {
        let Some(what) = given.credential(&self.names) else { return };
        let is_flagged =
            given.text.len() > given.value.len() && given.plain_name(&self.names).is_some();
        let secret = if is_flagged { given.value } else { given.text };
        let before = match given.text.strip_suffix(secret).unwrap_or_default() {
            // What starts with a dash is no value of the flag before it.
            "" if secret.starts_with('-') => "-",
            before => before,
        };
        let marker = format!("{before}{}", self.mark(what, secret));
        hidden.push(Hidden { node: given.node.index(), is_key: false, marker });
    }

    fn mark(&mut self, what: &'static str, secret: &str) -> String {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry((what, secret.to_owned())).or_insert(next);
        marker(what, number)
    }
}

/// Whether a text calls an object by its name, as the API server allows it.
fn is_name_of_an_object(key: &str, text: &str) -> bool {
    let calls = ["name", "namespace", "serviceAccount"].contains(&key) || key.ends_with("Name");
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    calls && text.len() <= 253 && text.bytes().all(allowed)
}

/// Names in these domains are part of the API, and what stands there is a setting or a reference:
/// `nginx.ingress.kubernetes.io/auth-secret`.
fn is_defined_by_kubernetes(key: &str) -> bool {
    let domain = key.split_once('/').map_or("", |(domain, _)| domain);
    domain.ends_with("kubernetes.io") || domain.ends_with("k8s.io")
}
