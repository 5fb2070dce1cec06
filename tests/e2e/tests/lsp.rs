//! `ringfence lsp` as an editor speaks with it. Oracle for every edit: the protocol's own rule of how
//! edits are applied, then a scan of what comes out.

use e2e::editor::address;
use e2e::{CHECK, Editor, Folder, PRIVILEGED_POD};
use serde_json::{Value, json};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      securityContext: {readOnlyRootFilesystem: true, privileged: true} # 🦀
";

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|it| it["code"].as_str()).collect()
}

fn the<'a>(findings: &'a [Value], code: &str) -> &'a Value {
    findings.iter().find(|it| it["code"] == code).unwrap_or_else(|| panic!("no {code}"))
}

#[test]
fn a_finding_comes_as_it_is_typed_and_goes_with_its_fix() {
    let folder = Folder::with("pod.yaml", "# nothing yet\n");
    let uri = address(folder.root(), "pod.yaml");
    let (mut editor, offer) = Editor::open(folder.root(), &json!({}));
    assert_eq!(offer["capabilities"]["positionEncoding"], "utf-16");
    editor.edit(&uri, POD);
    let found = editor.findings_of(&uri);
    let range = json!({"start": {"line": 8, "character": 54}, "end": {"line": 8, "character": 76}});
    assert_eq!(the(&found, CHECK)["range"], range);
    assert_eq!(the(&found, CHECK)["source"], "ringfence");

    let document = json!({"uri": uri});
    let ask = json!({"textDocument": document, "range": range, "context": {"diagnostics": [], "only": ["quickfix"]}});
    let actions = editor.ask("textDocument/codeAction", &ask);
    let titles = actions.as_array().expect("a list of actions");
    let fix = titles.iter().find(|it| it["diagnostics"][0]["code"] == CHECK).expect("a fix");
    let edit = &fix["edit"]["changes"][&uri];
    assert_eq!(fix["isPreferred"], false, "it may change what a program does");

    let changes: Vec<Value> = edit
        .as_array()
        .expect("edits")
        .iter()
        .map(|it| json!({"range": it["range"], "text": it["newText"]}))
        .collect();
    editor.tell(
        "textDocument/didChange",
        &json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": changes}),
    );
    let hover = json!({"textDocument": document, "position": {"line": 8, "character": 60}});
    editor.ask("textDocument/hover", &hover);
    let left = editor.findings_of(&uri);
    assert!(!codes(&left).contains(&CHECK), "{left:?}");
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn the_editor_and_a_scan_find_the_same() {
    let folder = Folder::with("pod.yaml", POD).and("other.yaml", PRIVILEGED_POD);
    let scan = folder.scan().run_freely();
    let report: Value = serde_json::from_slice(&scan.stdout()).expect("a report is JSON");
    let (mut editor, _) = Editor::open(folder.root(), &json!({}));
    for file in ["other.yaml", "pod.yaml"] {
        let uri = address(folder.root(), file);
        let found = editor.findings_of(&uri);
        let mut found: Vec<_> = found
            .iter()
            .map(|it| {
                let line = it["range"]["start"]["line"].as_u64().map(|it| it + 1);
                (it["code"].as_str().unwrap_or_default().to_owned(), line)
            })
            .collect();
        found.sort();
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        let mut wanted: Vec<_> = findings
            .iter()
            .filter(|it| it["location"]["file"] == file)
            .map(|it| {
                let check = it["check"].as_str().unwrap_or_default().to_owned();
                (check, it["location"]["line"].as_u64())
            })
            .collect();
        wanted.sort();
        assert!(!wanted.is_empty());
        assert_eq!(found, wanted, "{file}");
    }
}

#[test]
fn an_editor_that_asks_is_answered_and_not_told() {
    let folder = Folder::with("pod.yaml", POD);
    let uri = address(folder.root(), "pod.yaml");
    let capabilities = json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "textDocument": {"diagnostic": {}, "hover": {"contentFormat": ["markdown"]}},
    });
    let (mut editor, offer) = Editor::open(folder.root(), &capabilities);
    assert_eq!(offer["capabilities"]["positionEncoding"], "utf-8");
    editor.edit(&uri, POD);
    let asked = editor.ask("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(asked["kind"], "full");
    let items = asked["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(the(&items, CHECK)["range"]["end"], json!({"line": 8, "character": 78}));
    let at = json!({"textDocument": {"uri": uri}, "position": {"line": 8, "character": 60}});
    let hover = editor.ask("textDocument/hover", &at);
    let text = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(text.starts_with("**Container runs privileged**"), "{text}");
    let told = |it: &Value| {
        it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == uri
    };
    assert!(!editor.notifications.iter().any(told));
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn settings_hold_as_they_are_typed_and_a_mistake_in_them_has_a_line() {
    let folder = Folder::with("pod.yaml", POD).and("ringfence.yaml", "failOn: high\n");
    let (pod, settings) =
        (address(folder.root(), "pod.yaml"), address(folder.root(), "ringfence.yaml"));
    let (mut editor, _) = Editor::open(folder.root(), &json!({}));
    assert!(codes(&editor.findings_of(&pod)).contains(&CHECK));
    editor.edit(&settings, "failOn: high\nchecks:\n  privileged-container: {enabled: false}\n");
    assert!(!codes(&editor.findings_of(&pod)).contains(&CHECK));
    let change = json!({"textDocument": {"uri": settings, "version": 2}, "contentChanges": [{"text": "failOn: high\nfailon: low\n"}]});
    editor.tell("textDocument/didChange", &change);
    loop {
        let found = editor.findings_of(&settings);
        if let Some(first) = found.first() {
            assert_eq!(first["range"]["start"]["line"], 1);
            assert!(first["message"].as_str().is_some_and(|it| it.contains("did you mean")));
            break;
        }
    }
}

#[test]
fn what_is_no_message_is_refused_and_the_conversation_goes_on() {
    let folder = Folder::with("pod.yaml", POD);
    let (mut editor, _) = Editor::open(folder.root(), &json!({}));
    let deep = "[".repeat(100_000);
    for (text, code) in [
        ("{\"jsonrpc\"", -32700),
        (&*deep, -32700),
        ("[]", -32600),
        ("{\"id\":{},\"method\":\"x\"}", -32600),
    ] {
        editor.send_text(text);
        let refused = std::iter::from_fn(|| editor.receive()).find(|it| it.get("error").is_some());
        assert_eq!(refused.expect("an answer")["error"]["code"], code);
    }
    editor.tell("textDocument/didChange", &json!({"textDocument": {"uri": "file:///no.yaml", "version": 7}, "contentChanges": [{"text": "a"}]}));
    editor.tell("textDocument/didChange", &json!({"wrong": true}));
    editor.tell("no/such", &json!(null));
    editor.tell("$/cancelRequest", &json!({"id": 77}));
    assert_eq!(editor.ask_freely("no/such", &json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask_freely("textDocument/hover", &json!({"a": 1}))["error"]["code"], -32602);
    assert_eq!(editor.ask_freely("initialize", &json!({}))["error"]["code"], -32600);
    let nowhere = json!({"textDocument": {"uri": "untitled:x"}, "position": {"line": 4_000_000_000_u32, "character": 4_000_000_000_u32}});
    assert_eq!(editor.ask("textDocument/hover", &nowhere), Value::Null);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn the_end_has_the_codes_of_the_protocol() {
    let folder = Folder::with("pod.yaml", POD);
    let mut early = Editor::start(folder.root());
    assert_eq!(early.ask_freely("textDocument/hover", &json!({}))["error"]["code"], -32002);
    assert_eq!(early.leave(), Some(1));
    let mut broken = Editor::start(folder.root());
    broken.send_raw(b"GET / HTTP/1.1\r\n\r\n");
    assert_eq!(broken.leave(), Some(2));
}
