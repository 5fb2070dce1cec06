//! Documents that are broken, odd or hostile: each costs itself alone, and is stated.

use std::fmt::Write as _;

use e2e::{Folder, PRIVILEGED_LINE, PRIVILEGED_POD};
use serde_json::json;

/// A folder with one file, and a sound one beside it.
fn beside_a_pod(name: &str, content: impl AsRef<[u8]>) -> Folder {
    Folder::with("pod.yaml", PRIVILEGED_POD).and(name, content)
}

const POD: (&str, u32) = ("pod.yaml", PRIVILEGED_LINE);

#[test]
fn a_malformed_document_between_two_good_ones_costs_itself_alone() {
    let text = format!("{PRIVILEGED_POD}---\nkind: [Pod\n---\n{PRIVILEGED_POD}");
    let report = Folder::with("pods.yaml", text).scan().run().exits(3).report();
    assert_eq!(report.found(), [("pods.yaml", 8), ("pods.yaml", 19)]);
    assert_eq!(report.unreadable(), [("pods.yaml", Some(10))]);
    assert_eq!((report.inputs.documents, report.inputs.objects), (3, 2));
}

#[test]
fn tabs_as_indentation_are_stated_with_their_line() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: tabs\n";
    let report = beside_a_pod("tabs.yaml", text).scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("tabs.yaml", Some(4))]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn files_without_a_document_are_read_and_hold_nothing() {
    for nothing in [
        "",
        "\n",
        "# nothing\n# yet\n",
        "---",
        "---\n",
        "---\n---\n...\n",
        "%YAML 1.2\n---\n",
        "null",
        "~",
    ] {
        let report = beside_a_pod("nothing.yaml", nothing).scan().run().exits(1).report();
        assert_eq!(report.inputs.files, 2, "{nothing:?}");
        assert_eq!(report.inputs.documents, 1, "{nothing:?}");
        assert_eq!(report.unreadable(), [], "{nothing:?}");
    }
}

#[test]
fn a_repeated_key_counts_as_the_api_server_counts_it_and_the_last_one_wins() {
    let text =
        PRIVILEGED_POD.replace("privileged: true", "privileged: false\n        privileged: true");
    let report = Folder::with("pod.yaml", text).scan().run().exits(1).report();
    assert_eq!(report.found(), [("pod.yaml", 9)]);
}

#[test]
fn json_values_in_a_row_are_judged_one_by_one() {
    let pod = |name: &str| {
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": {"containers": [
            {"name": "main", "securityContext": {"privileged": true}}
        ]}})
        .to_string()
    };
    let row = format!("{}\n{}\n\n{}", pod("a"), pod("}{"), pod("c"));
    let report = Folder::with("row.json", row).scan().run().exits(1).report();
    assert_eq!(report.found(), [("row.json", 1), ("row.json", 2), ("row.json", 4)]);

    let broken = format!("{}\n{{\"kind\": ]}}\n{}", pod("a"), pod("c"));
    let report = Folder::with("row.json", broken).scan().run().exits(3).report();
    assert_eq!(report.found(), [("row.json", 1), ("row.json", 3)]);
    assert_eq!(report.unreadable(), [("row.json", Some(2))]);
}

#[test]
fn escapes_of_json_are_read_surrogate_pairs_too() {
    let pod = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "\ud83d\ude80\u0041\/\t"},
        "spec": {"hostPID": true, "containers": [{"name": "main",
        "securityContext": {"privileged": true}}]}}"#;
    let report = Folder::with("pod.json", pod).scan().run().exits(1).report();
    assert_eq!(report.found(), [("pod.json", 3)]);
    assert_eq!(report.findings[0].object.name, "🚀A/\t");
}

#[test]
fn tabs_between_json_values_are_blanks() {
    let pod = "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Pod\",\n\t\"metadata\": {\"name\":\t\"tabs\"},\n\
        \t\"spec\": {\"containers\": [\n\t\t{\"name\": \"main\",\n\t\t\t\"securityContext\": {\n\t\t\t\t\"privileged\": true}}]}}\n";
    let report = Folder::with("pod.json", pod).scan().run().exits(1).report();
    assert_eq!(report.found(), [("pod.json", 8)]);
}

#[test]
fn templates_are_counted_as_templates_and_nothing_is_read_into_them() {
    let templates = [
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  hostNetwork: true\n",
        "{{- if .Values.enabled }}\napiVersion: v1\nkind: Pod\nspec: {hostNetwork: true}\n{{- end }}\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    {{- include \"labels\" . | nindent 4 }}\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  {{- range .Values.all }}\n  - name: {{ .name }}\n  {{- end }}\n",
        "apiVersion: v1\nkind: Pod\nspec: {{ toYaml .Values.spec | nindent 2 }}\n",
    ];
    for template in templates {
        let text = format!("{PRIVILEGED_POD}---\n{template}---\n{PRIVILEGED_POD}");
        let report = Folder::with("all.yaml", text).scan().run().exits(1).report();
        assert_eq!(report.skipped("helm-template"), 1, "{template}");
        assert_eq!(report.unreadable(), [], "{template}");
        assert_eq!((report.inputs.documents, report.inputs.objects), (3, 2), "{template}");
        assert_eq!(report.found().len(), 2, "{template}");
    }
}

