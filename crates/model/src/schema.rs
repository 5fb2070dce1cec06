//! The types of the fields that are read here, so that a value of another type is noticed rather
//! than taken for an absent one.

use crate::kinds::{self, Kinds};
use crate::object::Object;
use crate::tree::{Node, Type};
use crate::workload;

/// What a field may hold. Null is an absent field and always right.
enum Shape {
    Bool,
    Int,
    Str,
    IntOrStr,
    Map(&'static [(&'static str, Shape)]),
    /// A mapping with free keys.
    MapOf(&'static Shape),
    Seq(&'static Shape),
}

/// A value of the wrong type.
#[derive(Clone, Copy, Debug)]
pub struct Mismatch<'a> {
    /// The value.
    pub node: Node<'a>,
    /// What the API server expects, in words.
    pub expected: &'static str,
}

/// An object with more values of a wrong type than this tells of the first ones only.
const MOST_MISMATCHES: usize = 64;

/// The values of an object whose type the API server refuses, among the fields that are read here;
/// of very many, the first.
pub fn mismatches(object: &Object) -> Vec<Mismatch<'_>> {
    let mut found = Vec::new();
    let root = object.root();
    METADATA.check(root.get("metadata"), &mut found);
    if object.is(Kinds::WORKLOADS) {
        let template = template(object, &mut found);
        POD_SPEC.check(template.and_then(|it| it.get("spec")), &mut found);
        if object.kind() != "Pod" {
            METADATA.check(template.and_then(|it| it.get("metadata")), &mut found);
        }
    } else if object.is(Kinds::ROLES) {
        ROLE.check(Some(root), &mut found);
    } else if object.is(Kinds::BINDINGS) {
        BINDING.check(Some(root), &mut found);
    } else if object.is(Kinds::SERVICES) {
        SERVICE.check(root.get("spec"), &mut found);
    } else if kinds::NETWORK_POLICY.group == object.group() && object.kind() == "NetworkPolicy" {
        NETWORK_POLICY.check(root.get("spec"), &mut found);
    } else if object.group().is_empty() && ["ConfigMap", "Secret"].contains(&object.kind()) {
        DATA.check(Some(root), &mut found);
    } else if workload::embeds_pods(object) {
        let specs = workload::templates(object);
        let specs = specs.into_iter().filter_map(|it| workload::Workload::new(object, it, 0));
        specs.for_each(|it| POD_SPEC.check(Some(it.spec()), &mut found));
    }
    found
}

/// The pod template of a built-in workload. A list or a string on the way hides the whole of it.
fn template<'a>(object: &'a Object, found: &mut Vec<Mismatch<'a>>) -> Option<Node<'a>> {
    let path: &[&str] = match object.kind() {
        "Pod" => &[],
        "PodTemplate" => &["template"],
        "CronJob" => &["spec", "jobTemplate", "spec", "template"],
        _ => &["spec", "template"],
    };
    path.iter().try_fold(object.root(), |around, key| {
        let node = around.get(key)?;
        Shape::Map(&[]).check(Some(node), found);
        (node.kind() == Type::Map).then_some(node)
    })
}

impl Shape {
    fn check<'a>(&self, node: Option<Node<'a>>, found: &mut Vec<Mismatch<'a>>) {
        let Some(node) = node.filter(|node| node.kind() != Type::Null) else { return };
        if found.len() == MOST_MISMATCHES {
            return;
        }
        if !self.admits(node.kind()) {
            found.push(Mismatch { node, expected: self.name() });
            return;
        }
        match self {
            Shape::Map(fields) => node.entries().for_each(|entry| {
                if let Some((_, shape)) = fields.iter().find(|(key, _)| *key == entry.key()) {
                    shape.check(Some(entry), found);
                }
            }),
            Shape::MapOf(shape) => node.entries().for_each(|it| shape.check(Some(it), found)),
            Shape::Seq(shape) => node.items().for_each(|it| shape.check(Some(it), found)),
            _ => {}
        }
    }

    fn admits(&self, kind: Type) -> bool {
        match self {
            Shape::Bool => kind == Type::Bool,
            Shape::Int => kind == Type::Int,
            Shape::Str => kind == Type::Str,
            Shape::IntOrStr => matches!(kind, Type::Int | Type::Str),
            Shape::Map(_) | Shape::MapOf(_) => kind == Type::Map,
            Shape::Seq(_) => kind == Type::Seq,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Shape::Bool => "boolean",
            Shape::Int => "integer",
            Shape::Str => "string",
            Shape::IntOrStr => "integer or string",
            Shape::Map(_) | Shape::MapOf(_) => "mapping",
            Shape::Seq(_) => "list",
        }
    }
}

const STRINGS: Shape = Shape::Seq(&Shape::Str);
const STRING_MAP: Shape = Shape::MapOf(&Shape::Str);

const METADATA: Shape = Shape::Map(&[
    ("name", Shape::Str),
    ("generateName", Shape::Str),
    ("namespace", Shape::Str),
    ("labels", STRING_MAP),
    ("annotations", STRING_MAP),
    ("ownerReferences", Shape::Seq(&Shape::Map(&[("controller", Shape::Bool)]))),
]);

