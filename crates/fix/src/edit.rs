//! From a patch to the bytes that go and come.

use std::collections::BTreeSet;

use collect::yaml::Layout;
use collect::yaml::layout::{Form, Site};

use crate::patch::{Own, Patch, Way};
use crate::refusal::Refusal;
use crate::render::{quoted, render, scalar};
use crate::sheet::Sheet;
use crate::value::Value;
use crate::{block, flow};

/// Edits the text of one document.
pub(crate) struct Editor<'a> {
    sheet: Sheet<'a>,
    layout: &'a Layout,
    /// Where each entry and item starts that goes.
    gone: BTreeSet<usize>,
    /// Where each mapping starts whose entries all go, and others come.
    exchanged: BTreeSet<usize>,
}

impl<'a> Editor<'a> {
    pub(crate) fn new(text: &'a str, layout: &'a Layout) -> Self {
        Self {
            sheet: Sheet::new(text, layout),
            layout,
            gone: BTreeSet::new(),
            exchanged: BTreeSet::new(),
        }
    }

    /// The text after a patch.
    pub(crate) fn edit(mut self, patch: &Patch) -> Result<String, Refusal> {
        self.value(self.layout.root(), patch)?;
        self.sheet.finish()
    }

    fn value(&mut self, site: Site<'a>, patch: &Patch) -> Result<(), Refusal> {
        let goes = |it: &&(Way, Patch)| it.1.goes();
        let gone = patch.within.iter().filter(goes).count();
        if gone > 0 && gone == site.children().count() {
            match (gone == patch.within.len(), site.is_flow()) {
                (true, _) => return self.empty(site),
                (false, true) => return self.exchange(site, patch),
                (false, false) => drop(self.exchanged.insert(flow::start(site))),
            }
        }
        for (way, _) in patch.within.iter().filter(goes) {
            self.gone.extend(find(site, way)?.map(flow::start));
        }
        let mut missing = Vec::new();
        for (way, inside) in &patch.within {
            match find(site, way)? {
                Some(child) => self.child(site, child, inside)?,
                None => missing.push((way, inside)),
            }
        }
        if let Some(Own::Longer(items)) = &patch.own {
            return self.lengthen(site, items);
        }
        if missing.is_empty() {
            return Ok(());
        }
        self.enter(site, entries(missing)?)
    }

    /// Writes other entries instead of all that are there in braces.
    fn exchange(&mut self, site: Site<'a>, patch: &Patch) -> Result<(), Refusal> {
        self.sheet.keep_no_comment(&site.span())?;
        let new = patch.within.iter().filter(|it| !it.1.goes()).map(|(way, it)| (way, it));
        let map = Value::Map(entries(new.collect())?.into_iter().collect());
        self.sheet.splice(site.span(), render(&map, self.sheet.style));
        Ok(())
    }

    fn child(&mut self, around: Site<'a>, child: Site<'a>, patch: &Patch) -> Result<(), Refusal> {
        match &patch.own {
            Some(Own::Value(value)) => self.replace(child, value),
            Some(Own::Nothing | Own::Cleared) => self.remove(around, child),
            Some(Own::Key(key)) => self.rename(child, key),
            Some(Own::Once) => self.once(around, child),
            Some(Own::Longer(_)) | None => self.value(child, patch),
        }
    }

    fn replace(&mut self, site: Site<'a>, value: &Value) -> Result<(), Refusal> {
        let new = match (site.form(), value) {
            (Form::Nothing, Value::Scalar(..)) => {
                let at = self.sheet.behind(site)?;
                self.sheet.splice(at..at, format!(" {}", render(value, self.sheet.style)));
                return Ok(());
            }
            (Form::Nothing, _) => return self.begin(site, value),
            (Form::Quoted(mark), Value::Scalar(model::Type::Str, text)) => quoted(text, mark),
            (Form::Alias, _) => return Err(Refusal::Shared),
            (Form::Plain | Form::Quoted(_), _) => render(value, self.sheet.style),
            (Form::Map { flow: true } | Form::Seq { flow: true }, _) => {
                self.sheet.keep_no_comment(&site.span())?;
                render(value, self.sheet.style)
            }
            _ => return Err(Refusal::Shape),
        };
        self.sheet.splice(site.span(), new);
        Ok(())
    }

