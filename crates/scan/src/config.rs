//! What a user set in `ringfence.yaml`.
//!
//! ```yaml
//! failOn: high
//! exclude: ["vendor/**"]
//! checks:
//!   literal-credential:
//!     severity: critical
//!     parameters: {ignore: [TEST_TOKEN]}
//!   secret-in-environment: {enabled: false}
//! exceptions:
//!   - check: privileged-container
//!     object: {kind: DaemonSet, namespace: platform, name: "log-*"}
//!     owner: platform-team
//!     reason: reads the kernel log until the vendor ships an eBPF build
//!     expires: 2027-06-30
//! ```

use std::collections::{BTreeMap, BTreeSet};

use checks::{Check, Parameters};
use collect::yaml::{Document, Limits, Reader};
use finding::{Exception, Location, ObjectPattern, Objects, Severity};
use model::tree::{Node, Position, Tree};

use crate::accept;
use crate::spelling::nearest;

/// What a user set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// From which severity on findings fail the run.
    pub fail_on: Option<Severity>,
    /// Files to pass over.
    pub exclude: Vec<String>,
    /// Checks that are switched off.
    pub disabled: BTreeSet<String>,
    /// Severities that differ from the check's own.
    pub severities: BTreeMap<String, Severity>,
    /// What checks are told.
    pub parameters: Parameters,
    /// Accepted risks.
    pub exceptions: Vec<Exception>,
}

/// A setting that is not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct Error {
    file: String,
    line: u32,
    reason: String,
}

impl Config {
    /// Reads the text of a `ringfence.yaml`.
    ///
    /// # Errors
    /// On the first setting that is unknown or of the wrong type, with its line and, where one is
    /// close, the name that was probably meant.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        let mut config = Self::default();
        let Some(tree) = parse(file, text)? else { return Ok(config) };
        let sheet = Sheet { file };
        for entry in sheet.entries(tree.root(), &["failOn", "exclude", "checks", "exceptions"])? {
            match entry.key() {
                "failOn" => config.fail_on = Some(sheet.severity(entry)?),
                "exclude" => config.exclude = sheet.words(entry)?,
                "checks" => sheet.checks(entry, &mut config)?,
                _ => {
                    for item in sheet.items(entry)? {
                        config.exceptions.push(sheet.exception(item)?);
                    }
                }
            }
        }
        Ok(config)
    }

    /// The checks that run: all but those switched off.
    pub fn enabled(&self) -> Vec<&'static Check> {
        checks::all().filter(|check| !self.disabled.contains(check.id)).collect()
    }
}

fn parse(file: &str, text: &str) -> Result<Option<Tree>, Error> {
    let refuse = |line, reason: &str| Error { file: file.into(), line, reason: reason.into() };
    let mut documents = Vec::new();
    let mut limits = Limits::for_text(text.len());
    Reader::default()
        .read(text, 1, &mut limits, &mut documents)
        .map_err(|error| refuse(error.line, &error.reason))?;
    match (documents.pop(), documents.is_empty()) {
        (None, _) => Ok(None),
        (Some(Document::Tree(tree)), true) => match tree.duplicates().first() {
            None => Ok(Some(tree)),
            Some(twice) => Err(refuse(twice.again.line, &format!("{:?} is set twice", twice.key))),
        },
        (Some(Document::Template { line }), _) => Err(refuse(line, "a mapping is used as a key")),
        (Some(Document::Tree(_)), false) => Err(refuse(1, "more than one document in it")),
    }
}

/// Reads values of one file, and says where one is wrong.
struct Sheet<'a> {
    file: &'a str,
}

