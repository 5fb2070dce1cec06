//! The ways of ringfence into a pipeline, each held against what really consumes it.
#![allow(clippy::disallowed_methods, reason = "tests start programs and write files")]
