//! What the settings of a repository may not loosen. The security team owns it and signs it.
//!
//! ```text
//! policy.yaml ─▶ sign (PrivateKey) ─▶ bundle ─▶ open (PublicKey) ─▶ Policy ─▶ hold (Config) ─▶ Overruled
//! ```
//!
//! ```yaml
//! name: acme
//! serial: 7
//! notBefore: 2026-11-01
//! expires: 2027-06-30
//! failOn: high
//! profiles: [pss-baseline]
//! checks:
//!   literal-credential: {severity: critical}
//! exceptions:
//!   forbidden: [cluster-admin-bound]
//!   mostDays: 180
//!   owners: ["team-*"]
//!   shipped: true
//! mayLeaveOut: false
//! baseline: forbidden
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`bundle`] | the policy with its signature |
//! | [`key`] | who signs, and who can tell |
//! | [`hold`] | settings held to a policy |

pub mod bundle;
pub mod hold;
pub mod key;

use std::collections::{BTreeMap, BTreeSet};

use checks::reading::environment::Rule;
use checks::{Check, Profile};
use finding::Severity;
use jiff::civil::Date;
use model::tree::Node;

use crate::acceptance::Acceptance;
use crate::config::{environments, ids, parameters, profiles};
use crate::sheet::{Error, Sheet};

/// What the settings of a repository may not loosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Rises with every version.
    pub serial: u32,
    /// The first day it holds.
    pub not_before: Option<Date>,
    /// The last day it holds.
    pub expires: Date,
    /// From which severity on a run must fail at least; nothing where the policy does not say.
    pub fail_on: Option<Severity>,
    /// The profiles whose checks must run.
    pub profiles: Vec<&'static str>,
    /// Checks that must run.
    pub checks: BTreeMap<&'static str, Demand>,
    /// The environments of namespaces.
    pub environments: Vec<Rule>,
    /// Which exceptions are allowed.
    pub acceptance: Acceptance,
    /// Whether the exceptions that come with the program may hold.
    pub shipped_exceptions: bool,
    /// Whether the settings may leave files and namespaces out.
    pub may_leave_out: bool,
    /// Whether what was found before may count as known.
    pub baseline_allowed: bool,
}

/// What is asked of one check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// The least that its findings weigh; nothing means as much as the check itself says.
    pub severity: Option<Severity>,
    /// Its parameters; the others are those of the check itself.
    pub parameters: BTreeMap<&'static str, Vec<String>>,
}

/// Why a policy does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotInForce {
    /// Its time has not come.
    #[error("policy {0} holds from {1} on; today is {2}")]
    Early(String, Date, Date),
    /// Its time is over.
    #[error("policy {0} ended on {1}; ask its owner for the next one")]
    Expired(String, Date),
    /// A newer one is known.
    #[error("policy {0} is older than serial {1}, which is known already; fetch it anew")]
    Old(String, u32),
}

const KEYS: [&str; 11] = [
    "name",
    "serial",
    "notBefore",
    "expires",
    "failOn",
    "profiles",
    "checks",
    "environments",
    "exceptions",
    "mayLeaveOut",
    "baseline",
];

