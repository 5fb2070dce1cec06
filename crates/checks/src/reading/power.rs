//! A power: verbs on resources that are a danger in whose hands they are, found in the rules of
//! roles that somebody wrote, and said in CEL from the same words.
//!
//! A rule that allows every resource says nothing of a single one, and one that allows every verb on
//! a long list of them does not mean each: `wildcard-rule` speaks of both. Of every verb on a few
//! resources speak the powers that it gives.

use ::rbac::Rule;
use finding::{Change, Finding, Severity};
use model::{Node, Object, Place};
use serde_json::json;

use crate::check::Check;
use crate::context::{Cx, Findings};

/// Verbs on resources that are a danger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Power {
    /// Each way to have it.
    pub(crate) ways: &'static [Way],
    /// Names that a rule may be limited to and still gives it; `*` is any name.
    pub(crate) named: &'static [&'static str],
    /// Names that a rule must be limited to if it gives it at all; none is no such condition.
    pub(crate) only: &'static [&'static str],
    /// Whether a rule must say its verbs: what a star among them gives is another power's matter.
    pub(crate) said: bool,
    /// True in CEL for roles that do not give it.
    pub(crate) cel: &'static str,
}

/// One way to have a power: any of the verbs on any of the resources.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) verbs: &'static [&'static str],
    pub(crate) reach: Reach,
    pub(crate) group: &'static str,
    /// As rules write them: a subresource is listed as `pods/exec` and as `*/exec`.
    pub(crate) resources: &'static [&'static str],
}

/// Where the objects of a resource live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Above namespaces: a Role has no say over them.
    Cluster,
    /// In a namespace, or being one.
    Namespace,
    /// In a namespace, and a Role gives the power over it in that of the cluster alone.
    System,
}

