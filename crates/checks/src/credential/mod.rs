//! What looks like a credential: by the name it stands under, or by its own form.
//!
//! ```text
//! name ─▶ Names ─▶ holds(name, value) ─┐
//!                                      ├─▶ what is there, in words that give nothing away
//! text ────────▶ found_in(text) ───────┘
//!
//! object ─▶ given (names and texts) ─▶ redaction ─▶ marker (what was there, which one)
//! ```

mod form;
mod given;
mod marker;
mod name;
mod names;
mod redaction;
mod value;

pub(crate) use form::known as issued;
pub(crate) use given::Given;
pub(crate) use names::{Names, is_random};
pub use redaction::{Hidden, Redactor};
pub(crate) use value::{is_placeholder, is_reference};
