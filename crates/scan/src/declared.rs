//! Exceptions as they are written down in `ringfence.yaml`, and in what we ship.
//!
//! ```yaml
//! - checks: [privileged-container, host-path-mount]
//!   object: {apiGroup: apps, kind: DaemonSet, namespace: platform, name: "log-*"}
//!   container: reader
//!   images: [registry.example/platform/log-reader]
//!   owner: platform-team
//!   reason: reads the kernel log until the vendor ships an eBPF build
//!   expires: 2027-06-30
//! ```

use finding::{Exception, ObjectPattern, Objects, Source};
use model::tree::Node;

use crate::accept;
use crate::sheet::{Error, Sheet};

const KEYS: [&str; 10] = [
    "check",
    "checks",
    "object",
    "container",
    "images",
    "field",
    "file",
    "owner",
    "reason",
    "expires",
];

/// Reads one entry: an exception for each check that it names.
pub(crate) fn read(
    sheet: Sheet<'_>,
    node: Node<'_>,
    source: Source,
) -> Result<Vec<Exception>, Error> {
    let objects = Objects::Like(ObjectPattern::default());
    let mut exception = Exception::from(source, objects, Some(sheet.location(node)));
    let mut ids = Vec::new();
    for entry in sheet.entries(node, &KEYS)? {
        match entry.key() {
            "check" => ids.push(sheet.text(entry)?.to_owned()),
            "checks" => ids.extend(sheet.words(entry)?),
            _ => field(sheet, entry, &mut exception)?,
        }
    }
    if node.get("check").is_some() == node.get("checks").is_some() || ids.is_empty() {
        return Err(sheet.refuse(node, "it names no check; add check: or checks:, not both".into()));
    }
    let complete = |check| {
        let mut exception = Exception { check, ..exception.clone() };
        let why = accept::complete(&mut exception);
        why.map_err(|why| sheet.refuse(node, why.replace('=', ":"))).map(|()| exception)
    };
    ids.into_iter().map(complete).collect()
}

fn field(sheet: Sheet<'_>, entry: Node<'_>, exception: &mut Exception) -> Result<(), Error> {
    let part = &mut exception.part;
    match entry.key() {
        "object" => exception.objects = Objects::Like(pattern(sheet, entry)?),
        "container" => part.container = Some(sheet.text(entry)?.to_owned()),
        "images" => part.images = sheet.words(entry)?,
        "field" => part.field = Some(sheet.text(entry)?.to_owned()),
        "file" => part.file = Some(sheet.text(entry)?.to_owned()),
        "owner" => sheet.text(entry)?.clone_into(&mut exception.owner),
        "reason" => sheet.text(entry)?.clone_into(&mut exception.reason),
        _ => exception.expires = Some(sheet.day(entry)?),
    }
    if entry.key() == "images" && part.images.is_empty() {
        return Err(sheet.refuse(entry, "images is empty; name one, or take it away".to_owned()));
    }
    Ok(())
}

fn pattern(sheet: Sheet<'_>, node: Node<'_>) -> Result<ObjectPattern, Error> {
    let mut pattern = ObjectPattern::default();
    for entry in sheet.entries(node, &["apiGroup", "kind", "namespace", "name"])? {
        let text = Some(sheet.text(entry)?.to_owned());
        match entry.key() {
            "apiGroup" => pattern.group = text,
            "kind" => pattern.kind = text,
            "namespace" => pattern.namespace = text,
            _ => pattern.name = text,
        }
    }
    Ok(pattern)
}
