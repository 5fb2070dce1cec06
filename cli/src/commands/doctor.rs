//! `ringfence doctor`: how well a scan could see a cluster.

use std::time::Duration;

use collect::cluster::{self, Request};

use super::live::{access, no_way};
use crate::cli::{DoctorArguments, PlainForm};
use crate::exit::{Exit, Failure};
use crate::outputs::print;
use crate::terminal;

pub(crate) fn run(arguments: &DoctorArguments) -> Result<Exit, Failure> {
    if arguments.role {
        return super::print_and_end(|out| out.write_all(scan::role::manifest().as_bytes()));
    }
    let request = Request {
        access: access(&arguments.cluster),
        namespaces: arguments.namespace.clone(),
        kinds: scan::kinds(),
        only: Vec::new(),
        limit: Duration::from_secs(arguments.cluster.timeout),
    };
    let now = terminal::now();
    let diagnosis = cluster::diagnose(&request, now).map_err(no_way)?;
    let style = terminal::style(arguments.color);
    print(|out| match arguments.output {
        PlainForm::Text => report::doctor::text(&diagnosis, now, style, out),
        PlainForm::Json => report::doctor::json(&diagnosis, now, out),
    })?;
    Ok(if report::doctor::is_well(&diagnosis) { Exit::Clean } else { Exit::Unseen })
}
