//! A code host on this machine: downloads of a folder, and the comments of one pull request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::{Value, json};

/// The number of the pull request.
pub const PULL_REQUEST: u64 = 7;

/// What it lets nobody comment with.
pub const POWERLESS: &str = "powerless";

/// A code host that lives as long as the test.
pub struct Host {
    /// Its address.
    pub url: String,
    comments: Arc<Mutex<Vec<Value>>>,
}

impl Host {
    /// Serves the files of a folder by their names, whatever stands before them in the path.
    pub fn serving(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let comments = Arc::new(Mutex::new(Vec::new()));
        let room = Room { folder: folder.to_owned(), comments: Arc::clone(&comments) };
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                room.answer(connection);
            }
        });
        Self { url: format!("http://{address}"), comments }
    }

    /// Puts a comment there that somebody else wrote.
    pub fn say(&self, who: &str, body: &str) {
        let mut comments = self.comments.lock().unwrap_or_else(PoisonError::into_inner);
        let id = comments.len();
        comments.push(json!({ "id": id, "user": { "type": who }, "body": body }));
    }

    /// The texts of the comments.
    pub fn comments(&self) -> Vec<String> {
        let comments = self.comments.lock().unwrap_or_else(PoisonError::into_inner);
        comments.iter().map(|it| it["body"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

struct Room {
    folder: PathBuf,
    comments: Arc<Mutex<Vec<Value>>>,
}

struct Request {
    method: String,
    path: String,
    authorization: String,
    body: Vec<u8>,
}

impl Room {
    fn answer(&self, mut connection: TcpStream) {
        let Some(request) = read(&connection) else { return };
        let (status, body) = self.respond(&request);
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        // Who has hung up does not want it.
        connection.write_all(head.as_bytes()).and_then(|()| connection.write_all(&body)).ok();
    }

    fn respond(&self, request: &Request) -> (&'static str, Vec<u8>) {
        let path = request.path.split('?').next().unwrap_or_default();
        if path.contains("/releases/download/") {
            let name = path.rsplit('/').next().unwrap_or_default();
            let file = std::fs::read(self.folder.join(name));
            return file.map_or(("404 Not Found", Vec::new()), |bytes| ("200 OK", bytes));
        }
        if request.method != "GET" && request.authorization.ends_with(POWERLESS) {
            return ("403 Forbidden", Vec::new());
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let mut comments = self.comments.lock().unwrap_or_else(PoisonError::into_inner);
        if path.ends_with(&format!("/issues/{PULL_REQUEST}/comments")) {
            if request.method == "POST" {
                let id = comments.len();
                let comment = json!({ "id": id, "user": { "type": "Bot" }, "body": body["body"] });
                comments.push(comment);
            }
            return ("200 OK", json!(*comments).to_string().into_bytes());
        }
        let id = path.rsplit('/').next().and_then(|id| id.parse::<usize>().ok());
        match id.and_then(|id| comments.get_mut(id)) {
            Some(comment) if request.method == "PATCH" => {
                comment["body"] = body["body"].clone();
                ("200 OK", Vec::new())
            }
            _ => ("404 Not Found", Vec::new()),
        }
    }
}

fn read(connection: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_ascii_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => value.clone_into(&mut authorization),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, authorization, body })
}
