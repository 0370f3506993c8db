//! Converts documentation of models, which may be HTML, into Markdown for rustdoc.

/// The paragraphs of a text.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let text = if looks_like_html(text) {
        from_html(text)
    } else {
        text.to_owned()
    };
    text.split("\n\n")
        .map(|paragraph| {
            paragraph
                .lines()
                .map(str::trim_end)
                .filter(|line| !line.trim().is_empty())
                .collect::<Vec<_>>()
                .join("\n")
        })
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| escape(&paragraph))
        .collect()
}

/// A string as inline code. Invisible characters are escaped.
pub(crate) fn code(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    let text = shown.as_str();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Whether a character is invisible: a control character, a byte order mark, or one that changes the
/// text direction.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

fn looks_like_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let name = rest.trim_start_matches('/');
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains('>') {
            return true;
        }
    }
    false
}

/// Escapes what rustdoc would read as a link or as HTML, except in code.
fn escape(paragraph: &str) -> String {
    let mut out = String::with_capacity(paragraph.len());
    let mut in_code = false;
    for c in paragraph.chars() {
        match c {
            '`' => {
                in_code = !in_code;
                out.push(c);
            }
            '[' | ']' | '<' | '>' if !in_code => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Converts HTML: paragraphs, items and code are kept, and all other tags are dropped.
fn from_html(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        push_text(&mut out, &rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            push_text(&mut out, &rest[open..]);
            return out;
        };
        let tag = &rest[open + 1..open + close];
        rest = &rest[open + close + 1..];
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect::<String>()
            .to_ascii_lowercase();
        match name.as_str() {
            "p" | "/p" | "ul" | "/ul" | "ol" | "/ol" | "note" | "/note" | "important"
            | "/important" | "dl" | "/dl" | "br" | "br/" | "/li" => break_paragraph(&mut out),
            "li" => {
                break_paragraph(&mut out);
                out.push_str("- ");
            }
            "code" | "/code" => out.push('`'),
            _ => {}
        }
    }
    push_text(&mut out, rest);
    out
}

fn break_paragraph(out: &mut String) {
    let end = out.trim_end().len();
    out.truncate(end);
    // Keeps the `- ` of an item that has just begun together with its text.
    if out.ends_with("\n-") || out == "-" {
        out.push(' ');
    } else if !out.is_empty() {
        out.push_str("\n\n");
    }
}

fn push_text(out: &mut String, text: &str) {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(char::is_whitespace) {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_paragraphs() {
        for (text, expected) in [
            ("One.\n\nTwo\nlines.", vec!["One.", "Two\nlines."]),
            (
                "<p>A <code>Vec<T></code> &amp; more.</p>\n   <p>Next.</p>",
                vec!["A `Vec` & more.", "Next."],
            ),
            ("<ul><li><p>a</p></li><li>b</li></ul>", vec!["- a", "- b"]),
            ("see [1] and `[2]`", vec![r"see \[1\] and `[2]`"]),
            ("a < b", vec![r"a \< b"]),
        ] {
            assert_eq!(paragraphs(text), expected, "{text}");
        }
    }

    #[test]
    fn code_is_fenced() {
        assert_eq!(code(r"\S"), r"`\S`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\rb\n\u{1}\u{202e}"), r"`a\rb\n\u{1}\u{202e}`");
    }
}
