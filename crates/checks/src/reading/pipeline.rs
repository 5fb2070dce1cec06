//! Workflows of GitHub Actions and pipelines of GitLab: what starts them, and what they do.

use model::tree::{Node, Type};
use model::{Inventory, Object, Place, kinds};

/// A workflow of GitHub Actions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Workflow<'a>(&'a Object);

/// A job of a workflow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job<'a>(Node<'a>);

impl<'a> Workflow<'a> {
    /// All workflows of an input.
    pub(crate) fn all(inventory: &'a Inventory) -> impl Iterator<Item = Self> {
        inventory.of(kinds::GITHUB_WORKFLOW).map(Self)
    }

    /// What starts it, by name: a word, a list of words, or a mapping.
    pub(crate) fn triggers(self) -> Vec<&'a str> {
        let Some(on) = self.on() else { return Vec::new() };
        let words = on.as_str().into_iter().chain(on.strings());
        words.chain(on.entries().map(Node::key)).collect()
    }

    /// What is said of one trigger.
    pub(crate) fn trigger(self, name: &str) -> Option<Node<'a>> {
        self.on()?.get(name)
    }

    pub(crate) fn jobs(self) -> impl Iterator<Item = Job<'a>> {
        let jobs = self.root().get("jobs").into_iter().flat_map(Node::entries);
        let jobs = jobs.filter(|job| job.kind() == Type::Map);
        jobs.map(Job)
    }

    pub(crate) fn root(self) -> Node<'a> {
        self.0.root()
    }

    /// A value inside it as evidence.
    pub(crate) fn place_of(self, node: Node<'a>) -> Place<'a> {
        Place::of(self.0, node)
    }

    /// A reader of YAML 1.1 takes the key `on` for a boolean.
    fn on(self) -> Option<Node<'a>> {
        self.root().get("on").or_else(|| self.root().get("true"))
    }
}

impl<'a> Job<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.0.key()
    }

    pub(crate) fn node(&self) -> Node<'a> {
        self.0
    }

    pub(crate) fn steps(&self) -> impl Iterator<Item = Node<'a>> {
        self.0.get("steps").into_iter().flat_map(Node::items)
    }

    /// The condition of the job and of one of its steps, run together.
    pub(crate) fn condition(&self, step: Node<'_>) -> String {
        let text = |node: Node<'_>| node.get("if").map(Node::text).unwrap_or_default().to_owned();
        text(self.0) + " " + &text(step)
    }
}

/// The expressions in a text, such as `github.head_ref` in `${{ github.head_ref }}`.
pub(crate) fn expressions(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("${{").skip(1);
    parts.filter_map(|part| Some(part.split_once("}}")?.0.trim()))
}

/// A job of a GitLab pipeline: a mapping with a script.
pub(crate) fn gitlab_jobs(inventory: &Inventory) -> impl Iterator<Item = (&Object, Node<'_>)> {
    inventory.of(kinds::GITLAB_PIPELINE).flat_map(|object| {
        let jobs = object.root().entries().filter(|job| job.get("script").is_some());
        jobs.map(move |job| (object, job))
    })
}

/// The lines of a script, which is a text or a list of texts, one below the other.
pub(crate) fn script(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let alone = node.as_str().map(|_| node);
    alone.into_iter().chain(node.items().filter(|item| item.as_str().is_some()))
}
