//! The ways of ringfence into a pipeline, each held against what really consumes it.
//!
//! ```text
//! Package (as a release) ─▶ Host (serves it, takes comments) ─▶ Runner (a real one) ─▶ what it did
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`host`] | a code host on this machine: downloads, and the comments of a pull request |
//! | [`package`] | everything that a release is made of, built once from the code as it is |
//! | [`program`] | programs run to their end |
//! | [`repository`] | a Git repository with manifests |
//! | [`runner`] | act, which runs workflows of GitHub as its own runners do |
//! | [`tools`] | consumers that come from the registries of Go and Python |
#![allow(
    clippy::disallowed_methods,
    reason = "tests of the whole system write files and start programs"
)]

pub mod host;
pub mod package;
pub mod program;
pub mod repository;
pub mod runner;
pub mod tools;

pub use host::Host;
pub use program::{Ended, run};
pub use repository::Repository;