impl Sheet<'_> {
    fn checks(&self, node: Node<'_>, config: &mut Config) -> Result<(), Error> {
        let names = |check: &'static Check| check.aliases.iter().copied().chain([check.id]);
        let ids: Vec<&str> = checks::all().flat_map(names).collect();
        for entry in self.entries(node, &ids)? {
            let Some(check) = checks::find(entry.key()) else { continue };
            for setting in self.entries(entry, &["enabled", "severity", "parameters"])? {
                match setting.key() {
                    "enabled" => {
                        if !self.boolean(setting)? {
                            config.disabled.insert(check.id.to_owned());
                        }
                    }
                    "severity" => {
                        config.severities.insert(check.id.to_owned(), self.severity(setting)?);
                    }
                    _ => self.parameters(setting, check, &mut config.parameters)?,
                }
            }
        }
        Ok(())
    }

    fn parameters(&self, node: Node<'_>, check: &Check, to: &mut Parameters) -> Result<(), Error> {
        let names: Vec<&str> = check.parameters.iter().map(|parameter| parameter.name).collect();
        for entry in self.entries(node, &names)? {
            to.set(check.id, entry.key(), self.words(entry)?);
        }
        Ok(())
    }

    fn exception(&self, node: Node<'_>) -> Result<Exception, Error> {
        let mut exception = Exception {
            check: String::new(),
            objects: Objects::Like(ObjectPattern::default()),
            reason: String::new(),
            owner: String::new(),
            expires: None,
            at: Some(self.location(node)),
        };
        for entry in self.entries(node, &["check", "object", "owner", "reason", "expires"])? {
            match entry.key() {
                "check" => self.text(entry)?.clone_into(&mut exception.check),
                "object" => exception.objects = Objects::Like(self.pattern(entry)?),
                "owner" => self.text(entry)?.clone_into(&mut exception.owner),
                "reason" => self.text(entry)?.clone_into(&mut exception.reason),
                _ => {
                    let day = accept::parse_day(self.text(entry)?);
                    exception.expires = Some(day.map_err(|why| self.refuse(entry, why))?);
                }
            }
        }
        let complete = accept::complete(&mut exception);
        complete.map_err(|why| self.refuse(node, why.replace('=', ":")))?;
        Ok(exception)
    }

    fn pattern(&self, node: Node<'_>) -> Result<ObjectPattern, Error> {
        let mut pattern = ObjectPattern::default();
        for entry in self.entries(node, &["kind", "namespace", "name"])? {
            let text = Some(self.text(entry)?.to_owned());
            match entry.key() {
                "kind" => pattern.kind = text,
                "namespace" => pattern.namespace = text,
                _ => pattern.name = text,
            }
        }
        Ok(pattern)
    }

    fn entries<'n>(&self, node: Node<'n>, known: &[&str]) -> Result<Vec<Node<'n>>, Error> {
        if node.kind() != model::Type::Map {
            return Err(self.expected(node, "a mapping"));
        }
        match node.entries().find(|entry| !known.contains(&entry.key())) {
            None => Ok(node.entries().collect()),
            Some(entry) => {
                let key = entry.key();
                Err(self.refuse(
                    entry,
                    match nearest(key, known.iter().copied()) {
                        Some(near) => format!("unknown setting {key:?}; did you mean {near:?}?"),
                        None => format!("unknown setting {key:?}; known: {}", known.join(", ")),
                    },
                ))
            }
        }
    }

    fn items<'n>(&self, node: Node<'n>) -> Result<Vec<Node<'n>>, Error> {
        match node.kind() {
            model::Type::Seq => Ok(node.items().collect()),
            _ => Err(self.expected(node, "a list")),
        }
    }

    fn words(&self, node: Node<'_>) -> Result<Vec<String>, Error> {
        let word = |item: Node<'_>| self.text(item).map(ToOwned::to_owned);
        self.items(node)?.into_iter().map(word).collect()
    }

    fn text<'n>(&self, node: Node<'n>) -> Result<&'n str, Error> {
        node.as_text().ok_or_else(|| self.expected(node, "a text"))
    }

    fn boolean(&self, node: Node<'_>) -> Result<bool, Error> {
        node.as_bool().ok_or_else(|| self.expected(node, "true or false"))
    }

    fn severity(&self, node: Node<'_>) -> Result<Severity, Error> {
        let text = self.text(node)?;
        text.parse()
            .map_err(|why: finding::severity::UnknownSeverity| self.refuse(node, why.to_string()))
    }

    fn expected(&self, node: Node<'_>, what: &str) -> Error {
        let key = if node.key().is_empty() { "this" } else { node.key() };
        self.refuse(node, format!("{key} should be {what}, not a {}", node.kind()))
    }

    fn location(&self, node: Node<'_>) -> Location {
        let Position { line, column } = node.position();
        Location { file: self.file.into(), line, column, rendered: None }
    }

    fn refuse(&self, node: Node<'_>, reason: String) -> Error {
        Error { file: self.file.to_owned(), line: node.position().line, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_file_is_read() {
        let config = Config::read(
            "ringfence.yaml",
            "failOn: medium\nchecks:\n  root-container: {severity: high}\n  host-namespace:\n    \
             enabled: false\nexceptions:\n- check: privileged-container\n  object: {name: 'log-*'}\n  \
             owner: platform\n  reason: reads the kernel log\n  expires: 2027-06-30\n",
        )
        .unwrap();
        assert_eq!(config.fail_on, Some(Severity::Medium));
        assert_eq!(config.severities.get("root-container"), Some(&Severity::High));
        assert!(config.enabled().iter().all(|check| check.id != "host-namespace"));
        assert_eq!(config.exceptions[0].at.as_ref().map(|at| at.line), Some(7));
    }

    #[test]
    fn a_misspelt_setting_names_the_line_and_the_right_word() {
        let refused = |text| Config::read("ringfence.yaml", text).unwrap_err().to_string();
        assert_eq!(
            refused("failon: high\n"),
            "ringfence.yaml:1: unknown setting \"failon\"; did you mean \"failOn\"?"
        );
        assert_eq!(
            refused("checks:\n  privileged-containers: {enabled: no}\n"),
            "ringfence.yaml:2: unknown setting \"privileged-containers\"; did you mean \
             \"privileged-container\"?"
        );
        assert_eq!(
            refused("exceptions:\n- check: host-namespace\n  owner: me\n"),
            "ringfence.yaml:2: it gives no reason; add reason:"
        );
        assert!(refused("a: 1\na: 2\n").contains("set twice"));
        assert!(refused("checks: [1]\n").contains("checks should be a mapping, not a list"));
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        assert_eq!(Config::read("ringfence.yaml", "# nothing yet\n"), Ok(Config::default()));
    }
}