/// Makes a [`Power`] and its CEL out of the same words:
/// `power!(["create"] on Namespace "" ["pods"])`, ways joined by `or`, then `named [...]` or
/// `only [...]`, then `said true`.
macro_rules! power {
    (
        $([$($verb:literal),+] on $reach:ident $group:literal [$($resource:literal),+])or+
        $(, named [$($name:literal),+])?
        $(, only [$($only:literal),+])?
        $(, said $said:literal)?
    ) => {
        $crate::reading::power::Power {
            ways: &[$($crate::reading::power::Way {
                verbs: &[$($verb),+],
                reach: $crate::reading::power::Reach::$reach,
                group: $group,
                resources: &[$($resource),+],
            }),+],
            named: &[$($($name),+)?],
            only: &[$($($only),+)?],
            said: false $(|| $said)?,
            cel: concat!(
                "has(object.metadata.labels) \
                   && 'kubernetes.io/bootstrapping' in object.metadata.labels \
                   && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
                   && has(object.metadata.name) \
                   && (object.metadata.name.startsWith('system:') || object.metadata.name in \
                     ['admin', 'cluster-admin', 'edit', \
                      'extension-apiserver-authentication-reader', 'view']) \
                 || object.kind == 'ClusterRole' && has(object.aggregationRule) \
                 || !has(object.rules) || object.rules.all(r, \
                   !has(r.verbs) || !has(r.apiGroups) || !has(r.resources) \
                   || '*' in r.resources \
                   || '*' in r.verbs && r.resources.size() > 3 \
                     && (!has(r.resourceNames) || r.resourceNames.size() == 0)",
                $(" || '*' in r.verbs && ", stringify!($said),)?
                "  || has(r.resourceNames) && r.resourceNames.size() > 0",
                $(" && !r.resourceNames.exists(n, n in [", $("'", $name, "', ",)+ "] \
                    || '*' in [", $("'", $name, "', ",)+ "])",)?
                $(" && !r.resourceNames.exists(n, n in [", $("'", $only, "', ",)+ "]) \
                    || !has(r.resourceNames) || r.resourceNames.size() == 0",)?
                " || (true",
                $(" && (object.kind == 'Role' && ('", stringify!($reach), "' == 'Cluster' \
                    || '", stringify!($reach), "' == 'System' && !(has(object.metadata.namespace) \
                      && object.metadata.namespace == 'kube-system')) \
                    || !r.verbs.exists(v, v in ['*', ", $("'", $verb, "', ",)+ "]) \
                    || !r.apiGroups.exists(g, g in ['*', '", $group, "']) \
                    || !r.resources.exists(x, x in [", $("'", $resource, "', ",)+ "]))",)+
                ")",
                ")",
            ),
        }
    };
}

pub(crate) use power;

/// A rule that names more resources than these lists them.
const FEW: usize = 3;

/// Whether a rule says more by its stars than by the resources it names.
pub(crate) fn is_sweeping(rule: &Rule<'_>) -> bool {
    let is_list = rule.resources.len() > FEW && rule.names.is_empty();
    rule.resources.contains(&"*") || is_list && rule.verbs.contains(&"*")
}

impl Power {
    /// Puts out one finding for each role that gives the power, at the first word that does. `deed`
    /// completes the sentence "whoever is bound to this may". A Role reaches one namespace, so that
    /// its finding weighs one step less, unless that namespace is the cluster's own.
    pub(crate) fn find(&self, cx: &Cx<'_>, check: &Check, deed: &str, out: &mut Findings) {
        for role in cx.inventory().of_any(check.kinds) {
            let given = self.given(role);
            let Some((_, place)) = given.first() else { continue };
            let words = words(given.iter().map(|(words, _)| words.as_str()));
            let message = format!("whoever is bound to this may {deed} ({words})");
            let finding = check.at(place, message);
            out.push(Finding { severity: weight(role, finding.severity), ..finding });
        }
    }

    /// Each verb and resource that the rules of a role give, and where the resource stands.
    pub(crate) fn given<'a>(&self, role: &'a Object) -> Vec<(String, Place<'a>)> {
        let rules: Vec<Rule<'a>> = Rule::written(role).collect();
        rules.iter().flat_map(|rule| self.given_by(rule, role)).collect()
    }

    fn given_by<'a>(&self, rule: &Rule<'a>, of: &Object) -> Vec<(String, Place<'a>)> {
        if !self.allows(rule) {
            return Vec::new();
        }
        let ways = self.ways.iter().filter(|way| way.reach.covers(of));
        let given = ways.filter_map(|way| {
            let (verb, resource) = (way.verb(rule)?, way.resource(rule)?);
            Some((format!("{verb} {resource}"), rule.word("resources", resource)?))
        });
        given.collect()
    }

    fn allows(&self, rule: &Rule<'_>) -> bool {
        let is_named = |name: &&str| self.named.contains(&"*") || self.named.contains(name);
        let is_meant = if self.only.is_empty() {
            rule.names.is_empty() || rule.names.iter().any(is_named)
        } else {
            rule.names.iter().any(|name| self.only.contains(name))
        };
        let is_said = !self.said || !rule.verbs.contains(&"*");
        is_meant && is_said && !is_sweeping(rule)
    }
}

impl Reach {
    fn covers(self, role: &Object) -> bool {
        match self {
            _ if role.kind() != "Role" => true,
            Reach::Cluster => false,
            Reach::Namespace => true,
            Reach::System => role.namespace() == "kube-system",
        }
    }
}

impl Way {
    /// The verb by which a rule goes this way, if it does.
    fn verb(&self, rule: &Rule<'_>) -> Option<&'static str> {
        let in_group = rule.groups.iter().any(|group| *group == "*" || *group == self.group);
        let verb = self.verbs.iter().find(|verb| rule.has_verb(verb)).copied();
        verb.filter(|_| in_group && self.resource(rule).is_some())
    }

    fn resource<'a>(&self, rule: &Rule<'a>) -> Option<&'a str> {
        rule.resources.iter().find(|resource| self.resources.contains(resource)).copied()
    }
}

/// Resources that some power takes out of rules.
const TAKEN_OUT: [&str; 9] = [
    "events",
    "pods/attach",
    "*/attach",
    "pods/ephemeralcontainers",
    "*/ephemeralcontainers",
    "pods/exec",
    "*/exec",
    "services/status",
    "*/status",
];

/// A rule of a role that gives a power, as it is written and as it is read.
type Giving<'a> = (Node<'a>, Rule<'a>);

impl Power {
    /// What takes the resources of the power out of the rules of a role, and a rule of nothing else
    /// as a whole. Nothing if the role would still give it.
    pub(crate) fn taken_out(&self, role: &Object) -> Vec<Change> {
        self.all(role, |it| self.without_resources(it))
    }

