//! Which custom kinds embed pod templates, by the schemas that the server publishes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use model::template::is_template_key;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};

/// The kinds among the schemas of one group and version whose objects may embed a pod template.
///
/// A schema that leaves its fields open may hold one, so its kind is among them.
pub(super) fn kinds_with_pods(bytes: &[u8]) -> Result<Vec<String>, serde_json::Error> {
    let hints = ["containers", OPEN].map(|hint| memchr::memmem::find(bytes, hint.as_bytes()));
    if hints.iter().all(Option::is_none) {
        return Ok(Vec::new());
    }
    let document: Document = serde_json::from_slice(bytes)?;
    let schemas = &document.components.schemas;
    let of_kinds = schemas.values().filter(|schema| !schema.kinds.is_empty());
    let with_pods = of_kinds.filter(|schema| Search::among(schemas).has_pods(schema, DEPTH));
    Ok(with_pods.flat_map(|schema| &schema.kinds).map(|it| it.kind.clone()).collect())
}

const OPEN: &str = "x-kubernetes-preserve-unknown-fields";

/// Schemas inside one another; deeper ones hold no pod template that anybody wrote.
const DEPTH: usize = 24;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    components: Components,
}

#[derive(Default, Deserialize)]
struct Components {
    #[serde(default)]
    schemas: BTreeMap<String, Schema>,
}

/// As much of a schema as is asked for here.
#[derive(Default, Deserialize)]
struct Schema {
    #[serde(default)]
    properties: BTreeMap<String, Schema>,
    items: Option<Box<Schema>>,
    #[serde(default, rename = "additionalProperties", deserialize_with = "schema_or_flag")]
    values: Option<Box<Schema>>,
    #[serde(default, rename = "allOf")]
    all_of: Vec<Schema>,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(default, rename = "x-kubernetes-preserve-unknown-fields")]
    open: bool,
    #[serde(default, rename = "x-kubernetes-group-version-kind")]
    kinds: Vec<KindName>,
}

#[derive(Deserialize)]
struct KindName {
    kind: String,
}

impl Schema {
    /// The schemas inside it that have no key.
    fn parts(&self) -> impl Iterator<Item = &Schema> {
        let inner = self.items.iter().chain(&self.values).map(Box::as_ref);
        inner.chain(&self.all_of)
    }

    /// The name of the schema that it refers to, if it only refers to one.
    fn name(&self) -> Option<&str> {
        let referring = self.all_of.first().unwrap_or(self);
        let name = self.reference.as_ref().or(referring.reference.as_ref())?;
        name.strip_prefix("#/components/schemas/")
    }
}

struct Search<'a> {
    schemas: &'a BTreeMap<String, Schema>,
    /// The named schemas that were entered: none is worth a second visit.
    entered: RefCell<BTreeSet<&'a str>>,
}

impl<'a> Search<'a> {
    fn among(schemas: &'a BTreeMap<String, Schema>) -> Self {
        Self { schemas, entered: RefCell::default() }
    }

    fn has_pods(&self, schema: &'a Schema, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        if schema.name().is_some_and(|name| !self.entered.borrow_mut().insert(name)) {
            return false;
        }
        let schema = self.resolved(schema);
        let open = schema.open && schema.properties.is_empty();
        let among = |(key, inner): (&String, &'a Schema)| {
            is_template_key(key) && self.is_template(inner) || self.has_pods(inner, depth)
        };
        open || schema.properties.iter().any(among)
            || schema.parts().any(|inner| self.has_pods(inner, depth))
    }

    /// Whether a mapping under such a key may have a `spec` that lists containers.
    fn is_template(&self, schema: &'a Schema) -> bool {
        let schema = self.resolved(schema);
        let spec = schema.properties.get("spec").map(|spec| self.resolved(spec));
        schema.open || spec.is_some_and(|it| it.open || it.properties.contains_key("containers"))
    }

    /// The schema that is meant, where it only refers to another.
    fn resolved(&self, schema: &'a Schema) -> &'a Schema {
        schema.name().and_then(|name| self.schemas.get(name)).unwrap_or(schema)
    }
}

