//! `ringfence fix`: mends manifests, and leaves everything else in them as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use checks::Check;
use collect::Reading;
use collect::manifests::{self, Request};
use finding::{Finding, Report};
use jiff::civil::Date;
use model::{Inputs, Inventory};
use report::fix::{Account, Mended};
use scan::mend::{Level, Mending, mendings, source};
use scan::{Config, Plan};

use super::explain::unknown_check;
use crate::cli::{FixArguments, PlainForm};
use crate::exit::{Exit, Failure};
use crate::terminal;
use crate::whole_file::{Readers, WholeFile};

mod ask;
mod edit;

use edit::{Key, key};

/// How often mended texts are judged again: an edit may show what it hid, and no check needs more.
const ROUNDS: usize = 8;

pub(crate) fn run(arguments: &FixArguments) -> Result<Exit, Failure> {
    if arguments.interactive && !std::io::stdin().is_terminal() {
        return Err(Failure::usage(anyhow!(
            "--interactive asks at a terminal, and standard input is none; use --diff to look first"
        )));
    }
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::usage(anyhow!(
            "standard input is no file to mend; write it to one, or scan it"
        )));
    }
    let mut bench = Bench::new(arguments)?;
    let end = bench.mend()?;
    let account = bench.account(&end);
    if !arguments.diff && !arguments.check {
        bench.write()?;
    }
    super::print(|out| match arguments.output {
        _ if arguments.diff => {
            let parts =
                bench.texts.iter().map(|(file, it)| fix::diff::unified(file, &it.was, &it.is));
            parts.into_iter().try_for_each(|part| out.write_all(part.as_bytes()))
        }
        PlainForm::Text => report::fix::text(&account, terminal::style(arguments.color), out),
        PlainForm::Json => report::fix::json(&account, out),
    })?;
    let Inputs { unreadable, unrendered, .. } = &end.report.inputs;
    unreadable.iter().chain(unrendered).for_each(|it| terminal::remark(&it.to_string()));
    let mut exit = Exit::Clean;
    if arguments.check && !account.made.is_empty() {
        exit = exit.max(Exit::Findings);
    }
    if !unreadable.is_empty() {
        exit = exit.max(Exit::Unseen);
    }
    Ok(if end.reached == 0 { exit.max(Exit::Unreachable) } else { exit })
}

/// The texts that are mended, and what became of each finding.
struct Bench<'a> {
    arguments: &'a FixArguments,
    day: Date,
    config: Config,
    checks: Vec<&'static Check>,
    texts: BTreeMap<String, Text>,
    made: BTreeMap<Key, Mended>,
    refused: BTreeMap<Key, (Mended, String)>,
    /// What is not tried again.
    passed: BTreeSet<Key>,
    /// What was made in the last round.
    last: BTreeSet<Key>,
    /// The files that could not be read before anything was mended.
    unreadable: Option<BTreeSet<Arc<str>>>,
    /// Whether edits are made one by one.
    is_careful: bool,
    ask: ask::Ask,
}

/// A file before and after.
struct Text {
    was: String,
    is: String,
}

/// What is found when all is mended.
struct End {
    report: Report,
    reached: usize,
    to_review: usize,
    to_decide: usize,
}

impl<'a> Bench<'a> {
    fn new(arguments: &'a FixArguments) -> Result<Self, Failure> {
        let day = arguments.today.unwrap_or_else(terminal::today);
        let config = super::settings::load(&arguments.settings, day)?;
        let find = |id: &String| checks::find(id).ok_or_else(|| unknown_check(id));
        let only = arguments.only.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let checks = if only.is_empty() { config.enabled() } else { only };
        Ok(Self {
            arguments,
            day,
            config,
            checks,
            texts: BTreeMap::new(),
            made: BTreeMap::new(),
            refused: BTreeMap::new(),
            passed: BTreeSet::new(),
            last: BTreeSet::new(),
            unreadable: None,
            is_careful: false,
            ask: ask::Ask::new(arguments.interactive, terminal::style(arguments.color)),
        })
    }

