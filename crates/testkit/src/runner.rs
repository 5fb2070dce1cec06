//! Holds the examples of a page against what a judge finds in them.

use finding::Finding;
use model::Inventory;

use crate::example::{Example, Expect};

/// Runs every example of a page through a judge, and says what differs.
///
/// # Errors
/// One line for each difference, with the line of the page.
pub fn differences(
    page: &str,
    judge: impl Fn(&Example, &Inventory) -> Vec<Finding>,
) -> Result<(), String> {
    let examples = Example::all(page);
    let mut wrong = Vec::new();
    for expect in [Expect::Bad, Expect::Good] {
        if !examples.iter().any(|example| example.expect == expect) {
            wrong.push(format!("the page has no {expect:?} example"));
        }
    }
    for example in &examples {
        compare(example, &judge(example, &example.inventory()), &mut wrong);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn compare(example: &Example, findings: &[Finding], wrong: &mut Vec<String>) {
    let expected = example.marked_lines();
    match (example.expect, expected.is_empty()) {
        (Expect::Bad, true) => wrong.push(format!("line {}: no line is marked", example.line)),
        (Expect::Good, false) => {
            wrong.push(format!("line {}: a good example marks a line", example.line));
        }
        _ => {}
    }
    for line in &expected {
        if !findings.iter().any(|finding| lines(finding).contains(line)) {
            wrong.push(format!("line {}: expected a finding, found none", example.line + line));
        }
    }
    for finding in findings {
        let there = lines(finding);
        if there.is_empty() || there.iter().any(|line| !expected.contains(line)) {
            let at: Vec<u32> = there.iter().map(|line| example.line + line).collect();
            let Finding { path, message, .. } = finding;
            wrong.push(format!("lines {at:?}: unexpected finding at {path:?}: {message}"));
        }
    }
}

fn lines(finding: &Finding) -> Vec<u32> {
    finding.locations.iter().map(|location| location.line).collect()
}
