//! Exceptions: those that stand on the objects themselves, and what became of each.
//!
//! An object accepts a risk by annotation, a line for each:
//!
//! ```yaml
//! metadata:
//!   annotations:
//!     ringfence.dev/accept: |
//!       privileged-container owner=platform expires=2027-06-30 reason=reads the kernel log
//! ```
//!
//! `owner` and `reason` must be there; `reason` comes last and runs to the end of the line.
//! `container=NAME` holds it to one container. The annotation counts on the object and on its pod
//! template.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use finding::finding::Accepted;
use finding::{
    Exception, ExceptionState, ExceptionStatus, Finding, Location, Objects, Part, Source,
};
use jiff::civil::Date;
use model::tree::Node;
use model::{Inventory, Object, ObjectId, Place};

use crate::images::Images;
use crate::spelling::nearest;

/// The annotation.
pub const ANNOTATION: &str = "ringfence.dev/accept";

/// Whether an object carries the annotation itself. What runs pods is judged anyway.
pub fn is_annotated(object: &Object) -> bool {
    object.annotation(ANNOTATION).is_some()
}

/// The exceptions that objects claim for themselves, and those that stand on their pod templates.
pub fn from_annotations(inventory: &Inventory) -> Vec<ExceptionStatus> {
    let own = inventory.objects().filter_map(|it| Some((it, it.annotation(ANNOTATION)?)));
    let of_pods = inventory.workloads().filter_map(|workload| {
        let node = workload.annotations()?.get(ANNOTATION)?;
        let object = workload.object();
        let is_own = object.annotation(ANNOTATION).is_some_and(|own| own.index() == node.index());
        (!is_own).then_some((object, node))
    });
    own.chain(of_pods).flat_map(|(object, node)| claims(object, node)).collect()
}

fn claims(object: &Object, node: Node<'_>) -> Vec<ExceptionStatus> {
    let lines = node.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| claim(object, node, line)).collect()
}

fn claim(object: &Object, node: Node<'_>, line: &str) -> ExceptionStatus {
    let (words, reason) = match line.split_once("reason=") {
        Some((words, reason)) => (words, reason.trim()),
        None => (line, ""),
    };
    let at = Location::of(&Place::of(object, node));
    let only = Objects::Only(object.shared_id());
    let mut exception = Exception::from(Source::Annotation, only, at);
    reason.clone_into(&mut exception.reason);
    let understood = words.split_whitespace().try_for_each(|word| read_word(&mut exception, word));
    match understood.and_then(|()| complete(&mut exception)) {
        Ok(()) => ExceptionStatus::of(exception, ExceptionState::Unused),
        Err(why) => ExceptionStatus::of(exception, ExceptionState::Invalid(why)),
    }
}

fn read_word(exception: &mut Exception, word: &str) -> Result<(), String> {
    match word.split_once('=') {
        None if exception.check.is_empty() => word.clone_into(&mut exception.check),
        None => return Err(format!("{word:?} is not understood; quote nothing, put reason= last")),
        Some(("owner", owner)) => owner.clone_into(&mut exception.owner),
        Some(("expires", day)) => exception.expires = Some(parse_day(day)?),
        Some(("container", name)) => exception.part.container = Some(name.to_owned()),
        Some((key, _)) => {
            return Err(format!(
                "{key:?} is not understood; use container, owner, expires and reason"
            ));
        }
    }
    Ok(())
}

/// Reads a day as `2027-06-30`.
///
/// # Errors
/// When the text is no such day.
pub fn parse_day(text: &str) -> Result<Date, String> {
    let day = text.parse().ok().filter(|_| text.len() == "2027-06-30".len());
    day.ok_or_else(|| format!("{text:?} is no day; write it as 2027-06-30"))
}

/// Holds an exception against what every exception must say, and writes the id that its check has
/// today.
///
/// # Errors
/// What it lacks.
pub fn complete(exception: &mut Exception) -> Result<(), String> {
    let Some(check) = checks::find(&exception.check) else {
        let near = nearest(&exception.check, checks::all().map(|check| check.id));
        let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        return Err(format!("no check {:?}{hint}", exception.check));
    };
    check.id.clone_into(&mut exception.check);
    match (exception.owner.is_empty(), exception.reason.is_empty()) {
        (true, _) => Err("it names no owner; add owner=".to_owned()),
        (_, true) => Err("it gives no reason; add reason=".to_owned()),
        _ => Ok(()),
    }
}

/// Marks the findings that exceptions cover, and says what became of each exception. One that has
/// expired covers nothing.
pub fn apply(
    exceptions: &mut [ExceptionStatus],
    findings: &mut [Finding],
    inventory: &Inventory,
    today: Date,
) {
    let usable: Vec<&Exception> = exceptions.iter().filter_map(usable).collect();
    let images = Images::of(inventory, &usable);
    let mut book = Book::of(exceptions, images, today);
    for finding in findings.iter_mut() {
        book.enter(finding);
    }
    let covered = book.covered();
    for (status, tally) in exceptions.iter_mut().zip(covered) {
        let Some((number, objects)) = tally else { continue };
        status.state = match (number, status.exception.has_expired(today)) {
            (_, true) => ExceptionState::Expired(number),
            (0, false) => ExceptionState::Unused,
            (_, false) => ExceptionState::Used(number),
        };
        status.objects = objects;
    }
}

fn usable(status: &ExceptionStatus) -> Option<&Exception> {
    (!matches!(status.state, ExceptionState::Invalid(_))).then_some(&status.exception)
}

