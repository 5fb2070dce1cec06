//! What the settings are and why: a page for a person, `ringfence.config/v1` for programs, and the schema
//! of the file for editors.

use std::io::{self, Write};

use scan::Origin;
use scan::explain::Explanation;
use serde::Serialize;
use serde_json::Value;

use crate::style::{Style, harmless};

/// The name and version of the format.
pub const SCHEMA: &str = "ringfence.config/v1";

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn text(explanations: &[Explanation], style: Style, out: &mut dyn Write) -> io::Result<()> {
    if explanations.is_empty() {
        return writeln!(out, "Nothing is set: every setting has its default.");
    }
    for (at, explanation) in explanations.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let Explanation { key, value, origin, about, allowed } = explanation;
        let value = harmless(&plain(value)).into_owned();
        writeln!(out, "{}: {}", style.bold(&harmless(key)), style.wrap(&value, 2))?;
        let origin = format!("from {}", harmless(&origin.to_string()));
        writeln!(out, "  {}", style.dim(&origin))?;
        writeln!(out, "  {}", style.wrap(about, 2))?;
        writeln!(out, "  {}", style.wrap(&format!("May be {allowed}."), 2))?;
    }
    Ok(())
}

/// Writes the document.
///
/// # Errors
/// When the writer fails.
pub fn json(explanations: &[Explanation], out: &mut dyn Write) -> io::Result<()> {
    let settings = explanations.iter().map(Setting::of).collect();
    serde_json::to_writer_pretty(&mut *out, &Document { schema: SCHEMA, settings })?;
    out.write_all(b"\n")
}

/// Writes the JSON Schema of `ringfence.yaml`.
///
/// # Errors
/// When the writer fails.
pub fn schema(out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &scan::schema::of_config())?;
    out.write_all(b"\n")
}

/// A text as it is; anything else in the form of JSON, which is YAML as well.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    settings: Vec<Setting<'a>>,
}

#[derive(Serialize)]
struct Setting<'a> {
    key: &'a str,
    value: &'a Value,
    origin: From<'a>,
    about: &'a str,
    allowed: &'a str,
}

#[derive(Serialize)]
struct From<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

impl<'a> Setting<'a> {
    fn of(explanation: &'a Explanation) -> Self {
        let Explanation { key, value, origin, about, allowed } = explanation;
        Self { key, value, origin: From::of(origin), about, allowed }
    }
}

impl<'a> From<'a> {
    fn of(origin: &'a Origin) -> Self {
        let none = From { kind: origin.id(), file: None, line: None, name: None };
        match origin {
            Origin::Default => none,
            Origin::File(place) => From { file: Some(&place.file), line: Some(place.line), ..none },
            Origin::Flag(flag) => From { name: Some(flag), ..none },
            Origin::Policy(policy) => From { name: Some(policy), ..none },
        }
    }
}
