//! What changed in a text, as a unified diff.

use similar::TextDiff;

/// The diff of one file, with three lines around each change; empty where nothing changed.
pub fn unified(file: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let (old, new) = (format!("a/{file}"), format!("b/{file}"));
    diff.unified_diff().context_radius(3).header(&old, &new).to_string()
}
