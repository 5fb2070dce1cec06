//! What an editor asks about a document, and the answers.

use gen_lsp_types::{
    CodeActionParams, DocumentDiagnosticParams, FullDocumentDiagnosticReport, HoverParams,
    RelatedFullDocumentDiagnosticReport, Uri,
};
use serde_json::{Value, json};

use super::client::Client;
use super::documents::Documents;
use super::message::{self, Refusal};
use super::verdict::{Mark, Verdict};
use super::{actions, address, hover};

/// A question that takes a verdict to answer.
pub(super) enum Question {
    /// What is here?
    Hover(HoverParams),
    /// What can be done here?
    Actions(CodeActionParams),
    /// What is found in this document?
    Diagnostics(DocumentDiagnosticParams),
}

impl Question {
    pub(super) fn parse(method: &str, params: Value) -> Result<Self, Refusal> {
        match method {
            "textDocument/hover" => message::params(params).map(Self::Hover),
            "textDocument/codeAction" => message::params(params).map(Self::Actions),
            "textDocument/diagnostic" => message::params(params).map(Self::Diagnostics),
            _ => Err(Refusal::unknown(method)),
        }
    }

    /// The document whose findings the editor fetches, by the name of its file.
    pub(super) fn pulled(&self) -> Option<String> {
        match self {
            Self::Diagnostics(it) => Some(address::name(&it.text_document.uri)),
            Self::Hover(_) | Self::Actions(_) => None,
        }
    }
}

/// All that an answer is taken from.
pub(super) struct Answers<'a> {
    pub(super) client: Client,
    pub(super) documents: &'a Documents,
    pub(super) verdict: &'a Verdict,
}

impl Answers<'_> {
    pub(super) fn answer(&self, question: &Question) -> Value {
        match question {
            Question::Hover(params) => {
                let at = &params.text_document_position_params;
                let marks = self.marks(&at.text_document.uri);
                json!(hover::at(at.position, marks, self.client.shows_markdown))
            }
            Question::Actions(params) => self.actions(params),
            Question::Diagnostics(params) => {
                let marks = self.marks(&params.text_document.uri).iter();
                let items = marks.map(|it| it.diagnostic.clone()).collect();
                let full = FullDocumentDiagnosticReport { items, result_id: None };
                json!(RelatedFullDocumentDiagnosticReport {
                    full_document_diagnostic_report: full,
                    related_documents: None,
                })
            }
        }
    }

    fn actions(&self, params: &CodeActionParams) -> Value {
        let uri = &params.text_document.uri;
        let Some(document) = self.documents.open.get(&address::name(uri)) else { return json!([]) };
        let Client { encoding, edits, .. } = self.client;
        json!(actions::actions(params, document, self.marks(uri), encoding, edits))
    }

    fn marks(&self, uri: &Uri) -> &[Mark] {
        self.verdict.get(&address::name(uri)).map(Vec::as_slice).unwrap_or_default()
    }
}
