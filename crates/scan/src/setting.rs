//! The settings of `ringfence.yaml`, each declared once: what it does and what it may be.

/// A setting at the top of the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// Its key.
    pub(crate) key: &'static str,
    /// What it does, in one sentence.
    pub(crate) about: &'static str,
    /// What it may be.
    pub(crate) allowed: &'static str,
}

/// All of them.
pub(crate) const SETTINGS: [Setting; 8] = [
    Setting {
        key: "failOn",
        about: "From this severity on, an open finding makes the run end with 1.",
        allowed: "critical, high, medium, low or never",
    },
    Setting {
        key: "exclude",
        about: "Files that match are passed over, relative to each directory that is scanned.",
        allowed: "a list of globs, as in .gitignore",
    },
    Setting {
        key: "profiles",
        about: "Only the checks of these profiles run; without any, all checks do.",
        allowed: "a list of profiles; `ringfence explain` lists them",
    },
    Setting {
        key: "namespaces",
        about: "Only objects of these namespaces are reported on, and what stands above namespaces.",
        allowed: "include and exclude, each a list of names in which * stands for any text",
    },
    Setting {
        key: "environments",
        about: "Says what namespaces are for; else their labels and names tell.",
        allowed: "production, staging and development, each a list of names in which * stands for \
                  any text, or of label=value",
    },
    Setting {
        key: "checks",
        about: "Switches a check off, weighs its findings anew, or sets its parameters.",
        allowed: "the id of a check, with enabled, severity or parameters",
    },
    Setting {
        key: "shippedExceptions",
        about: "Whether the exceptions for system components that come with Ringfence hold.",
        allowed: "true or false",
    },
    Setting {
        key: "exceptions",
        about: "Risks that somebody accepts, each with an owner, a reason and an end.",
        allowed: "a list; `ringfence exceptions` shows what became of each",
    },
];

/// What a setting of a single check does, and what it may be.
pub(crate) const ENABLED: [&str; 2] = ["Whether the check runs.", "true or false"];
/// What a setting of a single check does, and what it may be.
pub(crate) const SEVERITY: [&str; 2] =
    ["What the check's findings weigh.", "critical, high, medium or low"];
/// What a parameter may be.
pub(crate) const WORDS: &str = "a list of words";

/// The keys, in the order of the table.
pub(crate) fn keys() -> [&'static str; 8] {
    SETTINGS.map(|setting| setting.key)
}
