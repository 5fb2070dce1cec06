//! Cuts a text at its document marks, so that each document stands or falls alone.
//!
//! A line that starts with `---` and a blank ends whatever is open, even a block scalar or a
//! quotation, so the cut needs no parser. Texts of JSON values one behind another are cut between
//! them.

use memchr::memmem;

/// A part of the text: one document, as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    pub(super) bytes: &'a [u8],
    /// The line it starts on, from 1.
    pub(super) line: u32,
}

/// Cuts at `---`.
pub(super) fn documents(text: &[u8]) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut line = 1;
    for at in memmem::find_iter(text, b"\n---").map(|at| at + 1) {
        let is_mark = text.get(at + 3).is_none_or(u8::is_ascii_whitespace);
        if !is_mark || is_preamble(&text[start..at]) {
            continue;
        }
        let end = at - trailing_preamble(&text[start..at]);
        let bytes = &text[start..end];
        chunks.push(Chunk { bytes, line });
        line += lines(bytes);
        start = end;
    }
    chunks.push(Chunk { bytes: &text[start..], line });
    chunks
}

/// Cuts between JSON values that follow one another without a mark. Nothing where the text is no
/// such row.
pub(super) fn json_values(chunk: Chunk<'_>) -> Option<Vec<Chunk<'_>>> {
    let by_line = || cut(chunk, |text| Some(next_line_with_brace(text)));
    let values = cut(chunk, json_value_end).or_else(by_line)?;
    (values.len() > 1).then_some(values)
}

/// Cuts a row of values that `end` finds the ends of. No value starts with two braces, a template
/// does.
fn cut(chunk: Chunk<'_>, end: fn(&[u8]) -> Option<usize>) -> Option<Vec<Chunk<'_>>> {
    let mut values = Vec::new();
    let mut rest = chunk.bytes;
    let mut line = chunk.line;
    loop {
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        line += lines(&rest[..blank]);
        rest = &rest[blank..];
        if rest.is_empty() {
            return Some(values);
        }
        if !rest.starts_with(b"{") || rest.starts_with(b"{{") {
            return None;
        }
        let (value, after) = rest.split_at(end(rest)?);
        values.push(Chunk { bytes: value, line });
        line += lines(value);
        rest = after;
    }
}

/// Directives and comments stand before the mark of the document they belong to.
fn is_preamble(bytes: &[u8]) -> bool {
    let mut has_directive = false;
    for line in bytes.split(|&byte| byte == b'\n') {
        match line.trim_ascii() {
            [] | [b'#', ..] => {}
            [b'%', ..] => has_directive = true,
            _ => return false,
        }
    }
    has_directive
}

/// How many bytes behind a `...` are directives of the next document.
fn trailing_preamble(bytes: &[u8]) -> usize {
    let last = bytes.trim_ascii_end().rsplit(|&byte| byte == b'\n').next();
    if !last.is_some_and(|line| line.starts_with(b"%")) {
        return 0;
    }
    let end = memmem::rfind(bytes, b"\n...").and_then(|at| {
        let line = memchr::memchr(b'\n', &bytes[at + 1..])?;
        Some(at + 1 + line + 1)
    });
    end.filter(|&end| is_preamble(&bytes[end..])).map_or(0, |end| bytes.len() - end)
}

/// Where a sound value ends.
fn json_value_end(text: &[u8]) -> Option<usize> {
    let mut open = Vec::new();
    let mut quoted = false;
    let mut escaped = false;
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'\n' if quoted => return None,
            b'"' => quoted = !quoted,
            b'{' if !quoted => open.push(b'}'),
            b'[' if !quoted => open.push(b']'),
            b'}' | b']' if !quoted => {
                open.pop().filter(|&closing| closing == byte)?;
                if open.is_empty() {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where a value ends, sound or not, in a row whose values start a line each.
fn next_line_with_brace(text: &[u8]) -> usize {
    memmem::find(text, b"\n{").map_or(text.len(), |at| at + 1)
}

fn lines(bytes: &[u8]) -> u32 {
    let count = memchr::memchr_iter(b'\n', bytes).count();
    u32::try_from(count).unwrap_or(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, u32)> {
        documents(text.as_bytes())
            .into_iter()
            .map(|chunk| (std::str::from_utf8(chunk.bytes).unwrap(), chunk.line))
            .collect()
    }

    #[test]
    fn a_mark_at_the_start_of_a_line_cuts() {
        assert_eq!(cut("a: 1\n---\nb: 2\n"), [("a: 1\n", 1), ("---\nb: 2\n", 2)]);
        assert_eq!(cut("---\na: 1\n--- # next\nb"), [("---\na: 1\n", 1), ("--- # next\nb", 3)]);
    }

    #[test]
    fn dashes_inside_a_line_or_a_longer_word_do_not() {
        assert_eq!(cut("a: |\n  ---\n").len(), 1);
        assert_eq!(cut("a: 1\n----\n").len(), 1);
        assert_eq!(cut("a: 1\n---b\n").len(), 1);
    }

    #[test]
    fn a_directive_stays_with_its_document() {
        assert_eq!(cut("# head\n%YAML 1.1\n---\na: 1\n").len(), 1);
        let ended = cut("a: 1\n...\n%YAML 1.1\n---\nb: 2\n");
        assert_eq!(ended, [("a: 1\n...\n", 1), ("%YAML 1.1\n---\nb: 2\n", 3)]);
    }

    #[test]
    fn windows_line_ends_cut_too() {
        assert_eq!(cut("a: 1\r\n---\r\nb: 2\r\n").len(), 2);
    }

    #[test]
    fn json_values_in_a_row_are_cut_apart() {
        let text = "{\"a\": \"}\\\"{\"}\n{\"b\": [1]}\n";
        let values = json_values(Chunk { bytes: text.as_bytes(), line: 1 }).unwrap();
        assert_eq!(values.iter().map(|value| value.line).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(json_values(Chunk { bytes: b"{\"a\": 1}", line: 1 }), None);
    }

    #[test]
    fn a_broken_json_value_does_not_take_the_next_line_with_it() {
        let lines = |text: &str| {
            let values = json_values(Chunk { bytes: text.as_bytes(), line: 1 })?;
            Some(values.iter().map(|value| value.line).collect::<Vec<_>>())
        };
        for broken in ["{\"a\": ]}", "{\"a\": \"}", "{\"a\": [", "{\"a\""] {
            assert_eq!(
                lines(&format!("{{\"b\": 1}}\n{broken}\n{{\"c\": 1}}\n")),
                Some(vec![1, 2, 3])
            );
            assert_eq!(lines(broken), None);
        }
        assert_eq!(lines("{{ .a }}\n{{ .b }}\n"), None);
    }
}
