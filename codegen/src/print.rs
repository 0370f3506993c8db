//! Turns token streams into text.

use crate::emit::{File, Section, docs_lines};
use proc_macro2::TokenStream;

/// Formats a file. A file that is no Rust is a bug of the emitter, and says which file it is in.
pub(crate) fn print(header: &str, file: &File) -> Result<String, syn::Error> {
    let mut text = format!("{header}\n\n");
    for line in docs_lines(&file.docs) {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    for section in &file.sections {
        let formatted = match section {
            Section::Items(tokens) if tokens.is_empty() => continue,
            Section::Items(tokens) => items(tokens)?,
            Section::Macro(name, body) => in_macro(name, &items(body)?),
        };
        text.push('\n');
        text.push_str(&formatted);
    }
    Ok(text)
}

fn items(tokens: &TokenStream) -> Result<String, syn::Error> {
    let file: syn::File = syn::parse2(tokens.clone())?;
    Ok(apart(&prettyplease::unparse(&file)))
}

/// Puts an empty line between items where the printer left none: after a block, and between
/// one-line items of different kinds.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = "";
    for line in text.lines() {
        let (indent, indent_before) = (indent_of(line), indent_of(previous));
        let code = line.trim_start();
        let begins = !code.is_empty() && !code.starts_with(['}', ')', ']', '.']);
        let after_block =
            previous.ends_with('}') || previous.ends_with("};") || previous.ends_with(");");
        let is_item = [
            "///",
            "#[",
            "pub ",
            "fn ",
            "impl ",
            "const ",
            "static ",
            "mod ",
            "macro_rules!",
            "type ",
        ]
        .iter()
        .any(|start| code.starts_with(start));
        let ends_deeper = indent == 0 && indent_before > 0 && previous.ends_with(';');
        let new_kind = indent == 0
            && indent_before == 0
            && previous.ends_with(';')
            && kind(previous) != kind(line);
        if begins && is_item && (ends_deeper || (after_block && indent_before == indent))
            || begins && new_kind
        {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The first word of an item, its visibility aside.
fn kind(line: &str) -> &str {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    line.split_whitespace().next().unwrap_or_default()
}

fn in_macro(name: &str, body: &str) -> String {
    let mut text = format!("::smithy_operation::{name}! {{\n");
    for line in body.lines() {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line);
        }
        text.push('\n');
    }
    text.push_str("}\n");
    text
}
