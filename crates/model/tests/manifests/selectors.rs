//! Selectors, held against a naive reading of the API's text.

use model::Selector;
use model::object::Labels;
use proptest::prelude::*;

use crate::object;

/// What a selector says of labels, both given as YAML.
fn selects(selector: &str, labels: &str) -> bool {
    let object = object(&format!("apiVersion: v1\nkind: A\ns: {selector}\nl: {labels}\n"));
    Selector::read(object.get("s").expect("a selector")).matches(Labels::of(object.get("l")))
}

#[test]
fn an_empty_selector_selects_all_and_null_is_empty() {
    for selector in ["{}", "null", "{matchLabels: {}}", "{matchLabels: null, matchExpressions: []}"]
    {
        assert!(selects(selector, "{}"), "{selector}");
        assert!(selects(selector, "{a: x}"), "{selector}");
    }
}

#[test]
fn a_key_without_a_value_is_a_label_with_an_empty_one() {
    assert!(selects("{matchExpressions: [{key: a, operator: Exists}]}", "{a: }"));
    assert!(selects("{matchLabels: {a: }}", "{a: ''}"));
    assert!(selects("{matchLabels: {a: ''}}", "{a: }"));
    assert!(!selects("{matchLabels: {a: }}", "{}"));
}

/// The API server refuses each of these, so that no such object exists to select anything.
#[test]
fn a_selector_that_is_refused_selects_nothing() {
    for selector in [
        "text",
        "[]",
        "{matchLabels: []}",
        "{matchLabels: {a: 1}}",
        "{matchExpressions: {key: a, operator: Exists}}",
        "{matchExpressions: [{key: a, operator: in, values: [x]}]}",
        "{matchExpressions: [{key: a, values: [x]}]}",
        "{matchExpressions: [{operator: DoesNotExist}]}",
        "{matchExpressions: [{key: b, operator: NotIn, values: []}]}",
        "{matchExpressions: [{key: b, operator: NotIn}]}",
        "{matchExpressions: [{key: b, operator: NotIn, values: [1]}]}",
        "{matchExpressions: [{key: b, operator: DoesNotExist, values: [x]}]}",
        "{matchExpressions: [{key: a, operator: Exists, values: [x]}]}",
    ] {
        assert!(!selects(selector, "{a: x, '1': x}"), "{selector}");
        assert!(!selects(selector, "{}"), "{selector}");
    }
}

#[derive(Clone, Debug)]
struct Naive {
    labels: Vec<(String, String)>,
    expressions: Vec<(String, &'static str, Vec<String>)>,
}

impl Naive {
    fn yaml(&self) -> String {
        let labels: Vec<String> = self.labels.iter().map(|(k, v)| format!("{k}: {v}")).collect();
        let expression = |(key, operator, values): &(String, &str, Vec<String>)| {
            format!("{{key: {key}, operator: {operator}, values: [{}]}}", values.join(", "))
        };
        let expressions: Vec<String> = self.expressions.iter().map(expression).collect();
        format!(
            "{{matchLabels: {{{}}}, matchExpressions: [{}]}}",
            labels.join(", "),
            expressions.join(", ")
        )
    }

    fn matches(&self, labels: &[(String, String)]) -> bool {
        let value = |key: &str| labels.iter().find(|(own, _)| own == key).map(|(_, value)| value);
        let pairs = self.labels.iter().all(|(key, wanted)| value(key) == Some(wanted));
        pairs
            && self.expressions.iter().all(|(key, operator, values)| match *operator {
                "In" => value(key).is_some_and(|it| values.contains(it)),
                "NotIn" => value(key).is_none_or(|it| !values.contains(it)),
                "Exists" => value(key).is_some(),
                _ => value(key).is_none(),
            })
    }
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let pairs = proptest::collection::btree_map("[klm]", "[pqr]", 0..3);
    pairs.prop_map(|pairs| pairs.into_iter().collect())
}

fn expression() -> impl Strategy<Value = (String, &'static str, Vec<String>)> {
    let values = || proptest::collection::vec("[pqr]", 1..3);
    prop_oneof![
        ("[klm]", Just("In"), values()),
        ("[klm]", Just("NotIn"), values()),
        ("[klm]", Just("Exists"), Just(Vec::new())),
        ("[klm]", Just("DoesNotExist"), Just(Vec::new())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_selector_agrees_with_a_naive_reading(
        labels in pairs(),
        own in pairs(),
        expressions in proptest::collection::vec(expression(), 0..3),
    ) {
        let naive = Naive { labels: own, expressions };
        let mapping: Vec<String> = labels.iter().map(|(k, v)| format!("{k}: {v}")).collect();
        let mapping = format!("{{{}}}", mapping.join(", "));
        prop_assert_eq!(selects(&naive.yaml(), &mapping), naive.matches(&labels));
    }
}
