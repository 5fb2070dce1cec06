//! `ringfence lsp`: serves an editor over the Language Server Protocol.
//!
//! ```text
//! stdin ─▶ collect::frame ─▶ message ─▶ Server ─▶ Desk ─▶ Workspace::judge (beside) ─▶ Verdict ─▶ Server ─▶ stdout
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | `message` | JSON-RPC: requests, notifications, answers |
//! | `server` | one conversation, from `initialize` to `exit` |
//! | `client` | what the editor can do, and what it is offered |
//! | `documents` | what is open in the editor, as it is there |
//! | `lines` | places as the editor counts them |
//! | `address` | addresses of documents, and names of files |
//! | `desk` | where the newest state waits to be judged |
//! | `workspace` | what is judged, and how |
//! | `verdict` | what was found, by document |
//! | `question` | what an editor asks about a document |
//! | `hover`, `actions` | a finding explained; the edits that mend it |

mod actions;
mod address;
mod client;
mod desk;
mod documents;
mod hover;
mod lines;
mod message;
mod question;
mod server;
mod verdict;
mod workspace;

use std::io::{self, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::Context;
use collect::frame::{self, Broken, Frame};

use crate::cli::LspArguments;
use crate::exit::{Exit, Failure};
use desk::Desk;
use server::Server;
use verdict::Verdict;

/// How many messages are read ahead: an editor that sends faster than it is served waits.
const AHEAD: usize = 16;

/// What is said where standard input is no conversation.
const NO_EDITOR: &str =
    "standard input holds no messages of the Language Server Protocol; start it from an editor";

/// What happens.
enum Event {
    Heard(Frame),
    Broken(Broken),
    Left,
    Judged(u64, Option<Verdict>),
}

pub(crate) fn run(arguments: &LspArguments) -> Result<Exit, Failure> {
    let today = arguments.today.unwrap_or_else(crate::terminal::today);
    super::settings::in_force(&arguments.settings, None, None, today)?;
    let desk = Arc::new(Desk::default());
    let (events, happened) = sync_channel(AHEAD);
    let (judge, heard) = (Arc::clone(&desk), events.clone());
    thread::spawn(move || judge_all(&judge, &events));
    thread::spawn(move || hear_all(&heard));
    let mut out = io::stdout().lock();
    let mut server = Server::new(&mut out, Arc::new(arguments.clone()), &desk);
    for event in happened {
        let done = match event {
            Event::Heard(frame) => server.hear(&frame),
            Event::Judged(generation, verdict) => server.judged(generation, verdict).map(|()| None),
            Event::Left => Ok(Some(server.end())),
            Event::Broken(why) => return Err(why).context(NO_EDITOR).map_err(Failure::usage),
        };
        match done {
            Ok(None) => {}
            Ok(Some(exit)) => return Ok(exit),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(server.end()),
            Err(error) => {
                return Err(error).context("answering the editor").map_err(Failure::fault);
            }
        }
    }
    Ok(Exit::Fault)
}

/// Reads what the editor sends, until it is gone.
fn hear_all(events: &SyncSender<Event>) {
    let mut input = BufReader::new(io::stdin().lock());
    loop {
        let (event, is_last) = match frame::read(&mut input) {
            Ok(Some(frame)) => (Event::Heard(frame), false),
            Ok(None) => (Event::Left, true),
            Err(error) => (Event::Broken(error), true),
        };
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}

/// Judges state after state. A fault costs one verdict; where it was is said on standard error.
fn judge_all(desk: &Desk, events: &SyncSender<Event>) {
    loop {
        let job = desk.take();
        let verdict = catch_unwind(AssertUnwindSafe(|| job.workspace.judge())).ok();
        if events.send(Event::Judged(job.generation, verdict)).is_err() {
            return;
        }
    }
}
