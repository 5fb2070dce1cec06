//! One reply, sound or broken in one of many ways.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// One reply.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

/// How a reply comes, and how it ends.
#[derive(Clone, Debug)]
enum Body {
    /// All of it, its length told.
    Whole(Arc<Vec<u8>>),
    /// All of it, in chunks.
    Chunked(Arc<Vec<u8>>),
    /// In chunks, the last one missing.
    WithoutLastChunk(Arc<Vec<u8>>),
    /// Half of it, though all of it was told.
    Cut(Arc<Vec<u8>>),
    /// First this, then the other over and over.
    Endless(Arc<Vec<u8>>, Arc<Vec<u8>>),
    /// One byte every tenth of a second, for ever.
    Dripping,
    /// The headers, then nothing.
    SilentAfterHead,
    /// Nothing at all.
    Silent,
    /// The connection is closed.
    Closed,
    /// The whole server is gone.
    Death,
}

/// What becomes of the connection after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Next,
    Close,
    Die,
}

const JSON: &str = "application/json";

/// What one chunk holds.
const CHUNK: usize = 10_000;

impl Reply {
    fn new(status: u16, body: Body) -> Self {
        Self { status, headers: vec![("content-type", JSON.to_owned())], body }
    }

    /// JSON, all of it.
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, Body::Whole(Arc::new(body.into())))
    }

    /// JSON in chunks.
    pub fn chunked(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, Body::Chunked(Arc::new(body.into())))
    }

    /// JSON in chunks, the last one missing.
    pub fn without_last_chunk(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, Body::WithoutLastChunk(Arc::new(body.into())))
    }

    /// Half of the JSON whose whole length is told.
    pub fn cut(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, Body::Cut(Arc::new(body.into())))
    }

    /// JSON that goes on for ever: first this, then that over and over.
    pub fn endless(first: impl Into<Vec<u8>>, then: impl Into<Vec<u8>>) -> Self {
        Self::new(200, Body::Endless(Arc::new(first.into()), Arc::new(then.into())))
    }

    /// One byte every tenth of a second, for ever.
    pub fn dripping() -> Self {
        Self::new(200, Body::Dripping)
    }

    /// The headers, then nothing.
    pub fn silent_after_head() -> Self {
        Self::new(200, Body::SilentAfterHead)
    }

    /// Nothing at all, the connection open.
    pub fn silent() -> Self {
        Self::new(200, Body::Silent)
    }

    /// The connection is closed without a word.
    pub fn closed() -> Self {
        Self::new(200, Body::Closed)
    }

    /// The whole server is gone: it listens no more, and every connection is closed.
    pub fn death() -> Self {
        Self::new(200, Body::Death)
    }

    /// A web page.
    pub fn web_page() -> Self {
        let page = b"<html><body>Please sign in</body></html>".to_vec();
        Self::new(200, Body::Whole(Arc::new(page))).with("content-type", "text/html; charset=utf-8")
    }

    /// A no, in the API server's own form.
    pub fn status(code: u16, message: &str) -> Self {
        Self::json(format!(
            r#"{{"kind":"Status","apiVersion":"v1","metadata":{{}},"status":"Failure","message":{},"code":{code}}}"#,
            serde_json::Value::from(message)
        ))
        .coded(code)
    }

    /// A continue token that has expired; a fresh one may come with it.
    pub fn expired(fresh: Option<&str>) -> Self {
        let next = fresh.map(|it| format!(r#""continue":"{it}""#)).unwrap_or_default();
        Self::json(format!(
            r#"{{"kind":"Status","apiVersion":"v1","metadata":{{{next}}},"status":"Failure","reason":"Expired","message":"the provided continue parameter is too old","code":410}}"#
        ))
        .coded(410)
    }

    /// The same, compressed.
    #[must_use]
    pub fn compressed(self) -> Self {
        self.compressed_over_and_over(1)
    }

    /// The same, compressed, and what it inflates to so many times as long.
    #[must_use]
    pub fn compressed_over_and_over(mut self, times: usize) -> Self {
        if let Body::Whole(body) = &self.body {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            let all = (0..times).try_for_each(|_| encoder.write_all(body));
            let packed = all.and_then(|()| encoder.finish()).expect("memory takes any bytes");
            self.body = Body::Whole(Arc::new(packed));
        }
        self.with("content-encoding", "gzip")
    }

    /// The same with another status.
    #[must_use]
    pub fn coded(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same with one more header, or another value of one.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Writes it.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<Then> {
        match &self.body {
            Body::Whole(body) => self.write_sized(out, body.len(), body),
            Body::Cut(body) => {
                self.write_sized(out, body.len(), &body[..body.len() / 2]).map(|_| Then::Close)
            }
            Body::Chunked(body) => {
                self.write_chunks(out, body)?;
                out.write_all(b"0\r\n\r\n").map(|()| Then::Next)
            }
            Body::WithoutLastChunk(body) => self.write_chunks(out, body).map(|()| Then::Close),
            Body::Endless(first, then) => {
                self.write_chunks(out, first)?;
                loop {
                    write_chunk(out, then)?;
                }
            }
            Body::Dripping => self.drip(out),
            Body::SilentAfterHead => {
                self.write_head(out, "content-length: 1000")?;
                out.flush()?;
                wait_for_ever()
            }
            Body::Silent => wait_for_ever(),
            Body::Closed => Ok(Then::Close),
            Body::Death => Ok(Then::Die),
        }
    }

    fn write_sized(&self, out: &mut dyn Write, length: usize, body: &[u8]) -> io::Result<Then> {
        self.write_head(out, &format!("content-length: {length}"))?;
        out.write_all(body).map(|()| Then::Next)
    }

    fn write_chunks(&self, out: &mut dyn Write, body: &[u8]) -> io::Result<()> {
        self.write_head(out, "transfer-encoding: chunked")?;
        body.chunks(CHUNK).try_for_each(|chunk| write_chunk(out, chunk))
    }

    fn drip(&self, out: &mut dyn Write) -> io::Result<Then> {
        self.write_head(out, "transfer-encoding: chunked")?;
        loop {
            write_chunk(out, b" ")?;
            out.flush()?;
            sleep(Duration::from_millis(100));
        }
    }

    fn write_head(&self, out: &mut dyn Write, form: &str) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} Spoken\r\n{form}\r\n", self.status);
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        out.write_all((head + "\r\n").as_bytes())
    }
}

fn write_chunk(out: &mut dyn Write, chunk: &[u8]) -> io::Result<()> {
    write!(out, "{:x}\r\n", chunk.len())?;
    out.write_all(chunk)?;
    out.write_all(b"\r\n")
}

/// Holds the connection; the test that waits for it will not.
fn wait_for_ever() -> io::Result<Then> {
    loop {
        sleep(Duration::from_secs(600));
    }
}
