//! Colour, where it is wanted, and text that cannot harm a terminal.

use std::borrow::Cow;

use finding::Severity;

/// How a page for a person looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour. It is never the only sign.
    pub colour: bool,
    /// Columns.
    pub width: usize,
}

impl Style {
    /// Without colour, eighty columns wide.
    pub const PLAIN: Style = Style { colour: false, width: 80 };

    /// Something to look at first.
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Something to look at last.
    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// The colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Critical => "1;31",
            Severity::High => "31",
            Severity::Medium => "33",
            Severity::Low => "34",
        };
        self.paint(code, text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Breaks a text into lines that fit beside an indent.
    pub fn wrap(self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent).max(20);
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines.join(&format!("\n{}", " ".repeat(indent)))
    }
}

/// Text from outside, with control characters and direction marks written out, so that a name in a
/// manifest cannot move a cursor or hide what follows.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let harmful = |it: char| {
        it.is_control()
            || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let shown = |it: char| {
        if harmful(it) { it.escape_unicode().to_string() } else { it.to_string() }
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// A number with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    let mut digits = number.to_string();
    let length = digits.len();
    for place in (1..length).rev().filter(|place| (length - place).is_multiple_of(3)) {
        digits.insert(place, ',');
    }
    format!("{digits} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_are_written_out() {
        assert_eq!(harmless("web"), "web");
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
        assert_eq!(harmless("naïve 名前"), "naïve 名前");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(count(268_061, "file", "files"), "268,061 files");
        assert_eq!(count(1_000, "file", "files"), "1,000 files");
    }
}
