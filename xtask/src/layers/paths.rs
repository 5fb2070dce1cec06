//! What a Rust file names: its modules, its `use` lines and the paths in its code, outside `#[cfg(test)]`.
//!
//! text → tokens → names. Comments and strings are no tokens, so they are never mistaken for a path.

use std::iter::Peekable;
use std::str::FromStr;
use std::vec::IntoIter;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The names of one module, as written.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Names {
    pub(crate) modules: Vec<Module>,
    pub(crate) uses: Vec<Use>,
    /// Paths of two segments or more that stand in code.
    pub(crate) paths: Vec<Vec<String>>,
}

/// `mod name;`, or `mod name { … }` with its own names.
#[derive(Debug, PartialEq)]
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) inline: Option<Names>,
}

/// One leaf of a `use` tree.
#[derive(Debug, PartialEq)]
pub(crate) struct Use {
    pub(crate) path: Vec<String>,
    /// The name it brings in; none for `*` and `_`.
    pub(crate) name: Option<String>,
}

impl FromStr for Names {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let tokens = TokenStream::from_str(text).map_err(|error| anyhow!("{error}"))?;
        let mut names = Self::default();
        names.read(tokens);
        Ok(names)
    }
}

type Tokens = Peekable<IntoIter<TokenTree>>;

