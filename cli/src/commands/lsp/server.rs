//! One conversation with an editor.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, Write};
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

use collect::frame::{self, Frame};
use gen_lsp_types::{
    CancelParams, Diagnostic, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    InitializeParams, InitializeResult, MessageType, PublishDiagnosticsParams, ServerInfo,
    ShowMessageParams,
};
use report::{TOOL, VERSION};
use serde_json::{Value, json};

use super::address;
use super::client::{self, Client};
use super::desk::{Desk, Job};
use super::documents::{Documents, TooMuch};
use super::message::{self, Message, Refusal};
use super::question::{Answers, Question};
use super::verdict::{Mark, Verdict};
use super::workspace::Workspace;
use crate::cli::LspArguments;
use crate::exit::Exit;

/// No more questions wait for a verdict.
const MOST_WAITING: usize = 256;

/// How far the conversation is.
enum Phase {
    /// Nothing is agreed on.
    New,
    /// The editor asks and tells.
    Open(Box<Session>),
    /// The editor asked for the end.
    ShutDown,
}

/// A conversation.
pub(super) struct Server<'a> {
    out: &'a mut dyn Write,
    arguments: Arc<LspArguments>,
    desk: &'a Desk,
    phase: Phase,
}

/// What is known while the editor asks and tells.
struct Session {
    client: Client,
    folders: BTreeSet<PathBuf>,
    documents: Documents,
    /// How often something changed that is judged.
    generation: u64,
    /// What was found, and in which generation.
    verdict: Verdict,
    judged: u64,
    waiting: VecDeque<(Value, Question)>,
    /// What the editor was told of each document.
    told: BTreeMap<String, Vec<Diagnostic>>,
    requests: u64,
}

impl<'a> Server<'a> {
    pub(super) fn new(
        out: &'a mut dyn Write,
        arguments: Arc<LspArguments>,
        desk: &'a Desk,
    ) -> Self {
        Self { out, arguments, desk, phase: Phase::New }
    }

    /// Takes in what came from the editor; gives how the run ends, if it does.
    pub(super) fn hear(&mut self, frame: &Frame) -> io::Result<Option<Exit>> {
        let message = match frame {
            Frame::Message(bytes) => Message::parse(bytes),
            Frame::TooLong => Err(Refusal::invalid("a message longer than 64 MiB is passed over")),
        };
        match message {
            Ok(Message::Request { id, method, params }) => self.request(id, &method, params)?,
            Ok(Message::Notification { method, .. }) if method == "exit" => {
                return Ok(Some(self.end()));
            }
            Ok(Message::Notification { method, params }) => self.notification(&method, params)?,
            Ok(Message::Answer) => {}
            Err(refusal) => self.answer(&Value::Null, Err(refusal))?,
        }
        Ok(None)
    }

    /// How the run ends where the editor is gone.
    pub(super) fn end(&self) -> Exit {
        match self.phase {
            Phase::ShutDown => Exit::Clean,
            // The code that the protocol has for it.
            Phase::New | Phase::Open(_) => Exit::Findings,
        }
    }

    fn request(&mut self, id: Value, method: &str, params: Value) -> io::Result<()> {
        match (&mut self.phase, method) {
            (Phase::New, "initialize") => match message::params(params) {
                Ok(params) => self.initialize(&id, &params),
                Err(refusal) => self.answer(&id, Err(refusal)),
            },
            (Phase::New, _) => self.answer(&id, Err(Refusal::too_early())),
            (Phase::ShutDown, _) => {
                self.answer(&id, Err(Refusal::invalid("nothing follows shutdown but exit")))
            }
            (Phase::Open(_), "initialize") => {
                self.answer(&id, Err(Refusal::invalid("initialize comes once")))
            }
            (Phase::Open(_), "shutdown") => {
                self.phase = Phase::ShutDown;
                self.answer(&id, Ok(Value::Null))
            }
            (Phase::Open(_), _) => match Question::parse(method, params) {
                Ok(question) => self.ask(id, question),
                Err(refusal) => self.answer(&id, Err(refusal)),
            },
        }
    }

