//! `stub-api-server PODS WORKLOADS owners|pods-only plain|gzip`: a large cluster's API server, for a
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
    let [pods, workloads, owners, form] = words.as_slice() else {
        return Err("pods, workloads, owners or pods-only, plain or gzip".into());
    };
    let owners = owners == "owners";
    let load = Load::new(Size { pods: pods.parse()?, workloads: workloads.parse()?, owners });
    let compresses = form == "gzip";
    let server = Server::forgetful(Box::new(move |request| {
        let accepts = request.header("accept-encoding").is_some_and(|it| it.contains("gzip"));
        let reply = load.answer(request);
        if compresses && accepts { reply.compressed() } else { reply }
    }));
    println!("{}", server.address().port());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