    /// What drops the verbs of the power from the rules of a role. Where a rule is about other
    /// resources, too, those keep what they had. Nothing if the role would still give it.
    pub(crate) fn dropped(&self, role: &Object) -> Vec<Change> {
        self.all(role, |it| self.without_verbs(it))
    }

    fn all(&self, role: &Object, of: impl Fn(&Giving<'_>) -> Vec<Change>) -> Vec<Change> {
        let changes: Vec<_> = self.giving(role).iter().map(of).collect();
        if changes.iter().any(Vec::is_empty) { Vec::new() } else { changes.concat() }
    }

    fn giving<'a>(&self, role: &'a Object) -> Vec<Giving<'a>> {
        let nodes = role.get("rules").into_iter().flat_map(Node::items);
        let rules = nodes.zip(Rule::written(role));
        rules.filter(|(_, rule)| !self.given_by(rule, role).is_empty()).collect()
    }

    /// A rule must not be left without resources: where all that is left may be taken out for
    /// another reason, the first goes first, and the others when that is done.
    fn without_resources(&self, (node, rule): &Giving<'_>) -> Vec<Change> {
        if rule.resources.iter().all(|it| self.is_about(it)) {
            return vec![Change::remove(node.path())];
        }
        let is_next = rule.resources.first().is_some_and(|it| self.is_about(it));
        let mut kept = rule.resources.iter().filter(|it| !self.is_about(it));
        if !is_next && kept.all(|it| TAKEN_OUT.contains(it)) {
            return Vec::new();
        }
        gone(*node, "resources", |it| self.is_about(it))
    }

    fn without_verbs(&self, giving @ (node, rule): &Giving<'_>) -> Vec<Change> {
        if rule.verbs.contains(&"*") {
            return Vec::new();
        }
        let rest: Vec<&str> = rule.verbs.iter().copied().filter(|it| !self.has_verb(it)).collect();
        if !rule.resources.iter().all(|it| self.is_about(it)) {
            let own = rule.resources.iter().filter(|it| self.is_about(it));
            let own: Vec<&&str> = own.collect();
            let mut new = json!({"apiGroups": rule.groups, "resources": own, "verbs": rest});
            if !rule.names.is_empty() {
                new["resourceNames"] = json!(rule.names);
            }
            let mut changes = self.without_resources(giving);
            if !changes.is_empty() && !rest.is_empty() {
                changes.push(Change::append("rules", new.to_string()));
            }
            return changes;
        }
        match rest[..] {
            [] => vec![Change::remove(node.path())],
            _ => gone(*node, "verbs", |it| self.has_verb(it)),
        }
    }

    fn is_about(&self, resource: &str) -> bool {
        self.ways.iter().any(|way| way.resources.contains(&resource))
    }

    fn has_verb(&self, verb: &str) -> bool {
        self.ways.iter().any(|way| way.verbs.contains(&verb))
    }
}

fn gone(rule: Node<'_>, list: &str, goes: impl Fn(&str) -> bool) -> Vec<Change> {
    let items = rule.get(list).into_iter().flat_map(Node::items);
    items.filter(|it| goes(it.text())).map(|it| Change::remove(it.path())).collect()
}

/// What a finding about a role or a binding weighs: one step less where it is about one namespace.
pub(crate) fn weight(object: &Object, severity: Severity) -> Severity {
    if matches!(object.id().namespace.as_deref(), None | Some("kube-system")) {
        return severity;
    }
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        _ => Severity::Low,
    }
}

/// The first three, and how many more there are.
fn words<'w>(all: impl Iterator<Item = &'w str>) -> String {
    let mut different: Vec<&str> = Vec::new();
    for words in all {
        if !different.contains(&words) {
            different.push(words);
        }
    }
    let (shown, more) = different.split_at(different.len().min(3));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use finding::Severity;
    use jiff::civil::date;
    use testkit::Example;

    use crate::context::{Cx, Parameters, Version};

    #[test]
    fn a_role_weighs_less_than_a_cluster_role_but_not_in_the_namespace_of_the_cluster() {
        let check = crate::find("secret-reader").expect("a check of that id");
        let example = Example::all(check.page).into_iter().next().expect("an example");
        let (inventory, parameters) = (example.inventory(), Parameters::default());
        let cx = Cx::new(&inventory, date(2026, 1, 1), Version::DEFAULT, &parameters);
        let severities: Vec<Severity> =
            crate::run(&[check], &cx).iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Low, Severity::Medium]);
    }
}
