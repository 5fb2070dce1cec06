//! Mounts of this machine, as the kernel lists them.

use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use rustix::mount::{UnmountFlags, unmount};

/// One line of the kernel's list.
pub(crate) struct Mount {
    pub(crate) at: PathBuf,
    pub(crate) kind: String,
}

/// All mounts, each after those it lies on.
pub(crate) fn all() -> Result<Vec<Mount>> {
    let list = std::fs::read("/proc/self/mountinfo").context("listing the mounts")?;
    Ok(list.split(|&byte| byte == b'\n').filter_map(mount).collect())
}

/// The mounts at or below a folder, deepest first.
pub(crate) fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mounts = all()?.into_iter().map(|mount| mount.at);
    let mut mounts: Vec<PathBuf> = mounts.filter(|at| at.starts_with(folder)).collect();
    mounts.reverse();
    Ok(mounts)
}

/// Unmounts everything at or below a folder.
pub(crate) fn clear(folder: &Path) -> Result<()> {
    for mount in below(folder)? {
        // Something may still hold it for a moment: then it goes when that ends.
        if unmount(&mount, UnmountFlags::empty()).is_err() {
            unmount(&mount, UnmountFlags::DETACH)
                .with_context(|| format!("unmounting {}", mount.display()))?;
        }
    }
    let left = below(folder)?;
    ensure!(left.is_empty(), "{} is still mounted", left[0].display());
    Ok(())
}

/// `36 35 98:0 /root /at options optional… - kind source options`.
fn mount(line: &[u8]) -> Option<Mount> {
    let mut fields = line.split(|&byte| byte == b' ');
    let at = fields.nth(4)?;
    let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
    let at = std::ffi::OsString::from_vec(unescaped(at)).into();
    Some(Mount { at, kind: std::ffi::OsStr::from_bytes(kind).to_string_lossy().into_owned() })
}

/// The kernel writes blanks and backslashes as `\` with three octal digits.
fn unescaped(mut text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    while let Some((&byte, rest)) = text.split_first() {
        let digits = rest.get(..3).filter(|_| byte == b'\\');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        plain.push(code.unwrap_or(byte));
        text = if code.is_some() { &rest[3..] } else { rest };
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_its_place_and_kind() {
        let line = br"36 35 98:0 / /a\040b/c rw,noatime shared:1 master:2 - cgroup2 cgroup2 rw";
        let mount = mount(line).unwrap();
        assert_eq!((mount.at.as_path(), mount.kind.as_str()), (Path::new("/a b/c"), "cgroup2"));
    }

    #[test]
    fn a_folder_of_a_longer_name_is_not_below() {
        assert!(below(Path::new("/pro")).unwrap().is_empty());
    }
}
