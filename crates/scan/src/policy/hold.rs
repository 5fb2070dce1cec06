//! Settings held to a policy: what is stricter stays, what is looser is overruled and named.

use std::collections::BTreeSet;
use std::fmt;

use checks::Check;
use finding::Severity;

use super::{Demand, Policy};
use crate::config::{Config, Namespaces};
use crate::origin::Origin;

/// A setting that a policy overruled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overruled {
    /// Its key, with dots.
    pub key: String,
    /// Who set it.
    pub origin: Origin,
    /// The policy.
    pub policy: String,
    /// What holds now.
    pub holds: String,
}

impl fmt::Display for Overruled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, origin, policy, holds } = self;
        write!(f, "{origin}: {key} is overruled by policy {policy}: {holds}")
    }
}

/// Holds settings to a policy. What they are afterwards is nowhere looser than it.
pub fn hold(policy: &Policy, config: &mut Config) -> Vec<Overruled> {
    let mut holding = Holding { policy, config, overruled: Vec::new() };
    holding.threshold();
    holding.checks();
    holding.view();
    holding.exceptions();
    holding.overruled
}

struct Holding<'a> {
    policy: &'a Policy,
    config: &'a mut Config,
    overruled: Vec<Overruled>,
}

impl Holding<'_> {
    fn threshold(&mut self) {
        let Some(most) = self.policy.fail_on else { return };
        if self.config.fail_on.is_none_or(|own| own > most) {
            self.config.fail_on = Some(most);
            self.overrule("failOn", most.id().to_owned());
        }
    }

    /// A check that must run runs, weighs no less, and is told what the policy tells it.
    fn checks(&mut self) {
        let mandatory = self.policy.mandatory();
        let none = Demand::default();
        for check in mandatory.iter().filter_map(|id| checks::find(id)) {
            let demand = self.policy.checks.get(check.id).unwrap_or(&none);
            if self.config.disabled.remove(check.id) {
                self.overrule(&format!("checks.{}.enabled", check.id), "true".to_owned());
            }
            self.severity(check, demand.severity.unwrap_or(check.severity));
            self.parameters(check, demand);
        }
        self.config.mandatory = mandatory;
    }

    fn severity(&mut self, check: &Check, least: Severity) {
        if self.config.severity(check) < least {
            self.config.severities.insert(check.id.to_owned(), least);
            self.overrule(&format!("checks.{}.severity", check.id), least.id().to_owned());
        }
    }

    fn parameters(&mut self, check: &Check, demand: &Demand) {
        for parameter in check.parameters {
            let key = format!("checks.{}.parameters.{}", check.id, parameter.name);
            let set = self.config.parameters.words(check.id, parameter.name);
            let asked = demand.parameters.get(parameter.name);
            if set == asked.map(Vec::as_slice) {
                continue;
            }
            if let Some(words) = asked.cloned() {
                let holds = words.join(", ");
                self.config.parameters.set(check.id, parameter.name, words);
                self.overrule(&key, holds);
            } else {
                self.config.parameters.unset(check.id, parameter.name);
                self.overrule(&key, "the default".to_owned());
            }
        }
    }

    /// What is looked at, and as what.
    fn view(&mut self) {
        let Config { exclude, namespaces, environments, .. } = &mut *self.config;
        let mut changed = BTreeSet::new();
        if !self.policy.may_leave_out {
            if !std::mem::take(exclude).is_empty() {
                changed.insert(("exclude", "nothing is left out"));
            }
            if std::mem::take(namespaces) != Namespaces::default() {
                changed.insert(("namespaces", "nothing is left out"));
            }
        }
        if *environments != self.policy.environments {
            environments.clone_from(&self.policy.environments);
            changed.insert(("environments", "those of the policy"));
        }
        for (key, holds) in changed {
            self.overrule(key, holds.to_owned());
        }
    }

    fn exceptions(&mut self) {
        self.config.acceptance = self.policy.acceptance.clone();
        self.config.baseline_forbidden_by =
            (!self.policy.baseline_allowed).then(|| self.policy.to_string());
        if self.config.shipped_exceptions && !self.policy.shipped_exceptions {
            self.config.shipped_exceptions = false;
            self.overrule("shippedExceptions", "false".to_owned());
        }
    }

    /// Notes that the policy decides; worth a word only where somebody else had decided.
    fn overrule(&mut self, key: &str, holds: String) {
        let policy = self.policy.to_string();
        let origin = self.config.origin(key).clone();
        self.config.set(key, Origin::Policy(policy.clone()));
        if origin != Origin::Default {
            self.overruled.push(Overruled { key: key.to_owned(), origin, policy, holds });
        }
    }
}
