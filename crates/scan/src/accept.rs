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

use std::sync::Arc;

use finding::finding::Accepted;
use finding::{Exception, ExceptionState, ExceptionStatus, Finding, ObjectPattern};
use jiff::civil::Date;
use model::tree::{Node, Position};
use model::{Inventory, Object};

use crate::spelling::nearest;

/// The annotation.
pub const ANNOTATION: &str = "ringfence.dev/accept";

/// An exception as somebody wrote it, and why it cannot be used, if it cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The exception, as far as it was understood.
    pub exception: Exception,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// Whether an object carries the annotation.
pub fn is_annotated(object: &Object) -> bool {
    object.annotation(ANNOTATION).is_some()
}

/// The exceptions that objects claim for themselves.
pub fn from_annotations(inventory: &Inventory) -> Vec<Claim> {
    let annotated = inventory.objects().filter_map(|it| Some((it, it.annotation(ANNOTATION)?)));
    annotated.flat_map(|(object, node)| claims(object, node)).collect()
}

fn claims(object: &Object, node: Node<'_>) -> Vec<Claim> {
    let lines = node.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| claim(object, node.position(), line)).collect()
}

fn claim(object: &Object, position: Position, line: &str) -> Claim {
    let (words, reason) = match line.split_once("reason=") {
        Some((words, reason)) => (words, reason.trim()),
        None => (line, ""),
    };
    let mut exception = Exception {
        check: String::new(),
        object: ObjectPattern::exactly(object.id()),
        reason: reason.to_owned(),
        owner: String::new(),
        expires: None,
        file: object.origin().file().unwrap_or_default().to_owned(),
        position,
    };
    let understood = words.split_whitespace().try_for_each(|word| read_word(&mut exception, word));
    let problem = understood.and_then(|()| complete(&mut exception)).err();
    Claim { exception, problem }
}

fn read_word(exception: &mut Exception, word: &str) -> Result<(), String> {
    match word.split_once('=') {
        None if exception.check.is_empty() => word.clone_into(&mut exception.check),
        None => return Err(format!("{word:?} is not understood; quote nothing, put reason= last")),
        Some(("owner", owner)) => owner.clone_into(&mut exception.owner),
        Some(("expires", day)) => exception.expires = Some(parse_day(day)?),
        Some((key, _)) => {
            return Err(format!("{key:?} is not understood; use owner, expires and reason"));
        }
    }
    Ok(())
}

/// Reads a day as `2027-06-30`.
///
/// # Errors
/// When the text is no such day.
pub fn parse_day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{text:?} is no day; write it as 2027-06-30"))
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
pub fn apply(claims: Vec<Claim>, findings: &mut [Finding], today: Date) -> Vec<ExceptionStatus> {
    let status = |Claim { exception, problem }| {
        let state = match problem {
            Some(why) => ExceptionState::Invalid(why),
            None => use_up(&exception, findings, today),
        };
        ExceptionStatus { exception, state }
    };
    claims.into_iter().map(status).collect()
}

fn use_up(exception: &Exception, findings: &mut [Finding], today: Date) -> ExceptionState {
    let expired = exception.has_expired(today);
    let accepted = Arc::new(Accepted {
        reason: exception.reason.clone(),
        owner: exception.owner.clone(),
        expires: exception.expires,
    });
    let mut covered = 0;
    for finding in findings.iter_mut().filter(|finding| exception.covers(finding)) {
        covered += 1;
        if !expired && finding.accepted.is_none() {
            finding.accepted = Some(Arc::clone(&accepted));
        }
    }
    match (expired, covered) {
        (true, covered) => ExceptionState::Expired(covered),
        (false, 0) => ExceptionState::Unused,
        (false, covered) => ExceptionState::Used(covered),
    }
}
