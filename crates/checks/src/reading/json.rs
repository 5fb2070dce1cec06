//! Values as JSON, which changes are written in.

use model::tree::{Node, Type};

/// A string.
pub(crate) fn text(text: &str) -> String {
    let escape = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        control if control < ' ' => format!("\\u{:04x}", u32::from(control)),
        other => other.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// What stands at a node.
pub(crate) fn of(node: Node<'_>) -> String {
    let joined = |parts: Vec<String>| parts.join(",");
    match node.kind() {
        Type::Map => {
            let entry = |it: Node<'_>| format!("{}:{}", text(it.key()), of(it));
            format!("{{{}}}", joined(node.entries().map(entry).collect()))
        }
        Type::Seq => format!("[{}]", joined(node.items().map(of).collect())),
        Type::Str => text(node.text()),
        Type::Null => "null".to_owned(),
        _ => node.text().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn marks_and_controls_are_escaped() {
        assert_eq!(text("a\"b\\c\n\u{1b}é"), "\"a\\\"b\\\\c\\u000a\\u001bé\"");
    }
}