    /// Mends round after round, until nothing is left that a machine is asked to mend.
    fn mend(&mut self) -> Result<End, Failure> {
        let mut rounds = 0;
        loop {
            let (inventory, report, reached) = self.judge()?;
            if self.repair(&report.inputs) || self.withdraw(&report.findings) {
                rounds = 0;
                continue;
            }
            let all = mendings(&inventory, &report.findings);
            let wanted = if self.arguments.review { Level::Review } else { Level::Safe };
            let open: Vec<_> =
                all.iter().filter(|it| it.level <= wanted && !self.is_done(it)).collect();
            if rounds == ROUNDS && !self.is_careful {
                let why = "other edits brought it up; run fix again";
                self.refused
                    .extend(open.iter().map(|it| (key(it), (Mended::of(it), why.to_owned()))));
            }
            if open.is_empty() || rounds == ROUNDS && !self.is_careful {
                let to_review = all.iter().filter(|it| it.level > wanted).count();
                let open = report.findings.iter().filter(|it| it.accepted.is_none() && !it.known);
                let to_decide = open.count().saturating_sub(all.len());
                return Ok(End { report, reached, to_review, to_decide });
            }
            rounds += 1;
            let most = if self.is_careful { 1 } else { open.len() };
            self.round(open.get(..most).unwrap_or_default())?;
        }
    }

    /// What could be read before must still be, such as a chart that renders. If not, the edits of
    /// the last round are not made, or tried one by one. Says whether that is so.
    fn repair(&mut self, inputs: &Inputs) -> bool {
        let paths = || inputs.unreadable.iter().map(|it| Arc::clone(&it.path)).collect();
        let before = self.unreadable.get_or_insert_with(paths);
        let last = std::mem::take(&mut self.last);
        let mut new = inputs.unreadable.iter().filter(|it| !before.contains(&it.path));
        let Some(broken) = new.next().filter(|_| !last.is_empty()) else { return false };
        let why = (last.len() == 1).then(|| format!("with it, {} {}", broken.path, broken.reason));
        self.is_careful = true;
        self.take_back(&last, why.as_deref());
        true
    }

    /// An edit after which the finding is still there is not made: its file is mended anew without
    /// it. Says whether there is such a file.
    fn withdraw(&mut self, findings: &[Finding]) -> bool {
        let open = findings.iter().filter(|it| it.accepted.is_none());
        let keys = open.flat_map(|it| {
            let at = it.locations.iter().map(|at| source(at).to_owned());
            at.map(|source| (it.fingerprint(), source))
        });
        let vain: BTreeSet<Key> = keys.filter(|key| self.made.contains_key(key)).collect();
        self.take_back(&vain, Some("it would still be found after the edit; look at it by hand"));
        !vain.is_empty()
    }

    /// Edits are not made, and their files are mended anew; without a reason, they too.
    fn take_back(&mut self, keys: &BTreeSet<Key>, why: Option<&str>) {
        let mut anew = BTreeSet::new();
        for key in keys {
            let Some(mended) = self.made.remove(key) else { continue };
            anew.insert(mended.file.clone());
            if let Some(why) = why {
                self.refused.insert(key.clone(), (mended, why.to_owned()));
            }
        }
        self.texts.retain(|file, _| !anew.contains(file));
        self.made.retain(|_, mended| !anew.contains(&mended.file));
    }

    fn judge(&self) -> Result<(Inventory, Report, usize), Failure> {
        let exclude = self.config.exclude.clone();
        let texts = self.texts.iter().map(|(file, text)| (file.clone(), text.is.clone()));
        let (paths, texts) = (self.arguments.paths.clone(), texts.collect());
        let render = super::render::settings(
            &self.arguments.render,
            self.arguments.timeout,
            self.arguments.kubernetes_version,
        );
        let request = Request { paths, exclude, texts, render };
        let mut stdin = std::io::empty();
        let reading = manifests::read(&request, &mut stdin, &scan::wants, &|_| ());
        let mut reading = reading.map_err(Failure::usage)?;
        reading.unfold();
        let Reading { objects, inputs, reached } = reading;
        let plan = Plan {
            checks: self.checks.clone(),
            config: &self.config,
            today: self.day,
            kubernetes: self
                .arguments
                .kubernetes_version
                .unwrap_or_else(|| super::scan::version(&inputs)),
            baseline: BTreeSet::new(),
            namespaces: BTreeSet::new(),
        };
        let inventory = Inventory::new(objects);
        let report = scan::scan(&inventory, inputs, &plan);
        Ok((inventory, report, reached))
    }

