//! JSON with holes, written once and filled many times.

/// JSON with holes such as `${name}`.
pub(super) struct Template {
    parts: Vec<Part>,
}

enum Part {
    Text(String),
    Hole(Hole),
}

/// What a hole is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hole {
    /// The random end of a pod's name.
    Suffix,
    /// The random end of the name of a pod's volume of credentials.
    Access,
    Workload,
    Namespace,
    /// The hash of a template.
    Hash,
    /// The identity of a pod, of its `ReplicaSet`, and of the Deployment of that.
    Uid,
    ReplicaSet,
    Deployment,
    Version,
    Node,
    Ip,
    /// The identity of a container.
    Container,
    /// The digest of an image, the same for all pods of a workload.
    Digest,
    Minor,
    Day,
    Second,
}

impl Template {
    /// Reads a template and drops its white space.
    pub(super) fn new(text: &str) -> Self {
        let value: serde_json::Value = serde_json::from_str(text).expect("a template is JSON");
        let text = value.to_string();
        let mut parts = Vec::new();
        for (number, piece) in text.split("${").enumerate() {
            let rest = match piece.split_once('}') {
                Some((name, rest)) if number > 0 => {
                    parts.push(Part::Hole(Hole::named(name)));
                    rest
                }
                _ => piece,
            };
            parts.push(Part::Text(rest.to_owned()));
        }
        Self { parts }
    }

    /// Writes it, the holes filled.
    pub(super) fn fill(&self, out: &mut Vec<u8>, fill: impl Fn(Hole, &mut Vec<u8>)) {
        for part in &self.parts {
            match part {
                Part::Text(text) => out.extend_from_slice(text.as_bytes()),
                Part::Hole(hole) => fill(*hole, out),
            }
        }
    }
}

impl Hole {
    fn named(name: &str) -> Self {
        match name {
            "suffix" => Self::Suffix,
            "access" => Self::Access,
            "workload" => Self::Workload,
            "namespace" => Self::Namespace,
            "hash" => Self::Hash,
            "uid" => Self::Uid,
            "replicaset" => Self::ReplicaSet,
            "deployment" => Self::Deployment,
            "version" => Self::Version,
            "node" => Self::Node,
            "ip" => Self::Ip,
            "container" => Self::Container,
            "digest" => Self::Digest,
            "minor" => Self::Minor,
            "day" => Self::Day,
            "second" => Self::Second,
            other => panic!("a template has no hole {other:?}"),
        }
    }
}
