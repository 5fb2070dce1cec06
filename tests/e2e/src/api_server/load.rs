//! A large cluster that is written while it is asked for: pods, and the Deployments and
//! `ReplicaSets` that own them, as long and as talkative as real ones.

use std::io::{self, Write};

use super::reply::Reply;
use super::request::Request;
use super::template::{Hole, Template};

/// How large the cluster is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Pods in all.
    pub pods: usize,
    /// Workloads that own them.
    pub workloads: usize,
    /// Whether the owners are served, too.
    pub owners: bool,
}

/// A large cluster.
pub struct Load {
    size: Size,
    pod: Template,
    deployment: Template,
    replica_set: Template,
}

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The pods.
    Pods,
    /// The Deployments.
    Deployments,
    /// The `ReplicaSets`.
    ReplicaSets,
}

/// Workloads in one namespace.
const NEIGHBOURS: usize = 40;

impl List {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pods, Self::Deployments, Self::ReplicaSets];

    /// Where it is served.
    pub fn path(self) -> &'static str {
        match self {
            Self::Pods => "/api/v1/pods",
            Self::Deployments => "/apis/apps/v1/deployments",
            Self::ReplicaSets => "/apis/apps/v1/replicasets",
        }
    }

    fn head(self) -> &'static str {
        match self {
            Self::Pods => r#"{"kind":"PodList","apiVersion":"v1","metadata":{"#,
            Self::Deployments => r#"{"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{"#,
            Self::ReplicaSets => r#"{"kind":"ReplicaSetList","apiVersion":"apps/v1","metadata":{"#,
        }
    }
}

impl Load {
    /// A cluster of a size.
    pub fn new(size: Size) -> Self {
        Self {
            size,
            pod: Template::new(include_str!("load/pod.json")),
            deployment: Template::new(include_str!("load/deployment.json")),
            replica_set: Template::new(include_str!("load/replicaset.json")),
        }
    }

