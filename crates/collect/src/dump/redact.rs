//! How a dump is told what is secret: that is judged elsewhere.

use model::Object;

/// Takes out of a dump what is secret.
pub trait Redact {
    /// What of an object is replaced.
    fn object(&mut self, object: &Object) -> Vec<Hidden>;

    /// What stands for a text that belongs to no object, if it is replaced.
    fn text(&mut self, text: &str) -> Option<String>;
}

/// A text of an object that something else stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The index of the value in its tree.
    pub node: usize,
    /// Whether its key is replaced, and not the value.
    pub is_key: bool,
    /// What stands for it.
    pub marker: String,
}
