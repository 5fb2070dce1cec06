//! Whether a namespace is production, development or another environment, by what people call it.

use std::collections::BTreeMap;

use finding::exception::glob;
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
    /// All of them.
    pub const ALL: [Environment; 3] =
        [Environment::Production, Environment::Staging, Environment::Development];

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

/// A rule of the user: the environment of the namespaces that fit a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The environment.
    pub environment: Environment,
    /// A name in which `*` stands for any text, or `label=value` of the namespace.
    pub pattern: String,
}

/// The environments of namespaces: by the rules of the user, else by their labels, else by their names.
#[derive(Debug)]
pub struct Environments<'a> {
    rules: &'a [Rule],
    said: BTreeMap<&'a str, Environment>,
}

impl<'a> Environments<'a> {
    /// What the user says of namespaces, and what those of an inventory say of themselves.
    pub fn of(inventory: &'a Inventory, rules: &'a [Rule]) -> Self {
        let labelled = inventory.of(kinds::NAMESPACE).filter_map(|namespace| {
            let labels = namespace.labels();
            let meant = rules.iter().find(|rule| {
                rule.label().is_some_and(|(label, value)| labels.get(label) == Some(value))
            });
            let named = || LABELS.iter().filter_map(|label| labels.get(label));
            let said = meant.map(|rule| rule.environment);
            let environment = said.or_else(|| named().find_map(Environment::named_in))?;
            Some((namespace.name(), environment))
        });
        Self { rules, said: labelled.collect() }
    }

    /// What a namespace is for, if somebody says so.
    pub fn get(&self, namespace: &str) -> Option<Environment> {
        let fits = |rule: &&Rule| rule.label().is_none() && glob(&rule.pattern, namespace);
        let meant = self.rules.iter().find(fits).map(|rule| rule.environment);
        meant
            .or_else(|| self.said.get(namespace).copied())
            .or_else(|| Environment::named_in(namespace))
    }
}

impl Rule {
    fn label(&self) -> Option<(&str, &str)> {
        self.pattern.split_once('=')
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
