//! What roles allow and whom bindings reach, on small inventories.

use collect::manifests;
use model::Inventory;
use rbac::{Rbac, Role, RoleId, Subject};

fn inventory(text: &str) -> Inventory {
    let manifests = manifests::read_text("rbac.yaml", text.as_bytes().to_vec(), &|_| true);
    assert!(manifests.inputs.unreadable.is_empty(), "{:?}", manifests.inputs.unreadable);
    Inventory::new(manifests.objects)
}

fn cluster_role<'b, 'a>(rbac: &'b Rbac<'a>, name: &str) -> &'b Role<'a> {
    rbac.roles().find(|it| it.id() == RoleId { namespace: None, name }).expect("a role")
}

/// The resources of a role's rules, each with the object that wrote the rule.
fn resources(rbac: &Rbac<'_>, name: &str) -> Vec<String> {
    let named = |rule: &rbac::Rule<'_>| {
        let writer = rule.writer().map_or("Kubernetes", |object| object.name());
        format!("{} by {writer}", rule.resources.join(","))
    };
    let mut resources: Vec<String> = cluster_role(rbac, name).rules().iter().map(named).collect();
    resources.sort();
    resources
}

const NESTED: &str = r#"
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: outer},
 aggregationRule: {clusterRoleSelectors: [{matchLabels: {into: outer}}]},
 rules: [{apiGroups: [""], resources: [pods], verbs: [get]},
         {apiGroups: [""], resources: [events], verbs: [get]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: inner, labels: {into: outer}},
 aggregationRule: {clusterRoleSelectors: [{matchLabels: {into: inner}}]},
 rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: leaf, labels: {into: inner}},
 rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}
"#;

#[test]
fn aggregation_goes_through_aggregated_roles_and_names_the_writer() {
    let inventory = inventory(NESTED);
    let rbac = Rbac::of(&inventory);
    assert_eq!(resources(&rbac, "inner"), ["pods by leaf"]);
    assert_eq!(resources(&rbac, "outer"), ["events by outer", "pods by leaf"]);
}

#[test]
fn thousands_of_roles_that_select_each_other_are_joined_in_part() {
    let role = |number: usize| {
        format!(
            "---\n{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {{name: \
             r{number}}}, aggregationRule: {{clusterRoleSelectors: [{{}}]}}, rules: [{{apiGroups: \
             [''], resources: [pods], verbs: [get]}}]}}\n"
        )
    };
    let inventory = inventory(&(0..3_000).map(role).collect::<String>());
    assert!(!Rbac::of(&inventory).is_complete());
}

#[test]
fn roles_that_aggregate_each_other_come_to_an_end() {
    let inventory = inventory(
        r#"
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: a, labels: {all: "yes"}},
 aggregationRule: {clusterRoleSelectors: [{}]}, rules: []}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: b},
 aggregationRule: {clusterRoleSelectors: [{matchLabels: {all: "yes"}}]}, rules: []}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: c}, rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role,
 metadata: {name: d}, rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]}
"#,
    );
    let rbac = Rbac::of(&inventory);
    assert_eq!(resources(&rbac, "a"), ["pods by c"]);
    assert_eq!(resources(&rbac, "b"), ["pods by c"]);
}

#[test]
fn a_label_adds_rules_to_the_roles_every_cluster_is_born_with() {
    let inventory = inventory(
        r#"
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
 metadata: {name: more, labels: {rbac.authorization.k8s.io/aggregate-to-edit: "true"}},
 rules: [{apiGroups: [shop.example.com], resources: [orders], verbs: [update]}]}
"#,
    );
    let rbac = Rbac::of(&inventory);
    let orders = "orders by more".to_owned();
    assert!(resources(&rbac, "admin").contains(&orders));
    assert!(resources(&rbac, "edit").contains(&orders));
    assert!(!resources(&rbac, "view").contains(&orders));
    assert!(
        cluster_role(&rbac, "edit").rules().iter().any(|it| it.allows_any("watch", "", "secrets"))
    );
}

const BINDINGS: &str = r#"
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: all},
 roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: Group, name: "system:authenticated"}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: own, namespace: shop},
 roleRef: {kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: web}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: nobody},
 roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: ServiceAccount, name: web}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: twice, namespace: other},
 roleRef: {kind: ClusterRole, name: view},
 subjects: [{kind: User, name: "system:serviceaccount:shop:web"},
            {kind: Group, name: "system:serviceaccounts:shop"}]}
"#;

#[test]
fn a_binding_reaches_an_account_once_however_often_it_names_it() {
    let inventory = inventory(BINDINGS);
    let rbac = Rbac::of(&inventory);
    let grants = |namespace, account| {
        let names = rbac.grants_of(namespace, account).map(|it| it.object().name());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names
    };
    assert_eq!(grants("shop", "web"), ["all", "own", "twice"]);
    assert_eq!(grants("shop", "db"), ["all", "twice"]);
    assert_eq!(grants("other", "web"), ["all"]);
}

#[test]
fn a_role_is_granted_by_the_bindings_that_name_it() {
    let inventory = inventory(BINDINGS);
    let rbac = Rbac::of(&inventory);
    let view = RoleId { namespace: None, name: "view" };
    assert_eq!(rbac.bindings_of(&view).count(), 3);
    assert_eq!(rbac.bindings_of(&RoleId { namespace: Some("shop"), name: "r" }).count(), 1);
    assert_eq!(rbac.bindings_of(&RoleId { namespace: None, name: "r" }).count(), 0);
}

#[test]
fn a_service_account_without_a_namespace_is_one_of_the_role_bindings_own() {
    let inventory = inventory(BINDINGS);
    let rbac = Rbac::of(&inventory);
    let named = |name: &str| {
        let binding = rbac.bindings().find(|it| it.object().name() == name).expect("a binding");
        binding.subjects().to_vec()
    };
    let own = Subject::ServiceAccount { namespace: "shop", name: "web" };
    assert_eq!(named("own"), [own]);
    assert!(!named("nobody").iter().any(|it| it.is_service_account("shop", "web")));
}

#[test]
fn only_the_label_and_the_name_together_make_a_bootstrap_role() {
    let role = |name: &str, label: &str| {
        let inventory = inventory(&format!(
            "{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, rules: [],
               metadata: {{name: {name:?}, labels: {{kubernetes.io/bootstrapping: {label}}}}}}}"
        ));
        Rbac::of(&inventory).roles().find(|it| it.id().name == name).expect("it").is_bootstrap()
    };
    assert!(role("system:node", "rbac-defaults"));
    assert!(role("cluster-admin", "rbac-defaults"));
    assert!(!role("ours", "rbac-defaults"));
    assert!(!role("system:node", "ours"));
}