impl Policy {
    /// Reads the text of a policy.
    ///
    /// # Errors
    /// On the first entry that is unknown or of the wrong type, and where it has no name, serial or end.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        let sheet = Sheet { file };
        let mut policy =
            Self { shipped_exceptions: true, baseline_allowed: true, ..Self::default() };
        let empty = sheet.parse("{}")?;
        let Some(tree) = sheet.parse(text)?.or(empty) else { return Ok(policy) };
        for key in ["name", "serial", "expires"] {
            if tree.root().get(key).is_none() {
                return Err(sheet.refuse(tree.root(), format!("it has no {key}; add {key}:")));
            }
        }
        for entry in sheet.entries(tree.root(), &KEYS)? {
            policy.read_entry(sheet, entry)?;
        }
        policy.acceptance.policy = policy.to_string();
        Ok(policy)
    }

    fn read_entry(&mut self, sheet: Sheet<'_>, entry: Node<'_>) -> Result<(), Error> {
        match entry.key() {
            "name" => sheet.text(entry)?.clone_into(&mut self.name),
            "serial" => self.serial = sheet.number(entry)?,
            "notBefore" => self.not_before = Some(sheet.day(entry)?),
            "expires" => self.expires = sheet.day(entry)?,
            "failOn" => self.fail_on = Some(sheet.severity(entry)?),
            "profiles" => self.profiles = profiles(sheet, entry)?,
            "checks" => self.checks = demands(sheet, entry)?,
            "environments" => self.environments = environments(sheet, entry)?,
            "exceptions" => self.read_exceptions(sheet, entry)?,
            "mayLeaveOut" => self.may_leave_out = sheet.boolean(entry)?,
            _ => {
                let word =
                    sheet.one_of(entry, "word for the baseline", &["allowed", "forbidden"])?;
                self.baseline_allowed = word == "allowed";
            }
        }
        Ok(())
    }

    fn read_exceptions(&mut self, sheet: Sheet<'_>, node: Node<'_>) -> Result<(), Error> {
        let known = ids();
        let id = |item| {
            let found = checks::find(sheet.one_of(item, "check", &known)?);
            Ok(found.map_or("", |check| check.id))
        };
        for entry in sheet.entries(node, &["forbidden", "mostDays", "owners", "shipped"])? {
            let acceptance = &mut self.acceptance;
            match entry.key() {
                "forbidden" => {
                    let items = sheet.items(entry)?.into_iter();
                    acceptance.forbidden = items.map(id).collect::<Result<_, Error>>()?;
                }
                "mostDays" => acceptance.most_days = Some(sheet.number(entry)?),
                "owners" => acceptance.owners = sheet.words(entry)?,
                _ => self.shipped_exceptions = sheet.boolean(entry)?,
            }
        }
        Ok(())
    }

    /// Holds it against the day and the newest serial that is known.
    ///
    /// # Errors
    /// When it is not in force.
    pub fn in_force(&self, today: Date, serial: u32) -> Result<(), NotInForce> {
        let name = || self.to_string();
        match self.not_before {
            Some(first) if today < first => Err(NotInForce::Early(name(), first, today)),
            _ if self.expires < today => Err(NotInForce::Expired(name(), self.expires)),
            _ if self.serial < serial => Err(NotInForce::Old(name(), serial)),
            _ => Ok(()),
        }
    }

    /// The checks that must run.
    pub fn mandatory(&self) -> BTreeSet<&'static str> {
        let profiles: Vec<_> = self.profiles.iter().filter_map(|it| Profile::named(it)).collect();
        let chosen = |check: &&Check| profiles.iter().any(|profile| profile.chooses(check));
        let of_profiles = checks::all().filter(chosen).map(|check| check.id);
        of_profiles.chain(self.checks.keys().copied()).collect()
    }
}

impl std::fmt::Display for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (serial {})", self.name, self.serial)
    }
}

fn demands(sheet: Sheet<'_>, node: Node<'_>) -> Result<BTreeMap<&'static str, Demand>, Error> {
    let mut demands = BTreeMap::new();
    for entry in sheet.entries(node, &ids())? {
        let Some(check) = checks::find(entry.key()) else { continue };
        demands.insert(check.id, demand(sheet, entry, check)?);
    }
    Ok(demands)
}

fn demand(sheet: Sheet<'_>, node: Node<'_>, check: &Check) -> Result<Demand, Error> {
    let mut demand = Demand::default();
    for entry in sheet.entries(node, &["severity", "parameters"])? {
        if entry.key() == "severity" {
            demand.severity = Some(sheet.severity(entry)?);
            continue;
        }
        let all = parameters(sheet, entry, check)?.into_iter();
        demand.parameters = all.map(|(name, words, _)| (name, words)).collect();
    }
    Ok(demand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_too_young_too_old_or_replaced_is_not_in_force() {
        let text = "name: acme\nserial: 7\nnotBefore: 2026-11-01\nexpires: 2027-06-30\n";
        let policy = Policy::read("policy.yaml", text).unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(policy.in_force(day("2026-11-01"), 7), Ok(()));
        assert_eq!(policy.in_force(day("2027-06-30"), 0), Ok(()));
        assert!(matches!(policy.in_force(day("2026-10-31"), 0), Err(NotInForce::Early(..))));
        assert!(matches!(policy.in_force(day("2027-07-01"), 0), Err(NotInForce::Expired(..))));
        assert!(matches!(policy.in_force(day("2026-11-01"), 8), Err(NotInForce::Old(..))));
    }

    #[test]
    fn one_without_an_end_or_with_an_unknown_entry_is_refused_with_its_line() {
        let refused = |text: &str| Policy::read("policy.yaml", text).unwrap_err().to_string();
        assert_eq!(
            refused("name: a\nserial: 1\n"),
            "policy.yaml:1: it has no expires; add expires:"
        );
        assert_eq!(refused("# nothing\n"), "policy.yaml:1: it has no name; add name:");
        let more = "name: a\nserial: 1\nexpires: 2027-01-01\n";
        assert!(refused(&format!("{more}failOn: never\n")).starts_with("policy.yaml:4: "));
        assert!(refused(&format!("{more}checks: {{privileged: {{}}}}\n")).contains("unknown"));
        assert!(refused(&format!("{more}exceptions: {{forbiden: []}}\n")).contains("forbidden"));
        assert!(refused(&format!("{more}baseline: forbiden\n")).contains("\"forbidden\""));
        assert!(refused(&format!("{more}baseline: false\n")).starts_with("policy.yaml:4: "));
    }
}
