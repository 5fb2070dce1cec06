//! What kube-score finds in an object, the checks that say to cover it find too, and the other way
//! round, but for differences of which each is known and has its reason.
//!
//! Oracle: kube-score itself, built from its Go module, on the same files: those of a folder together,
//! or each alone where they do not fit together.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

mod case;
mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use checks::check::Peer;
use checks::{Check, Cx, Parameters, Version};
use collect::manifests;
use jiff::civil::Date;
use live::kube_score::{Id, Judged, KubeScore};
use model::{Inventory, Object, ObjectId, kinds};

use case::Case;
use known::{KNOWN, Known};

/// Which of the two found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Alone {
    /// kube-score.
    They,
    /// Ringfence.
    We,
}

use Alone::{They, We};

#[test]
fn differences_to_kube_score_are_known() {
    let score = KubeScore::built_in(Path::new(env!("CARGO_TARGET_TMPDIR")));
    let covering = covering();
    let mut seen = Seen::default();
    for unit in live::corpus::units(&live::corpus::folders()) {
        seen.compare(&score, &covering, &unit);
    }
    println!(
        "{} objects, {} findings in common; {} files without an answer",
        seen.objects, seen.in_common, seen.unanswered
    );
    for ((check, alone, why), objects) in &seen.known {
        println!("{check}, {alone:?} alone: {objects}: {why}");
    }
    assert!(seen.unknown.is_empty(), "{:#?}", seen.unknown);
}

/// What came of all comparisons.
#[derive(Default)]
struct Seen {
    objects: usize,
    /// Files with nothing that kube-score knows, or with something that it cannot read.
    unanswered: usize,
    in_common: usize,
    known: BTreeMap<(&'static str, Alone, &'static str), usize>,
    unknown: BTreeMap<(String, Alone), Vec<String>>,
}

impl Seen {
    fn compare(
        &mut self,
        score: &KubeScore,
        covering: &BTreeMap<&'static str, Vec<&'static Check>>,
        unit: &[PathBuf],
    ) {
        let inventory = Inventory::new(unit.iter().flat_map(|it| objects(it)).collect());
        let by_id: BTreeMap<Id, &Object> =
            inventory.objects().map(|it| (id_of(it.id()), it)).collect();
        let together = by_id.len() == inventory.len();
        let theirs = if together || unit.len() == 1 { score.judge(unit, VERSION) } else { None };
        let Some(mut theirs) = theirs else {
            if let [_] = unit {
                self.unanswered += 1;
                return;
            }
            return unit.chunks(1).for_each(|it| self.compare(score, covering, it));
        };
        theirs.findings.retain(|(check, _)| covering.contains_key(check.as_str()));
        let ours = ours(covering, &inventory, &theirs);
        self.objects += theirs.objects.len();
        self.in_common += ours.intersection(&theirs.findings).count();
        let they = theirs.findings.difference(&ours).map(|it| (They, it));
        let we = ours.difference(&theirs.findings).map(|it| (We, it));
        for (alone, (check, id)) in they.chain(we) {
            if let Some(&object) = by_id.get(id) {
                self.add(check, alone, Case { inventory: &inventory, object });
            }
        }
    }

    fn add(&mut self, check: &str, alone: Alone, case: Case<'_>) {
        let is_it = |it: &&Known| (it.0, it.1) == (check, alone) && it.2(case);
        if let Some(&(check, alone, _, why)) = KNOWN.iter().find(is_it) {
            *self.known.entry((check, alone, why)).or_default() += 1;
        } else {
            let file = case.object.origin().file().unwrap_or_default();
            let object = format!("{} in {file}", case.object.id());
            self.unknown.entry((check.to_owned(), alone)).or_default().push(object);
        }
    }
}

/// The version of Kubernetes for which both judge.
const VERSION: &str = "v1.34";

/// The checks of kube-score that some of ours say to cover, and which.
fn covering() -> BTreeMap<&'static str, Vec<&'static Check>> {
    let mut covering: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for check in checks::all() {
        for peer in check.peers {
            if let Peer::KubeScore(id) = peer {
                covering.entry(*id).or_default().push(check);
            }
        }
    }
    covering
}

fn objects(file: &Path) -> Vec<Object> {
    let bytes = fs::read(file).unwrap();
    manifests::read_text(&file.to_string_lossy(), bytes, &|_| true).objects
}

fn id_of(object: &ObjectId) -> Id {
    let namespace = object.namespace.as_deref().unwrap_or("default");
    [&object.kind, namespace, &object.name].map(ToOwned::to_owned)
}

/// What ours find in the same objects, under the names of kube-score, where that asks the same of
/// their kind. What is said of a namespace is said of all pods in it.
fn ours(
    covering: &BTreeMap<&'static str, Vec<&'static Check>>,
    inventory: &Inventory,
    theirs: &Judged,
) -> BTreeSet<(String, Id)> {
    let (parameters, version) = (Parameters::default(), Version { minor: 34 });
    let cx = Cx::new(inventory, Date::constant(2026, 1, 1), version, &parameters);
    let mut findings = BTreeSet::new();
    for (name, checks) in covering {
        for finding in checks::run(checks, &cx) {
            let it = &finding.object;
            let own = id_of(it);
            let is_within = |[_, namespace, _]: &&Id| {
                *it.kind == *kinds::NAMESPACE.kind && *namespace == *it.name
            };
            let about = theirs.objects.iter().filter(|id| **id == own || is_within(id));
            findings.extend(about.map(|id| ((*name).to_owned(), id.clone())));
        }
    }
    findings.retain(|finding| theirs.asked.contains(finding));
    findings
}
