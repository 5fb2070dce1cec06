//! Who wrote an exception.

/// Who wrote an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The object itself, in an annotation.
    Annotation,
    /// A person, in the settings.
    Settings,
    /// We did, for a component of a Kubernetes distribution.
    Shipped,
}

impl Source {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Source::Annotation => "annotation",
            Source::Settings => "settings",
            Source::Shipped => "shipped",
        }
    }
}
