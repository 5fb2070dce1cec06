//! A key beside what it locks is no key.

use finding::{Fix, Severity};
use model::kinds;
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::NO_TWIN_OF_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "inline-encryption-key",
    title: "Key of the encryption at rest stands in a file",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1552.001"), Nsa(check::Nsa::Access), Owasp("K08")],
    effort: Hours(8),
    fix: Fix::Manual(
        "Keep the key in a key service (`kms` version 2); change every key that was in a \
         repository",
    ),
    cel: NO_TWIN_OF_A_FILE,
    run,
    ..Check::on(
        Kinds::of(&[kinds::ENCRYPTION_CONFIGURATION]),
        include_str!("inline_encryption_key.md"),
    )
};

/// Providers whose keys stand in the file itself, and the lengths in bytes of their keys.
const LOCAL: [(&str, &[usize]); 3] =
    [("aescbc", &[16, 24, 32]), ("aesgcm", &[16, 24, 32]), ("secretbox", &[32])];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::ENCRYPTION_CONFIGURATION) {
        if let Some((place, provider)) = first_key(file) {
            out.push(CHECK.at(&place, format!("the key of {provider} stands in this file")));
        }
    }
}

fn first_key(file: &Object) -> Option<(Place<'_>, &'static str)> {
    let entries = file.get("resources").into_iter().flat_map(Node::items);
    let mut providers = entries.filter_map(|it| it.get("providers")).flat_map(Node::items);
    providers.find_map(|provider| {
        LOCAL.iter().find_map(|(name, lengths)| {
            let mut keys = provider.get(name)?.get("keys")?.items();
            let key = keys.find_map(|key| key.get("secret").filter(|it| is_key(*it, lengths)))?;
            Some((Place::of(file, key), *name))
        })
    })
}

/// Whether a value is a key, by the length that its Base64 stands for; a placeholder is none.
fn is_key(secret: Node<'_>, lengths: &[usize]) -> bool {
    let text = secret.text().trim();
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4)
        && digits.bytes().all(is_digit)
        && lengths.contains(&(digits.len() * 3 / 4))
}
