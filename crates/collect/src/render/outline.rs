//! The outline of a template: the keys and items of its documents by indentation, as they stand, and
//! what its actions make of them.

use super::expression::{Dot, actions, column, keys};

/// A template is not looked into beyond so many lines.
const MOST_LINES: usize = 20_000;

/// The documents of a template.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) documents: Vec<Vec<Entry>>,
}

/// A key, an item, or an action that makes lines of its own.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) what: What,
    /// What stands behind it on its line; the action itself where it is one.
    pub(super) text: String,
    pub(super) line: u32,
    /// From 1, in characters.
    pub(super) column: usize,
    /// What the dot is here.
    pub(super) dot: Dot,
    /// How many loops it stands in.
    pub(super) loops: usize,
    /// The place of the entry around it.
    pub(super) parent: Option<usize>,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A key of a mapping.
    Key(String),
    /// An item of a list.
    Item,
    /// An action.
    Action,
}

/// An action that is open until its `end`.
#[derive(Debug)]
struct Block {
    dot: Dot,
    outer: Dot,
    is_loop: bool,
    is_definition: bool,
}

impl Outline {
    /// Reads the text of a template.
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader::default();
        reader.documents.push(Vec::new());
        for (line, number) in text.lines().zip(1..).take(MOST_LINES) {
            reader.line(line, number);
        }
        Self { documents: reader.documents }
    }
}

#[derive(Default)]
struct Reader {
    documents: Vec<Vec<Entry>>,
    blocks: Vec<Block>,
    /// An action that goes on behind the end of its line.
    is_inside_an_action: bool,
    /// The column of a key whose value is a block of text.
    text_below: Option<usize>,
}

impl Reader {
    fn line(&mut self, line: &str, number: u32) {
        if self.is_inside_an_action {
            self.is_inside_an_action = !line.contains("}}");
            return;
        }
        self.entries(line, number);
        for action in actions(line) {
            self.control(action);
        }
        let opened = line.rfind("{{");
        self.is_inside_an_action = opened.is_some_and(|at| !line[at..].contains("}}"));
    }

    fn entries(&mut self, line: &str, number: u32) {
        let bare = line.trim_start();
        let start = line.chars().count() - bare.chars().count() + 1;
        let is_definition = self.blocks.iter().any(|block| block.is_definition);
        if is_definition || bare.is_empty() || bare.starts_with('#') {
            return;
        }
        if line.starts_with("---") {
            self.text_below = None;
            return self.documents.push(Vec::new());
        }
        if bare.starts_with("{{") {
            return self.action(bare, start, number);
        }
        if self.text_below.is_some_and(|column| start > column) {
            return;
        }
        self.text_below = None;
        self.keys_and_items(bare, start, number);
    }

    /// A line that is an action and nothing else makes lines of its own, unless it only steers.
    fn action(&mut self, bare: &str, start: usize, number: u32) {
        let mut all = actions(bare);
        let (Some(action), None) = (all.next(), all.next()) else { return };
        let word = action.split_whitespace().next().unwrap_or_default();
        let steers = ["if", "else", "end", "with", "range", "define", "block", "fail", "required"];
        if steers.contains(&word) || action.contains(":=") || action.contains(" = ") {
            return;
        }
        let column = column(action).unwrap_or(start);
        if self.text_below.is_none_or(|below| column <= below) {
            self.push(What::Action, action, column, number);
        }
    }

    fn keys_and_items(&mut self, mut rest: &str, mut column: usize, number: u32) {
        while let Some(item) =
            rest.strip_prefix('-').filter(|it| it.starts_with(' ') || it.is_empty())
        {
            let inner = item.trim_start();
            self.push(What::Item, inner, column, number);
            column += rest.chars().count() - inner.chars().count();
            rest = inner;
        }
        let Some((key, value)) = key(rest) else { return };
        self.push(What::Key(key.to_owned()), value, column, number);
        if value.starts_with(['|', '>']) {
            self.text_below = Some(column);
        }
    }

    fn push(&mut self, what: What, text: &str, column: usize, line: u32) {
        let loops = self.blocks.iter().filter(|block| block.is_loop).count();
        let dot = self.blocks.last().map_or(Dot::Root, |block| block.dot.clone());
        let Some(document) = self.documents.last_mut() else { return };
        let holds = |entry: &Entry| match (&entry.what, &what) {
            (What::Action, _) => false,
            (What::Key(_), What::Item) => entry.column <= column,
            _ => entry.column < column,
        };
        let mut parent = document.len().checked_sub(1);
        while let Some(entry) = parent.and_then(|place| document.get(place)).filter(|it| !holds(it))
        {
            parent = match entry.what {
                What::Action => parent.and_then(|place| place.checked_sub(1)),
                _ => entry.parent,
            };
        }
        document.push(Entry { what, text: text.to_owned(), line, column, dot, loops, parent });
    }