#[test]
fn an_alias_bomb_is_given_up_and_nothing_else() {
    let report = beside_a_pod("bomb.yaml", bomb(9)).scan().run().exits(3).report();
    assert!(matches!(report.unreadable()[..], [("bomb.yaml", Some(3..=9))]));
    assert_eq!(report.found(), [POD]);
}

#[test]
fn thousands_of_alias_bombs_cost_no_more_than_one() {
    let bombs = format!("---\n{}", bomb(9)).repeat(8_000);
    let report = beside_a_pod("bombs.yaml", bombs).scan().run().exits(3).report();
    assert_eq!(report.inputs.unreadable.len(), 8_000);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn an_alias_of_a_long_text_does_not_multiply_it() {
    let long = "x".repeat(1_000_000);
    let aliases = "- *item\n".repeat(10_000);
    let text = format!(
        "apiVersion: v1\nkind: List\nitems:\n- &item {{apiVersion: v1, kind: ConfigMap, metadata: {{name: c}}, \
        data: {{long: {long}}}}}\n{aliases}"
    );
    let run = beside_a_pod("list.yaml", text).scan().run();
    assert!(run.report().found().contains(&POD));
}

#[test]
fn merge_key_bombs_are_given_up_and_nothing_else() {
    let mut text = String::from("m0: &m0 {k0: 0, l0: 0}\n");
    for level in 1..200 {
        let below = level - 1;
        writeln!(
            text,
            "m{level}: &m{level} {{<<: [*m{below}, *m{below}, *m{below}], k{level}: 0}}"
        )
        .unwrap();
    }
    let report = beside_a_pod("merges.yaml", &text).scan().run().report();
    assert_eq!(report.found(), [POD]);

    let thousands = format!("---\n{text}").repeat(1_000);
    let report = beside_a_pod("merges.yaml", thousands).scan().run().report();
    assert_eq!(report.found(), [POD]);
}

#[test]
fn deep_merge_keys_are_laid_over_one_another() {
    let mut text = String::from("base: &m0 {privileged: true}\n");
    for level in 1..100 {
        writeln!(text, "base{level}: &m{level}\n  <<: *m{}", level - 1).unwrap();
    }
    let pod = PRIVILEGED_POD
        .replace("securityContext:\n        privileged: true", "securityContext: {<<: *m99}");
    let report = Folder::with("pod.yaml", format!("{text}{pod}")).scan().run().exits(1).report();
    assert_eq!(report.found(), [("pod.yaml", 1)]);
}

#[test]
fn an_alias_that_contains_itself_is_given_up() {
    let text = "apiVersion: v1\nkind: Pod\nspec: &spec\n  containers: [*spec]\n";
    let report = beside_a_pod("loop.yaml", text).scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("loop.yaml", Some(4))]);
}

#[test]
fn aliases_do_not_nest_deeper_than_brackets_may() {
    let mut text =
        String::from("apiVersion: example.com/v1\nkind: Deep\nspec:\n  a0: &a0 {template: {}}\n");
    for level in 1..3_000 {
        writeln!(text, "  a{level}: &a{level} {{x: *a{}}}", level - 1).unwrap();
    }
    let padding = format!("# {}\n", "x".repeat(100)).repeat(1_000_000);
    let report =
        beside_a_pod("deep.yaml", format!("{text}{padding}")).scan().run().exits(3).report();
    assert_eq!(report.unreadable().len(), 1);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn nesting_a_hundred_thousand_deep_is_given_up_with_its_line() {
    let deep = |part: &str| format!("apiVersion: v1\nspec: {}", part.repeat(100_000));
    let on_one_line = |part: &str| format!("# all on the next line\n{}", part.repeat(100_000));
    let shapes = [deep("["), deep("{a: "), deep("{\"a\":"), on_one_line("- "), on_one_line("? ")];
    for text in shapes {
        let report = beside_a_pod("deep.yaml", &text).scan().run().exits(3).report();
        assert_eq!(report.unreadable(), [("deep.yaml", Some(2))], "{text:.40}");
        assert_eq!(report.found(), [POD]);
    }
}

#[test]
fn block_mappings_thousands_deep_are_given_up() {
    let mut text = String::new();
    for level in 0..5_000 {
        writeln!(text, "{:level$}a:", "").unwrap();
    }
    let report = beside_a_pod("deep.yaml", text).scan().run().exits(3).report();
    assert!(
        matches!(report.unreadable()[..], [("deep.yaml", Some(2..=1000))]),
        "{:?}",
        report.unreadable()
    );
    assert_eq!(report.found(), [POD]);
}

/// Ten values that refer to the one before, nine times each: nine levels make 387 million values.
fn bomb(levels: usize) -> String {
    let level = |level: usize| {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        format!("a{level}: &a{level} [{aliases}]\n")
    };
    let levels: Vec<String> = (1..=levels).map(level).collect();
    format!("a0: &a0 [x, x, x, x, x, x, x, x, x]\n{}", levels.concat())
}
