//! What is found: a finding, how much it weighs, and the risks that people accept.
//!
//! ```text
//! Place ─▶ Finding ─▶ Report ◀─ Exception
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`finding`] | one finding with its evidence and its fingerprint |
//! | [`severity`] | how bad, how sure, how mended |
//! | [`change`] | how an object is changed, which mends a finding |
//! | [`exception`] | a risk that a person accepted, until a day |
//! | [`source`] | who wrote an exception |
//! | [`report`] | all of one run |

pub mod change;
pub mod exception;
pub mod finding;
pub mod report;
pub mod severity;
pub mod source;

pub use change::{Change, To};
pub use exception::{Exception, ObjectPattern, Objects, Part};
pub use finding::{Accepted, Finding, Fingerprint, Location, RenderedFrom, State};
pub use report::{Action, Coverage, ExceptionState, ExceptionStatus, Report, Summary};
pub use severity::{Confidence, Fix, Severity};
pub use source::Source;
