//! A look into a file whose name says nothing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::dump;

/// Whether a file is a dump, by what it holds. One that is called so is, or was to be.
#[allow(clippy::disallowed_methods, reason = "this is the door through which files come")]
pub(super) fn is_dump(path: &Path) -> bool {
    let starts = || {
        let mut file = File::open(path).ok()?;
        let mut bytes = [0; 4];
        file.read_exact(&mut bytes).ok()?;
        let mut head = bytes.to_vec();
        if dump::is_compressed(&head) {
            file.take(dump::HEAD as u64).read_to_end(&mut head).ok()?;
        }
        Some(dump::is_dump(&head))
    };
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.ends_with(b".dump.zst") || starts() == Some(true)
}
