//! Colour, where it is wanted, and text that cannot harm a terminal.

use std::borrow::Cow;

use finding::Severity;
use unicode_width::UnicodeWidthStr;

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

    /// As it is.
    pub fn plain(self, text: &str) -> String {
        text.to_owned()
    }

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

    /// Whether a text fits beside an indent.
    pub fn fits(self, text: &str, indent: usize) -> bool {
        indent + text.width() <= self.width
    }

    /// Breaks a text into lines that fit beside an indent. A word is never broken: it may be a path.
    pub fn wrap(self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent).max(20);
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if line.width() + 1 + word.width() <= room => {
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
/// manifest cannot move a cursor or hide what follows. What the logs of pipelines would take for a
/// command to their runner is broken up likewise.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) && !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let rest = &text[at..];
        if is_harmful(letter) || starts_command(rest) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

fn is_harmful(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `::name …::`, `##[name]` or `##vso[name]`, at the start of a text. An address such as `::1` is none.
fn starts_command(text: &str) -> bool {
    let is_named = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
    };
    if let Some((command, _)) = text.strip_prefix("::").and_then(|rest| rest.split_once("::")) {
        return command.split(' ').next().is_some_and(is_named);
    }
    let Some(rest) = text.strip_prefix("##") else { return false };
    rest.trim_start_matches(|it: char| it.is_ascii_alphabetic()).starts_with('[')
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
    fn commands_to_the_runner_of_a_pipeline_are_broken_up() {
        assert_eq!(harmless("::add-mask::a"), "\\u{3a}:add-mask::a");
        assert_eq!(harmless("a ##[group]b"), "a \\u{23}#[group]b");
        assert_eq!(harmless("##vso[task.x]b"), "\\u{23}#vso[task.x]b");
        assert_eq!(
            harmless("::/0, ::ffff:10.0.0.1, a::b, ## c"),
            "::/0, ::ffff:10.0.0.1, a::b, ## c"
        );
    }

    #[test]
    fn lines_fit_and_paths_stay_whole() {
        let style = Style { colour: false, width: 30 };
        let path = "deploy/a/path/that/is/longer/than/the/page.yaml";
        let text = format!("before {path} behind it");
        assert_eq!(style.wrap(&text, 4), format!("before\n    {path}\n    behind it"));
        assert_eq!(
            style.wrap("名前名前名前名前 名前名前名前", 4),
            "名前名前名前名前\n    名前名前名前"
        );
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(count(268_061, "file", "files"), "268,061 files");
        assert_eq!(count(1_000, "file", "files"), "1,000 files");
    }
}
