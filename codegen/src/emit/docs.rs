//! Documentation as attributes, wrapped to a readable width.

use crate::markdown::is_hidden;
use proc_macro2::TokenStream;
use quote::quote;
use std::borrow::Cow;

/// The maximum width of documentation, not counting the slashes.
const WIDTH: usize = 96;

/// `#[doc = "..."]` for each line, with an empty one between paragraphs.
pub(super) fn attributes(paragraphs: &[String]) -> TokenStream {
    let lines = lines(paragraphs).into_iter().map(|line| {
        let line = if line.is_empty() {
            line
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// The lines of the paragraphs.
pub(crate) fn lines(paragraphs: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if i > 0 {
            lines.push(String::new());
        }
        // Code of ours, which is as long as it is.
        if ["```no_run\n", "```rust\n"]
            .iter()
            .any(|it| paragraph.starts_with(it))
        {
            lines.extend(paragraph.lines().map(str::to_owned));
            continue;
        }
        for line in visible(paragraph).lines() {
            let indent = if line.starts_with("- ") { "  " } else { "" };
            let options = textwrap::Options::new(WIDTH)
                .subsequent_indent(indent)
                .break_words(false)
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            lines.extend(
                textwrap::wrap(line, options)
                    .into_iter()
                    .map(|line| line.into_owned()),
            );
        }
    }
    lines
}

/// The paragraph with the characters escaped that a comment cannot contain: control characters, which
/// rustc and rustdoc reject or misread, and characters that change the text direction.
fn visible(paragraph: &str) -> Cow<'_, str> {
    if !paragraph.contains(|c: char| c != '\n' && is_hidden(c)) {
        return Cow::Borrowed(paragraph);
    }
    let mut out = String::with_capacity(paragraph.len() + 8);
    let mut chars = paragraph.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push('\n'),
            '\t' => out.push(' '),
            _ if is_hidden(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The first sentence, for a list of things.
pub(super) fn summary(paragraphs: &[String]) -> String {
    paragraphs.first().cloned().unwrap_or_default()
}
