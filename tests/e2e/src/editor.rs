//! An editor that speaks the Language Server Protocol with the program over pipes.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::binary;

/// An editor and the program it started.
pub struct Editor {
    program: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    requests: u64,
    /// What came while an answer was waited for.
    pub notifications: Vec<Value>,
}

impl Editor {
    /// Starts `ringfence lsp` in a folder.
    pub fn start(folder: &Path) -> Self {
        let mut command = Command::new(binary::path());
        command.args(["lsp", "--today", "2026-11-21"]).current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = command.spawn().expect("the program starts");
        let to = program.stdin.take();
        let from = BufReader::new(program.stdout.take().expect("standard output is a pipe"));
        Self { program, to, from, requests: 0, notifications: Vec::new() }
    }

    /// Starts it and agrees on what both can do; gives what it offers.
    pub fn open(folder: &Path, capabilities: &Value) -> (Self, Value) {
        let mut editor = Self::start(folder);
        let folders = json!([{"uri": address(folder, ""), "name": "test"}]);
        let offer = editor.ask(
            "initialize",
            &json!({"processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders}),
        );
        editor.tell("initialized", &json!({}));
        (editor, offer)
    }

    /// Sends bytes as they are; those that the program does not take are its right to refuse.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().expect("the pipe is open");
        drop(to.write_all(bytes).and_then(|()| to.flush()));
    }

    /// Sends a text in a frame.
    pub fn send_text(&mut self, text: &str) {
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Says something that needs no answer.
    pub fn tell(&mut self, method: &str, params: &Value) {
        self.send_text(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    /// Asks, and waits for the answer: the whole of it.
    pub fn ask_freely(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        let request = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.send_text(&request.to_string());
        loop {
            let message = self.receive().expect("the program answers");
            if message["id"] == json!(id) && message.get("method").is_none() {
                return message;
            }
            self.notifications.push(message);
        }
    }

    /// Asks, and waits for the result.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        let mut answer = self.ask_freely(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Opens a document.
    pub fn edit(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": item}));
    }

    /// Waits until something is said of a document, and gives what is found there.
    pub fn findings_of(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let message = if self.notifications.is_empty() {
                self.receive().expect("the program says something")
            } else {
                self.notifications.remove(0)
            };
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics" && params["uri"] == uri {
                return params["diagnostics"].as_array().cloned().unwrap_or_default();
            }
        }
    }

    /// The next message; nothing where the program is gone.
    pub fn receive(&mut self) -> Option<Value> {
        let (mut length, mut line) = (0, String::new());
        loop {
            line.clear();
            if self.from.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim().split_once(": ") {
                Some((_, value)) => length = value.parse().expect("a length is a number"),
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).ok()?;
        Some(serde_json::from_slice(&bytes).expect("a message is JSON"))
    }

    /// Says goodbye as the protocol has it; gives the exit code.
    pub fn quit(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", &Value::Null), Value::Null);
        self.tell("exit", &Value::Null);
        self.leave()
    }

    /// Goes away; gives the exit code.
    pub fn leave(mut self) -> Option<i32> {
        drop(self.to.take());
        self.program.wait().expect("a child can be waited for").code()
    }
}

/// The address of a file in a folder whose path needs no escapes.
pub fn address(folder: &Path, file: &str) -> String {
    let path = folder.join(file);
    format!("file://{}", path.display().to_string().trim_end_matches('/'))
}
