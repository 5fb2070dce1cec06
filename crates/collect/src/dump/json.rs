//! A tree as JSON, with some of its texts replaced.

use std::collections::BTreeMap;

use model::tree::{Node, Type};

use super::redact::Hidden;

/// Writes the tree of an object on one line.
pub(super) struct Writer<'a> {
    hidden: BTreeMap<(usize, bool), &'a str>,
    out: &'a mut Vec<u8>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(hidden: &'a [Hidden], out: &'a mut Vec<u8>) -> Self {
        let place = |it: &'a Hidden| ((it.node, it.is_key), it.marker.as_str());
        Self { hidden: hidden.iter().map(place).collect(), out }
    }

    /// Writes a value. `keeps` says of each entry of a mapping whether it is written.
    pub(super) fn value(&mut self, node: Node<'_>, keeps: &dyn Fn(Node<'_>) -> bool) {
        match node.kind() {
            Type::Null => self.out.extend(b"null"),
            Type::Bool => self.out.extend(node.text().as_bytes()),
            Type::Int | Type::Float if is_number(node.text()) => {
                self.out.extend(node.text().as_bytes());
            }
            Type::Seq => self.all(*b"[]", node.items(), |this, item| this.value(item, keeps)),
            Type::Map => {
                let entries = node.entries().filter(|it| keeps(*it));
                self.all(*b"{}", entries, |this, entry| {
                    this.text(entry, true, entry.key());
                    this.out.push(b':');
                    this.value(entry, keeps);
                });
            }
            _ => self.text(node, false, node.text()),
        }
    }

    fn all<'b>(
        &mut self,
        frame: [u8; 2],
        nodes: impl Iterator<Item = Node<'b>>,
        write: impl Fn(&mut Self, Node<'b>),
    ) {
        self.out.push(frame[0]);
        for (index, node) in nodes.enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            write(self, node);
        }
        self.out.push(frame[1]);
    }

    fn text(&mut self, node: Node<'_>, is_key: bool, text: &str) {
        let text = self.hidden.get(&(node.index(), is_key)).copied().unwrap_or(text);
        serde_json::to_writer(&mut *self.out, text).expect("memory takes all");
    }
}

/// Whether JSON has such a number: YAML has more.
fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}
