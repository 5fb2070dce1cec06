//! The comment on a pull request: a name in it is text and nothing else. Oracle: cmark-gfm, the reader of
//! Markdown that GitHub uses, which is told to let raw HTML through.
#![allow(clippy::disallowed_methods, reason = "a test starts a program")]

use std::collections::BTreeSet;
use std::process::Command;

use consumers::{Sample, sample};
use e2e::Folder;

fn rendered(markdown: &[u8]) -> String {
    let file = Folder::with("comment.md", markdown);
    let mut cmark = Command::new("cmark-gfm");
    for extension in ["table", "autolink", "strikethrough"] {
        cmark.args(["--extension", extension]);
    }
    let output = cmark.arg("--unsafe").arg(file.path("comment.md")).output();
    let output = output.expect("cmark-gfm starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it writes UTF-8")
}

/// The tags of a page with all that stands in them.
fn tags(html: &str) -> BTreeSet<&str> {
    html.split('<').skip(1).filter_map(|it| it.split_once('>')).map(|(tag, _)| tag).collect()
}

#[test]
fn nothing_of_a_name_is_markup() {
    let html = rendered(&Sample::new().written("markdown"));
    let ours = [
        "h2", "h3", "p", "ol", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td",
        "code",
    ];
    let ends = ours.map(|tag| format!("/{tag}"));
    let known: BTreeSet<&str> = ours.into_iter().chain(["br"]).collect();
    for tag in tags(&html) {
        assert!(known.contains(tag) || ends.iter().any(|end| end == tag), "<{tag}> in\n{html}");
    }
    for reference in ["@everyone</", " @everyone", " #1 "] {
        let prose = html.replace("<code>", "\0").split('\0').map(after_code).collect::<String>();
        assert!(!prose.contains(reference), "{reference:?} in\n{prose}");
    }
}

/// What stands behind a piece of code, where references are references.
fn after_code(part: &str) -> &str {
    part.split_once("</code>").map_or(part, |(_, rest)| rest)
}

#[test]
fn each_open_finding_is_a_row_of_four_cells() {
    let sample = Sample::new();
    let [open, ..] = sample::states(&sample.report());
    let html = rendered(&sample.written("markdown"));
    let rows: Vec<&str> = html.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), open);
    assert!(rows.iter().all(|row| row.matches("<td>").count() == 4), "{html}");
}