    fn initialize(&mut self, id: &Value, params: &InitializeParams) -> io::Result<()> {
        let client = Client::of(&params.capabilities);
        let server_info =
            Some(ServerInfo { name: TOOL.to_owned(), version: Some(VERSION.to_owned()) });
        let result = InitializeResult { capabilities: client.offer(), server_info };
        self.phase = Phase::Open(Box::new(Session {
            client,
            folders: client::folders(params),
            documents: Documents::new(client.encoding),
            generation: 0,
            verdict: Verdict::new(),
            judged: 0,
            waiting: VecDeque::new(),
            told: BTreeMap::new(),
            requests: 0,
        }));
        self.answer(id, Ok(json!(result)))
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        let heard = match method {
            "initialized" => self.watch(),
            "textDocument/didOpen" => {
                message::params(params).map(|it| session.documents.open(it)).map(room)
            }
            "textDocument/didChange" => {
                message::params(params).map(|it| session.documents.change(it)).map(room)
            }
            "textDocument/didClose" => {
                message::params(params).map(|it: DidCloseTextDocumentParams| {
                    session.documents.close(&it.text_document.uri);
                    None
                })
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => Ok(None),
            "workspace/didChangeWorkspaceFolders" => {
                message::params(params).map(|it| session.change_folders(&it)).map(|()| None)
            }
            "$/cancelRequest" => return self.cancel(params),
            _ => return Ok(()),
        };
        match heard {
            Ok(None) => {}
            Ok(Some(said)) => self.say(MessageType::Warning, said)?,
            Err(_) => return Ok(()),
        }
        self.changed(!matches!(
            method,
            "textDocument/didChange" | "workspace/didChangeWatchedFiles"
        ));
        Ok(())
    }

    /// Has the state judged anew.
    fn changed(&mut self, is_urgent: bool) {
        let Phase::Open(session) = &mut self.phase else { return };
        session.generation += 1;
        let workspace = Workspace {
            arguments: Arc::clone(&self.arguments),
            folders: session.folders.clone(),
            open: session.documents.open.clone(),
            encoding: session.client.encoding,
        };
        self.desk.put(Job { generation: session.generation, workspace });
        if is_urgent || !session.waiting.is_empty() {
            self.desk.hurry();
        }
    }

    /// Answers a question, or keeps it until what it is about has been judged.
    fn ask(&mut self, id: Value, question: Question) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        session.waiting.push_back((id, question));
        if session.judged == session.generation {
            return self.answer_waiting();
        }
        self.desk.hurry();
        let is_full = session.waiting.len() > MOST_WAITING;
        let oldest = if is_full { session.waiting.pop_front() } else { None };
        oldest.map_or(Ok(()), |(id, _)| self.answer(&id, Err(Refusal::too_many())))
    }

