//! Runs checks over what they are given.

use finding::Finding;
use rayon::prelude::*;

use crate::check::Check;
use crate::context::{Cx, Findings};

/// Runs some checks, side by side, each alone; findings come in the order of the checks.
pub fn run(checks: &[&'static Check], cx: &Cx<'_>) -> Vec<Finding> {
    let one = |check: &&Check| {
        let mut findings = Findings::default();
        (check.run)(cx, &mut findings);
        findings.into_vec()
    };
    let parts: Vec<Vec<Finding>> = checks.par_iter().map(one).collect();
    let mut findings = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for part in parts {
        findings.extend(part);
    }
    findings
}
