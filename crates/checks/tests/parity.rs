//! Every check of the seven other tools is ours, or has one reason why not.
//!
//! Oracle: the tools' own lists of their checks.

use std::collections::BTreeSet;

use checks::check::Peer;
use checks::parity::{self, Foreign};

fn peers() -> BTreeSet<Peer> {
    checks::all().flat_map(|check| check.peers).copied().collect()
}

#[test]
fn what_we_say_to_cover_is_there() {
    let foreign: Vec<Foreign> = parity::all().collect();
    let unknown = |peer: &Peer| !foreign.iter().any(|it| it.is(*peer));
    let unknown: Vec<_> = peers().into_iter().filter(unknown).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn each_check_of_another_tool_is_ours_or_has_one_reason() {
    let peers = peers();
    let ours = |it: &Foreign| peers.iter().any(|peer| it.is(*peer));
    let wrong: Vec<String> = parity::all()
        .filter(|it| ours(it) == it.reason.is_some())
        .map(|it| format!("{} {} {}", it.tool, it.id, it.name))
        .collect();
    assert!(wrong.is_empty(), "neither ours nor with a reason, or both:\n{}", wrong.join("\n"));
    assert_eq!(parity::all().count(), 741);
}

#[test]
fn of_those_that_judge_objects_most_are_ours() {
    let judging: Vec<Foreign> = parity::all().filter(|it| it.judges_objects()).collect();
    let ours = judging.iter().filter(|it| it.reason.is_none()).count();
    assert!(ours * 100 >= judging.len() * 85, "{ours} of {}", judging.len());
}
