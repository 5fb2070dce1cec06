//! Why a change is not made.

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Where the object stands cannot be told.
    #[error("the object was not found where it was read: its text is no plain YAML or JSON")]
    NotFound,
    /// The path or the value is none.
    #[error("the change cannot be read")]
    Unreadable,
    /// It comes from elsewhere.
    #[error("the value is written once and used at several places, by an alias or a merge key")]
    Shared,
    /// It would have to be written anew.
    #[error("a value of another shape stands there")]
    Shape,
    /// It contradicts another change of the same field.
    #[error("another change sets the same field")]
    Contradiction,
    /// A comment would be lost.
    #[error("a comment stands in the middle of it")]
    Comment,
    /// The new text does not say what it should.
    #[error("the text is written in a way that is not edited")]
    Unproven,
}
