//! What a Secret holds, decoded.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::tree::Node;
use model::{Inventory, Object, kinds};

use crate::credential::Names;

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
            && (names.holds(entry.node.key(), value) || names.found_in(value).is_some())
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

/// What a tool fills in: `<path:secret/data/db#password>`, `ENC[…]`.
fn is_blank(value: &str) -> bool {
    value.starts_with('<') && value.ends_with('>') || value.starts_with("ENC[")
}
