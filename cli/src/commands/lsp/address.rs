//! Addresses of documents and the names that findings call their files.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands for something else in the path of an address.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of an address that is a file's.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_path = path.starts_with('/') && !path.contains('\0');
    is_path
        .then(|| path.trim_end_matches('/'))
        .map(|it| if it.is_empty() { "/" } else { it }.into())
}

/// The name by which findings call a document's file: its path, or the address of one without a file.
pub(super) fn name(uri: &Uri) -> String {
    path(uri).map_or_else(|| uri.0.clone(), |it| it.display().to_string())
}

/// The address of a file.
pub(super) fn of(name: &str) -> Uri {
    let is_path = Path::new(name).is_absolute();
    let address = |name| format!("file://{}", utf8_percent_encode(name, ESCAPED));
    Uri(if is_path { address(name) } else { name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_address() {
        for name in ["/a/b c.yaml", "/ü/%41#?.yaml", "/a/🦀.yaml"] {
            assert_eq!(path(&of(name)).as_deref(), Some(Path::new(name)));
        }
        assert_eq!(of("/a b").0, "file:///a%20b");
    }

    #[test]
    fn what_is_no_file_keeps_its_address() {
        for uri in ["untitled:Untitled-1", "file:", "", "file://host/x", "file:///a%00b"] {
            assert_eq!(name(&Uri(uri.to_owned())), uri);
        }
        assert_eq!(name(&Uri("file:///ws/".to_owned())), "/ws");
    }
}
