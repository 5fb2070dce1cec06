//! The bytes of one file, within limits of size and time.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::helm::is_in_chart;
use super::pipe::Pipe;
use crate::dump;
use crate::path::{cannot_open, name};

/// No file is read beyond this. An object in a cluster is smaller than 1.5 MiB, and a dump of
/// 100,000 pods fits.
const MOST_BYTES: u64 = 1 << 30;

/// A text shows within so many bytes that it is one.
const HEAD: usize = 8192;

/// A named text, or why there is none.
pub(super) struct Source {
    pub(super) name: Arc<str>,
    /// Whether it is one of the templates of a chart, if it has anything to render.
    pub(super) in_chart: bool,
    pub(super) bytes: Result<Vec<u8>, String>,
}

/// A file that is to be read. What is no regular file (a pipe, such as `<(helm template .)` makes)
/// is read from now on, while it gives something, so that several silent ones are waited for
/// together.
pub(super) struct Begun {
    path: PathBuf,
    text: Option<String>,
    pipe: Option<Pipe>,
}

/// Begins to read a file, or takes a text in its place.
pub(super) fn begin(path: &Path, text: Option<&String>) -> Begun {
    let is_pipe = text.is_none() && path.metadata().is_ok_and(|metadata| !metadata.is_file());
    let pipe = is_pipe.then(|| Pipe::open(path.to_owned()));
    Begun { path: path.to_owned(), text: text.cloned(), pipe }
}

impl Begun {
    /// Reads the file to its end.
    pub(super) fn finish(self) -> Source {
        let bytes = match (self.text, self.pipe) {
            (Some(text), _) => Ok(text.into_bytes()),
            (None, Some(pipe)) => drain(pipe, 0),
            (None, None) => regular(&self.path),
        };
        Source { name: name(&self.path), in_chart: is_in_chart(&self.path), bytes }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the door through which files come")]
fn regular(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| cannot_open(&error))?;
    let size = file.metadata().map_err(|error| cannot_open(&error))?.len();
    if size > MOST_BYTES {
        return Err(too_large());
    }
    drain(file, usize::try_from(size).unwrap_or_default() + 1)
}

/// Reads standard input to its end.
pub(super) fn from_reader(reader: &mut (dyn Read + Send)) -> Source {
    Source { name: Arc::from("-"), in_chart: false, bytes: drain(reader, 0) }
}

/// Reads to the end, or until it is plain that this is neither text nor a dump.
fn drain(mut reader: impl Read, size: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(size);
    for most in [HEAD, dump::HEAD, usize::MAX] {
        let most = (most as u64).min(MOST_BYTES + 1);
        let read = reader.by_ref().take(most).read_to_end(&mut bytes);
        read.map_err(|error| cannot_open(&error))?;
        let goes_on = if dump::is_compressed(&bytes) {
            most == HEAD as u64 || dump::is_dump(&bytes)
        } else {
            !is_binary(&bytes)
        };
        if !goes_on {
            return Ok(bytes);
        }
    }
    if bytes.len() as u64 > MOST_BYTES { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> String {
    format!("larger than {} MiB; split it", MOST_BYTES >> 20)
}

/// Bytes as text: UTF-8 with or without a mark, UTF-16 with one.
///
/// # Errors
/// The reason why no line of it is text.
pub(super) fn decode(bytes: &[u8]) -> Result<Text<'_>, String> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            Err("UTF-32 text; convert it to UTF-8".to_owned())
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Text::Owned),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Text::Owned),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok(Text::Borrowed(rest)),
        _ if is_binary(bytes) => Err("binary data, not text".to_owned()),
        _ => Ok(Text::Borrowed(bytes)),
    }
}

/// Whether the start is neither text nor marked as UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let is_utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    !is_utf16 && memchr::memchr(0, &bytes[..bytes.len().min(HEAD)]).is_some()
}

/// Decoded text, or bytes that are text if they are UTF-8, which each document shows for itself.
pub(super) enum Text<'a> {
    Borrowed(&'a [u8]),
    Owned(String),
}

impl Text<'_> {
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Text::Borrowed(bytes) => bytes,
            Text::Owned(text) => text.as_bytes(),
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let decoded: Result<String, _> = char::decode_utf16(pairs.iter().map(|&it| unit(it))).collect();
    decoded
        .ok()
        .filter(|_| rest.is_empty())
        .ok_or_else(|| "not valid UTF-16; convert it to UTF-8".to_owned())
}
