//! The bytes of one file, within limits of size and time.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use super::walk::{cannot_open, name};

/// No file is read beyond this. An object in a cluster is smaller than 1.5 MiB, and a dump of
/// 100,000 pods fits.
const MOST_BYTES: u64 = 1 << 30;

/// A pipe or device that gives nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(15);

/// A named text, or why there is none.
pub(super) struct Source {
    pub(super) name: Arc<str>,
    pub(super) bytes: Result<Vec<u8>, String>,
}

/// Reads a file. What is no regular file (a pipe, such as `<(helm template .)` makes) is read
/// while it gives something.
#[allow(clippy::disallowed_methods, reason = "this is the door through which files come")]
pub(super) fn open(path: &Path) -> Source {
    let bytes = match path.metadata() {
        Err(error) => Err(cannot_open(&error)),
        Ok(metadata) if metadata.is_file() && metadata.len() > MOST_BYTES => Err(too_large()),
        Ok(metadata) if metadata.is_file() => {
            let size = usize::try_from(metadata.len()).unwrap_or_default();
            File::open(path)
                .map_err(|error| cannot_open(&error))
                .and_then(|file| drain(file, size + 1))
        }
        Ok(_) => patiently(path.to_owned()),
    };
    Source { name: name(path), bytes }
}

/// Reads standard input to its end.
pub(super) fn from_reader(reader: &mut (dyn Read + Send)) -> Source {
    Source { name: Arc::from("-"), bytes: drain(reader, 0) }
}

#[allow(clippy::disallowed_methods, reason = "this is the door through which files come")]
fn patiently(path: PathBuf) -> Result<Vec<u8>, String> {
    let (sender, receiver) = mpsc::channel();
    // A thread that waits for a silent pipe cannot be ended; it goes with the process.
    let _reader = std::thread::spawn(move || {
        let opened = File::open(&path).map_err(|error| cannot_open(&error));
        let mut file = match opened {
            Ok(file) => file,
            Err(reason) => return drop(sender.send(Err(reason))),
        };
        let mut chunk = vec![0; 1 << 16];
        loop {
            let message = match file.read(&mut chunk) {
                Ok(read) => Ok(chunk[..read].to_vec()),
                Err(error) => Err(cannot_open(&error)),
            };
            let last = message.as_ref().map_or(true, Vec::is_empty);
            if sender.send(message).is_err() || last {
                return;
            }
        }
    });
    collect(&receiver)
}

fn collect(receiver: &mpsc::Receiver<Result<Vec<u8>, String>>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    loop {
        let chunk = receiver.recv_timeout(PATIENCE).map_err(|_| {
            let seconds = PATIENCE.as_secs();
            format!("gave nothing for {seconds} seconds; is anything writing to it?")
        })??;
        if chunk.is_empty() {
            return Ok(bytes);
        }
        bytes.extend(chunk);
        if bytes.len() as u64 > MOST_BYTES {
            return Err(too_large());
        }
    }
}

fn drain(reader: impl Read, size: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(size);
    let read = reader.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    match read {
        Ok(read) if read as u64 > MOST_BYTES => Err(too_large()),
        Ok(_) => Ok(bytes),
        Err(error) => Err(cannot_open(&error)),
    }
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
        _ if memchr::memchr(0, &bytes[..bytes.len().min(8192)]).is_some() => {
            Err("binary data, not text".to_owned())
        }
        _ => Ok(Text::Borrowed(bytes)),
    }
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
