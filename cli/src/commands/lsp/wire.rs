//! Messages in their frames: a header that gives a length, then that many bytes.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

/// No message is kept beyond this; the largest holds a whole document.
const MOST_BYTES: u64 = 64 << 20;

/// All headers of one message.
const MOST_HEADER: u64 = 4096;

/// What came in a frame.
pub(super) enum Frame {
    /// The bytes of a message.
    Message(Vec<u8>),
    /// A message that was passed over for its length.
    TooLong,
}

/// Reads the next frame; nothing where there is none.
///
/// # Errors
/// Where the headers give no length, or the input ends within a frame: what follows cannot be told.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let Some(length) = length(input)? else { return Ok(None) };
    let mut body = input.take(length);
    let mut bytes = Vec::new();
    let read = match length {
        0..=MOST_BYTES => body.read_to_end(&mut bytes)? as u64,
        _ => io::copy(&mut body, &mut io::sink())?,
    };
    if read != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(if length > MOST_BYTES { Frame::TooLong } else { Frame::Message(bytes) }))
}

/// What the headers of a frame give as its length.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut headers = input.take(MOST_HEADER);
    let (mut length, mut line, mut is_first) = (None, Vec::new(), true);
    loop {
        line.clear();
        let read = headers.read_until(b'\n', &mut line)?;
        if read == 0 && is_first {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(no_header());
        }
        is_first = false;
        let text = line.trim_ascii();
        if text.is_empty() {
            return length.map(Some).ok_or_else(no_header);
        }
        let text = str::from_utf8(text).map_err(|_| no_header())?;
        let (name, value) = text.split_once(':').ok_or_else(no_header)?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().map_err(|_| no_header())?);
        }
    }
}

fn no_header() -> io::Error {
    let why =
        "standard input holds no messages of the Language Server Protocol; start it from an editor";
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Writes one message.
pub(super) fn write(out: &mut dyn Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(input: &[u8]) -> io::Result<Option<Frame>> {
        read(&mut io::BufReader::new(input))
    }

    #[test]
    fn a_frame_is_read_whatever_its_other_headers() {
        let input = b"content-type: x\r\nCONTENT-LENGTH: 2\r\n\r\n{}rest";
        assert!(matches!(first(input), Ok(Some(Frame::Message(bytes))) if bytes == b"{}"));
        assert!(matches!(first(b""), Ok(None)));
    }

    #[test]
    fn what_is_no_frame_is_an_error() {
        let endless = vec![b'a'; 1 << 20];
        let broken: [&[u8]; 6] = [
            b"{}\n",
            b"\r\n{}",
            b"Content-Length: -1\r\n\r\n",
            b"Content-Length: 5\r\n\r\n{}",
            b"Content-Length: 99999999999999999999\r\n\r\n",
            &endless,
        ];
        for input in broken {
            assert!(first(input).is_err());
        }
    }

    #[test]
    fn a_message_of_any_length_takes_no_memory_before_it_comes() {
        assert!(first(b"Content-Length: 18446744073709551615\r\n\r\n{}").is_err());
        assert!(first(b"Content-Length: 67108864\r\n\r\n{}").is_err());
    }
}
