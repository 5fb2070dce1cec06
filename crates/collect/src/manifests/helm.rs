//! Helm templates: text that is no manifest before it is rendered.

use std::path::Path;

/// Whether a file lies among the templates of a chart. Only there does `{{` alone make a template:
/// workflows and alerts carry it in their texts.
pub(super) fn is_in_chart(path: &Path) -> bool {
    let folders = path.ancestors().skip(1);
    let templates = folders.filter(|folder| folder.file_name().is_some_and(|it| it == "templates"));
    templates.filter_map(Path::parent).any(|chart| chart.join("Chart.yaml").is_file())
}

/// Whether a text has an action of a template engine where a key, an item or a whole line stands.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{")
        && text.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("{{") || line.starts_with("- {{") || line.contains(": {{")
        })
}

#[cfg(test)]
mod tests {
    use super::is_template;

    #[test]
    fn an_action_in_the_place_of_a_value_makes_a_template() {
        assert!(is_template("a: {{ .Values.a }}\n"));
        assert!(is_template("{{- if .Values.b }}\na: 1\n{{- end }}\n"));
        assert!(is_template("a:\n  - {{ .Values.c }}\n"));
    }

    #[test]
    fn an_action_inside_a_text_does_not() {
        assert!(!is_template("summary: \"{{ $labels.pod }} is down\"\n"));
        assert!(!is_template("args: [--name, '{{workflow.name}}'\n"));
    }
}
