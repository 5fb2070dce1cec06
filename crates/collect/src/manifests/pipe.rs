//! Pipes and devices, which may give nothing for ever.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

/// A pipe that gives nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(15);

/// How many pieces wait to be taken.
const AHEAD: usize = 16;

/// A pipe or device that a thread reads from the moment it is opened.
pub(super) struct Pipe {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Cursor<Vec<u8>>,
    since: Instant,
}

impl Pipe {
    /// Opens it, which already takes until somebody opens the other end.
    #[allow(clippy::disallowed_methods, reason = "the patience with a pipe is a limit in time")]
    pub(super) fn open(path: PathBuf) -> Self {
        let (sender, pieces) = mpsc::sync_channel(AHEAD);
        // A thread that waits for a silent pipe cannot be ended; it goes with the process.
        let _reader = std::thread::spawn(move || read_pieces(&path, &sender));
        Self { pieces, piece: Cursor::default(), since: Instant::now() }
    }
}

impl Read for Pipe {
    #[allow(clippy::disallowed_methods, reason = "the patience with a pipe is a limit in time")]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.position() == self.piece.get_ref().len() as u64 {
            let patience = PATIENCE.saturating_sub(self.since.elapsed());
            self.piece = match self.pieces.recv_timeout(patience) {
                Ok(piece) => Cursor::new(piece?),
                Err(RecvTimeoutError::Timeout) => return Err(silent()),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            };
            self.since = Instant::now();
        }
        self.piece.read(buffer)
    }
}

/// Hands over what a pipe gives, piece by piece, to its end.
#[allow(clippy::disallowed_methods, reason = "this is a door through which files come")]
fn read_pieces(path: &Path, pieces: &SyncSender<io::Result<Vec<u8>>>) {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return drop(pieces.send(Err(error))),
    };
    let mut buffer = vec![0; 1 << 16];
    loop {
        let sent = match file.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => pieces.send(Ok(buffer[..read].to_vec())),
            Err(error) => return drop(pieces.send(Err(error))),
        };
        if sent.is_err() {
            return;
        }
    }
}

fn silent() -> io::Error {
    let seconds = PATIENCE.as_secs();
    let reason = format!("gave nothing for {seconds} seconds; is anything writing to it?");
    io::Error::new(io::ErrorKind::TimedOut, reason)
}
