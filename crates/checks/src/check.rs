//! What a check declares about itself. All else about it is derived from here.

use finding::{Change, Confidence, Finding, Fix, Severity};
use model::kinds::{self, Kind};
use model::{Kinds, Object, Place, workload};

use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

/// One check.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The stem of its files in kebab-case: names the danger, never the cure.
    pub id: &'static str,
    /// Ids it had before.
    pub aliases: &'static [&'static str],
    /// What is wrong, as a headline.
    pub title: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The ring of defence it belongs to.
    pub ring: Ring,
    /// Which of the four Cs it belongs to.
    pub layer: Layer,
    /// Which of the eight dimensions of a health assessment it belongs to.
    pub dimension: Dimension,
    /// How much it must see to judge.
    pub scope: Scope,
    /// The kinds it judges.
    pub kinds: Kinds,
    /// Kinds that it looks at beside those it judges.
    pub sees: &'static [Kind],
    /// Who mends what it finds.
    pub audience: Audience,
    /// What a user may set.
    pub parameters: &'static [Parameter],
    /// The controls of published frameworks that it serves, by id.
    pub frameworks: &'static [Framework],
    /// The checks of other tools that it covers, by their ids.
    pub peers: &'static [Peer],
    /// Hours to mend the first object.
    pub effort: Hours,
    /// How it is mended.
    pub fix: Fix,
    /// What of it a machine does.
    pub edit: Edit,
    /// Its twin for the API server's own admission.
    pub cel: Cel,
    /// The judgement.
    pub run: fn(&Cx<'_>, &mut Findings),
    /// Its page: what, why, bad, good, fix, references. The examples on it are its tests.
    pub page: &'static str,
}

/// Rings of defence, entered from outside in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ring {
    /// Beyond production grade: sandboxes, generated profiles, short lifetimes.
    One,
    /// Production-grade admission, filtering, pod security, secrets outside the cluster.
    Two,
    /// Identity, RBAC, logging, transport.
    Three,
    /// Namespaces, tenancy, well-known threats inside the cluster.
    Four,
    /// What the outside can reach.
    Five,
}

/// The four Cs of cloud native security.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Cloud.
    Cloud,
    /// Cluster.
    Cluster,
    /// Container.
    Container,
    /// Code.
    Code,
}

/// The eight dimensions of a health assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Architecture.
    Architecture,
    /// Applications.
    Applications,
    /// Scalability.
    Scalability,
    /// Storage and backup.
    Storage,
    /// CI/CD.
    Pipeline,
    /// Disaster recovery.
    Recovery,
    /// Monitoring and health checks.
    Monitoring,
    /// Security.
    Security,
}

/// How much a check must see to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One object, and the labels of its namespace: judged at admission too.
    Object,
    /// The objects of one namespace.
    Namespace,
    /// The whole cluster.
    Cluster,
}

/// Who mends what a check finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Whoever writes the workload.
    Developer,
    /// Whoever runs the cluster.
    Platform,
}

/// Something a user may set: a list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is when nobody sets it.
    pub default: &'static [&'static str],
    /// What it does, in one sentence.
    pub about: &'static str,
}

/// A control of a published framework, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Framework {
    /// MITRE ATT&CK for Containers, a technique.
    Attack(&'static str),
    /// CIS Kubernetes Benchmark, numbered as in its version 1.10.
    Cis(&'static str),
    /// NSA/CISA Kubernetes Hardening Guidance, a chapter.
    Nsa(Nsa),
    /// OWASP Kubernetes Top Ten (2022).
    Owasp(&'static str),
    /// Pod Security Standards.
    Pss(Profile),
}

/// Chapters of the NSA/CISA guidance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nsa {
    /// Kubernetes Pod security.
    PodSecurity,
    /// Network separation and hardening.
    Network,
    /// Authentication and authorization.
    Access,
    /// Audit logging and threat detection.
    Logging,
    /// Upgrading and application security practices.
    Upgrading,
}

/// Profiles of the Pod Security Standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Baseline.
    Baseline,
    /// Restricted.
    Restricted,
}

