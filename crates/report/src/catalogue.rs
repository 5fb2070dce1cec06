//! Every check and all it says of itself: an array for programs, one page of HTML for people.

use std::io::{self, Write};

use checks::{Check, FAMILIES, Page};
use pulldown_cmark::{Options, Parser, html as markdown};
use serde::Serialize;

use crate::explain;
use crate::markup::Escaped;

/// What a check says of itself.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    aliases: &'a [&'a str],
    family: &'a str,
    title: &'a str,
    severity: &'a str,
    confidence: &'a str,
    ring: u8,
    layer: &'a str,
    dimension: &'a str,
    scope: &'a str,
    audience: &'a str,
    kinds: Vec<String>,
    frameworks: Vec<Control>,
    peers: Vec<Peer>,
    /// Hours for the first object.
    effort: u32,
    fix: Fix<'a>,
    parameters: Vec<Parameter<'a>>,
}

#[derive(Serialize)]
struct Control {
    framework: &'static str,
    id: &'static str,
}

#[derive(Serialize)]
struct Peer {
    tool: &'static str,
    id: &'static str,
}

#[derive(Serialize)]
struct Fix<'a> {
    kind: &'a str,
    order: &'a str,
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    default: &'a [&'a str],
    about: &'a str,
}

impl<'a> Entry<'a> {
    fn of(family: &'a str, check: &'a Check) -> Self {
        let control = |(framework, id)| Control { framework, id };
        let peer = |(tool, id)| Peer { tool, id };
        Self {
            id: check.id,
            aliases: check.aliases,
            family,
            title: check.title,
            severity: check.severity.id(),
            confidence: check.confidence.id(),
            ring: check.ring.number(),
            layer: check.layer.id(),
            dimension: check.dimension.id(),
            scope: check.scope.id(),
            audience: check.audience.id(),
            kinds: explain::kinds(check),
            frameworks: check.frameworks.iter().map(|it| control(it.parts())).collect(),
            peers: check.peers.iter().map(|it| peer(it.label())).collect(),
            effort: check.effort.0,
            fix: Fix { kind: check.fix.id(), order: check.fix.order() },
            parameters: check
                .parameters
                .iter()
                .map(|it| Parameter { name: it.name, default: it.default, about: it.about })
                .collect(),
        }
    }
}

fn every() -> impl Iterator<Item = (&'static str, &'static Check)> {
    FAMILIES.iter().flat_map(|(family, checks)| checks.iter().map(move |check| (*family, check)))
}

/// Writes the array.
///
/// # Errors
/// When the writer fails.
pub fn json(out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = every().map(|(family, it)| Entry::of(family, it)).collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

/// Writes the page. It is one file, without scripts.
///
/// # Errors
/// When the writer fails.
pub fn html(out: &mut dyn Write) -> io::Result<()> {
    let number = every().count();
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>The checks of Ringfence</title>\n<style>\n{}</style>\n</head>\n<body>\n\
         <header><h1>The checks of Ringfence</h1>\n<p>{number} checks, version {}.</p></header>\n",
        include_str!("catalogue.css"),
        crate::VERSION
    )?;
    writeln!(out, "<nav>")?;
    for (family, checks) in FAMILIES {
        let (name, number) = (escaped(family), checks.len());
        writeln!(out, "<a href=\"#{name}\">{name} <small>{number}</small></a>")?;
    }
    writeln!(out, "</nav>\n<main>")?;
    for (family, checks) in FAMILIES {
        writeln!(out, "<section id=\"{0}\"><h2>{0}</h2>", escaped(family))?;
        checks.iter().try_for_each(|check| article(check, out))?;
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn article(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    let (id, title, severity) = (escaped(check.id), escaped(check.title), check.severity.id());
    writeln!(
        out,
        "<details id=\"{id}\"><summary><b class=\"{severity}\">{severity}</b> {title} \
         <code>{id}</code></summary>\n<dl>"
    )?;
    for (name, value) in explain::facts(check) {
        writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(&value))?;
    }
    writeln!(out, "</dl>")?;
    let text = Page::of(check).text();
    let prose = text.split_once('\n').map_or("", |(_, prose)| prose);
    let mut page = String::new();
    markdown::push_html(&mut page, Parser::new_ext(prose, Options::ENABLE_TABLES));
    writeln!(out, "{page}</details>")
}

/// Text that stands for itself in HTML.
fn escaped(text: &str) -> String {
    Escaped(text).to_string()
}
