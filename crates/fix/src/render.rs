//! Values as they are written.

use collect::yaml::Layout;
use collect::yaml::layout::Form;
use model::Type;

use crate::value::Value;

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Columns from a mapping to a mapping inside.
    pub(crate) step: usize,
    /// Columns from a key to the dashes of its list.
    pub(crate) dash: usize,
    /// The end of a line.
    pub(crate) newline: &'static str,
    /// Whether it is JSON.
    pub(crate) json: bool,
}

impl Style {
    pub(crate) fn of(text: &str, layout: &Layout) -> Self {
        let first = text.find('\n').and_then(|at| text[..at].chars().next_back());
        Self {
            step: step(layout).unwrap_or(2),
            dash: dash(text, layout).unwrap_or(2),
            newline: if first == Some('\r') { "\r\n" } else { "\n" },
            json: layout.root().is_flow(),
        }
    }
}

/// Columns from a key to the keys below it.
fn step(layout: &Layout) -> Option<usize> {
    let mut maps = layout.all().filter(|it| it.form() == Form::Map { flow: false });
    maps.find_map(|map| {
        map.key()?;
        map.children().next()?.column().checked_sub(map.column()).filter(|it| *it > 0)
    })
}

/// Columns from a key to the dashes below it.
fn dash(text: &str, layout: &Layout) -> Option<usize> {
    let mut lists = layout.all().filter(|it| it.form() == Form::Seq { flow: false });
    lists.find_map(|list| {
        list.key()?;
        let first = list.children().next()?;
        let start = text.get(..first.span().start)?.rfind('-')?;
        let line = text.get(..start)?.rfind('\n').map_or(0, |it| it + 1);
        text.get(line..start)?.chars().count().checked_sub(list.column())
    })
}

pub(crate) fn entry((key, value): &(String, Value), style: Style) -> String {
    let key = if style.json { quoted(key, '"') } else { scalar(key) };
    format!("{key}: {}", render(value, style))
}

/// A value on one line.
pub(crate) fn render(value: &Value, style: Style) -> String {
    match value {
        Value::Scalar(Type::Null, _) => "null".to_owned(),
        Value::Scalar(Type::Str, text) if style.json => quoted(text, '"'),
        Value::Scalar(Type::Str, text) => scalar(text),
        Value::Scalar(_, text) => text.clone(),
        Value::Seq(items) => {
            let items: Vec<String> = items.iter().map(|it| render(it, style)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let own = |(key, value): (&String, &Value)| entry(&(key.clone(), value.clone()), style);
            let entries: Vec<String> = entries.iter().map(own).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Words that are something else than a string where they stand alone.
const WORDS: &[&str] = &["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// A string as a plain scalar where nobody could take it for something else, or else in quotes.
pub(crate) fn scalar(text: &str) -> String {
    let bare = text.strip_prefix("--").unwrap_or(text);
    let starts = bare.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/');
    let goes_on = |it: char| it.is_ascii_alphanumeric() || "_./-@=".contains(it);
    // A colon is one of a mapping only where a blank or the end follows.
    let is_plain = text.split(':').all(|it| !it.is_empty() && it.chars().all(goes_on));
    let is_word = WORDS.iter().any(|it| text.eq_ignore_ascii_case(it));
    if starts && is_plain && !is_word {
        return text.to_owned();
    }
    quoted(text, '"')
}

/// A string in quotes.
pub(crate) fn quoted(text: &str, mark: char) -> String {
    let is_plain = |it: char| (' '..='~').contains(&it) || it > '\u{9f}';
    if mark == '\'' && text.chars().all(is_plain) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let escape = |it: char| match it {
        '"' | '\\' => format!("\\{it}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        it if is_plain(it) && !matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}') => it.to_string(),
        it if (it as u32) < 0x1_0000 => format!("\\u{:04x}", it as u32),
        it => it.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}
