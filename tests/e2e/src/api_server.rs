//! An API server as a test needs it: sound, slow, forbidding, lying or dying.
//!
//! ```text
//! Request ─▶ an answer (objects, or a behaviour by path) ─▶ Reply, sound or broken
//! ```

pub mod load;
mod reply;
mod request;
mod server;
mod template;

pub use reply::Reply;
pub use request::Request;
pub use server::Server;
