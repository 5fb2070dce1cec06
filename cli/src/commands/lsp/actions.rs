//! The edits that mend what is marked, as the editor makes them.

use std::collections::HashMap;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use report::fix::Mended;
use scan::mend::{Level, Mending};

use super::documents::Document;
use super::lines::{Encoding, Lines};
use super::verdict::{Mark, touches};

/// All safe edits of a document.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.ringfence");

/// More findings on a few lines are nobody's choice.
const MOST: usize = 50;

/// What the editor can take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edits {
    /// Whether an edit may say which version of a document it is made for.
    pub(super) are_versioned: bool,
}

/// The actions for a part of a document.
pub(super) fn actions(
    params: &CodeActionParams,
    document: &Document,
    marks: &[Mark],
    encoding: Encoding,
    edits: Edits,
) -> Vec<CodeAction> {
    let bench = Bench { document, lines: Lines::new(&document.text, encoding), edits };
    let mut actions = Vec::new();
    if is_wanted(params, &CodeActionKind::QuickFix) {
        let here = marks.iter().filter(|it| touches(&it.diagnostic.range, &params.range));
        actions.extend(here.filter_map(|it| bench.quick_fix(it)).take(MOST));
    }
    if is_wanted(params, &FIX_ALL) {
        actions.extend(bench.fix_all(marks));
    }
    actions
}

/// Whether a kind, or one that it belongs to, was asked for; without a wish all are.
fn is_wanted(params: &CodeActionParams, kind: &CodeActionKind) -> bool {
    let Some(only) = &params.context.only else { return true };
    let belongs = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        rest.is_some_and(|it| wanted.as_str().is_empty() || it.is_empty() || it.starts_with('.'))
    };
    only.iter().any(belongs)
}

struct Bench<'a> {
    document: &'a Document,
    lines: Lines<'a>,
    edits: Edits,
}

impl Bench<'_> {
    fn quick_fix(&self, mark: &Mark) -> Option<CodeAction> {
        let mending = mark.mending()?;
        let is_safe = mending.level == Level::Safe;
        Some(CodeAction {
            title: title(&mending),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![mark.diagnostic.clone()]),
            is_preferred: Some(is_safe),
            edit: Some(self.edit(std::slice::from_ref(&mending))?),
            ..CodeAction::default()
        })
    }

    fn fix_all(&self, marks: &[Mark]) -> Option<CodeAction> {
        let mendings = marks.iter().filter_map(Mark::mending);
        let safe: Vec<_> = mendings.filter(|it| it.level == Level::Safe).collect();
        Some(CodeAction {
            title: "Make all safe edits of Ringfence".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(self.edit(&safe)?),
            ..CodeAction::default()
        })
    }

    /// The edit of some mendings together; nothing where none can be made.
    fn edit(&self, mendings: &[Mending<'_>]) -> Option<WorkspaceEdit> {
        let orders: Vec<_> = mendings.iter().map(Mending::order).collect();
        let text = &self.document.text;
        let after = fix::apply(text, &orders).text;
        let edits: Vec<TextEdit> =
            fix::diff::edits(text, &after).into_iter().map(|it| self.text_edit(it)).collect();
        (!edits.is_empty()).then(|| self.of_document(edits))
    }

    fn text_edit(&self, edit: fix::diff::Edit) -> TextEdit {
        let at = |offset| self.lines.position(offset);
        let range = Range { start: at(edit.range.start), end: at(edit.range.end) };
        TextEdit { range, new_text: edit.text }
    }

    fn of_document(&self, edits: Vec<TextEdit>) -> WorkspaceEdit {
        let uri = self.document.uri.clone();
        if !self.edits.are_versioned {
            let changes = Some(HashMap::from([(uri, edits)]));
            return WorkspaceEdit { changes, ..WorkspaceEdit::default() };
        }
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version: Some(self.document.version),
            text_document_identifier: TextDocumentIdentifier { uri },
        };
        let edits = edits.into_iter().map(Into::into).collect();
        let change = TextDocumentEdit { text_document, edits };
        let document_changes = Some(vec![change.into()]);
        WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
    }
}

/// An edit in words.
fn title(mending: &Mending<'_>) -> String {
    let words = Mended::of(mending).words();
    let check = &mending.finding.check;
    match mending.level {
        Level::Safe => format!("{check}: {words}"),
        Level::Review => format!("{check}: {words}; look at it first"),
    }
}
