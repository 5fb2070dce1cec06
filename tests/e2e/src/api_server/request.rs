//! One request, as it came over the wire.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// One request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Its method, such as `GET`.
    pub method: String,
    /// Its path, without the query.
    pub path: String,
    /// Its query, decoded.
    pub query: BTreeMap<String, String>,
    /// Its headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads the next request; none where the other side is done.
    pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Self>> {
        let first = line(input)?;
        let mut words = first.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Self {
            method: method.to_owned(),
            path: decoded(path),
            query: query.split('&').filter_map(pair).collect(),
            ..Self::default()
        };
        request.read_headers(input)?;
        let length = request.header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
        request.body = vec![0; length];
        input.read_exact(&mut request.body)?;
        Ok(Some(request))
    }

    fn read_headers(&mut self, input: &mut impl BufRead) -> io::Result<()> {
        loop {
            let line = line(input)?;
            let Some((name, value)) = line.split_once(':') else { return Ok(()) };
            self.headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }

    /// One header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// One value of the query.
    pub fn asks(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

fn line(input: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    Some((decoded(name), decoded(value)))
}

/// Reads `%2F` as `/`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_with_its_query_headers_and_body() {
        let text = "GET /api/v1/a%2Fb?limit=7&fieldSelector=metadata.name%3Dshop HTTP/1.1\r\n\
                    Accept: text/plain\r\nContent-Length: 2\r\n\r\nhi";
        let request = Request::read(&mut text.as_bytes()).unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/v1/a/b"));
        assert_eq!(request.asks("fieldSelector"), Some("metadata.name=shop"));
        assert_eq!((request.header("accept"), &*request.body), (Some("text/plain"), &b"hi"[..]));
        assert!(Request::read(&mut &b""[..]).unwrap().is_none());
    }
}