/// Which findings each exception covers. Those for one object are found by its name, so that a
/// hundred thousand of them cost no more than as many findings.
struct Book<'a> {
    tallies: Vec<Tally>,
    /// The tally of each exception that can be used.
    tally_of: Vec<Option<usize>>,
    /// The tallies of exceptions for one check on one object, by the part of it; equal ones share.
    only: BTreeMap<(&'a str, [&'a str; 4]), BTreeMap<&'a Part, usize>>,
    /// The tallies of exceptions with a pattern, by check.
    like: BTreeMap<&'a str, Vec<(usize, &'a Exception)>>,
    images: Images<'a>,
}

/// What is covered, and by whom it is accepted if anybody's last day is not over.
#[derive(Default)]
struct Tally {
    covered: usize,
    objects: BTreeSet<Arc<ObjectId>>,
    accepted: Option<Arc<Accepted>>,
}

impl<'a> Book<'a> {
    fn of(exceptions: &'a [ExceptionStatus], images: Images<'a>, today: Date) -> Self {
        let (tallies, tally_of) = (Vec::new(), Vec::with_capacity(exceptions.len()));
        let (only, like) = (BTreeMap::new(), BTreeMap::new());
        let mut book = Self { tallies, tally_of, only, like, images };
        for status in exceptions {
            let tally = usable(status).map(|exception| book.tally(exception, today));
            book.tally_of.push(tally);
        }
        book
    }

    fn tally(&mut self, exception: &'a Exception, today: Date) -> usize {
        let next = self.tallies.len();
        let check = exception.check.as_str();
        let tally = match &exception.objects {
            Objects::Only(id) => {
                let of_object = self.only.entry((check, id.identity())).or_default();
                *of_object.entry(&exception.part).or_insert(next)
            }
            Objects::Like(_) => {
                self.like.entry(check).or_default().push((next, exception));
                next
            }
        };
        if tally == next {
            self.tallies.push(Tally::default());
        }
        let accepted = &mut self.tallies[tally].accepted;
        if accepted.is_none() && !exception.has_expired(today) {
            *accepted = Some(Arc::new(exception.accepted()));
        }
        tally
    }

    /// Enters a finding with every exception that covers it; the first that holds marks it.
    fn enter(&mut self, finding: &mut Finding) {
        for tally in self.covering(finding) {
            let tally = &mut self.tallies[tally];
            tally.covered += 1;
            if !tally.objects.contains(&finding.object) {
                tally.objects.insert(Arc::clone(&finding.object));
            }
            if finding.accepted.is_none() {
                finding.accepted.clone_from(&tally.accepted);
            }
        }
    }

    fn covering(&self, finding: &Finding) -> Vec<usize> {
        let check = finding.check.as_ref();
        let only = self.only.get(&(check, finding.object.identity())).into_iter().flatten();
        let only = only.filter(|(part, _)| part.includes(finding)).map(|(_, tally)| *tally);
        let like = self.like.get(check).into_iter().flatten();
        let holds = |it: &Exception| it.covers(finding) && self.images.allow(it, finding);
        let like = like.filter(|(_, exception)| holds(exception)).map(|(tally, _)| *tally);
        only.chain(like).collect()
    }

    /// How many findings each exception covers, and of which objects; nothing for one that cannot be
    /// used.
    fn covered(self) -> Vec<Option<(usize, BTreeSet<Arc<ObjectId>>)>> {
        let of = |tally: &Tally| (tally.covered, tally.objects.clone());
        let covered = |tally: usize| self.tallies.get(tally).map(of);
        self.tally_of.iter().map(|tally| tally.and_then(covered)).collect()
    }
}

#[cfg(test)]
mod tests {
    use checks::{Parameters, Version};
    use collect::manifests::read_text;

    use super::*;

    fn states(text: &str) -> Vec<ExceptionState> {
        let manifests = read_text("test.yaml", text.into(), &|_| true);
        let inventory = Inventory::new(manifests.objects);
        let today: Date = "2026-11-21".parse().unwrap();
        let parameters = Parameters::default();
        let cx = checks::Cx::new(&inventory, today, Version::DEFAULT, &parameters);
        let chosen: Vec<_> = checks::find("privileged-container").into_iter().collect();
        let mut findings = checks::run(&chosen, &cx);
        let mut exceptions = from_annotations(&inventory);
        apply(&mut exceptions, &mut findings, &inventory, today);
        let marked = findings.iter().filter(|finding| finding.accepted.is_some()).count();
        let mut states: Vec<_> = exceptions.into_iter().map(|status| status.state).collect();
        states.push(ExceptionState::Used(marked));
        states
    }

    fn pod(name: &str, accept: &str) -> String {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: '{name}', annotations: {{ringfence.dev/accept: \"{accept}\"}}}}\n\
             spec: {{containers: [{{name: a, securityContext: {{privileged: true}}}}]}}\n"
        )
    }

    #[test]
    fn an_annotation_covers_its_own_object_though_its_name_is_a_star() {
        let star = pod("*", "privileged-container owner=a reason=b");
        let states = states(&format!("{star}{}", pod("other", "")));
        assert_eq!(states, [ExceptionState::Used(1), ExceptionState::Used(1)]);
    }

    #[test]
    fn of_several_exceptions_for_one_object_the_first_whose_day_is_not_over_holds() {
        let lines = "privileged-container owner=a expires=2026-11-20 reason=b\\n\
                     privileged-container owner=a expires=2026-11-21 reason=b\\n\
                     privileged-container reason=b\\n\
                     host-namespace owner=a reason=b";
        let found = states(&pod("web", lines));
        assert_eq!(found[..2], [ExceptionState::Expired(1), ExceptionState::Used(1)]);
        assert!(matches!(found[2], ExceptionState::Invalid(_)), "{found:?}");
        assert_eq!(found[3..], [ExceptionState::Unused, ExceptionState::Used(1)]);
    }
}
