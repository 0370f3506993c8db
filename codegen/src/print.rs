//! Turns token streams into source code.

use crate::emit::{File, Section, docs_lines};
use proc_macro2::TokenStream;
use syn::{Attribute, ImplItem, Item, parse_quote};

/// Prints a file. A file that is not valid Rust is a bug of the emitter.
pub(crate) fn print(header: &str, file: File) -> Result<String, syn::Error> {
    let mut text = format!("{header}\n\n");
    for line in docs_lines(&file.docs) {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    for section in file.sections {
        let printed = match section {
            Section::Items(tokens) if tokens.is_empty() => continue,
            Section::Items(tokens) => items(tokens)?,
            Section::Macro(path, body) => in_macro(path, &items(body)?),
            Section::Table(path, lines) => in_macro(path, &lines.join("\n")),
        };
        text.push('\n');
        text.push_str(&printed);
    }
    Ok(text)
}

fn items(tokens: TokenStream) -> Result<String, syn::Error> {
    let mut file: syn::File = syn::parse2(tokens)?;
    set_apart(&mut file.items);
    Ok(empty_lines(&prettyplease::unparse(&file)))
}

/// Marks an empty line, which prettyplease cannot represent. It is the first line of documentation of the
/// following item.
const EMPTY_LINE: &str = "\u{0}";

fn empty_line() -> Attribute {
    parse_quote!(#[doc = #EMPTY_LINE])
}

/// Adds empty lines between the items of a file and between their members. One-line items such as imports
/// stay together.
fn set_apart(items: &mut [Item]) {
    let mut previous: Option<Line> = None;
    for (index, item) in items.iter_mut().enumerate() {
        set_members_apart(item);
        let line = line_of(item);
        let together = line.is_some() && line == previous;
        if index > 0
            && !together
            && let Some(attributes) = attributes(item)
        {
            attributes.insert(0, empty_line());
        }
        previous = line;
    }
}

/// Adds an empty line after each function of an implementation and each item of a module that has a
/// body.
fn set_members_apart(item: &mut Item) {
    match item {
        Item::Impl(block) => {
            let mut after_body = false;
            for member in &mut block.items {
                let attributes = match member {
                    ImplItem::Const(member) => &mut member.attrs,
                    ImplItem::Fn(member) => &mut member.attrs,
                    ImplItem::Type(member) => &mut member.attrs,
                    _ => continue,
                };
                if after_body {
                    attributes.insert(0, empty_line());
                }
                after_body = matches!(member, ImplItem::Fn(_));
            }
        }
        Item::Mod(module) => {
            let items = module.content.iter_mut().flat_map(|(_, items)| items);
            let mut after_body = false;
            for item in items {
                set_members_apart(item);
                let has_body = matches!(item, Item::Fn(_) | Item::Impl(_) | Item::Struct(_));
                if after_body && let Some(attributes) = attributes(item) {
                    attributes.insert(0, empty_line());
                }
                after_body = has_body;
            }
        }
        _ => {}
    }
}

/// Items of a single line, which stay together with others of their kind.
#[derive(PartialEq)]
enum Line {
    Use,
    Mod,
}

fn line_of(item: &Item) -> Option<Line> {
    match item {
        Item::Use(item) if item.attrs.is_empty() => Some(Line::Use),
        Item::Mod(item) if item.attrs.is_empty() && item.content.is_none() => Some(Line::Mod),
        _ => None,
    }
}

/// The attributes of the kinds of items that the emitter creates.
fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Use(item) => &mut item.attrs,
        _ => return None,
    })
}

/// Replaces the marks by empty lines.
fn empty_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.trim_end().strip_suffix(EMPTY_LINE) {
            Some(_) => out.push('\n'),
            None => out.push_str(line),
        }
    }
    out
}

fn in_macro(path: &str, body: &str) -> String {
    let mut text = format!("{path}! {{\n");
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
