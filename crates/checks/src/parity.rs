//! Every built-in Kubernetes check of seven other tools, and why none of ours covers it where none does.
//!
//! Which of ours covers what stands in [`Check::peers`](crate::Check::peers) and nowhere else.

use crate::check::Peer;

/// A check of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The tool.
    pub tool: &'static str,
    /// Its id there.
    pub id: &'static str,
    /// Its name there, where its id says nothing; else empty.
    pub name: &'static str,
    /// Why none of ours covers it; nothing where one does.
    pub reason: Option<Reason>,
}

/// Why none of our checks covers a check of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is a matter of taste or order.
    NotSecurity,
    /// What it asks is not in Kubernetes objects.
    NotDecidable,
    /// It judges an API that no supported version serves.
    DeprecatedApi,
    /// What it says is not so, and why.
    Wrong(&'static str),
    /// It belongs to a capability that is not built yet.
    Later(&'static str),
}

/// The capabilities that do not judge Kubernetes objects: what they will judge is elsewhere.
const ELSEWHERE: [&str; 3] = ["cloud", "images", "nodes"];

impl Reason {
    fn parse(text: &'static str) -> Option<Self> {
        match text.split_once(": ").unwrap_or((text, "")) {
            ("not security", "") => Some(Reason::NotSecurity),
            ("not decidable from objects", "") => Some(Reason::NotDecidable),
            ("deprecated API only", "") => Some(Reason::DeprecatedApi),
            ("wrong", why) if !why.is_empty() => Some(Reason::Wrong(why)),
            ("later", what) if !what.is_empty() => Some(Reason::Later(what)),
            _ => None,
        }
    }

    /// The words for it.
    pub fn words(self) -> String {
        match self {
            Reason::NotSecurity => "not security".to_owned(),
            Reason::NotDecidable => "not decidable from objects".to_owned(),
            Reason::DeprecatedApi => "deprecated API only".to_owned(),
            Reason::Wrong(why) => format!("wrong: {why}"),
            Reason::Later(what) => format!("later: {what}"),
        }
    }
}

impl Foreign {
    /// Whether it judges Kubernetes objects, and not files on nodes, a cloud or what an image holds.
    pub fn judges_objects(self) -> bool {
        match self.reason {
            Some(Reason::NotDecidable) => false,
            Some(Reason::Later(what)) => !ELSEWHERE.contains(&what),
            _ => true,
        }
    }

    /// Whether a peer that one of our checks names is this one.
    pub fn is(self, peer: Peer) -> bool {
        peer.label() == (self.tool, self.id)
    }

    /// Reads a line of the table.
    fn parse(line: &'static str) -> Option<Self> {
        let (named, reason) = match line.split_once(" = ") {
            Some((named, reason)) => (named, Some(Reason::parse(reason)?)),
            None => (line, None),
        };
        let mut words = named.splitn(3, ' ');
        let (tool, id) = (words.next()?, words.next()?);
        Some(Self { tool, id, name: words.next().unwrap_or_default(), reason })
    }
}

/// All of them, tool by tool.
///
/// # Panics
/// Never: a test reads every line.
pub fn all() -> impl Iterator<Item = Foreign> {
    let lines = include_str!("parity.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| Foreign::parse(line).expect("a line of the table names tool, id and reason"))
}
