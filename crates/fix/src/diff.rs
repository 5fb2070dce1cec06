//! What changed in a text, as a unified diff and as the few edits that an editor makes.

use std::ops::Range;

use similar::{DiffOp, DiffTag, TextDiff};

/// Bytes that go, and what comes in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the text before.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

/// The diff of one file, with three lines around each change; empty where nothing changed.
pub fn unified(file: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let (old, new) = (format!("a/{file}"), format!("b/{file}"));
    diff.unified_diff().context_radius(3).header(&old, &new).to_string()
}

/// The edits that make one text of another, in their order and apart from each other. Of a line that
/// changes only the letters that do are named.
pub fn edits(before: &str, after: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(before, after);
    let old = starts(diff.iter_old_slices());
    let new = starts(diff.iter_new_slices());
    let changed = diff.ops().iter().filter(|it| it.tag() != DiffTag::Equal);
    let edit = |lines: &DiffOp| {
        let gone = bytes(&old, lines.old_range());
        let come = bytes(&new, lines.new_range());
        Some(narrowed(gone.start, before.get(gone)?, after.get(come)?))
    };
    changed.filter_map(edit).collect()
}

/// Where each line starts, and the last one ends.
fn starts<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<usize> {
    let ends = lines.scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

fn bytes(starts: &[usize], lines: Range<usize>) -> Range<usize> {
    let end = starts.last().copied().unwrap_or_default();
    let start = |line: usize| starts.get(line).copied().unwrap_or(end);
    start(lines.start)..start(lines.end)
}

/// An edit without what stays at both of its ends; the two letters of a line's end are not parted.
fn narrowed(at: usize, was: &str, is: &str) -> Edit {
    let mut head = same(was.chars().zip(is.chars()));
    if parts(was, head) || parts(is, head) {
        head -= 1;
    }
    let (was, is) = (&was[head..], &is[head..]);
    let mut tail = same(was.chars().rev().zip(is.chars().rev()));
    if parts(was, was.len() - tail) || parts(is, is.len() - tail) {
        tail -= 1;
    }
    let start = at + head;
    Edit { range: start..start + was.len() - tail, text: is[..is.len() - tail].to_owned() }
}

/// How many bytes are the same, letter by letter.
fn same(letters: impl Iterator<Item = (char, char)>) -> usize {
    letters.take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum()
}

/// Whether a place lies between the two letters of a line's end.
fn parts(text: &str, at: usize) -> bool {
    text[..at].ends_with('\r') && text[at..].starts_with('\n')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_that_changes_is_the_edit() {
        let edits = edits("a: 1\nprivileged: true # why\n", "a: 1\nprivileged: false # why\n");
        assert_eq!(edits, [Edit { range: 17..20, text: "fals".to_owned() }]);
    }

    fn texts() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec!["a", "ab", "b a", "", "é", "🦀 a", "aa"]);
        let end = prop::sample::select(vec!["\n", "\r\n", "\n", ""]);
        let lines = prop::collection::vec((line, end), 0..8);
        lines.prop_map(|lines| lines.into_iter().flat_map(|(a, b)| [a, b]).collect())
    }

    proptest! {
        #[test]
        fn the_edits_made_from_the_end_make_the_text(before in texts(), after in texts()) {
            let mut made = before.clone();
            for edit in edits(&before, &after).into_iter().rev() {
                made.replace_range(edit.range, &edit.text);
            }
            prop_assert_eq!(made, after);
        }

        #[test]
        fn no_edit_parts_the_end_of_a_line(before in texts(), after in texts()) {
            for Edit { range, .. } in edits(&before, &after) {
                for at in [range.start, range.end] {
                    prop_assert!(!(before[..at].ends_with('\r') && before[at..].starts_with('\n')));
                }
            }
        }
    }
}
