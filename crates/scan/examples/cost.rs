//! What each check costs on some manifests: `cargo run --release -p scan --example cost -- PATH…`.
//!
//! The facts that checks share are paid by the first that asks for them; each check runs twice, and
//! the second run is told.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it is what it is for")]

use std::env;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use checks::{Check, Cx, Findings, Parameters, Version};
use collect::manifests::{self, Request};
use model::Inventory;

/// How many checks are told.
const MOST: usize = 25;

fn main() -> Result<(), manifests::InvalidGlob> {
    let paths = env::args_os().skip(1).map(PathBuf::from).collect();
    let request = Request { paths, ..Request::default() };
    let mut reading = manifests::read(&request, &mut io::empty(), &scan::wants, &|_| {})?;
    reading.unfold();
    let inventory = Inventory::new(reading.objects);
    let parameters = Parameters::default();
    let cx = Cx::new(&inventory, jiff::civil::date(2026, 1, 1), Version::DEFAULT, &parameters);
    let first: Duration = checks::all().map(|check| cost(check, &cx)).sum();
    let mut costs: Vec<_> = checks::all().map(|check| (cost(check, &cx), check.id)).collect();
    costs.sort_unstable_by(|one, other| other.cmp(one));
    println!("{:>10.3} s  all, with what they share", first.as_secs_f64());
    for (cost, id) in costs.iter().take(MOST) {
        println!("{:>10.3} s  {id}", cost.as_secs_f64());
    }
    Ok(())
}

fn cost(check: &Check, cx: &Cx<'_>) -> Duration {
    let start = Instant::now();
    (check.run)(cx, &mut Findings::default());
    start.elapsed()
}
