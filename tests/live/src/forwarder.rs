//! A wire between a client and a server, on which something happens after so many bytes.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Listens on a port of its own and passes all on.
pub struct Forwarder {
    address: SocketAddr,
    wire: Arc<Wire>,
}

struct Wire {
    server: SocketAddr,
    passed: AtomicUsize,
    most: usize,
    then: Box<dyn Fn() + Send + Sync>,
}

impl Forwarder {
    /// Passes on to a server; once so many bytes have come back from it, does something and cuts
    /// the wire.
    ///
    /// # Panics
    /// When there is no port left.
    pub fn to(server: SocketAddr, most: usize, then: impl Fn() + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let passed = AtomicUsize::new(0);
        let wire = Arc::new(Wire { server, passed, most, then: Box::new(then) });
        let passing = Arc::clone(&wire);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let wire = Arc::clone(&passing);
                thread::spawn(move || wire.connect(&client));
            }
        });
        Self { address, wire }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many bytes have come back from the server.
    pub fn passed(&self) -> usize {
        self.wire.passed.load(Ordering::SeqCst)
    }
}

impl Wire {
    fn connect(&self, client: &TcpStream) {
        if let Ok(server) = TcpStream::connect(self.server) {
            thread::scope(|scope| {
                scope.spawn(|| pass(client, &server, |_| true));
                scope.spawn(|| pass(&server, client, |bytes| self.count(bytes)));
            });
        }
        drop(client.shutdown(Shutdown::Both));
    }

    /// Counts what came back, and says whether more may.
    fn count(&self, bytes: usize) -> bool {
        let before = self.passed.fetch_add(bytes, Ordering::SeqCst);
        if before < self.most && before + bytes >= self.most {
            (self.then)();
        }
        before + bytes < self.most
    }
}

fn pass(mut from: &TcpStream, mut to: &TcpStream, goes_on: impl Fn(usize) -> bool) {
    let mut buffer = [0; 4096];
    let mut step = || -> io::Result<usize> {
        let read = from.read(&mut buffer)?;
        to.write_all(buffer.get(..read).unwrap_or_default())?;
        Ok(if goes_on(read) { read } else { 0 })
    };
    while step().is_ok_and(|read| read > 0) {}
    drop(to.shutdown(Shutdown::Both));
    drop(from.shutdown(Shutdown::Both));
}
