//! What the editor can do, and what we offer it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, DiagnosticOptions, InitializeParams,
    MarkupKind, SaveOptions, ServerCapabilities, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFolders, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use super::actions::{Edits, FIX_ALL};
use super::address;
use super::lines::Encoding;

/// What the editor can do.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a capability of the protocol")]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// It asks for the findings of a document itself.
    pub(super) pulls: bool,
    /// It can be told to ask again.
    pub(super) refreshes: bool,
    /// It tells of files that change on the disk, where it is asked to.
    pub(super) watches: bool,
    pub(super) shows_markdown: bool,
    pub(super) edits: Edits,
}

impl Client {
    pub(super) fn of(capabilities: &ClientCapabilities) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let document = capabilities.text_document.as_ref();
        let general = capabilities.general.as_ref();
        let offered = general.and_then(|it| it.position_encodings.as_deref()).unwrap_or_default();
        let formats = document.and_then(|it| it.hover.as_ref()?.content_format.as_deref());
        let refreshes = workspace.and_then(|it| it.diagnostics.as_ref()?.refresh_support);
        let watches =
            workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration);
        let versioned = workspace.and_then(|it| it.workspace_edit.as_ref()?.document_changes);
        Self {
            encoding: Encoding::best(offered),
            pulls: document.is_some_and(|it| it.diagnostic.is_some()),
            refreshes: refreshes.unwrap_or_default(),
            watches: watches.unwrap_or_default(),
            shows_markdown: formats.is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            edits: Edits { are_versioned: versioned.unwrap_or_default() },
        }
    }

    /// What we offer it.
    pub(super) fn offer(self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(SaveOptions::default().into()),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix, FIX_ALL]),
            ..CodeActionOptions::default()
        };
        let diagnostics = DiagnosticOptions {
            identifier: Some(report::TOOL.to_owned()),
            inter_file_dependencies: true,
            ..DiagnosticOptions::default()
        };
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(true.into()),
        };
        let workspace =
            WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() };
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(sync.into()),
            hover_provider: Some(true.into()),
            code_action_provider: Some(actions.into()),
            diagnostic_provider: self.pulls.then(|| diagnostics.into()),
            workspace: Some(workspace),
            ..ServerCapabilities::default()
        }
    }
}

/// The folders that an editor begins with.
#[allow(deprecated, reason = "older editors know a single folder")]
pub(super) fn folders(params: &InitializeParams) -> BTreeSet<PathBuf> {
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => {
            folders.iter().filter_map(|it| address::path(&it.uri)).collect()
        }
        _ => params.root_uri.iter().filter_map(address::path).collect(),
    }
}
