//! A cluster with a node: pods run, are looked into and recorded, and nothing of it is left.

#[test]
fn todo() {}
