//! Paths as the user would write them, and why one cannot be opened.

use std::path::Path;
use std::sync::Arc;

/// The path as the user would write it, `/` between its parts.
pub(crate) fn name(path: &Path) -> Arc<str> {
    let text = path.to_string_lossy();
    let text = text.strip_prefix("./").filter(|rest| !rest.is_empty()).unwrap_or(&text);
    if std::path::MAIN_SEPARATOR == '/' {
        Arc::from(text)
    } else {
        Arc::from(text.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

/// A path relative to a folder, `.` and `..` resolved as text.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> =
        folder.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let is_absolute = path.starts_with('/');
    if is_absolute {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if folder.starts_with('/') || is_absolute { format!("/{joined}") } else { joined }
}

/// The folder of a file, empty where it names none.
pub(crate) fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The cause of a failed access, and what to do about it.
pub(crate) fn cannot_open(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist; check the path".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "permission denied; make it readable for the user who scans".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_beside_and_above_a_folder() {
        assert_eq!(join("a/overlay", "./patch.yaml"), "a/overlay/patch.yaml");
        assert_eq!(join("a/overlay", "../patch.yaml"), "a/patch.yaml");
        assert_eq!(join("/a", "patch.yaml"), "/a/patch.yaml");
        assert_eq!(join("", "patch.yaml"), "patch.yaml");
        assert_eq!(join("", "../patch.yaml"), "../patch.yaml");
        assert_eq!(join("a", "/b/c.yaml"), "/b/c.yaml");
        assert_eq!(join("../a", "../b"), "../b");
    }
}
