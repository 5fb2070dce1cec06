//! Whoever brings a cluster up may be killed at any moment.

#[test]
fn todo() {}