/// A check of another tool, by its id there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the name of the tool")]
pub enum Peer {
    Checkov(&'static str),
    KubeLinter(&'static str),
    KubeScore(&'static str),
    Kubescape(&'static str),
    Kubesec(&'static str),
    Polaris(&'static str),
    Trivy(&'static str),
}

/// Working hours of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours(pub u32);

/// The twin of a check for a `ValidatingAdmissionPolicy`: an expression that is true for what is
/// admitted.
///
/// Beside `object`, an expression about workloads may use `variables.podSpec`,
/// `variables.podAnnotations`, `variables.containers` (of all three lists) and `variables.windows`,
/// which the export defines for each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cel {
    /// Denies exactly what the check finds.
    Exact(&'static str),
    /// Denies all that the check finds and more, and why.
    Widened(&'static str, &'static str),
    /// Cannot be said in CEL about one object, and why.
    Refused(&'static str),
}

impl Check {
    /// What is usual: an ordinary finding about the objects of some kinds. Every other field is
    /// given by the check itself.
    pub const fn on(kinds: Kinds, page: &'static str) -> Self {
        Self {
            id: "",
            aliases: &[],
            title: "",
            severity: Severity::Medium,
            confidence: Confidence::Config,
            ring: Ring::Two,
            layer: Layer::Cluster,
            dimension: Dimension::Security,
            scope: Scope::Object,
            kinds,
            sees: &[],
            audience: Audience::Developer,
            parameters: &[],
            frameworks: &[],
            peers: &[],
            effort: Hours(1),
            fix: Fix::Manual(""),
            edit: Edit::None,
            cel: Cel::Refused(""),
            run: |_, _| {},
            page,
        }
    }

    /// A finding of this check at a place.
    pub fn at(&self, place: &Place<'_>, message: impl Into<String>) -> Finding {
        Finding {
            severity: self.severity,
            confidence: self.confidence,
            fix: self.fix,
            ..Finding::at(place, self.id, message)
        }
    }

    /// The words of one of its parameters: what the user set, else what it declares.
    pub fn words<'b>(&self, cx: &'b Cx<'_>, name: &str) -> Vec<&'b str> {
        if let Some(words) = cx.set_words(self.id, name) {
            return words.iter().map(String::as_str).collect();
        }
        let declared = self.parameters.iter().find(|parameter| parameter.name == name);
        declared.map(|parameter| parameter.default.to_vec()).unwrap_or_default()
    }

    /// The changes of an object that mend one of its findings; none where a person must.
    pub fn changes(&self, object: &Object, finding: &Finding) -> Vec<Change> {
        let path = &*finding.path;
        match self.edit {
            Edit::None => Vec::new(),
            Edit::Set(json) => vec![Change::set(path, json)],
            Edit::Remove => vec![Change::clear(path)],
            Edit::By(changes) => changes(&Flaw::new(object, path)),
        }
    }

    /// Whether it judges objects like this one.
    pub fn judges(&self, object: &Object) -> bool {
        object.is(self.kinds) || self.kinds.has_custom_workloads() && workload::embeds_pods(object)
    }
}

/// Kinds that facts are made of, whichever check asks for them.
pub(crate) fn kinds_of_facts() -> impl Iterator<Item = &'static Kind> {
    const KNOWN: &[Kind] = &[kinds::SERVICE_ACCOUNT, kinds::NETWORK_POLICY, kinds::NAMESPACE];
    let rbac = [Kinds::ROLES, Kinds::BINDINGS].into_iter().flat_map(Kinds::built_in);
    rbac.chain(KNOWN).chain(netpol::BEYOND)
}

impl Framework {
    /// The framework's name and the id in it.
    pub fn parts(self) -> (&'static str, &'static str) {
        match self {
            Framework::Attack(id) => ("MITRE ATT&CK", id),
            Framework::Cis(id) => ("CIS", id),
            Framework::Nsa(Nsa::PodSecurity) => ("NSA/CISA", "pod security"),
            Framework::Nsa(Nsa::Network) => ("NSA/CISA", "network"),
            Framework::Nsa(Nsa::Access) => ("NSA/CISA", "access"),
            Framework::Nsa(Nsa::Logging) => ("NSA/CISA", "logging"),
            Framework::Nsa(Nsa::Upgrading) => ("NSA/CISA", "upgrading"),
            Framework::Owasp(id) => ("OWASP", id),
            Framework::Pss(Profile::Baseline) => ("Pod Security", "baseline"),
            Framework::Pss(Profile::Restricted) => ("Pod Security", "restricted"),
        }
    }

    /// Name and id in one, such as `CIS 5.2.2`.
    pub fn label(self) -> String {
        let (name, id) = self.parts();
        format!("{name} {id}")
    }
}

impl Peer {
    /// The tool's name and the id in it.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Peer::Checkov(id) => ("Checkov", id),
            Peer::KubeLinter(id) => ("KubeLinter", id),
            Peer::KubeScore(id) => ("kube-score", id),
            Peer::Kubescape(id) => ("Kubescape", id),
            Peer::Kubesec(id) => ("kubesec", id),
            Peer::Polaris(id) => ("Polaris", id),
            Peer::Trivy(id) => ("Trivy", id),
        }
    }
}

impl Ring {
    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            Ring::One => 1,
            Ring::Two => 2,
            Ring::Three => 3,
            Ring::Four => 4,
            Ring::Five => 5,
        }
    }
}

impl Layer {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Layer::Cloud => "cloud",
            Layer::Cluster => "cluster",
            Layer::Container => "container",
            Layer::Code => "code",
        }
    }
}

impl Dimension {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Dimension::Architecture => "architecture",
            Dimension::Applications => "applications",
            Dimension::Scalability => "scalability",
            Dimension::Storage => "storage",
            Dimension::Pipeline => "pipeline",
            Dimension::Recovery => "recovery",
            Dimension::Monitoring => "monitoring",
            Dimension::Security => "security",
        }
    }
}

impl Audience {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Audience::Developer => "developer",
            Audience::Platform => "platform",
        }
    }
}

impl Scope {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Object => "object",
            Scope::Namespace => "namespace",
            Scope::Cluster => "cluster",
        }
    }
}