/// `additionalProperties` is a schema, or only says whether there may be any.
fn schema_or_flag<'de, D: Deserializer<'de>>(json: D) -> Result<Option<Box<Schema>>, D::Error> {
    struct Either;

    impl<'de> Visitor<'de> for Either {
        type Value = Option<Box<Schema>>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a schema or a boolean")
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            Schema::deserialize(MapAccessDeserializer::new(map)).map(|it| Some(Box::new(it)))
        }
    }

    json.deserialize_any(Either)
}

/// Where the server publishes the schemas of each group and version.
#[derive(Deserialize)]
pub(super) struct Index {
    #[serde(default)]
    paths: BTreeMap<String, Published>,
}

#[derive(Deserialize)]
struct Published {
    #[serde(default, rename = "serverRelativeURL")]
    url: String,
}

impl Index {
    /// The path of the schemas of a group and version, such as `apis/apps/v1`.
    pub(super) fn path(&self, group_path: &str) -> Option<&str> {
        let url = self.paths.get(group_path)?.url.as_str();
        url.starts_with('/').then_some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(spec: &str) -> Vec<String> {
        let text = format!(
            r#"{{"components": {{"schemas": {{
                "io.k8s.PodTemplateSpec": {{"properties": {{"spec": {{"properties":
                    {{"containers": {{"type": "array"}}}}}}}}}},
                "dev.Kind": {{"properties": {{"spec": {spec}}},
                    "x-kubernetes-group-version-kind": [{{"group": "x", "version": "v1", "kind": "Kind"}}]}}
            }}}}}}"#
        );
        kinds_with_pods(text.as_bytes()).unwrap()
    }

    const TEMPLATE: &str = r#"{"properties": {"spec": {"properties": {"containers": {}}}}}"#;

    #[test]
    fn a_schema_with_a_pod_template_is_found_wherever_it_stands() {
        for spec in [
            format!(r#"{{"properties": {{"template": {TEMPLATE}}}}}"#),
            format!(r#"{{"properties": {{"workers": {{"items": {{"properties": {{"podTemplate": {TEMPLATE}}}}}}}}}}}"#),
            format!(r#"{{"properties": {{"replicas": {{"additionalProperties": {{"properties": {{"template": {TEMPLATE}}}}}}}}}}}"#),
            r##"{"properties": {"template": {"$ref": "#/components/schemas/io.k8s.PodTemplateSpec"}}}"##.to_owned(),
            r##"{"properties": {"template": {"allOf": [{"$ref": "#/components/schemas/io.k8s.PodTemplateSpec"}]}}}"##.to_owned(),
            r#"{"properties": {"template": {"x-kubernetes-preserve-unknown-fields": true}}}"#.to_owned(),
            r#"{"x-kubernetes-preserve-unknown-fields": true}"#.to_owned(),
        ] {
            assert_eq!(kinds(&spec), ["Kind"], "{spec}");
        }
    }

    #[test]
    fn a_schema_without_one_is_passed_over() {
        for spec in [
            format!(r#"{{"properties": {{"pattern": {TEMPLATE}}}}}"#),
            r#"{"properties": {"template": {"type": "string"}, "containers": {"type": "array"}}}"#
                .to_owned(),
            r#"{"additionalProperties": true, "properties": {"containers": {}}}"#.to_owned(),
        ] {
            assert_eq!(kinds(&spec), Vec::<String>::new(), "{spec}");
        }
    }

    #[test]
    fn schemas_that_refer_to_each_other_end() {
        let circle =
            r##"{"properties": {"containers": {"$ref": "#/components/schemas/dev.Kind"}}}"##;
        assert_eq!(kinds(circle), Vec::<String>::new());
    }
}