    fn rename(&mut self, site: Site<'a>, key: &str) -> Result<(), Refusal> {
        let (_, span) = site.key().ok_or(Refusal::Shape)?;
        let mark = self.sheet.text.get(span.clone()).and_then(|it| it.chars().next());
        let new = match mark.filter(|it| matches!(it, '"' | '\'')) {
            Some(mark) => quoted(key, mark),
            None => scalar(key),
        };
        self.sheet.splice(span, new);
        Ok(())
    }

    /// Takes away what a later entry of the same key undoes.
    fn once(&mut self, around: Site<'a>, last: Site<'a>) -> Result<(), Refusal> {
        let key = last.key().map(|(text, _)| text);
        let same = |it: &Site<'a>| it.key().map(|(text, _)| text) == key;
        let all: Vec<Site<'a>> = around.children().filter(same).collect();
        let (_, undone) = all.split_last().ok_or(Refusal::Unreadable)?;
        undone.iter().try_for_each(|it| self.remove(around, *it))
    }

    /// Adds entries to a mapping, or makes one of nothing.
    fn enter(&mut self, site: Site<'a>, entries: Vec<(String, Value)>) -> Result<(), Refusal> {
        match site.form() {
            Form::Map { flow: true } if self.is_bare(site) => self.unfold(site, &entries),
            Form::Map { flow: true } => flow::enter(&mut self.sheet, site, &entries),
            Form::Map { flow: false } => {
                let first = site.children().next().ok_or(Refusal::Shape)?;
                let lines = block::entries(&entries, first.column(), self.sheet.style);
                self.lines_behind(site, &lines)
            }
            Form::Nothing => self.begin(site, &Value::Map(entries.into_iter().collect())),
            Form::Plain if is_null(site) => {
                let map = Value::Map(entries.into_iter().collect());
                self.sheet.splice(site.span(), render(&map, self.sheet.style));
                Ok(())
            }
            Form::Alias => Err(Refusal::Shared),
            _ => Err(Refusal::Shape),
        }
    }

    /// Whether braces stand behind a key on a line of its own, with nothing in them.
    fn is_bare(&self, site: Site<'_>) -> bool {
        let own = site.span();
        let around = |it: Site<'_>| it.span().start < own.start && own.end <= it.span().end;
        let is_inside = self.layout.all().any(|it| it.is_flow() && around(it));
        let colon = site.key().and_then(|(_, key)| self.sheet.colon(&key).ok());
        let is_behind = colon.is_some_and(|colon| self.sheet.is_blank(colon..own.start));
        site.children().next().is_none() && !is_inside && is_behind
    }

    /// Writes entries on lines of their own instead of empty braces.
    fn unfold(&mut self, site: Site<'a>, entries: &[(String, Value)]) -> Result<(), Refusal> {
        let span = site.span();
        self.sheet.keep_no_comment(&span)?;
        self.sheet.splice(self.sheet.behind(site)?..span.end, String::new());
        let column = site.column() + self.sheet.style.step;
        let lines = block::entries(entries, column, self.sheet.style);
        self.sheet.lines_at(self.sheet.line_end(span.end), &lines);
        Ok(())
    }

    /// Adds items to a list, or makes one of nothing.
    fn lengthen(&mut self, site: Site<'a>, items: &[Value]) -> Result<(), Refusal> {
        match site.form() {
            Form::Seq { flow: true } => flow::lengthen(&mut self.sheet, site, items),
            Form::Seq { flow: false } => {
                let first = site.children().next().ok_or(Refusal::Shape)?;
                let column = self.sheet.column(self.sheet.dash(first)?);
                let lines = block::items(items, column, self.sheet.style);
                self.lines_behind(site, &lines)
            }
            Form::Nothing => self.begin(site, &Value::Seq(items.to_vec())),
            Form::Plain if is_null(site) => {
                self.sheet
                    .splice(site.span(), render(&Value::Seq(items.to_vec()), self.sheet.style));
                Ok(())
            }
            Form::Alias => Err(Refusal::Shared),
            _ => Err(Refusal::Shape),
        }
    }