    fn is_done(&self, mending: &Mending<'_>) -> bool {
        let key = key(mending);
        self.refused.contains_key(&key) || self.passed.contains(&key)
    }

    /// Makes edits, file by file.
    fn round(&mut self, open: &[&Mending<'_>]) -> Result<(), Failure> {
        let mut by_file: BTreeMap<&str, Vec<&Mending<'_>>> = BTreeMap::new();
        for mending in open {
            by_file.entry(&mending.seat.file).or_default().push(mending);
        }
        for (file, mut mendings) in by_file {
            mendings.sort_by_key(|it| (it.seat.line, it.seat.column));
            self.file(file, &mendings)?;
        }
        Ok(())
    }

    fn file(&mut self, file: &str, mendings: &[&Mending<'_>]) -> Result<(), Failure> {
        let text = match self.texts.get(file) {
            Some(text) => text.is.clone(),
            None => match read(Path::new(file)) {
                Ok(text) => text,
                Err(why) => {
                    let all = mendings.iter().map(|it| (key(it), (Mended::of(it), why.clone())));
                    self.refused.extend(all);
                    return Ok(());
                }
            },
        };
        let wanted = self.ask.which(file, &text, mendings)?;
        let declined = mendings.iter().filter(|it| !wanted.contains(&key(it)));
        self.passed.extend(declined.map(|it| key(it)));
        let mendings: Vec<_> = mendings.iter().filter(|it| wanted.contains(&key(it))).collect();
        let orders: Vec<_> = mendings.iter().map(|it| it.order()).collect();
        let applied = fix::apply(&text, &orders);
        let refused: BTreeMap<usize, _> = applied.refused.into_iter().collect();
        for (index, mending) in mendings.into_iter().enumerate() {
            if let Some(why) = refused.get(&index) {
                self.refused.insert(key(mending), (Mended::of(mending), why.to_string()));
            } else {
                self.last.insert(key(mending));
                self.made.insert(key(mending), Mended::of(mending));
            }
        }
        let known = self.texts.entry(file.to_owned());
        known.or_insert_with(|| Text { was: text, is: String::new() }).is = applied.text;
        Ok(())
    }

    fn account(&self, end: &End) -> Account {
        let mut made: Vec<Mended> = self.made.values().cloned().collect();
        made.sort();
        made.dedup();
        let mut refused: Vec<_> = self.refused.values().cloned().collect();
        refused.sort();
        let written = !self.arguments.diff && !self.arguments.check;
        let (to_review, to_decide) = (end.to_review, end.to_decide);
        Account { written, made, refused, to_review, to_decide }
    }

    /// Writes the files that changed, each whole or not at all.
    fn write(&self) -> Result<(), Failure> {
        for (name, Text { was, is }) in self.texts.iter().filter(|(_, it)| it.was != it.is) {
            let path = Path::new(name);
            if read(path).ok().as_ref() != Some(was) {
                let why =
                    anyhow!("{name} has changed meanwhile and is left as it is; run fix again");
                return Err(Failure::fault(why));
            }
            let file = WholeFile::begin("the mended file", path, Readers::Same)?;
            file.write(|out| out.write_all(is.as_bytes())).map_err(Failure::fault)?;
        }
        Ok(())
    }
}

/// The text of a file that can be edited.
#[allow(clippy::disallowed_methods, reason = "the binary reads what it is asked to mend")]
fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).context("it cannot be read").map_err(|it| format!("{it:#}"))?;
    String::from_utf8(bytes).map_err(|_| "it is no UTF-8 text; convert it first".to_owned())
}
