//! A dump: what a cluster listed, in one file, to be judged later and elsewhere.
//!
//! ```text
//! Reading ─▶ write (line by line ─▶ zstd) ─▶ FILE ─▶ inflate ─▶ read (line by line) ─▶ Reading
//! ```
//!
//! `ringfence.dump/v1` is JSON lines, compressed with zstd: a header that says which cluster it was
//! and when, one object a line, and a footer with their number and a SHA-256 of all that stands
//! before it. The footer shows damage; it does not show who wrote the dump.

mod format;
mod inflate;
mod json;
mod line;
mod read;
mod redact;
mod write;

pub(crate) use format::HEAD;
use format::MAGIC;
pub use read::read;
pub use redact::{Hidden, Redact};
pub use write::write;

/// Whether bytes are compressed with zstd.
pub(crate) fn is_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Whether bytes, or the first [`HEAD`] of them, are a dump: compressed, and with our header.
pub(crate) fn is_dump(bytes: &[u8]) -> bool {
    let mut lines = inflate::Lines::new(bytes);
    is_compressed(bytes)
        && matches!(lines.next(), Ok(Some(line)) if line::Header::family(line).is_some())
}
