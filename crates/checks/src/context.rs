//! What a check is given, and where its findings go.

use std::collections::{BTreeMap, HashSet};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use finding::Finding;
use jiff::civil::Date;
use model::{Component, Container, Inventory, Program, Workload};
use netpol::Policies;

use ::rbac::Rbac;

use crate::reading::account::Accounts;
use crate::reading::environment::{Environment, Environments, Rule};
use crate::reading::neighbour::Neighbours;
use crate::reading::selection::{Pods, Services};

/// What a check is given: the inventory, facts about it on demand, the day, what the user set.
#[derive(Debug)]
pub struct Cx<'a> {
    inventory: &'a Inventory,
    today: Date,
    kubernetes: Version,
    parameters: &'a Parameters,
    rules: &'a [Rule],
    rbac: OnceLock<Rbac<'a>>,
    policies: OnceLock<Policies<'a>>,
    components: OnceLock<Vec<Component<'a>>>,
    environments: OnceLock<Environments<'a>>,
    pods: OnceLock<Pods<'a>>,
    services: OnceLock<Services<'a>>,
    neighbours: OnceLock<Neighbours<'a>>,
    accounts: OnceLock<Accounts<'a>>,
}

/// The minor version of Kubernetes that verdicts are meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The part behind `1.`.
    pub minor: u32,
}

/// What the user set, by check and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<(String, String), Vec<String>>);

/// Where a check puts its findings. Paths and messages that come again are held once.
#[derive(Debug, Default)]
pub struct Findings {
    findings: Vec<Finding>,
    texts: HashSet<Arc<str>>,
}

impl<'a> Cx<'a> {
    /// What checks see of an inventory.
    pub fn new(
        inventory: &'a Inventory,
        today: Date,
        kubernetes: Version,
        parameters: &'a Parameters,
    ) -> Self {
        Self {
            inventory,
            today,
            kubernetes,
            parameters,
            rules: &[],
            rbac: OnceLock::new(),
            policies: OnceLock::new(),
            components: OnceLock::new(),
            environments: OnceLock::new(),
            pods: OnceLock::new(),
            services: OnceLock::new(),
            neighbours: OnceLock::new(),
            accounts: OnceLock::new(),
        }
    }

    /// With what the user says of the environments of namespaces.
    #[must_use]
    pub fn with_environments(self, rules: &'a [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// All objects.
    pub fn inventory(&self) -> &'a Inventory {
        self.inventory
    }

    /// Whatever runs pods.
    pub fn workloads(&self) -> impl Iterator<Item = Workload<'a>> {
        self.inventory.workloads()
    }

    /// All containers of all workloads.
    pub fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        self.workloads().flat_map(Workload::containers)
    }

    /// The day of the run.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The version of Kubernetes that verdicts are meant for.
    pub fn kubernetes(&self) -> Version {
        self.kubernetes
    }

    /// Fact: who may do what.
    pub fn rbac(&self) -> &Rbac<'a> {
        self.rbac.get_or_init(|| Rbac::of(self.inventory))
    }

    /// Fact: which network policies bind whom.
    pub fn policies(&self) -> &Policies<'a> {
        self.policies.get_or_init(|| Policies::of(self.inventory))
    }

    /// The components of one program, by the flags they are started with.
    pub fn components(&self, program: Program) -> impl Iterator<Item = &Component<'a>> {
        let all = self.components.get_or_init(|| Component::all(self.inventory));
        all.iter().filter(move |component| component.program() == program)
    }

    /// What runs pods, as selectors find it.
    pub(crate) fn pods(&self) -> &Pods<'a> {
        self.pods.get_or_init(|| Pods::of(self.inventory))
    }

    /// The Services that select pods.
    pub(crate) fn services(&self) -> &Services<'a> {
        self.services.get_or_init(|| Services::of(self.inventory, self.pods()))
    }

    /// Which service accounts are in view.
    pub(crate) fn accounts(&self) -> &Accounts<'a> {
        self.accounts.get_or_init(|| Accounts::of(self.inventory))
    }

    /// Which objects stand beside each other.
    pub(crate) fn neighbours(&self) -> &Neighbours<'a> {
        self.neighbours.get_or_init(|| Neighbours::of(self.inventory))
    }

    /// What a namespace is for, if it says so.
    pub fn environment(&self, namespace: &str) -> Option<Environment> {
        let of = || Environments::of(self.inventory, self.rules);
        self.environments.get_or_init(of).get(namespace)
    }

    /// What the user set for a parameter of a check, if anything.
    pub(crate) fn set_words(&self, check: &str, name: &str) -> Option<&[String]> {
        self.parameters.words(check, name)
    }
}

impl Parameters {
    /// The words of one parameter, if they are set.
    pub fn words(&self, check: &str, name: &str) -> Option<&[String]> {
        let key = (check.to_owned(), name.to_owned());
        self.0.get(&key).map(Vec::as_slice)
    }

    /// Sets the words of one parameter.
    pub fn set(&mut self, check: &str, name: &str, words: Vec<String>) {
        self.0.insert((check.to_owned(), name.to_owned()), words);
    }

    /// Takes back what was set for one parameter.
    pub fn unset(&mut self, check: &str, name: &str) {
        self.0.remove(&(check.to_owned(), name.to_owned()));
    }
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, mut finding: Finding) {
        for text in [&mut finding.path, &mut finding.message] {
            match self.texts.get(text) {
                Some(known) => *text = Arc::clone(known),
                None => drop(self.texts.insert(Arc::clone(text))),
            }
        }
        self.findings.push(finding);
    }

    /// The findings so far.
    pub fn into_vec(self) -> Vec<Finding> {
        self.findings
    }
}

impl Version {
    /// The version that is meant when nobody says one.
    pub const DEFAULT: Version = Version { minor: 34 };
}

/// Text that names no version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidVersion(String);

impl std::fmt::Display for InvalidVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is no Kubernetes version; write it as 1.34", self.0)
    }
}

impl std::error::Error for InvalidVersion {}

impl FromStr for Version {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidVersion(text.to_owned());
        let rest = text.trim_start_matches('v').strip_prefix("1.").ok_or_else(invalid)?;
        let minor = rest.split('.').next().and_then(|minor| minor.parse().ok());
        minor.map(|minor| Version { minor }).ok_or_else(invalid)
    }
}
