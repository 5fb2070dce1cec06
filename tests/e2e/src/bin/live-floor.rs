//! `live-floor http|memory ignored|value PORT PODS WORKLOADS owners|pods-only`: the least work that
//! reads the lists of a large cluster: each page parsed by `serde_json`, nothing looked at.
//!
//! `http` fetches each page from the stub; `memory` makes a few and parses them over and over until
//! there were as many objects. `ignored` checks the grammar and keeps nothing; `value` builds what a
//! generic program builds. It prints how many bytes it parsed.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program of the developer, by the command line and a terminal"
)]

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use e2e::api_server::load::{List, Load, Size};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// Bytes that a page shall have, and objects in the first one: as the product asks for them.
const PAGE: usize = 4 << 20;
const FIRST: usize = 100;
const MOST: usize = 1000;

/// Distinct pages that are parsed from memory: more than any cache holds.
const PAGES: usize = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [from, form, port, pods, workloads, owners] = words.as_slice() else {
        return Err("six words, see the source".into());
    };
    let owners = owners == "owners";
    let size = Size { pods: pods.parse()?, workloads: workloads.parse()?, owners };
    let parse = if form == "value" { parse_value } else { parse_ignored };
    let load = Load::new(size);
    let mut bytes = 0;
    for list in List::ALL.into_iter().filter(|list| load.length(*list) > 0) {
        bytes += match from.as_str() {
            "http" => fetch_all(list, port, parse)?,
            _ => repeat(&load, list, parse)?,
        };
    }
    println!("{bytes}");
    Ok(())
}

type Parse = fn(&[u8]) -> Result<(), serde_json::Error>;

fn parse_ignored(bytes: &[u8]) -> Result<(), serde_json::Error> {
    serde_json::from_slice::<IgnoredAny>(bytes).map(|_| ())
}

fn parse_value(bytes: &[u8]) -> Result<(), serde_json::Error> {
    serde_json::from_slice::<Value>(bytes).map(drop)
}

/// Parses as many objects as the list has, from a few pages of it.
fn repeat(load: &Load, list: List, parse: Parse) -> Result<usize, Box<dyn Error>> {
    let mut first = Vec::new();
    load.page(list, 0, FIRST, &mut first);
    let limit = FIRST * PAGE / first.len();
    let made: Vec<Vec<u8>> = (0..PAGES.min(load.length(list).div_ceil(limit)))
        .map(|number| {
            let mut page = Vec::with_capacity(PAGE + PAGE / 8);
            load.page(list, number * limit, limit, &mut page);
            page
        })
        .collect();
    let mut bytes = 0;
    for page in made.iter().cycle().take(load.length(list).div_ceil(limit)) {
        parse(page)?;
        bytes += page.len();
    }
    Ok(bytes)
}

#[derive(Deserialize)]
struct Page {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "continue")]
    next: Option<String>,
}

/// Fetches a list page by page, and parses each.
fn fetch_all(list: List, port: &str, parse: Parse) -> Result<usize, Box<dyn Error>> {
    let mut stream = BufReader::new(TcpStream::connect(format!("127.0.0.1:{port}"))?);
    let (mut limit, mut next, mut bytes) = (FIRST, String::new(), 0);
    loop {
        let path = format!("{}?limit={limit}{next}", list.path());
        let page = fetch(&mut stream, &path)?;
        parse(&page)?;
        bytes += page.len();
        limit = (limit * PAGE / page.len()).min(MOST);
        // What says how the list goes on stands at the start.
        let head = &page[..page.len().min(200)];
        let head = String::from_utf8_lossy(head);
        let Some((head, _)) = head.split_once(r#","items""#) else { return Ok(bytes) };
        let Page { metadata } = serde_json::from_str(&format!("{head}}}"))?;
        let Some(token) = metadata.next else { return Ok(bytes) };
        next = format!("&continue={token}");
    }
}

fn fetch(stream: &mut BufReader<TcpStream>, path: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.get_mut().write_all(request.as_bytes())?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        if line.trim_end().is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim_end().parse()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}
