//! Messages in frames, as the Language Server Protocol has them: headers that give a length, then that
//! many bytes.

use std::io::{self, BufRead, Read, Write};

/// No message is kept beyond this; the largest holds a whole document.
pub const MOST_BYTES: u64 = 64 << 20;

/// All headers of one message.
const MOST_HEADER: u64 = 4096;

/// What came in a frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The bytes of a message.
    Message(Vec<u8>),
    /// A message that was passed over for its length.
    TooLong,
}

/// Why there is no frame. Where the next one would begin cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The headers go on and on.
    #[error("the headers of a message are longer than {MOST_HEADER} bytes")]
    Endless,
    /// A line among the headers is none.
    #[error("a line is no header; `Content-Length: ` and a number are expected")]
    NoHeader,
    /// No header gives the length.
    #[error("a message has no Content-Length")]
    NoLength,
    /// The length is none.
    #[error("the Content-Length of a message is no number of bytes")]
    BadLength,
    /// The input ends too early.
    #[error("the input ends within a message")]
    Cut,
    /// The input cannot be read.
    #[error("the input cannot be read")]
    Input(#[from] io::Error),
}

/// Reads the next frame; nothing where the input ends. Memory is taken for what comes, not for what a
/// header promises.
///
/// # Errors
/// Where the input is no frame.
pub fn read(input: &mut impl BufRead) -> Result<Option<Frame>, Broken> {
    let Some(length) = length(input)? else { return Ok(None) };
    let mut body = input.take(length);
    let mut bytes = Vec::new();
    let read = match length {
        0..=MOST_BYTES => body.read_to_end(&mut bytes)? as u64,
        _ => io::copy(&mut body, &mut io::sink())?,
    };
    if read != length {
        return Err(Broken::Cut);
    }
    Ok(Some(if length > MOST_BYTES { Frame::TooLong } else { Frame::Message(bytes) }))
}

/// What the headers of a frame give as its length.
fn length(input: &mut impl BufRead) -> Result<Option<u64>, Broken> {
    let mut headers = input.take(MOST_HEADER);
    let (mut length, mut line, mut is_first) = (None, Vec::new(), true);
    loop {
        line.clear();
        let read = headers.read_until(b'\n', &mut line)?;
        if read == 0 && is_first {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(if headers.limit() == 0 { Broken::Endless } else { Broken::Cut });
        }
        is_first = false;
        match line.trim_ascii() {
            [] => return length.map(Some).ok_or(Broken::NoLength),
            header => length = own_length(header)?.or(length),
        }
    }
}

/// The length that a header gives, if it is the one that does.
fn own_length(header: &[u8]) -> Result<Option<u64>, Broken> {
    let text = str::from_utf8(header).map_err(|_| Broken::NoHeader)?;
    let (name, value) = text.split_once(':').ok_or(Broken::NoHeader)?;
    let is_it = name.eq_ignore_ascii_case("content-length");
    is_it.then(|| value.trim().parse().map_err(|_| Broken::BadLength)).transpose()
}

/// Writes a message in its frame.
///
/// # Errors
/// Where the output takes no more.
pub fn write(out: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    write!(out, "Content-Length: {}\r\n\r\n", message.len())?;
    out.write_all(message)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(mut input: &[u8]) -> Result<Option<Frame>, Broken> {
        read(&mut input)
    }

    #[test]
    fn a_frame_is_read_whatever_its_other_headers() {
        let input = b"content-type: x\r\nCONTENT-LENGTH: 2\r\n\r\n{}rest";
        assert_eq!(first(input).unwrap(), Some(Frame::Message(b"{}".to_vec())));
        assert_eq!(first(b"").unwrap(), None);
    }

    #[test]
    fn frames_follow_each_other_as_they_were_written() {
        let mut written = Vec::new();
        for message in [&b"{}"[..], b"", b"\r\n\r\nContent-Length: 1"] {
            write(&mut written, message).unwrap();
        }
        let mut input = written.as_slice();
        for message in [&b"{}"[..], b"", b"\r\n\r\nContent-Length: 1"] {
            assert_eq!(read(&mut input).unwrap(), Some(Frame::Message(message.to_vec())));
        }
        assert_eq!(read(&mut input).unwrap(), None);
    }

    #[test]
    fn headers_have_a_limit() {
        assert!(matches!(first(&vec![b'a'; 1 << 20]), Err(Broken::Endless)));
        let lines = b"a: b\n".repeat(1 << 20);
        assert!(matches!(first(&lines), Err(Broken::Endless)));
        let close = [&b"a: b\n".repeat(815)[..], b"Content-Length:2\n\n{}"].concat();
        assert_eq!(first(&close).unwrap(), Some(Frame::Message(b"{}".to_vec())));
    }

    #[test]
    fn a_length_must_be_there_and_a_number() {
        assert!(matches!(first(b"\r\n{}"), Err(Broken::NoLength)));
        assert!(matches!(first(b"Content-Type: x\r\n\r\n{}"), Err(Broken::NoLength)));
        assert!(matches!(first(b"{}\n"), Err(Broken::NoHeader)));
        assert!(matches!(first(b"\xff: 2\n"), Err(Broken::NoHeader)));
        for length in ["", "-1", "2.0", "0x2", "two", "2 2", "99999999999999999999"] {
            let input = format!("Content-Length: {length}\r\n\r\n{{}}");
            assert!(matches!(first(input.as_bytes()), Err(Broken::BadLength)), "{length}");
        }
    }

    #[test]
    fn what_ends_too_early_is_cut_wherever_it_does() {
        let whole = b"Content-Length: 5\r\n\r\n{   }";
        for end in 1..whole.len() {
            assert!(matches!(first(&whole[..end]), Err(Broken::Cut)), "{end}");
        }
        assert!(first(whole).is_ok());
    }

    #[test]
    fn a_message_beyond_the_limit_is_passed_over_and_the_next_one_read() {
        let header = format!("Content-Length: {}\r\n\r\n", MOST_BYTES + 1);
        let next = b"Content-Length: 2\r\n\r\n{}";
        let mut input =
            header.as_bytes().chain(io::repeat(b' ').take(MOST_BYTES + 1)).chain(&next[..]);
        let mut input = io::BufReader::new(&mut input);
        assert_eq!(read(&mut input).unwrap(), Some(Frame::TooLong));
        assert_eq!(read(&mut input).unwrap(), Some(Frame::Message(b"{}".to_vec())));
    }

    #[test]
    fn a_length_takes_no_memory_before_the_bytes_come() {
        for length in [u64::MAX, MOST_BYTES] {
            let input = format!("Content-Length: {length}\r\n\r\n{{}}");
            assert!(matches!(first(input.as_bytes()), Err(Broken::Cut)));
        }
    }
}
