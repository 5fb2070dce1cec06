//! A text that somebody is given, and the name it is given under.

use model::tree::Node;

use super::marker;
use super::name::is_flag;
use super::names::Names;

/// A text that somebody is given, and the name it is given under.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    /// The value that holds the text.
    pub(crate) node: Node<'a>,
    pub(crate) name: Option<&'a str>,
    pub(crate) value: &'a str,
    /// The whole text, name included where it is an argument.
    pub(crate) text: &'a str,
}

impl<'a> Given<'a> {
    /// `{name: …, value: …}`, as variables are given.
    pub(crate) fn variable(entry: Node<'a>) -> Option<Self> {
        let node = entry.get("value")?;
        let value = node.as_str()?;
        let name = entry.get("name").and_then(Node::as_text);
        Some(Self { node, name, value, text: value })
    }

    /// An entry of a mapping by its key, or `value` by the name beside it.
    pub(crate) fn entry(map: Node<'a>, entry: Node<'a>) -> Option<Self> {
        let value = entry.as_str()?;
        let alone = Self { node: entry, name: Some(entry.key()), value, text: value };
        let pair = (entry.key() == "value").then(|| Self::variable(map)).flatten();
        Some(pair.filter(|pair| pair.name.is_some()).unwrap_or(alone))
    }

    /// The items of a list: `--name=value`, and a value behind `--name`.
    pub(crate) fn arguments(list: Node<'a>) -> impl Iterator<Item = Self> {
        let mut before = "";
        list.items().map(move |node| {
            let text = node.as_str().unwrap_or_default();
            let flag = std::mem::replace(&mut before, text);
            let (name, value) = match text.split_once('=').filter(|(name, _)| is_flag(name)) {
                Some((name, value)) => (Some(name), value),
                None if is_flag(flag) && !text.starts_with('-') => (Some(flag), text),
                None => (None, ""),
            };
            Self { node, name, value, text }
        })
    }

    /// The credential in it, in words that give nothing away.
    pub(crate) fn credential(&self, names: &Names) -> Option<&'static str> {
        match self.name.filter(|name| names.holds(name, self.value)) {
            Some(_) => Some(names.found_in(self.value).unwrap_or(marker::CREDENTIAL)),
            None => names.found_in(self.text),
        }
    }

    /// The name, where it gives nothing away.
    pub(crate) fn plain_name(&self, names: &Names) -> Option<&'a str> {
        self.name.filter(|name| names.found_in(name).is_none())
    }
}
