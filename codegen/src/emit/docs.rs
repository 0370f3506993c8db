//! Documentation as attributes, wrapped to a readable width.

use proc_macro2::TokenStream;
use quote::quote;

/// How wide documentation is at most, the slashes not counted.
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
        for line in paragraph.lines() {
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

/// The first sentence, for a list of things.
pub(super) fn summary(paragraphs: &[String]) -> String {
    paragraphs.first().cloned().unwrap_or_default()
}
