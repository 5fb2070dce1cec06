//! `stub-api-server PODS WORKLOADS owners|pods-only`: a large cluster's API server, for a
//! measurement. It prints its port and serves until its standard input ends.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program of the developer, by the command line and a terminal"
)]

use std::error::Error;
use std::io::Read;

use e2e::api_server::Server;
use e2e::api_server::load::{Load, Size};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [pods, workloads, owners] = words.as_slice() else {
        return Err("how many pods, how many workloads, and owners or pods-only?".into());
    };
    let owners = owners == "owners";
    let load = Load::new(Size { pods: pods.parse()?, workloads: workloads.parse()?, owners });
    let server = Server::forgetful(Box::new(move |request| load.answer(request)));
    println!("{}", server.address().port());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