    /// Writes lists and mappings on lines of their own behind a key that had no value.
    fn begin(&mut self, site: Site<'a>, value: &Value) -> Result<(), Refusal> {
        let at = self.sheet.behind(site)?;
        let lines = match value {
            Value::Map(entries) => {
                let entries: Vec<_> = entries.clone().into_iter().collect();
                block::entries(&entries, site.column() + self.sheet.style.step, self.sheet.style)
            }
            Value::Seq(items) => {
                block::items(items, site.column() + self.sheet.style.dash, self.sheet.style)
            }
            Value::Scalar(..) => return Err(Refusal::Shape),
        };
        self.sheet.lines_at(self.sheet.line_end(at), &lines);
        Ok(())
    }

    /// Takes an entry or an item away, and lets its comments stand where it stood.
    fn remove(&mut self, around: Site<'a>, child: Site<'a>) -> Result<(), Refusal> {
        let is_exchanged = self.exchanged.contains(&flow::start(around));
        if around.children().count() == 1 && !is_exchanged {
            return self.empty(around);
        }
        if around.is_flow() {
            let gone = &self.gone;
            return flow::remove(&mut self.sheet, around, child, |it| {
                gone.contains(&flow::start(it))
            });
        }
        let start = match child.key() {
            Some((_, span)) => span.start,
            None => self.sheet.dash(child)?,
        };
        let line = self.sheet.line_start(start);
        if !self.sheet.is_blank(line..start) {
            // The first entry of an item stands behind its dash: the next takes its place.
            let next = around.children().nth(1).and_then(Site::key).ok_or(Refusal::Shape)?;
            let range = start..next.1.start;
            self.sheet.keep_no_comment(&range)?;
            self.sheet.splice(range, String::new());
            return Ok(());
        }
        let end = self.sheet.line_end(self.sheet.end(child)?);
        let kept = self.sheet.comments(start..end, self.sheet.column(start));
        let range = match (kept.is_empty(), self.sheet.break_at(end)) {
            (false, _) => line..end,
            (true, 0) => line - self.sheet.break_before(line)..end,
            (true, newline) => line..end + newline,
        };
        self.sheet.splice(range, kept.join(self.sheet.style.newline));
        Ok(())
    }

    /// Leaves braces or brackets of a list or mapping whose only child goes.
    fn empty(&mut self, site: Site<'a>) -> Result<(), Refusal> {
        let none = if matches!(site.form(), Form::Map { .. }) { "{}" } else { "[]" };
        if site.is_flow() {
            self.sheet.keep_no_comment(&site.span())?;
            self.sheet.splice(site.span(), none.to_owned());
            return Ok(());
        }
        let Some((_, key)) = site.key() else { return Err(Refusal::Shape) };
        let (start, end) = (self.sheet.colon(&key)?, self.sheet.line_end(self.sheet.end(site)?));
        let kept = self.sheet.comments(start..end, site.column() + self.sheet.style.step);
        let lines: Vec<String> = [format!(" {none}")].into_iter().chain(kept).collect();
        self.sheet.splice(start..end, lines.join(self.sheet.style.newline));
        Ok(())
    }

    /// Puts lines behind the last line of a value.
    fn lines_behind(&mut self, site: Site<'a>, lines: &[String]) -> Result<(), Refusal> {
        let end = self.sheet.line_end(self.sheet.end(site)?);
        self.sheet.lines_at(end, lines);
        Ok(())
    }
}

/// Entries that are new.
fn entries(missing: Vec<(&Way, &Patch)>) -> Result<Vec<(String, Value)>, Refusal> {
    let entry = |(way, patch): (&Way, &Patch)| match way {
        Way::Key(key) => Ok((key.clone(), patch.to_value()?)),
        Way::Item(_) => Err(Refusal::Unreadable),
    };
    missing.into_iter().map(entry).collect()
}

/// A value that is there, behind a step.
fn find<'a>(site: Site<'a>, way: &Way) -> Result<Option<Site<'a>>, Refusal> {
    match (site.form(), way) {
        (Form::Map { .. }, Way::Key(key)) => Ok(site.get(key)),
        (Form::Seq { .. }, Way::Item(item)) => Ok(flow::item(site, item)),
        (Form::Nothing | Form::Plain, Way::Key(_)) => Ok(None),
        (Form::Alias, _) => Err(Refusal::Shared),
        _ => Err(Refusal::Shape),
    }
}

/// Whether a plain scalar says that there is nothing.
fn is_null(site: Site<'_>) -> bool {
    matches!(site.text(), "" | "~" | "null" | "Null" | "NULL")
}
