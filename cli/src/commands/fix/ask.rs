//! Asks a person before each edit.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anyhow::Context;
use report::Style;
use report::fix::Mended;
use report::style::harmless;
use scan::mend::Mending;

use super::edit::{Key, key};
use crate::exit::Failure;

/// What the person said that holds for later edits too.
pub(super) struct Ask {
    style: Style,
    asks: bool,
    /// What holds for all the rest.
    rest: bool,
    /// What was agreed to, and is not asked again.
    agreed: BTreeSet<Key>,
}

const HELP: &str = "y: make this edit   n: leave it   a: make all the rest   q: leave all the rest";

impl Ask {
    /// Without `asks`, every edit is wanted.
    pub(super) fn new(asks: bool, style: Style) -> Self {
        Self { style, asks, rest: true, agreed: BTreeSet::new() }
    }

    /// Which edits of a file are wanted.
    pub(super) fn which(
        &mut self,
        file: &str,
        text: &str,
        mendings: &[&Mending<'_>],
    ) -> Result<BTreeSet<Key>, Failure> {
        let mut wanted = BTreeSet::new();
        for mending in mendings {
            let key = key(mending);
            if self.agreed.contains(&key) || self.wants(file, text, mending)? {
                wanted.insert(key);
            }
        }
        self.agreed.extend(wanted.iter().cloned());
        Ok(wanted)
    }

    fn wants(&mut self, file: &str, text: &str, mending: &Mending<'_>) -> Result<bool, Failure> {
        if !self.asks {
            return Ok(self.rest);
        }
        let after = fix::apply(text, &[mending.order()]);
        if !after.refused.is_empty() {
            return Ok(true);
        }
        let diff = fix::diff::unified(file, text, &after.text);
        let mended = Mended::of(mending);
        let mut out = io::stderr().lock();
        let head = format!("{} in {}", mended.check, harmless(&mended.object));
        let asked = writeln!(out, "\n{}: {}\n", self.style.bold(&head), mending.finding.message)
            .and_then(|()| diff.lines().try_for_each(|it| writeln!(out, "{}", harmless(it))))
            .and_then(|()| writeln!(out, "{}", mended.words()));
        asked.context("asking").map_err(Failure::fault)?;
        loop {
            write!(out, "Make this edit? [y/n/a/q/?] ")
                .and_then(|()| out.flush())
                .context("asking")
                .map_err(Failure::fault)?;
            let mut answer = String::new();
            let read = io::stdin().read_line(&mut answer).context("reading the answer");
            let ended = read.map_err(Failure::fault)? == 0;
            match answer.trim() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                "a" => (self.asks, self.rest) = (false, true),
                "q" => (self.asks, self.rest) = (false, false),
                _ if ended => (self.asks, self.rest) = (false, false),
                _ => {
                    writeln!(out, "{HELP}").context("asking").map_err(Failure::fault)?;
                    continue;
                }
            }
            return Ok(self.rest);
        }
    }
}
