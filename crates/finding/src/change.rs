//! How an object is changed: what mends a finding, apart from the text it stands in.

/// A change of one field of an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The field, from the object's root, as [`crate::Finding::path`] is written.
    pub path: String,
    /// What becomes of it.
    pub to: To,
}

/// What becomes of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// It has this value, written as JSON. What is missing on the way to it is made.
    Value(String),
    /// It is no longer there.
    Nothing,
    /// It is no longer there, and nothing that would be empty without it.
    Cleared,
    /// It is called otherwise, and keeps its value.
    Key(String),
    /// It is a list, and this value, written as JSON, is its last item.
    Longer(String),
    /// It is a string with the letters that it is written with.
    Quoted,
    /// It stood several times, and stands once, with the value that counted.
    Once,
}

impl Change {
    /// Sets a field to a value, written as JSON.
    pub fn set(path: impl Into<String>, json: impl Into<String>) -> Self {
        Self { path: path.into(), to: To::Value(json.into()) }
    }

    /// Takes a field away.
    pub fn remove(path: impl Into<String>) -> Self {
        Self { path: path.into(), to: To::Nothing }
    }

    /// Takes a field away, and what would be empty without it.
    pub fn clear(path: impl Into<String>) -> Self {
        Self { path: path.into(), to: To::Cleared }
    }

    /// Makes a scalar a string, as it is written.
    pub fn quote(path: impl Into<String>) -> Self {
        Self { path: path.into(), to: To::Quoted }
    }

    /// Adds an item, written as JSON, to a list.
    pub fn append(path: impl Into<String>, json: impl Into<String>) -> Self {
        Self { path: path.into(), to: To::Longer(json.into()) }
    }

    /// Calls a field otherwise.
    pub fn rename(path: impl Into<String>, key: impl Into<String>) -> Self {
        Self { path: path.into(), to: To::Key(key.into()) }
    }
}