    fn control(&mut self, action: &str) {
        let (word, rest) = action.split_once(char::is_whitespace).unwrap_or((action, ""));
        let outer = self.blocks.last().map_or(Dot::Root, |block| block.dot.clone());
        let block = |dot| Block { dot, outer: outer.clone(), is_loop: false, is_definition: false };
        match word {
            "if" => self.blocks.push(block(outer.clone())),
            "with" => {
                let dot = keys(rest.trim(), &outer).map_or(Dot::Unknown, Dot::Value);
                self.blocks.push(block(dot));
            }
            "range" => self.blocks.push(Block { is_loop: true, ..block(Dot::Unknown) }),
            "define" | "block" => {
                self.blocks.push(Block { is_definition: true, ..block(Dot::Unknown) });
            }
            "else" => {
                if let Some(last) = self.blocks.last_mut() {
                    let is_plain = rest.is_empty() || rest.starts_with("if");
                    last.dot = if is_plain { last.outer.clone() } else { Dot::Unknown };
                }
            }
            "end" => drop(self.blocks.pop()),
            _ => {}
        }
    }
}

/// The key at the start of a line, and what stands behind it.
fn key(line: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        let Some(inner) = line.strip_prefix(quote) else { continue };
        let (key, rest) = inner.split_once(quote)?;
        return Some((key, rest.strip_prefix(':')?.trim()));
    }
    let (key, value) = match line.split_once(": ") {
        Some((key, value)) => (key, value.trim()),
        None => (line.trim_end().strip_suffix(':')?, ""),
    };
    let is_plain = !key.is_empty() && !key.contains(['{', '}', '[', ' ', '#', '"']);
    is_plain.then_some((key, if value.starts_with('#') { "" } else { value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let outline = Outline::of(text);
        let entries = outline.documents.iter().flatten();
        let shown = entries.map(|entry| {
            let what = match &entry.what {
                What::Key(key) => key.as_str(),
                What::Item => "-",
                What::Action => "{{}}",
            };
            let parent = entry.parent.map_or_else(|| "·".to_owned(), |it| it.to_string());
            format!("{}:{} {what} in {parent}", entry.line, entry.column)
        });
        shown.collect()
    }

    #[test]
    fn keys_and_items_are_nested_by_indentation() {
        let text = "a:\n  b: 1\n  c:\n  - d: 1\n    e: 2\n  - d: 3\nf: |\n  g: 1\nh: 2\n";
        let expected = [
            "1:1 a in ·",
            "2:3 b in 0",
            "3:3 c in 0",
            "4:3 - in 2",
            "4:5 d in 3",
            "5:5 e in 3",
            "6:3 - in 2",
            "6:5 d in 6",
            "7:1 f in ·",
            "9:1 h in ·",
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn an_action_stands_where_it_sets_its_lines() {
        let text = "spec:\n  x:\n    {{- toYaml .Values.x | nindent 4 }}\n{{ include \"y\" . | indent 2 }}\n  z: 1\n";
        assert_eq!(
            shown(text),
            ["1:1 spec in ·", "2:3 x in 0", "3:5 {{}} in 1", "4:3 {{}} in 0", "5:3 z in 0"]
        );
    }

    #[test]
    fn the_dot_is_followed_through_with_and_lost_in_a_loop() {
        let text = "{{- with .Values.a }}\na: {{ .b }}\n{{- else }}\nb: 1\n{{- end }}\n{{ range .Values.c }}\nc: 1\n{{ end }}\nd: 1\n";
        let outline = Outline::of(text);
        let dots: Vec<_> =
            outline.documents.iter().flatten().map(|it| (it.dot.clone(), it.loops)).collect();
        let a = Dot::Value(vec!["a".to_owned()]);
        assert_eq!(dots, [(a, 0), (Dot::Root, 0), (Dot::Unknown, 1), (Dot::Root, 0)]);
    }

    #[test]
    fn what_a_definition_and_a_comment_hold_is_no_part_of_the_document() {
        let text = "{{- define \"x\" }}\na: 1\n{{- end }}\n{{- /*\nb: 1\n*/}}\nc: 1\n";
        assert_eq!(shown(text), ["7:1 c in ·"]);
    }
}