impl Names {
    fn read(&mut self, stream: TokenStream) {
        let mut tokens = peekable(stream);
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => attribute(&mut tokens),
                TokenTree::Punct(mark) if mark.as_char() == ':' => absolute(&mut tokens),
                TokenTree::Ident(word) => self.word(&word.to_string(), &mut tokens),
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn word(&mut self, word: &str, tokens: &mut Tokens) {
        match word {
            "pub" => drop(group(tokens, Delimiter::Parenthesis)),
            "mod" => self.module(tokens),
            "use" => self.import(tokens),
            _ => self.path(word, tokens),
        }
    }

    fn module(&mut self, tokens: &mut Tokens) {
        let Some(name) = ident(tokens) else { return };
        let inline = group(tokens, Delimiter::Brace).map(|group| {
            let mut names = Self::default();
            names.read(group.stream());
            names
        });
        self.modules.push(Module { name, inline });
    }

    fn import(&mut self, tokens: &mut Tokens) {
        if is_mark(tokens.peek(), '<') {
            return; // `impl Trait + use<'a>` imports nothing
        }
        let tree: TokenStream = tokens.take_while(|token| !is_mark(Some(token), ';')).collect();
        self.leaves(tree, &[]);
    }

    fn leaves(&mut self, tree: TokenStream, prefix: &[String]) {
        let mut path = prefix.to_vec();
        let mut rename = None;
        let mut tokens = peekable(tree);
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => rename = ident(&mut tokens),
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Group(group) => {
                    for branch in branches(group.stream()) {
                        self.leaves(branch, &path);
                    }
                    return;
                }
                TokenTree::Punct(mark) if mark.as_char() == '*' => rename = Some("_".to_owned()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
        self.leaf(path, rename);
    }

    fn leaf(&mut self, mut path: Vec<String>, rename: Option<String>) {
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = rename.or_else(|| path.last().cloned());
        let name = name.filter(|name| name != "_");
        if !path.is_empty() {
            self.uses.push(Use { path, name });
        }
    }

    fn path(&mut self, first: &str, tokens: &mut Tokens) {
        let mut path = vec![first.to_owned()];
        while is_mark(tokens.peek(), ':') && is_joined(tokens.peek()) {
            tokens.next();
            tokens.next();
            let Some(segment) = ident(tokens) else { break };
            path.push(segment);
        }
        if path.len() > 1 {
            self.paths.push(path);
        }
    }
}

/// Skips an attribute, and with `#[cfg(test)]` the item it stands on.
fn attribute(tokens: &mut Tokens) {
    let Some(attribute) = group(tokens, Delimiter::Bracket) else {
        return;
    };
    if !is_test_only(attribute.stream()) {
        return;
    }
    for token in tokens {
        let body =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if body || is_mark(Some(&token), ';') {
            return;
        }
    }
}

/// `cfg(test)` and `cfg(all(test, …))`.
fn is_test_only(attribute: TokenStream) -> bool {
    let mut tokens = peekable(attribute);
    ident(&mut tokens).is_some_and(|word| word == "cfg")
        && group(&mut tokens, Delimiter::Parenthesis).is_some_and(|group| asks_test(group.stream()))
}

fn asks_test(condition: TokenStream) -> bool {
    branches(condition).into_iter().any(|branch| {
        let mut tokens = peekable(branch);
        match ident(&mut tokens).as_deref() {
            Some("test") => true,
            Some("all") => group(&mut tokens, Delimiter::Parenthesis)
                .is_some_and(|group| asks_test(group.stream())),
            _ => false,
        }
    })
}

/// Skips what follows a leading `::` or an associated path's `>::`: neither names a module of ours.
fn absolute(tokens: &mut Tokens) {
    while is_mark(tokens.peek(), ':') {
        tokens.next();
        ident(tokens);
    }
}

/// The comma-separated parts of a group.
fn branches(stream: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    tokens
        .split(|token| is_mark(Some(token), ','))
        .map(|branch| branch.iter().cloned().collect())
        .collect()
}

fn peekable(stream: TokenStream) -> Tokens {
    stream.into_iter().collect::<Vec<_>>().into_iter().peekable()
}

fn ident(tokens: &mut Tokens) -> Option<String> {
    match tokens.next_if(|token| matches!(token, TokenTree::Ident(_)))? {
        TokenTree::Ident(word) => Some(word.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

fn group(tokens: &mut Tokens, delimiter: Delimiter) -> Option<Group> {
    let wanted = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter);
    match tokens.next_if(wanted)? {
        TokenTree::Group(group) => Some(group),
        _ => None,
    }
}

fn is_mark(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted)
}

/// Whether a mark is the first half of a longer one: `::` rather than `:`.
fn is_joined(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.spacing() == proc_macro2::Spacing::Joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Names {
        text.parse().unwrap()
    }

    fn uses(text: &str) -> Vec<String> {
        let leaf = |leaf: Use| match leaf.name {
            Some(name) => format!("{} as {name}", leaf.path.join("::")),
            None => leaf.path.join("::"),
        };
        names(text).uses.into_iter().map(leaf).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        let joined = |path: Vec<String>| path.join("::");
        names(text).paths.into_iter().map(joined).collect()
    }

    #[test]
    fn a_use_tree_is_read_to_its_leaves() {
        let text = "pub(crate) use crate::{a::{self, B as C, d::*}, super::e};";
        assert_eq!(
            uses(text),
            ["crate::a as a", "crate::a::B as C", "crate::a::d", "crate::super::e as e"]
        );
    }

    #[test]
    fn paths_in_code_and_in_macros_are_read() {
        let text =
            "fn f() -> crate::a::B { println!(\"{}\", super::c::d()); x.collect::<Vec<_>>() }";
        assert_eq!(paths(text), ["crate::a::B", "super::c::d"]);
    }

    #[test]
    fn comments_strings_and_visibilities_are_no_paths() {
        let text = "/// crate::a\npub(in crate::b) fn f() { /* crate::c */ let _ = \"crate::d\"; }";
        assert!(paths(text).is_empty());
    }

    #[test]
    fn what_stands_under_cfg_test_is_not_read() {
        let text = "#[cfg(test)] #[path = \"x\"] mod tests { use crate::a; }\n\
                    #[cfg(all(test, unix))] use crate::b;\n\
                    #[cfg(not(test))] use crate::c;";
        assert_eq!(uses(text), ["crate::c as c"]);
        assert!(names(text).modules.is_empty());
    }

    #[test]
    fn absolute_and_associated_paths_name_no_module() {
        assert!(paths("fn f() { ::std::mem::take(x); <T as Into<U>>::into::<V>(x); }").is_empty());
    }

    #[test]
    fn inline_modules_keep_their_own_names() {
        let names = names("mod a; mod b { use super::a; }");
        assert_eq!(names.modules[0], Module { name: "a".into(), inline: None });
        assert_eq!(names.modules[1].inline.as_ref().unwrap().uses.len(), 1);
    }

    #[test]
    fn a_capture_list_is_no_import() {
        assert!(uses("fn f<'a>() -> impl Sized + use<'a> { 1 } fn g() {}").is_empty());
    }
}
