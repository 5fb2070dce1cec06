//! The reader of YAML: it ends, keeps its limits, and what it gives holds together.

#![no_main]

use collect::yaml::{Document, Limits, Reader};
use libfuzzer_sys::fuzz_target;
use model::tree::{Node, Tree};

fuzz_target!(|text: &str| {
    let mut documents = Vec::new();
    let mut limits = Limits::for_text(text.len());
    let _ = Reader::default().read(text, 1, &mut limits, &mut documents);
    let lines = u32::try_from(text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count());
    let last = lines.expect("the text is short") + 1;
    for document in documents {
        match document {
            Document::Tree(tree) => holds_together(&tree, last),
            Document::Template { line } => assert!((1..=last).contains(&line)),
        }
    }
});

fn holds_together(tree: &Tree, last_line: u32) {
    let mut seen = 0;
    walk(tree.root(), &mut |node| {
        seen += 1;
        let at = node.position();
        assert!((1..=last_line).contains(&at.line) && at.column > 0, "{at:?}");
        if seen % 97 == 1 {
            assert!(node.index() == 0 || !node.path().is_empty());
        }
    });
    assert_eq!(seen, tree.len(), "every value is reached once");
    for twice in tree.duplicates() {
        assert!(twice.first <= twice.again || twice.first.line <= last_line);
    }
    assert_eq!(tree.subtree(tree.root()).len(), tree.len());
}

fn walk<'a>(node: Node<'a>, take: &mut impl FnMut(Node<'a>)) {
    take(node);
    node.children().for_each(|child| walk(child, take));
}
