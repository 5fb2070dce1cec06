//! Connections: one thread for each, until the server is dropped.

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::reply::{Reply, Then};
use super::request::Request;

/// What answers.
pub(super) type Answer = dyn Fn(&Request) -> Reply + Send + Sync;

/// What a connection is wrapped in, such as TLS.
pub(super) type Wrap = dyn Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync;

/// Both ways of a connection.
pub(super) trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

/// A server that runs until it is dropped.
pub struct Server {
    shared: Arc<Shared>,
}

struct Shared {
    address: SocketAddr,
    answer: Box<Answer>,
    wrap: Box<Wrap>,
    dead: AtomicBool,
    connections: Mutex<Vec<TcpStream>>,
    requests: Mutex<Vec<Request>>,
    now: AtomicUsize,
    at_once: AtomicUsize,
    keeps_requests: bool,
}

impl Server {
    /// Listens at a free port of this machine.
    pub fn start(answer: Box<Answer>) -> Self {
        Self::listen("127.0.0.1:0", answer, plain(), true)
    }

    /// The same, but for much: it keeps none of the requests.
    pub fn forgetful(answer: Box<Answer>) -> Self {
        Self::listen("127.0.0.1:0", answer, plain(), false)
    }

    /// Listens at an address.
    pub(super) fn listen(
        address: &str,
        answer: Box<Answer>,
        wrap: Box<Wrap>,
        keeps_requests: bool,
    ) -> Self {
        let listener = TcpListener::bind(address).expect("a port of this machine is free");
        let address = listener.local_addr().expect("a bound port has an address");
        let shared = Arc::new(Shared {
            address,
            answer,
            wrap,
            dead: AtomicBool::new(false),
            connections: Mutex::default(),
            requests: Mutex::default(),
            now: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            keeps_requests,
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || accepting.accept(&listener));
        Self { shared }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The requests that came so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// The most requests that were in flight at one time.
    pub fn most_at_once(&self) -> usize {
        self.shared.at_once.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.die();
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming().flatten() {
            if self.dead.load(Ordering::SeqCst) {
                return;
            }
            let Ok(known) = stream.try_clone() else { continue };
            lock(&self.connections).push(known);
            let shared = Arc::clone(self);
            thread::spawn(move || shared.speak(stream));
        }
    }

    fn speak(&self, stream: TcpStream) {
        stream.set_nodelay(true).ok();
        let closing = stream.try_clone();
        let spoken = (self.wrap)(stream).and_then(|stream| self.talk(stream));
        if matches!(spoken, Ok(Then::Die)) {
            self.die();
        }
        if let Ok(stream) = closing {
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    fn talk(&self, stream: Box<dyn Stream>) -> io::Result<Then> {
        let mut stream = BufReader::with_capacity(1 << 16, stream);
        loop {
            let request = match Request::read(&mut stream) {
                Ok(Some(request)) => request,
                Ok(None) => return Ok(Then::Close),
                Err(error) if error.kind() == ErrorKind::InvalidData => {
                    let no = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n";
                    return stream.get_mut().write_all(no).map(|()| Then::Close);
                }
                Err(error) => return Err(error),
            };
            if self.keeps_requests {
                lock(&self.requests).push(request.clone());
            }
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.at_once.fetch_max(now, Ordering::SeqCst);
            let reply = (self.answer)(&request);
            let mut out = BufWriter::with_capacity(1 << 16, stream.get_mut());
            let then = reply.write(&mut out);
            // Counted as answered before the last bytes leave, or the next request overtakes it.
            self.now.fetch_sub(1, Ordering::SeqCst);
            let then = then?;
            out.flush()?;
            if then != Then::Next {
                return Ok(then);
            }
        }
    }

    fn die(&self) {
        self.dead.store(true, Ordering::SeqCst);
        for stream in lock(&self.connections).drain(..) {
            stream.shutdown(Shutdown::Both).ok();
        }
        // Wakes the thread that accepts, which then listens no more.
        drop(TcpStream::connect(self.address));
    }
}

/// Bytes as they are.
pub(super) fn plain() -> Box<Wrap> {
    Box::new(|stream| Ok(Box::new(stream)))
}

/// Bytes through TLS.
pub(super) fn tls(config: Arc<ServerConfig>) -> Box<Wrap> {
    Box::new(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
        Ok(Box::new(StreamOwned::new(connection, stream)))
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
