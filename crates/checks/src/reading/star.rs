//! What the stars of a rule reach, and of which of it another check speaks.

use ::rbac::Rule;

use crate::reading::power::is_sweeping;

/// Writes down once, for Rust and for CEL, the resources over which there is a power: group and
/// resource, as rules write them.
macro_rules! weighty {
    ($($resource:literal,)*) => {
        const WEIGHTY: &[&str] = &[$($resource),*];

        /// True in CEL for a role without a star that is the matter of `wildcard-rule`.
        pub(crate) const TWIN: &str = concat!(
            "has(object.metadata.labels) \
               && 'kubernetes.io/bootstrapping' in object.metadata.labels \
               && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
               && has(object.metadata.name) \
               && (object.metadata.name.startsWith('system:') || object.metadata.name in \
                 ['admin', 'cluster-admin', 'edit', 'extension-apiserver-authentication-reader', \
                  'view']) \
             || object.kind == 'ClusterRole' && has(object.aggregationRule) || !has(object.rules) \
             || object.rules.all(r, !has(r.verbs) || r.verbs.size() == 0 || \
               !(has(r.resources) && '*' in r.resources \
                 && (r.verbs.exists(v, !(v in ['get', 'list', 'watch'])) \
                   || has(r.apiGroups) && r.apiGroups.exists(g, g in ['', '*']))) \
               && (!('*' in r.verbs) || has(r.resources) && r.resources.size() <= 3 \
                 && (!has(r.resourceNames) || r.resourceNames.size() == 0) && has(r.apiGroups) \
                 && r.apiGroups.exists(g, r.resources.exists(x, [", $("'", $resource, "', ",)* "] \
                   .exists(w, w == g + ' ' + x || g == '*' && w.endsWith(' ' + x))))) \
               && !(has(r.nonResourceURLs) && r.nonResourceURLs.exists(u, u in ['*', '/*']) \
                 && r.verbs.exists(v, !(v in ['get', 'head', 'options']))))",
        );
    };
}

weighty! {
    " */attach", " */ephemeralcontainers", " */exec", " */portforward", " */proxy", " */status",
    " */token", " endpoints", " events", " groups", " namespaces", " nodes", " nodes/proxy",
    " nodes/status", " persistentvolumes", " pods", " pods/attach", " pods/ephemeralcontainers",
    " pods/exec", " pods/portforward", " pods/proxy", " replicationcontrollers", " secrets",
    " serviceaccounts", " serviceaccounts/token", " services/proxy", " services/status", " users",
    "admissionregistration.k8s.io mutatingadmissionpolicies",
    "admissionregistration.k8s.io mutatingadmissionpolicybindings",
    "admissionregistration.k8s.io mutatingwebhookconfigurations",
    "admissionregistration.k8s.io validatingadmissionpolicies",
    "admissionregistration.k8s.io validatingadmissionpolicybindings",
    "admissionregistration.k8s.io validatingwebhookconfigurations",
    "apiextensions.k8s.io customresourcedefinitions", "apiregistration.k8s.io apiservices",
    "apps daemonsets", "apps deployments", "apps replicasets", "apps statefulsets",
    "batch cronjobs", "batch jobs", "certificates.k8s.io signers",
    "discovery.k8s.io endpointslices", "events.k8s.io events",
    "networking.k8s.io networkpolicies", "rbac.authorization.k8s.io clusterroles",
    "rbac.authorization.k8s.io roles", "security.openshift.io securitycontextconstraints",
}

/// Groups whose objects, all of them, say what the cluster is or what runs in it.
const GROUPS: &[&str] = &[
    "",
    "*",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "batch",
    "certificates.k8s.io",
    "extensions",
    "rbac.authorization.k8s.io",
];

/// Verbs that read; of what they read, Secrets are the danger.
const READ: &[&str] = &["get", "list", "watch"];

/// Whether there is a power over a resource of one of a rule's groups.
pub(crate) fn is_weighty(rule: &Rule<'_>, resource: &str) -> bool {
    let mut pairs = WEIGHTY.iter().filter_map(|pair| pair.split_once(' '));
    pairs.any(|(group, own)| {
        own == resource && rule.groups.iter().any(|it| ["*", group].contains(it))
    })
}

/// Whether a rule allows every verb on so few resources that the checks of single powers speak of
/// it.
pub(crate) fn is_told_by_powers(rule: &Rule<'_>) -> bool {
    let mut resources = rule.resources.iter();
    rule.names.is_empty()
        && !is_sweeping(rule)
        && resources.any(|resource| is_weighty(rule, resource))
}

/// Whether all that it does is to read the objects of products.
pub(crate) fn only_reads_products(rule: &Rule<'_>) -> bool {
    rule.verbs.iter().all(|verb| READ.contains(verb)) && !is_of(rule, &["", "*"])
}

/// Whether its stars reach what the cluster itself is made of, not only the objects of a product.
pub(crate) fn is_about_the_cluster(rule: &Rule<'_>) -> bool {
    if rule.resources.contains(&"*") {
        return is_of(rule, GROUPS);
    }
    rule.resources.iter().any(|resource| is_weighty(rule, resource))
        || is_of(rule, &["rbac.authorization.k8s.io"])
}

fn is_of(rule: &Rule<'_>, groups: &[&str]) -> bool {
    rule.groups.iter().any(|group| groups.contains(group))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use testkit::Example;

    use super::WEIGHTY;
    use crate::context::{Cx, Parameters, Version};

    /// Which checks speak of a cluster role that allows every verb on a resource.
    fn told(group: &str, resource: &str) -> Vec<String> {
        let page = format!(
            "```yaml bad\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n\
             metadata: {{name: example}}\n\
             rules: [{{apiGroups: ['{group}'], resources: ['{resource}'], verbs: ['*']}}]\n```\n"
        );
        let example = Example::all(&page).into_iter().next().expect("an example");
        let (inventory, parameters) = (example.inventory(), Parameters::default());
        let cx = Cx::new(&inventory, date(2026, 1, 1), Version::DEFAULT, &parameters);
        let checks: Vec<_> = crate::all().collect();
        crate::run(&checks, &cx).iter().map(|finding| finding.check.to_string()).collect()
    }

    #[test]
    fn of_every_verb_on_one_resource_either_a_power_speaks_or_the_star() {
        for pair in WEIGHTY {
            let (group, resource) = pair.split_once(' ').expect("a pair");
            let told = told(group, resource);
            assert!(!told.is_empty(), "nobody speaks of {resource}");
            assert!(!told.contains(&"wildcard-rule".to_owned()), "{resource}: {told:?}");
        }
        for (group, resource) in [("", "services"), ("", "configmaps/status"), ("apps", "*/scale")]
        {
            assert_eq!(told(group, resource), ["wildcard-rule"], "{resource}");
        }
    }
}
