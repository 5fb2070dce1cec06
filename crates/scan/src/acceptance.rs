//! Which exceptions are allowed.

use std::collections::BTreeSet;

use finding::exception::glob;
use finding::{Exception, Source};
use jiff::ToSpan;
use jiff::civil::Date;

/// Which exceptions are allowed. Without a policy, all are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// The policy that says so.
    pub policy: String,
    /// Checks whose findings nobody may accept.
    pub forbidden: BTreeSet<&'static str>,
    /// Within how many days an exception must end.
    pub most_days: Option<u32>,
    /// Who may own an exception; `*` stands for any text, none means anybody.
    pub owners: Vec<String>,
}

impl Acceptance {
    /// Why an exception is not allowed, if it is not. Those that come with the program have an owner
    /// and an end of their own: its next version.
    pub fn refuses(&self, exception: &Exception, today: Date) -> Option<String> {
        let policy = &self.policy;
        if self.forbidden.contains(exception.check.as_str()) {
            let check = &exception.check;
            return Some(format!("policy {policy} allows no exception of {check}"));
        }
        if exception.source == Source::Shipped {
            return None;
        }
        if !self.owners.is_empty() && !self.owners.iter().any(|it| glob(it, &exception.owner)) {
            let owners = self.owners.join(", ");
            return Some(format!("policy {policy} wants an owner like {owners}"));
        }
        let days = self.most_days?;
        let last = today.checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
        exception
            .expires
            .is_none_or(|expires| expires > last)
            .then(|| format!("policy {policy} wants an end within {days} days; add expires={last}"))
    }
}
