//! For tests only: runs the examples on a page as the tests of what the page is about.
//!
//! ```text
//! page.md ─▶ Example ─▶ Inventory ─▶ judge ─▶ findings ══ lines marked `# finding`
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`example`] | the fences of a page |
//! | [`runner`] | what is expected of them |

pub mod example;
pub mod runner;

pub use example::{Example, Expect};
