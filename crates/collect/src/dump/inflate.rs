//! Compressed bytes as lines, within limits.

use std::io::Read;

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::format::LINE;

/// Bytes that a frame may look back. What `zstd -19` writes looks back so far.
const WINDOW: u64 = 8 << 20;

/// Bytes that are inflated whatever the size of the dump, how many more for each of its bytes, and
/// how many at most. A real inventory is compressed to a tenth.
const INFLATED: u64 = 64 << 20;
const RATIO: u64 = 256;
const MOST: u64 = 8 << 30;

/// The lines of a compressed text.
pub(super) struct Lines<'a> {
    source: &'a [u8],
    frame: Option<Box<StreamingDecoder<&'a [u8], FrameDecoder>>>,
    left: u64,
    bytes: Vec<u8>,
    /// Where the next line starts in the bytes, and how far they were searched for its end.
    start: usize,
    searched: usize,
}

/// Why there is no next line.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("damaged")]
    Damaged,
    #[error("cut short in the middle of a line")]
    Cut,
    #[error("compressed so that {} MiB of memory are needed; compress it with zstd -19", .0 >> 20)]
    Window(u64),
    #[error("a line of more than {} MiB", LINE >> 20)]
    Line,
    #[error("more text than so small a file can hold; it was made up")]
    Bomb,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a [u8]) -> Self {
        let left = (INFLATED + RATIO * source.len() as u64).min(MOST);
        Self { source, frame: None, left, bytes: Vec::new(), start: 0, searched: 0 }
    }

    /// The next line with its end, or nothing at the end of the text.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Broken> {
        loop {
            let unsearched = self.bytes.get(self.searched..).unwrap_or_default();
            if let Some(end) = memchr::memchr(b'\n', unsearched) {
                let start = self.start;
                self.start = self.searched + end + 1;
                self.searched = self.start;
                return Ok(self.bytes.get(start..self.start));
            }
            self.bytes.drain(..self.start);
            self.start = 0;
            self.searched = self.bytes.len();
            if self.bytes.len() > LINE {
                return Err(Broken::Line);
            }
            match self.more()? {
                0 if self.bytes.is_empty() => return Ok(None),
                0 => return Err(Broken::Cut),
                _ => {}
            }
        }
    }

    /// Inflates some more bytes; none at the end of the last frame.
    fn more(&mut self) -> Result<usize, Broken> {
        const PIECE: usize = 128 << 10;
        loop {
            let Some(frame) = &mut self.frame else {
                if self.source.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
                continue;
            };
            let filled = self.bytes.len();
            self.bytes.resize(filled + PIECE, 0);
            let read = frame.read(&mut self.bytes[filled..]);
            self.bytes.truncate(filled + read.as_ref().map_or(0, |&read| read));
            let read = read.map_err(|_| Broken::Damaged)?;
            self.left = self.left.checked_sub(read as u64).ok_or(Broken::Bomb)?;
            if read > 0 {
                return Ok(read);
            }
            self.source = self.frame.take().map_or(&[], |frame| frame.into_inner());
        }
    }

    /// Begins the next frame, or passes over one that holds nothing for us.
    fn begin(&mut self) -> Result<(), Broken> {
        match StreamingDecoder::new_with_max_window_size(self.source, WINDOW) {
            Ok(frame) => self.frame = Some(Box::new(frame)),
            Err(FrameDecoderError::WindowSizeTooBig { requested, .. }) => {
                return Err(Broken::Window(requested));
            }
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let behind = usize::try_from(length).ok().and_then(|length| length.checked_add(8));
                let rest = behind.and_then(|behind| self.source.get(behind..));
                self.source = rest.ok_or(Broken::Damaged)?;
            }
            Err(_) => return Err(Broken::Damaged),
        }
        Ok(())
    }
}
