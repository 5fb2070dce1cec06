//! Entries and items on lines of their own.

use crate::render::{Style, render, scalar};
use crate::value::Value;

/// The lines of some entries, from a column on.
pub(crate) fn entries(entries: &[(String, Value)], column: usize, style: Style) -> Vec<String> {
    let one = |(key, value): &(String, Value)| {
        let head = format!("{:column$}{}:", "", scalar(key));
        below(head, value, column + style.step, column + style.dash, style)
    };
    entries.iter().flat_map(one).collect()
}

/// The lines of some items, whose dashes stand at a column.
pub(crate) fn items(items: &[Value], column: usize, style: Style) -> Vec<String> {
    items.iter().flat_map(|item| self::item(item, column, style)).collect()
}

fn item(item: &Value, column: usize, style: Style) -> Vec<String> {
    let Value::Map(map) = item else {
        return vec![format!("{:column$}- {}", "", render(item, style))];
    };
    let own: Vec<_> = map.clone().into_iter().collect();
    let mut lines = entries(&own, column + 2, style);
    if let Some(first) = lines.first_mut() {
        first.replace_range(column..=column, "-");
    }
    lines
}

/// A key, and its value behind it or on the lines below.
fn below(head: String, value: &Value, column: usize, dash: usize, style: Style) -> Vec<String> {
    let lines = match value {
        Value::Map(map) if !map.is_empty() => {
            let own: Vec<_> = map.clone().into_iter().collect();
            entries(&own, column, style)
        }
        Value::Seq(list) if !list.is_empty() => items(list, dash, style),
        value => return vec![format!("{head} {}", render(value, style))],
    };
    std::iter::once(head).chain(lines).collect()
}
