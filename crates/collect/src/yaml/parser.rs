//! The parser of YAML, and what it is asked for.

use granit_parser::{Parser, StrInput};

/// The events of a text. Comments give none, however many there are.
pub(super) fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    Parser::new_from_str_with_options(text, granit_parser::options! { emit_comments: false })
}
