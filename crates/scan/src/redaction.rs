//! What is taken out of a dump: all that the checks would take for a credential.

use collect::dump::{Hidden, Redact};
use model::Object;

use crate::Config;

/// Takes credentials out of a dump, by the names that a user set as well.
#[derive(Debug)]
pub struct Redaction(checks::Redactor);

impl Redaction {
    /// With the settings that the scan has.
    pub fn new(config: &Config) -> Self {
        let names = config.parameters.words("literal-credential", "names").unwrap_or_default();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Self(checks::Redactor::new(&names))
    }
}

impl Redact for Redaction {
    fn object(&mut self, object: &Object) -> Vec<Hidden> {
        let hidden = self.0.hidden(object).into_iter();
        let same = |checks::Hidden { node, is_key, marker }| Hidden { node, is_key, marker };
        hidden.map(same).collect()
    }

    fn text(&mut self, text: &str) -> Option<String> {
        self.0.text(text)
    }
}
