//! What a user set in `ringfence.yaml`, and where.
//!
//! ```yaml
//! failOn: high
//! exclude: ["vendor/**"]
//! profiles: [pss-restricted, nsa]
//! namespaces: {exclude: ["sandbox-*"]}
//! environments: {production: ["shop", "tier=gold"]}
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

use checks::profile::PROFILES;
use checks::reading::environment::{Environment, Rule};
use checks::{Check, Parameters, Profile};
use finding::exception::glob;
use finding::{Exception, Severity, Source};
use model::tree::Node;

use crate::acceptance::Acceptance;
use crate::declared;
use crate::origin::Origin;
use crate::setting;
pub use crate::sheet::Error;
use crate::sheet::Sheet;

/// The settings in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// From which severity on findings fail the run; never, where there is none.
    pub fail_on: Option<Severity>,
    /// Files to pass over.
    pub exclude: Vec<String>,
    /// The profiles whose checks run; none means all checks.
    pub profiles: Vec<&'static str>,
    /// The namespaces whose objects are of interest.
    pub namespaces: Namespaces,
    /// The environments of namespaces.
    pub environments: Vec<Rule>,
    /// Checks that are switched off.
    pub disabled: BTreeSet<String>,
    /// Checks that run, whatever else is chosen.
    pub mandatory: BTreeSet<&'static str>,
    /// Severities that differ from the check's own.
    pub severities: BTreeMap<String, Severity>,
    /// What checks are told.
    pub parameters: Parameters,
    /// Whether the exceptions that come with the program hold.
    pub shipped_exceptions: bool,
    /// Accepted risks.
    pub exceptions: Vec<Exception>,
    /// Which exceptions are allowed.
    pub acceptance: Acceptance,
    /// The policy under which nothing counts as known for having been found before.
    pub baseline_forbidden_by: Option<String>,
    origins: BTreeMap<String, Origin>,
}

/// The namespaces whose objects are of interest; `*` stands for any text. What stands above
/// namespaces always is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Namespaces {
    /// These alone, where any is named.
    pub include: Vec<String>,
    /// Not these.
    pub exclude: Vec<String>,
}

impl Config {
    /// Reads the text of a `ringfence.yaml`.
    ///
    /// # Errors
    /// On the first setting that is unknown or of the wrong type, with its line and, where one is
    /// close, the name that was probably meant.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        let mut config = Self::default();
        let sheet = Sheet { file };
        let Some(tree) = sheet.parse(text)? else { return Ok(config) };
        for entry in sheet.entries(tree.root(), &setting::keys())? {
            config.set(entry.key(), Origin::File(sheet.location(entry)));
            config.read_entry(sheet, entry)?;
        }
        Ok(config)
    }

    fn read_entry(&mut self, sheet: Sheet<'_>, entry: Node<'_>) -> Result<(), Error> {
        match entry.key() {
            "failOn" => self.fail_on = sheet.threshold(entry)?,
            "exclude" => self.exclude = sheet.words(entry)?,
            "profiles" => self.profiles = profiles(sheet, entry)?,
            "namespaces" => self.namespaces = namespaces(sheet, entry)?,
            "environments" => self.environments = environments(sheet, entry)?,
            "checks" => self.read_checks(sheet, entry)?,
            "shippedExceptions" => self.shipped_exceptions = sheet.boolean(entry)?,
            _ => {
                for item in sheet.items(entry)? {
                    self.exceptions.extend(declared::read(sheet, item, Source::Settings)?);
                }
            }
        }
        Ok(())
    }

    fn read_checks(&mut self, sheet: Sheet<'_>, node: Node<'_>) -> Result<(), Error> {
        for entry in sheet.entries(node, &ids())? {
            let Some(check) = checks::find(entry.key()) else { continue };
            for setting in sheet.entries(entry, &["enabled", "severity", "parameters"])? {
                let key = format!("checks.{}.{}", check.id, setting.key());
                match setting.key() {
                    "enabled" if sheet.boolean(setting)? => drop(self.disabled.remove(check.id)),
                    "enabled" => drop(self.disabled.insert(check.id.to_owned())),
                    "severity" => {
                        self.severities.insert(check.id.to_owned(), sheet.severity(setting)?);
                    }
                    _ => self.read_parameters(sheet, setting, check)?,
                }
                if setting.key() != "parameters" {
                    self.set(&key, Origin::File(sheet.location(setting)));
                }
            }
        }
        Ok(())
    }

    fn read_parameters(
        &mut self,
        sheet: Sheet<'_>,
        node: Node<'_>,
        check: &Check,
    ) -> Result<(), Error> {
        for (name, words, origin) in parameters(sheet, node, check)? {
            self.parameters.set(check.id, name, words);
            self.set(&format!("checks.{}.parameters.{name}", check.id), origin);
        }
        Ok(())
    }

    /// The checks that run: all those of the profiles but those switched off, and what must run.
    pub fn enabled(&self) -> Vec<&'static Check> {
        let profiles: Vec<_> = self.profiles.iter().filter_map(|it| Profile::named(it)).collect();
        let chosen = |check: &Check| {
            profiles.is_empty() || profiles.iter().any(|profile| profile.chooses(check))
        };
        let runs = |check: &&Check| {
            self.mandatory.contains(check.id) || chosen(check) && !self.disabled.contains(check.id)
        };
        checks::all().filter(runs).collect()
    }

    /// What a check's findings weigh.
    pub fn severity(&self, check: &Check) -> Severity {
        self.severities.get(check.id).copied().unwrap_or(check.severity)
    }

    /// Where a setting comes from, by its key with dots.
    pub fn origin(&self, key: &str) -> &Origin {
        self.origins.get(key).unwrap_or(&Origin::Default)
    }

    /// The keys that somebody set.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.origins.keys().map(String::as_str)
    }

    /// Notes where a setting comes from.
    pub fn set(&mut self, key: &str, origin: Origin) {
        self.origins.insert(key.to_owned(), origin);
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            fail_on: Some(Severity::High),
            exclude: Vec::new(),
            profiles: Vec::new(),
            namespaces: Namespaces::default(),
            environments: Vec::new(),
            disabled: BTreeSet::new(),
            mandatory: BTreeSet::new(),
            severities: BTreeMap::new(),
            parameters: Parameters::default(),
            shipped_exceptions: true,
            exceptions: Vec::new(),
            acceptance: Acceptance::default(),
            baseline_forbidden_by: None,
            origins: BTreeMap::new(),
        }
    }
}

