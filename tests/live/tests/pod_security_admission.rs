//! Our checks of a Pod Security Standard say of a pod what a live API server says, whose admission
//! enforces that version of the standard. Oracle: `kubectl create --dry-run=server` in a namespace
//! for each version of each standard. Pods that the validation of the API refuses never reach the
//! admission, and are counted apart.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::sync::Mutex;
use std::thread;

use cluster::{Cluster, Options};
use live::fixtures::{Fixtures, Judged, RELEASES, Release};

/// How many runs of kubectl go on side by side.
const AT_A_TIME: usize = 2;

/// What a server says of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    /// It would be created.
    Passes,
    /// The admission forbids it by the standard.
    Violates,
    /// It is no pod that the API takes.
    Invalid,
}

/// What was seen over all fixtures of a release.
#[derive(Default)]
struct Tally {
    equal: BTreeMap<Answer, usize>,
    different: Vec<String>,
    refused: BTreeMap<String, usize>,
}

#[test]
fn a_pod_is_forbidden_exactly_where_a_check_finds_something() {
    let cluster = Cluster::up(&Options::control_plane("live-pod-security")).unwrap();
    make_namespaces(&cluster);
    for release in RELEASES {
        let tally = compare(&cluster, &release);
        let count = |answer| tally.equal.get(&answer).copied().unwrap_or_default();
        let equal = count(Answer::Passes) + count(Answer::Violates);
        let refused: usize = tally.refused.values().sum();
        let compared = equal + tally.different.len();
        println!(
            "{} against {}: {compared} compared, {equal} equal ({} pass, {} violate), {refused} \
             refused by validation",
            release.module.version,
            cluster.version(),
            count(Answer::Passes),
            count(Answer::Violates),
        );
        for (why, pods) in &tally.refused {
            println!("  {pods} {why}");
        }
        assert!(tally.different.is_empty(), "{}", tally.different.join("\n"));
        assert_eq!(compared + refused, release.pods);
    }
}

/// One for each version of each standard, and waits for the account that pods in it run as.
fn make_namespaces(cluster: &Cluster) {
    let fixtures = RELEASES.iter().flat_map(Release::fixtures);
    let wanted: BTreeSet<(&str, u32)> = fixtures.map(|it| (it.standard, it.minor)).collect();
    let mut manifests = String::new();
    for (standard, minor) in &wanted {
        writeln!(
            manifests,
            "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: {}\n  labels:\n    \
             pod-security.kubernetes.io/enforce: {standard}\n    \
             pod-security.kubernetes.io/enforce-version: v1.{minor}",
            namespace(standard, *minor)
        )
        .unwrap();
    }
    cluster.apply(&manifests).unwrap();
    for (standard, minor) in wanted {
        let own = namespace(standard, minor);
        let account = ["wait", "--for=create", "serviceaccount/default", "--namespace", &own];
        cluster.kubectl(&account).unwrap();
    }
}

fn namespace(standard: &str, minor: u32) -> String {
    format!("{standard}-1-{minor}")
}

fn compare(cluster: &Cluster, release: &Release) -> Tally {
    let fixtures = release.fixtures();
    let (left, tally) = (Mutex::new(fixtures.iter()), Mutex::new(Tally::default()));
    let next = || left.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(fixtures) = next() {
                    let pods = fixtures.judged();
                    let answers = answers(cluster, fixtures, &pods);
                    tally.lock().unwrap().add(fixtures, &pods, &answers);
                }
            });
        }
    });
    tally.into_inner().unwrap()
}

impl Tally {
    fn add(&mut self, fixtures: &Fixtures, pods: &[Judged], answers: &Answers) {
        for pod in pods {
            let at = fixtures.folder.join(&pod.name);
            let ours = if pod.findings.is_empty() { Answer::Passes } else { Answer::Violates };
            match answers.get(&valid(&pod.name)) {
                None => self.different.push(format!("{}: no answer", at.display())),
                Some((Answer::Invalid, why)) => *self.refused.entry(why.clone()).or_default() += 1,
                Some((answer, _)) if *answer == ours => *self.equal.entry(ours).or_default() += 1,
                Some((_, said)) => {
                    self.different.push(format!("{}: ours {ours:?}, {said}", at.display()));
                }
            }
        }
    }
}

/// What the server says of each pod, by name, and in which words.
type Answers = BTreeMap<String, (Answer, String)>;

fn answers(cluster: &Cluster, fixtures: &Fixtures, pods: &[Judged]) -> Answers {
    let folder = tempfile::tempdir().unwrap();
    for Judged { name, manifest, .. } in pods {
        let named = ["  name: ", name, "\n"].concat();
        assert!(manifest.contains(&named), "{manifest}");
        let manifest = manifest.replacen(&named, &format!("  name: {}\n", valid(name)), 1);
        fs::write(folder.path().join(name).with_extension("yaml"), manifest).unwrap();
    }
    let own = namespace(fixtures.standard, fixtures.minor);
    let mut create = cluster.kubectl_command();
    create.args(["create", "--dry-run=server", "--namespace", &own]);
    let output = create.arg("--filename").arg(folder.path()).output().unwrap();
    let (said, refused) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let answers: Answers =
        said.lines().filter_map(passing).chain(refused.lines().filter_map(refusal)).collect();
    assert!(answers.len() == pods.len(), "{}: {refused}", fixtures.folder.display());
    answers
}

/// The name with which the API takes a pod: it knows no underscore.
fn valid(name: &str) -> String {
    name.replace('_', "-")
}

fn passing(line: &str) -> Option<(String, (Answer, String))> {
    let pod = line.strip_prefix("pod/")?.strip_suffix(" created (server dry run)")?;
    Some((pod.to_owned(), (Answer::Passes, line.to_owned())))
}

/// A line of complaint: a standard says `pods "NAME" is forbidden: violates PodSecurity …`, the
/// validation `The Pod "NAME" is invalid: WHY` or, of several faults, nothing after the colon.
fn refusal(line: &str) -> Option<(String, (Answer, String))> {
    if let Some((before, _)) = line.split_once("\" is forbidden: violates PodSecurity") {
        let pod = before.rsplit_once('"')?.1;
        return Some((pod.to_owned(), (Answer::Violates, line.to_owned())));
    }
    let (pod, why) = line.split_once("Pod \"")?.1.split_once("\" is invalid: ")?;
    Some((pod.to_owned(), (Answer::Invalid, why.to_owned())))
}
