//! Actions of a template, as far as it is certain which value they print.

/// What the dot of a template stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dot {
    /// What a template is given: `.Values` are the values.
    Root,
    /// A value, by its keys.
    Value(Vec<String>),
    /// Something else.
    Unknown,
}

/// Functions that print the same value, whatever they make of its form.
const FORMS: &[&str] = &[
    "toYaml", "nindent", "indent", "quote", "squote", "toString", "int", "int64", "float64",
    "trim", "default",
];

/// The keys of the value that an action prints, if it is certain: `toYaml .Values.a.b | nindent 4`
/// prints `a.b`. That a default, or a function, may still make another one of it is for the caller to
/// see.
pub(super) fn value(action: &str, dot: &Dot) -> Option<Vec<String>> {
    let mut steps = action.split('|').map(str::trim);
    let first: Vec<&str> = steps.next()?.split_whitespace().collect();
    let is_form = |step: &str| step.split_whitespace().next().is_some_and(|it| FORMS.contains(&it));
    if !steps.all(is_form) {
        return None;
    }
    match first.as_slice() {
        [operand] | ["default", .., operand] => keys(operand, dot),
        [form, operand] if FORMS.contains(form) => keys(operand, dot),
        _ => None,
    }
}

/// What the dot is inside of `with`, or what an operand refers to.
pub(super) fn keys(operand: &str, dot: &Dot) -> Option<Vec<String>> {
    let operand = operand.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(operand);
    if let Some(rest) = operand.strip_prefix("$.Values.") {
        return path(rest, &[]);
    }
    match dot {
        Dot::Root => path(operand.strip_prefix(".Values.")?, &[]),
        Dot::Value(around) if operand == "." => Some(around.clone()),
        Dot::Value(around) => path(operand.strip_prefix('.')?, around),
        Dot::Unknown => None,
    }
}

fn path(text: &str, around: &[String]) -> Option<Vec<String>> {
    let is_name = |key: &str| {
        !key.is_empty() && key.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
    };
    let keys: Vec<String> = text.split('.').map(str::to_owned).collect();
    keys.iter().all(|key| is_name(key)).then(|| [around, &keys].concat())
}

/// The column on which an action that makes lines of its own sets them, from 1.
pub(super) fn column(action: &str) -> Option<usize> {
    let step = action.split('|').map(str::trim).next_back()?;
    let width = step.strip_prefix("nindent ").or_else(|| step.strip_prefix("indent "))?;
    width.trim().parse::<usize>().ok()?.checked_add(1)
}

/// The actions of a line, without their braces, comments left out.
pub(super) fn actions(line: &str) -> impl Iterator<Item = &str> {
    let pieces = line.split("{{").skip(1).filter_map(|piece| Some(piece.split_once("}}")?.0));
    let bare = pieces.map(|it| it.trim_start_matches('-').trim_end_matches('-').trim());
    bare.filter(|it| !it.starts_with("/*"))
}

/// Whether a text may be what a scalar of a template printed: what stands between its actions must
/// be there, in that order.
pub(super) fn may_print(scalar: &str, printed: &str) -> bool {
    let scalar = unquoted(scalar);
    let Some((first, rest)) = scalar.split_once("{{") else { return scalar == printed };
    let Some(mut left) = printed.strip_prefix(first) else { return false };
    let mut literals = rest.split("{{").filter_map(|it| Some(it.split_once("}}")?.1)).peekable();
    while let Some(literal) = literals.next() {
        if literals.peek().is_none() {
            return left.ends_with(literal);
        }
        let Some((_, behind)) = left
            .split_once(literal)
            .filter(|_| !literal.is_empty())
            .or(literal.is_empty().then_some(("", left)))
        else {
            return false;
        };
        left = behind;
    }
    true
}

/// A scalar without its quotes and its comment.
pub(super) fn unquoted(scalar: &str) -> &str {
    for quote in ['"', '\''] {
        let Some(inner) = scalar.strip_prefix(quote) else { continue };
        let bare = inner.trim_end();
        let closed = bare.strip_suffix(quote);
        return closed.or_else(|| inner.rsplit_once(quote).map(|it| it.0)).unwrap_or(inner);
    }
    scalar.split_once(" #").map_or(scalar, |(before, _)| before).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_of(action: &str, dot: &Dot) -> String {
        value(action, dot).map(|it| it.join("/")).unwrap_or_default()
    }

    #[test]
    fn an_action_that_prints_a_value_is_understood() {
        for action in [
            ".Values.a.b",
            "toYaml .Values.a.b | nindent 4",
            ".Values.a.b | toYaml | indent 2",
            ".Values.a.b | default 3 | quote",
            "default 3 .Values.a.b",
            "quote $.Values.a.b",
        ] {
            assert_eq!(keys_of(action, &Dot::Root), "a/b", "{action}");
        }
        let dot = Dot::Value(vec!["a".to_owned()]);
        assert_eq!(keys_of("toYaml . | nindent 4", &dot), "a");
        assert_eq!(keys_of(".b", &dot), "a/b");
        assert_eq!(keys_of("$.Values.c", &dot), "c");
    }

    #[test]
    fn an_action_that_prints_something_else_is_not() {
        for action in [
            "include \"x\" . | nindent 4",
            ".Values.a | b64enc",
            "printf \"%s\" .Values.a",
            ".Release.Name",
            "add .Values.a 1",
            ".Values.a | upper",
            "if .Values.a",
        ] {
            assert_eq!(keys_of(action, &Dot::Root), "", "{action}");
        }
        assert_eq!(keys_of(".Values.a", &Dot::Unknown), "");
    }

    #[test]
    fn a_scalar_with_actions_prints_what_fits() {
        assert!(may_print("{{ .a }}", "anything"));
        assert!(may_print("\"{{ .image }}:{{ .tag }}\"", "nginx:1"));
        assert!(may_print("{{ .name }}-config", "web-config"));
        assert!(!may_print("{{ .name }}-config", "web-secret"));
        assert!(!may_print("{{ .image }}:{{ .tag }}", "nginx"));
        assert!(may_print("'80' # the port", "80"));
        assert!(may_print("web # its name", "web"));
        assert!(!may_print("web", "api"));
    }

    #[test]
    fn the_actions_of_a_line_are_bare() {
        let found: Vec<_> = actions("a: {{- .x -}} {{/* no */}} {{ .y | quote }}").collect();
        assert_eq!(found, [".x", ".y | quote"]);
        assert_eq!(column("toYaml . | nindent 8"), Some(9));
    }
}