    fn cancel(&mut self, params: Value) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        let Ok(CancelParams { id }) = message::params(params) else { return Ok(()) };
        let id = json!(id);
        let Some(at) = session.waiting.iter().position(|(it, _)| *it == id) else { return Ok(()) };
        session.waiting.remove(at);
        self.answer(&id, Err(Refusal::cancelled()))
    }

    /// Takes in what was found; what is older than the editor's state is dropped.
    pub(super) fn judged(&mut self, generation: u64, verdict: Option<Verdict>) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        if generation != session.generation {
            return Ok(());
        }
        session.judged = generation;
        let Some(verdict) = verdict else {
            for (id, _) in mem::take(&mut session.waiting) {
                self.answer(&id, Err(Refusal::fault()))?;
            }
            return self.say(MessageType::Error, "a fault of ringfence: nothing new was judged");
        };
        session.verdict = verdict;
        self.publish()?;
        self.answer_waiting()
    }

    /// Tells the editor what changed, the documents that are open first.
    fn publish(&mut self) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        let news = session.news();
        let refresh = session.client.pulls && session.client.refreshes && session.is_outdated();
        for params in &news {
            self.send(&message::notification("textDocument/publishDiagnostics", params))?;
        }
        if refresh { self.request_of("workspace/diagnostic/refresh", &Value::Null) } else { Ok(()) }
    }

    fn answer_waiting(&mut self) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        let waiting = mem::take(&mut session.waiting);
        let answers = Answers {
            client: session.client,
            documents: &session.documents,
            verdict: &session.verdict,
        };
        let all: Vec<_> = waiting.iter().map(|(id, it)| (id, answers.answer(it))).collect();
        for name in waiting.iter().filter_map(|(_, it)| it.pulled()) {
            let marks = session.verdict.get(&name);
            session.told.insert(name, diagnostics(marks.map(Vec::as_slice)));
        }
        all.into_iter().try_for_each(|(id, answer)| self.answer(id, Ok(answer)))
    }

    /// Asks the editor to tell of files that change on the disk.
    fn watch(&mut self) -> Result<Option<&'static str>, Refusal> {
        let Phase::Open(session) = &mut self.phase else { return Ok(None) };
        if session.client.watches {
            let watchers = json!({"watchers": [{"globPattern": "**/*.{yaml,yml,json}"}]});
            let method = "workspace/didChangeWatchedFiles";
            let registration =
                json!({"id": "files", "method": method, "registerOptions": watchers});
            let params = json!({"registrations": [registration]});
            self.request_of("client/registerCapability", &params).map_err(|_| Refusal::fault())?;
        }
        Ok(None)
    }

    fn request_of(&mut self, method: &str, params: &Value) -> io::Result<()> {
        let Phase::Open(session) = &mut self.phase else { return Ok(()) };
        session.requests += 1;
        let request = message::request(session.requests, method, params);
        self.send(&request)
    }

    fn say(&mut self, kind: MessageType, text: &str) -> io::Result<()> {
        let params = ShowMessageParams { kind, message: format!("ringfence: {text}") };
        self.send(&message::notification("window/showMessage", &params))
    }

    fn answer(&mut self, id: &Value, answer: Result<Value, Refusal>) -> io::Result<()> {
        self.send(&message::answer(id, answer))
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        frame::write(self.out, message.to_string().as_bytes())
    }
}

impl Session {
    fn change_folders(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        for folder in &params.event.removed {
            address::path(&folder.uri).map(|it| self.folders.remove(&it));
        }
        self.folders.extend(params.event.added.iter().filter_map(|it| address::path(&it.uri)));
    }

    /// What the editor was not told yet. An editor that asks itself is told of nothing that is open.
    fn news(&mut self) -> Vec<PublishDiagnosticsParams> {
        let open = self.documents.open.keys();
        let closed = self.verdict.keys().chain(self.told.keys());
        let closed: BTreeSet<_> =
            closed.filter(|it| !self.documents.open.contains_key(*it)).collect();
        let names: Vec<String> = open.chain(closed).cloned().collect();
        let news: Vec<_> = names.iter().filter_map(|name| self.news_of(name)).collect();
        self.told.retain(|name, it| !it.is_empty() || self.documents.open.contains_key(name));
        news
    }

    fn news_of(&mut self, name: &str) -> Option<PublishDiagnosticsParams> {
        let document = self.documents.open.get(name);
        if self.client.pulls && document.is_some() {
            return None;
        }
        let diagnostics = diagnostics(self.verdict.get(name).map(Vec::as_slice));
        let is_new = self.told.get(name) != Some(&diagnostics);
        if !is_new && document.is_none() {
            return None;
        }
        self.told.insert(name.to_owned(), diagnostics.clone());
        let uri = document.map_or_else(|| address::of(name), |it| it.uri.clone());
        let version = document.map(|it| it.version);
        Some(PublishDiagnosticsParams { uri, version, diagnostics })
    }

    /// Whether something that the editor asked for is no longer what it was told, and nobody asks.
    fn is_outdated(&self) -> bool {
        let asked: BTreeSet<String> =
            self.waiting.iter().filter_map(|(_, it)| it.pulled()).collect();
        let open = self.documents.open.keys().filter(|name| !asked.contains(*name));
        open.filter_map(|name| Some((name, self.told.get(name)?)))
            .any(|(name, told)| *told != diagnostics(self.verdict.get(name).map(Vec::as_slice)))
    }
}

fn diagnostics(marks: Option<&[Mark]>) -> Vec<Diagnostic> {
    marks.unwrap_or_default().iter().map(|it| it.diagnostic.clone()).collect()
}

/// What to say where there is no room for a document.
fn room(kept: Result<(), TooMuch>) -> Option<&'static str> {
    kept.err()
        .map(|TooMuch| "open documents of more than 256 MiB are judged as they are on the disk")
}
