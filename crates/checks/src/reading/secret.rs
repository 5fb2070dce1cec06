//! What a Secret holds, decoded.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::tree::Node;
use model::{Inventory, Object, kinds};

use crate::credential::{Names, is_placeholder, is_reference};

/// One entry of a Secret.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    /// Where it stands.
    pub(crate) node: Node<'a>,
    /// What it holds; never to be shown.
    pub(crate) value: Cow<'a, str>,
}

/// The Secrets of an input whose content is written out: not what SOPS encrypted.
pub(crate) fn all(inventory: &Inventory) -> impl Iterator<Item = &Object> {
    inventory.of(kinds::SECRET).filter(|secret| secret.get("sops").is_none())
}

/// The entries that are credentials, by their name or their form: no user name, no address, no
/// certificate, nothing that is still to be filled in.
pub(crate) fn credentials<'a>(secret: &'a Object, names: &Names) -> Vec<Entry<'a>> {
    let entries = entries(secret);
    let is_credential = |entry: &Entry<'_>| {
        let value = entry.value.trim();
        !is_blank(value)
            && (names.holds(entry.node.key(), value)
                || names.found_in(value).is_some()
                || is_key(entry.node.key(), value))
    };
    entries.filter(is_credential).collect()
}

fn entries(secret: &Object) -> impl Iterator<Item = Entry<'_>> {
    let list = |field| secret.get(field).into_iter().flat_map(Node::entries);
    let plain = list("stringData")
        .filter_map(|node| Some(Entry { node, value: Cow::Borrowed(node.as_str()?) }));
    let encoded = list("data").filter_map(|node| {
        let bytes = STANDARD.decode(node.as_str()?.split_whitespace().collect::<String>()).ok()?;
        Some(Entry { node, value: Cow::Owned(String::from_utf8(bytes).ok()?) })
    });
    plain.chain(encoded)
}

/// In a Secret, anything random under a name that ends in `key` is one: `key`, `storageaccountkey`.
fn is_key(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = ["key", "secret", "token"].iter().any(|end| name.ends_with(end));
    ends && !name.contains("pub")
        && value.len() >= 12
        && value.contains(|c: char| c.is_ascii_digit())
        && value.contains(|c: char| c.is_ascii_alphabetic())
        && !value.contains(char::is_whitespace)
        && !is_reference(value)
}

/// What a tool fills in: `<path:secret/data/db#password>`, `ENC[…]`.
fn is_blank(value: &str) -> bool {
    value.starts_with('<') && value.ends_with('>') || value.starts_with("ENC[") || has_no_key(value)
}

/// The frame of a private key, with nothing in it, or the alphabet.
fn has_no_key(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("-----BEGIN ") else { return false };
    let mut parts = rest.split("-----").map(str::trim);
    let is_key = parts.next().is_some_and(|header| header.contains("PRIVATE KEY"));
    is_key && parts.next().is_none_or(|body| body.is_empty() || is_placeholder(body))
}
