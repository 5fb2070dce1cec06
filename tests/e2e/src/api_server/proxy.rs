//! A proxy that lets everybody through, and counts whom.

use std::io::{self, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::request::Request;

/// A proxy that runs as long as the test.
pub struct Proxy {
    address: SocketAddr,
    tunnels: Arc<AtomicUsize>,
}

impl Proxy {
    /// Listens at a free port of this machine.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine is free");
        let address = listener.local_addr().expect("a bound port has an address");
        let tunnels = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&tunnels);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || tunnel(stream));
            }
        });
        Self { address, tunnels }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many tunnels it has dug.
    pub fn tunnels(&self) -> usize {
        self.tunnels.load(Ordering::SeqCst)
    }
}

/// Answers one `CONNECT`, and passes all bytes on in both directions.
fn tunnel(mut near: TcpStream) -> io::Result<()> {
    let mut input = BufReader::new(near.try_clone()?);
    let Some(request) = Request::read(&mut input)? else { return Ok(()) };
    if request.method != "CONNECT" {
        return near.write_all(b"HTTP/1.1 405 Only CONNECT\r\ncontent-length: 0\r\n\r\n");
    }
    let mut far = TcpStream::connect(&request.path)?;
    near.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    let (mut from_far, mut to_near) = (far.try_clone()?, near.try_clone()?);
    let back = thread::spawn(move || {
        io::copy(&mut from_far, &mut to_near).ok();
        to_near.shutdown(Shutdown::Both).ok()
    });
    io::copy(&mut input, &mut far).ok();
    far.shutdown(Shutdown::Both).ok();
    drop(back.join());
    Ok(())
}
