//! Entries and items in braces and brackets.

use collect::yaml::layout::{Form, Site};

use crate::refusal::Refusal;
use crate::render::{entry, render};
use crate::sheet::Sheet;
use crate::value::Value;

/// An item of a list: by its name, if one alone bears it, or else by its number.
pub(crate) fn item<'a>(list: Site<'a>, item: &str) -> Option<Site<'a>> {
    let number = item.parse::<usize>().ok();
    let is_named = |it: &Site<'a>| it.get("name").is_some_and(|name| name.text() == item);
    let mut named = list.children().filter(is_named);
    match (named.next(), named.next()) {
        (Some(only), None) if number.is_none() => Some(only),
        _ => list.children().nth(number?),
    }
}

/// Adds entries before the closing brace.
pub(crate) fn enter(
    sheet: &mut Sheet<'_>,
    map: Site<'_>,
    entries: &[(String, Value)],
) -> Result<(), Refusal> {
    let parts: Vec<String> = entries.iter().map(|it| entry(it, sheet.style)).collect();
    add(sheet, map, &parts)
}

/// Adds items before the closing bracket.
pub(crate) fn lengthen(
    sheet: &mut Sheet<'_>,
    list: Site<'_>,
    items: &[Value],
) -> Result<(), Refusal> {
    let parts: Vec<String> = items.iter().map(|it| render(it, sheet.style)).collect();
    add(sheet, list, &parts)
}

fn add(sheet: &mut Sheet<'_>, site: Site<'_>, parts: &[String]) -> Result<(), Refusal> {
    let span = site.span();
    let Some(last) = site.children().last() else {
        sheet.keep_no_comment(&span)?;
        let (open, close) =
            if matches!(site.form(), Form::Map { .. }) { ("{", "}") } else { ("[", "]") };
        sheet.splice(span, format!("{open}{}{close}", parts.join(", ")));
        return Ok(());
    };
    let end = behind(sheet, last)?;
    let tail = sheet.text.get(end..span.end - 1).unwrap_or_default();
    let has_comma = tail.trim_start().starts_with(',');
    if !tail.contains('\n') {
        let at = end + tail.find(',').map_or(0, |it| it + 1);
        let lead = if has_comma { " " } else { ", " };
        sheet.splice(at..at, format!("{lead}{}", parts.join(", ")));
        return Ok(());
    }
    let first = site.children().next().map_or(last.line(), Site::line);
    if first == last.line() && site.children().count() > 1 || has_comma {
        return Err(Refusal::Shape);
    }
    let column = last.column();
    let lines: Vec<String> = parts.iter().map(|it| format!("{:column$}{it}", "")).collect();
    let newline = sheet.style.newline;
    let line_end = sheet.line_end(end);
    sheet.splice(end..end, ",".to_owned());
    sheet.splice(line_end..line_end, format!("{newline}{}", lines.join(&format!(",{newline}"))));
    Ok(())
}

/// Takes an entry or an item away that is not the only one: up to the next one, or at the end from
/// the last one that stays, which one does not that `goes`, too.
pub(crate) fn remove<'a>(
    sheet: &mut Sheet<'_>,
    around: Site<'a>,
    child: Site<'a>,
    goes: impl Fn(Site<'a>) -> bool,
) -> Result<(), Refusal> {
    let own = start(child);
    let stays = |it: &Site<'a>| !goes(*it);
    let is_tail = !around.children().filter(stays).any(|it| start(it) > own);
    let next = around.children().map(start).find(|it| *it > own).filter(|_| !is_tail);
    let range = if let Some(next) = next {
        own..next
    } else {
        let before = around.children().filter(stays).filter(|it| start(*it) < own).last();
        behind(sheet, before.ok_or(Refusal::Shape)?)?..behind(sheet, child)?
    };
    sheet.keep_no_comment(&range)?;
    sheet.splice(range, String::new());
    Ok(())
}

/// Where an entry or an item starts.
pub(crate) fn start(site: Site<'_>) -> usize {
    site.key().map_or(site.span().start, |(_, span)| span.start)
}

/// Where a value inside braces or brackets ends.
fn behind(sheet: &Sheet<'_>, site: Site<'_>) -> Result<usize, Refusal> {
    if site.form() != Form::Nothing {
        return Ok(site.span().end);
    }
    let (_, key) = site.key().ok_or(Refusal::Shape)?;
    let is_colon = sheet.text.get(key.end..).is_some_and(|it| it.starts_with(':'));
    Ok(key.end + usize::from(is_colon))
}
