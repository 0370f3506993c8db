//! HTML that is built from elements, so that no text of a request or a table can become markup.

use std::fmt::Write;

/// A piece of HTML. Text gets into it only through escaping; tags and names of attributes are literals of the program.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Appends text, an element or more HTML.
    #[must_use]
    pub(super) fn add(mut self, content: impl Into<Self>) -> Self {
        self.0.push_str(&content.into().0);
        self
    }

    /// Appends several pieces.
    #[must_use]
    pub(super) fn add_all(self, content: impl IntoIterator<Item = impl Into<Self>>) -> Self {
        content.into_iter().fold(self, Self::add)
    }

    /// Returns the markup.
    pub(super) fn into_markup(self) -> String {
        self.0
    }
}

impl From<&str> for Html {
    fn from(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        escape(text, &mut escaped);
        Self(escaped)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Element> for Html {
    fn from(element: Element) -> Self {
        let Element { tag, start, inside } = element;
        match tag {
            // They have no end tag.
            "input" | "link" | "meta" => Self(format!("{start}>")),
            _ => Self(format!("{start}>{}</{tag}>", inside.0)),
        }
    }
}

/// An element.
#[derive(Debug)]
#[must_use]
pub(super) struct Element {
    tag: &'static str,
    /// The start tag without its `>`.
    start: String,
    inside: Html,
}

/// Creates an element.
pub(super) fn el(tag: &'static str) -> Element {
    Element {
        tag,
        start: format!("<{tag}"),
        inside: Html::new(),
    }
}

impl Element {
    pub(super) fn attr(mut self, name: &'static str, value: impl ToString) -> Self {
        // Writing to a string does not fail.
        let _ = write!(self.start, " {name}=\"");
        escape(&value.to_string(), &mut self.start);
        self.start.push('"');
        self
    }

    /// Adds an attribute without a value, such as `checked`, if it applies.
    pub(super) fn flag(mut self, name: &'static str, is_set: bool) -> Self {
        if is_set {
            let _ = write!(self.start, " {name}");
        }
        self
    }

    pub(super) fn add(mut self, content: impl Into<Html>) -> Self {
        self.inside = self.inside.add(content);
        self
    }

    pub(super) fn add_all(mut self, content: impl IntoIterator<Item = impl Into<Html>>) -> Self {
        self.inside = self.inside.add_all(content);
        self
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // HTML has no way to write these, and a browser drops or replaces them.
            '\0' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let html = el("a")
            .attr("href", "?q=\"><script>")
            .add("<b> & 'c'")
            .add(el("input").flag("checked", true).flag("disabled", false));
        assert_eq!(
            Html::from(html).into_markup(),
            "<a href=\"?q=&quot;&gt;&lt;script&gt;\">&lt;b&gt; &amp; &#39;c&#39;<input checked></a>"
        );
    }
}