const POD_SPEC: Shape = Shape::Map(&[
    ("hostNetwork", Shape::Bool),
    ("hostPID", Shape::Bool),
    ("hostIPC", Shape::Bool),
    ("hostUsers", Shape::Bool),
    ("shareProcessNamespace", Shape::Bool),
    ("runtimeClassName", Shape::Str),
    ("hostAliases", Shape::Seq(&Shape::Map(&[("hostnames", STRINGS)]))),
    ("automountServiceAccountToken", Shape::Bool),
    ("serviceAccountName", Shape::Str),
    ("serviceAccount", Shape::Str),
    ("nodeSelector", STRING_MAP),
    ("os", Shape::Map(&[("name", Shape::Str)])),
    ("securityContext", SECURITY_CONTEXT),
    ("containers", CONTAINERS),
    ("initContainers", CONTAINERS),
    ("ephemeralContainers", CONTAINERS),
    ("volumes", VOLUMES),
]);

const SECURITY_CONTEXT: Shape = Shape::Map(&[
    ("privileged", Shape::Bool),
    ("runAsNonRoot", Shape::Bool),
    ("runAsUser", Shape::Int),
    ("runAsGroup", Shape::Int),
    ("allowPrivilegeEscalation", Shape::Bool),
    ("readOnlyRootFilesystem", Shape::Bool),
    ("capabilities", Shape::Map(&[("add", STRINGS), ("drop", STRINGS)])),
    ("procMount", Shape::Str),
    ("fsGroup", Shape::Int),
    ("supplementalGroups", Shape::Seq(&Shape::Int)),
    ("seccompProfile", PROFILE),
    ("appArmorProfile", PROFILE),
    (
        "seLinuxOptions",
        Shape::Map(&[("type", Shape::Str), ("user", Shape::Str), ("role", Shape::Str)]),
    ),
    ("windowsOptions", Shape::Map(&[("hostProcess", Shape::Bool)])),
    ("sysctls", Shape::Seq(&NAME)),
]);

const PROFILE: Shape = Shape::Map(&[("type", Shape::Str)]);

const CONTAINERS: Shape = Shape::Seq(&Shape::Map(&[
    ("name", Shape::Str),
    ("image", Shape::Str),
    ("command", STRINGS),
    ("args", STRINGS),
    ("restartPolicy", Shape::Str),
    ("env", Shape::Seq(&Shape::Map(&[("name", Shape::Str), ("value", Shape::Str)]))),
    ("envFrom", Shape::Seq(&Shape::Map(&[("secretRef", NAME)]))),
    ("ports", Shape::Seq(&Shape::Map(&[("containerPort", Shape::Int), ("hostPort", Shape::Int)]))),
    (
        "volumeMounts",
        Shape::Seq(&Shape::Map(&[
            ("name", Shape::Str),
            ("readOnly", Shape::Bool),
            ("subPath", Shape::Str),
        ])),
    ),
    ("securityContext", SECURITY_CONTEXT),
]));

const NAME: Shape = Shape::Map(&[("name", Shape::Str)]);

const VOLUMES: Shape = Shape::Seq(&Shape::Map(&[
    ("name", Shape::Str),
    ("hostPath", Shape::Map(&[("path", Shape::Str), ("type", Shape::Str)])),
    ("projected", Shape::Map(&[("sources", Shape::Seq(&Shape::Map(&[])))])),
]));

const ROLE: Shape = Shape::Map(&[(
    "rules",
    Shape::Seq(&Shape::Map(&[
        ("verbs", STRINGS),
        ("apiGroups", STRINGS),
        ("resources", STRINGS),
        ("resourceNames", STRINGS),
        ("nonResourceURLs", STRINGS),
    ])),
)]);

const BINDING: Shape = Shape::Map(&[
    ("roleRef", Shape::Map(&[("kind", Shape::Str), ("name", Shape::Str)])),
    (
        "subjects",
        Shape::Seq(&Shape::Map(&[
            ("kind", Shape::Str),
            ("name", Shape::Str),
            ("namespace", Shape::Str),
        ])),
    ),
]);

const SERVICE: Shape = Shape::Map(&[
    ("type", Shape::Str),
    ("selector", STRING_MAP),
    ("loadBalancerClass", Shape::Str),
    ("loadBalancerSourceRanges", STRINGS),
    ("ports", Shape::Seq(&Shape::Map(&[("port", Shape::Int), ("targetPort", Shape::IntOrStr)]))),
]);

const DATA: Shape =
    Shape::Map(&[("data", STRING_MAP), ("stringData", STRING_MAP), ("binaryData", STRING_MAP)]);

const SELECTOR: Shape = Shape::Map(&[
    ("matchLabels", STRING_MAP),
    (
        "matchExpressions",
        Shape::Seq(&Shape::Map(&[
            ("key", Shape::Str),
            ("operator", Shape::Str),
            ("values", STRINGS),
        ])),
    ),
]);

const PEERS: Shape = Shape::Seq(&Shape::Map(&[
    ("podSelector", SELECTOR),
    ("namespaceSelector", SELECTOR),
    ("ipBlock", Shape::Map(&[("cidr", Shape::Str), ("except", STRINGS)])),
]));

const PORTS: Shape = Shape::Seq(&Shape::Map(&[
    ("protocol", Shape::Str),
    ("port", Shape::IntOrStr),
    ("endPort", Shape::Int),
]));

const NETWORK_POLICY: Shape = Shape::Map(&[
    ("podSelector", SELECTOR),
    ("policyTypes", STRINGS),
    ("ingress", Shape::Seq(&Shape::Map(&[("from", PEERS), ("ports", PORTS)]))),
    ("egress", Shape::Seq(&Shape::Map(&[("to", PEERS), ("ports", PORTS)]))),
]);