impl Namespaces {
    /// Whether objects of a namespace are of interest.
    pub fn has(&self, namespace: &str) -> bool {
        let fits = |patterns: &[String]| patterns.iter().any(|it| glob(it, namespace));
        (self.include.is_empty() || fits(&self.include)) && !fits(&self.exclude)
    }
}

/// The ids that checks have or had.
pub(crate) fn ids() -> Vec<&'static str> {
    let names = |check: &'static Check| check.aliases.iter().copied().chain([check.id]);
    checks::all().flat_map(names).collect()
}

pub(crate) fn profiles(sheet: Sheet<'_>, node: Node<'_>) -> Result<Vec<&'static str>, Error> {
    let names: Vec<_> = PROFILES.iter().map(|profile| profile.name).collect();
    let one = |item| sheet.one_of(item, "profile", &names);
    sheet.items(node)?.into_iter().map(one).collect()
}

fn namespaces(sheet: Sheet<'_>, node: Node<'_>) -> Result<Namespaces, Error> {
    let mut namespaces = Namespaces::default();
    for entry in sheet.entries(node, &["include", "exclude"])? {
        match entry.key() {
            "include" => namespaces.include = sheet.words(entry)?,
            _ => namespaces.exclude = sheet.words(entry)?,
        }
    }
    Ok(namespaces)
}

pub(crate) fn environments(sheet: Sheet<'_>, node: Node<'_>) -> Result<Vec<Rule>, Error> {
    let mut rules = Vec::new();
    let names = Environment::ALL.map(Environment::id);
    for entry in sheet.entries(node, &names)? {
        let environment = Environment::ALL.into_iter().find(|it| it.id() == entry.key());
        let patterns = sheet.words(entry)?.into_iter();
        rules.extend(environment.into_iter().flat_map(|environment| {
            patterns.clone().map(move |pattern| Rule { environment, pattern })
        }));
    }
    Ok(rules)
}

/// A parameter with its words, and where they stand.
pub(crate) type SetParameter = (&'static str, Vec<String>, Origin);

/// The parameters of a check that a mapping sets.
pub(crate) fn parameters(
    sheet: Sheet<'_>,
    node: Node<'_>,
    check: &Check,
) -> Result<Vec<SetParameter>, Error> {
    let names: Vec<&'static str> = check.parameters.iter().map(|it| it.name).collect();
    let read = |entry: Node<'_>| {
        let words = sheet.words(entry)?;
        let name = names.iter().copied().find(|name| *name == entry.key()).unwrap_or_default();
        Ok((name, words, Origin::File(sheet.location(entry))))
    };
    sheet.entries(node, &names)?.into_iter().map(read).collect()
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
        assert_eq!(config.origin("failOn").to_string(), "ringfence.yaml:1");
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
