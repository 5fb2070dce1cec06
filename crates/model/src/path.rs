//! The way from a value to another, as [`Node::path`] writes it, read back.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

use crate::tree::{Node, push_key};

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step<'a> {
    /// To the entry of a mapping.
    Key(Cow<'a, str>),
    /// To the item of a list, by its name or its number.
    Item(&'a str),
}

/// Reads a path such as `spec.containers[api].ports[0]`; nothing if it is none.
pub fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let (mut steps, mut rest) = (Vec::new(), path);
    while !rest.is_empty() {
        let (step, behind) = match rest.strip_prefix('[') {
            Some(inner) if inner.starts_with('"') => quoted(inner)?,
            Some(inner) => inner.split_once(']').map(|(name, rest)| (Step::Item(name), rest))?,
            None => {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (key, behind) =
                    rest.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
                (Step::Key(Cow::Borrowed(key)), behind)
            }
        };
        steps.push(step);
        rest = match behind.strip_prefix('.') {
            Some("") => return None,
            Some(rest) => rest,
            None if behind.is_empty() || behind.starts_with('[') => behind,
            None => return None,
        };
    }
    Some(steps)
}

/// The path to an entry of the mapping behind another path.
pub fn entry(path: &str, key: &str) -> String {
    let mut path = path.to_owned();
    push_key(&mut path, key);
    path
}

/// A key in quotes, and what stands behind its bracket.
fn quoted(text: &str) -> Option<(Step<'_>, &str)> {
    let mut chars = text.chars().peekable();
    chars.next()?;
    let (mut key, mut read) = (String::new(), 1);
    loop {
        let before = chars.clone().map(char::len_utf8).sum::<usize>();
        let next = match chars.next()? {
            '"' => break,
            '\\' => escaped(&mut chars)?,
            other => other,
        };
        key.push(next);
        read += before - chars.clone().map(char::len_utf8).sum::<usize>();
    }
    let behind = text.get(read + 1..)?.strip_prefix(']')?;
    Some((Step::Key(Cow::Owned(key)), behind))
}

fn escaped(chars: &mut Peekable<Chars<'_>>) -> Option<char> {
    Some(match chars.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'u' => {
            chars.next_if_eq(&'{')?;
            let digits: String = std::iter::from_fn(|| chars.next_if(|it| *it != '}')).collect();
            chars.next()?;
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
        }
        other => other,
    })
}

impl Node<'_> {
    /// The value behind a path from here; nothing where it is not there.
    pub fn follow(self, path: &str) -> Option<Self> {
        steps(path)?.iter().try_fold(self, Self::step)
    }

    /// The value behind one step from here.
    pub fn step(self, step: &Step<'_>) -> Option<Self> {
        match step {
            Step::Key(key) => self.get(key),
            Step::Item(item) => self.item(item),
        }
    }

    /// An item of a list by its name, if one item alone bears it, or else by its number.
    fn item(self, item: &str) -> Option<Self> {
        let named = |it: &Self| it.get("name").and_then(Node::as_text) == Some(item);
        let mut bearing = self.items().filter(named);
        match (bearing.next(), bearing.next()) {
            (Some(only), None) if item.parse::<usize>().is_err() => Some(only),
            _ => self.items().nth(item.parse().ok()?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_items_are_told_apart() {
        let key = |text: &'static str| Step::Key(text.into());
        assert_eq!(steps(""), Some(vec![]));
        assert_eq!(
            steps("spec.containers[api].ports[0].x"),
            Some(vec![
                key("spec"),
                key("containers"),
                Step::Item("api"),
                key("ports"),
                Step::Item("0"),
                key("x"),
            ])
        );
        assert_eq!(
            steps("metadata.annotations[\"a.b/c \\\"é\\u{1b}\"].x"),
            Some(vec![key("metadata"), key("annotations"), key("a.b/c \"é\u{1b}"), key("x")])
        );
        for broken in ["a.", ".a", "a[", "a[\"b", "a[\"b\"", "a]b[0]c.", "a[0]b"] {
            assert_eq!(steps(broken), None, "{broken}");
        }
    }
}