    /// Answers as the API server of this cluster.
    pub fn answer(&self, request: &Request) -> Reply {
        if let Some(list) = List::ALL.into_iter().find(|it| it.path() == request.path) {
            let number = |name| request.asks(name).and_then(|it| it.parse().ok());
            let limit: usize = number("limit").unwrap_or(usize::MAX);
            let mut page = Vec::with_capacity(limit.min(1000) * 10_000);
            self.page(list, number("continue").unwrap_or(0), limit, &mut page);
            return Reply::json(page);
        }
        match request.path.as_str() {
            "/version" => Reply::json(r#"{"gitVersion":"v1.34.1"}"#),
            "/api" => Reply::json(discovery(&[("", "pods", "Pod")])),
            "/apis" => {
                let apps =
                    [("apps", "deployments", "Deployment"), ("apps", "replicasets", "ReplicaSet")];
                Reply::json(discovery(if self.size.owners { &apps } else { &[] }))
            }
            _ => Reply::status(404, "the server could not find the requested resource"),
        }
    }

    /// How many objects a list has.
    pub fn length(&self, list: List) -> usize {
        match list {
            List::Pods => self.size.pods,
            _ if self.size.owners => self.size.workloads,
            _ => 0,
        }
    }

    /// Writes a page of a list; gives where the next one starts.
    pub fn page(&self, list: List, start: usize, limit: usize, out: &mut Vec<u8>) -> Option<usize> {
        let length = self.length(list);
        let end = start.saturating_add(limit).min(length);
        out.extend_from_slice(list.head().as_bytes());
        if end < length {
            let rest = length - end;
            let next = format!(r#""continue":"{end}","remainingItemCount":{rest},"#);
            out.extend_from_slice(next.as_bytes());
        }
        out.extend_from_slice(br#""resourceVersion":"7"},"items":["#);
        for number in start..end {
            if number > start {
                out.push(b',');
            }
            self.object(list, number, out);
        }
        out.extend_from_slice(b"]}\n");
        (end < length).then_some(end)
    }

    fn object(&self, list: List, number: usize, out: &mut Vec<u8>) {
        let (template, workload) = match list {
            List::Pods => (&self.pod, number * self.size.workloads / self.size.pods),
            List::Deployments => (&self.deployment, number),
            List::ReplicaSets => (&self.replica_set, number),
        };
        template.fill(out, |hole, out| fill(hole, number, workload, out));
    }
}

fn discovery(resources: &[(&str, &str, &str)]) -> String {
    let served = resources.iter().map(|(_, plural, kind)| {
        format!(
            r#"{{"resource":"{plural}","responseKind":{{"kind":"{kind}"}},"scope":"Namespaced","verbs":["list"]}}"#
        )
    });
    let served: Vec<String> = served.collect();
    let group = resources.first().map_or("", |(group, ..)| group);
    format!(
        r#"{{"kind":"APIGroupDiscoveryList","items":[{{"metadata":{{"name":"{group}"}},"versions":[{{"version":"v1","resources":[{}]}}]}}]}}"#,
        served.join(",")
    )
}

fn fill(hole: Hole, number: usize, workload: usize, out: &mut Vec<u8>) {
    let filled = match hole {
        Hole::Suffix => out.write_all(&letters::<5>(mixed(number, 1))),
        Hole::Access => out.write_all(&letters::<5>(mixed(number, 2))),
        Hole::Hash => out.write_all(&letters::<9>(mixed(workload, 3))),
        Hole::Uid => uid(out, number, 4),
        Hole::ReplicaSet => uid(out, workload, 5),
        Hole::Deployment => uid(out, workload, 6),
        Hole::Container => digest(out, number, 7),
        Hole::Digest => digest(out, workload, 8),
        Hole::Workload => write!(out, "service-{workload:05}"),
        Hole::Namespace => write!(out, "team-{:03}", workload / NEIGHBOURS),
        Hole::Version => write!(out, "{}", 800_000_000 + number * 17),
        Hole::Node => write!(out, "{}", number % 250),
        Hole::Ip => {
            write!(out, "10.{}.{}.{}", 64 + number / 62_500, number / 250 % 250, number % 250)
        }
        Hole::Minor => write!(out, "{}", workload % 23),
        Hole::Day => write!(out, "{:02}", 1 + number % 28),
        Hole::Second => write!(out, "{:02}", number % 60),
    };
    filled.expect("memory takes any text");
}

/// A number without a pattern, the same for the same numbers.
fn mixed(number: usize, salt: u64) -> u64 {
    let mut word = (number as u64).wrapping_add(salt << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// Letters and digits as Kubernetes chooses them.
fn letters<const LENGTH: usize>(mut word: u64) -> [u8; LENGTH] {
    const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
    [(); LENGTH].map(|()| {
        let letter = ALPHABET[(word % 27) as usize];
        word /= 27;
        letter
    })
}

fn uid(out: &mut Vec<u8>, number: usize, salt: u64) -> io::Result<()> {
    let (a, b) = (mixed(number, salt), mixed(number, salt + 100));
    write!(
        out,
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        a >> 32,
        a & 0xffff,
        a >> 16 & 0xfff,
        b & 0xfff,
        b >> 16
    )
}

fn digest(out: &mut Vec<u8>, number: usize, salt: u64) -> io::Result<()> {
    (0..4).try_for_each(|part| write!(out, "{:016x}", mixed(number, salt + 1000 * part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_whole_however_it_is_cut_into_pages() {
        let load = Load::new(Size { pods: 25, workloads: 3, owners: true });
        let mut names = Vec::new();
        let mut next = Some(0);
        while let Some(start) = next {
            let mut page = Vec::new();
            next = load.page(List::Pods, start, 10, &mut page);
            let page: serde_json::Value = serde_json::from_slice(&page).unwrap();
            let items = page["items"].as_array().unwrap();
            names
                .extend(items.iter().map(|it| it["metadata"]["name"].as_str().unwrap().to_owned()));
        }
        assert_eq!(names.len(), 25);
        assert!(names[0].starts_with("service-00000-") && names[24].starts_with("service-00002-"));
    }

    #[test]
    fn a_pod_is_as_long_and_as_talkative_as_real_ones() {
        let load = Load::new(Size { pods: 1, workloads: 1, owners: true });
        let mut page = Vec::new();
        load.page(List::Pods, 0, 1, &mut page);
        let page: serde_json::Value = serde_json::from_slice(&page).unwrap();
        let pod = &page["items"][0];
        let unread = [&pod["status"], &pod["metadata"]["managedFields"]];
        let unread: usize = unread.iter().map(|it| it.to_string().len()).sum();
        let all = pod.to_string().len();
        assert!((7_500..9_500).contains(&all), "{all}");
        assert!((50..62).contains(&(100 * unread / all)), "{unread} of {all}");
    }
}
