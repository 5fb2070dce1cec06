//! When a cluster may be used: each step is asked for again and again, and a part that dies ends the waiting.

use std::process::Child;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::part::Part;
use crate::place::Place;
use crate::processes::Deadline;

/// The parts started so far, watched while something is waited for.
pub(crate) struct Watch<'a> {
    pub(crate) place: &'a Place,
    pub(crate) parts: &'a mut [(Part, Child)],
    pub(crate) deadline: &'a Deadline,
}

impl Watch<'_> {
    /// Asks until the answer is something.
    pub(crate) fn until<T>(
        &mut self,
        what: &str,
        mut ask: impl FnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        loop {
            let answer = ask();
            if let Ok(Some(answer)) = answer {
                return Ok(answer);
            }
            self.all_live()?;
            self.deadline.pause(|| match answer {
                Err(error) => format!("{what} is not so: {error:#}"),
                Ok(_) => format!("{what} is not so"),
            })?;
        }
    }

    fn all_live(&mut self) -> Result<()> {
        for (part, child) in self.parts.iter_mut() {
            if let Some(status) = child.try_wait()? {
                let lines = last_lines(*part, self.place);
                bail!("{} died with {status}; its last lines are\n{lines}", part.name());
            }
        }
        Ok(())
    }
}

/// The end of a part's log.
pub(crate) fn last_lines(part: Part, place: &Place) -> String {
    let log = std::fs::read(part.log(place)).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}

/// Whether a node says that it is ready, and nothing keeps pods away from it.
pub(crate) fn takes_pods(node: &Value) -> bool {
    let conditions = node["status"]["conditions"].as_array().map_or(&[][..], Vec::as_slice);
    let ready = conditions.iter().any(|it| it["type"] == "Ready" && it["status"] == "True");
    let taints = node["spec"]["taints"].as_array();
    ready && taints.is_none_or(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tainted_node_takes_no_pods() {
        let conditions = json!([{ "type": "Ready", "status": "True" }]);
        let mut node = json!({ "status": { "conditions": conditions }, "spec": {} });
        assert!(takes_pods(&node));
        node["spec"]["taints"] = json!([{ "key": "node.kubernetes.io/not-ready" }]);
        assert!(!takes_pods(&node));
    }

    #[test]
    fn a_node_that_says_nothing_takes_no_pods() {
        assert!(!takes_pods(&json!({})));
    }
}
