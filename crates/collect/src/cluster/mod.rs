//! A live cluster, listed through its API server. Nothing is ever written.
//!
//! ```text
//! Access ─▶ connect ─▶ discovery · schema ─▶ list (page after page) ─▶ page · replicas (JSON ─▶ Object)
//!                                        ─▶ diagnose
//! ```
//!
//! Lists are made a few at a time, at an even pace, and within limits of time and size. A list that
//! fails or is forbidden costs itself alone; the account says which one, and why.

pub mod answers;
mod caller;
mod connect;
mod diagnose;
mod discovery;
mod failure;
mod list;
mod pace;
mod page;
mod plan;
mod proxy;
mod read;
mod replicas;
mod request;
mod runtime;
mod schema;
mod version;

pub use connect::{Access, NoWay};
pub use diagnose::diagnose;
pub use proxy::Proxies;
pub use read::read;
pub use request::Request;
