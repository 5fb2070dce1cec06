//! Whether a namespace is production, development or another environment, by what people call it.

use std::collections::BTreeMap;

use model::{Inventory, kinds};

/// What a namespace is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Environment {
    /// Serves real users.
    Production,
    /// Rehearses production.
    Staging,
    /// Everything before that: development, test, review.
    Development,
}

/// Labels of a namespace whose value names its environment.
const LABELS: [&str; 5] = ["environment", "env", "app.kubernetes.io/environment", "stage", "tier"];

/// Words that name an environment.
const WORDS: &[(&str, Environment)] = &[
    ("prod", Environment::Production),
    ("production", Environment::Production),
    ("prd", Environment::Production),
    ("live", Environment::Production),
    ("stage", Environment::Staging),
    ("staging", Environment::Staging),
    ("stg", Environment::Staging),
    ("preprod", Environment::Staging),
    ("uat", Environment::Staging),
    ("dev", Environment::Development),
    ("develop", Environment::Development),
    ("development", Environment::Development),
    ("test", Environment::Development),
    ("testing", Environment::Development),
    ("qa", Environment::Development),
    ("sandbox", Environment::Development),
    ("review", Environment::Development),
    ("preview", Environment::Development),
];

impl Environment {
    /// The environment that a text names: one of its words, whatever joins them.
    pub fn named_in(text: &str) -> Option<Self> {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let known = |word: &str| {
            WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, it)| *it)
        };
        words.find_map(known)
    }

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Environment::Production => "production",
            Environment::Staging => "staging",
            Environment::Development => "development",
        }
    }
}

/// The environments of namespaces: by their labels, else by their names.
#[derive(Debug)]
pub struct Environments<'a>(BTreeMap<&'a str, Environment>);

impl<'a> Environments<'a> {
    /// What the namespaces of an inventory say of themselves.
    pub fn of(inventory: &'a Inventory) -> Self {
        let labelled = inventory.of(kinds::NAMESPACE).filter_map(|namespace| {
            let value = |label: &&str| namespace.labels().get(label);
            let named = LABELS.iter().filter_map(value).find_map(Environment::named_in);
            named.map(|environment| (namespace.name(), environment))
        });
        Self(labelled.collect())
    }

    /// What a namespace is for, if it says so.
    pub fn get(&self, namespace: &str) -> Option<Environment> {
        self.0.get(namespace).copied().or_else(|| Environment::named_in(namespace))
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;

    #[test]
    fn a_word_of_a_name_tells_the_environment() {
        assert_eq!(Environment::named_in("shop-prod"), Some(Environment::Production));
        assert_eq!(Environment::named_in("dev"), Some(Environment::Development));
        assert_eq!(Environment::named_in("eu_STG_2"), Some(Environment::Staging));
        assert_eq!(Environment::named_in("products"), None);
        assert_eq!(Environment::named_in("delivery"), None);
    }
}
