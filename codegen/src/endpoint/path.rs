//! The paths of `smithy.rules#operationContextParams`: the part of JMESPath that Smithy allows there.

/// What to take out of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Path {
    /// The value that the path has come to.
    Value,
    /// A member of a structure, or a value of a map by its key.
    Field(String, Box<Path>),
    /// The keys of a map, or the names of a structure's members.
    Keys,
    /// Each item of a list.
    Items(Box<Path>),
    /// Each value of a map or structure.
    Values(Box<Path>),
    /// All of these, one after the other.
    All(Vec<Path>),
}

/// Reads a path; `None` if it uses more of JMESPath, or is none.
pub(crate) fn parse(text: &str) -> Option<Path> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix("keys(") {
        let (inner, rest) = inner.split_at(inner.rfind(')')?);
        if !rest[1..].trim().is_empty() && rest[1..].trim() != "[*]" {
            return None;
        }
        let mut reader = Reader {
            rest: inner.trim(),
            end: Path::Keys,
        };
        let path = reader.step()?;
        return reader.rest.is_empty().then_some(path);
    }
    let mut reader = Reader {
        rest: text,
        end: Path::Value,
    };
    let path = reader.step()?;
    reader.rest.is_empty().then_some(path)
}

struct Reader<'t> {
    rest: &'t str,
    /// What is taken where the path ends.
    end: Path,
}

impl Reader<'_> {
    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// The beginning of a path, or what follows a dot.
    fn step(&mut self) -> Option<Path> {
        if self.eat("[") {
            return self.list();
        }
        if self.eat("*") {
            return Some(Path::Values(Box::new(self.after()?)));
        }
        let name = self.name()?;
        Some(Path::Field(name, Box::new(self.after()?)))
    }

    /// What follows a step.
    fn after(&mut self) -> Option<Path> {
        if self.eat(".") {
            return self.step();
        }
        // A list of lists is always flattened: that is all that a list of strings can be made of.
        if self.eat("[*]") || self.eat("[]") {
            return Some(Path::Items(Box::new(self.after()?)));
        }
        Some(self.end.clone())
    }

    /// A multiselect list, after its bracket.
    fn list(&mut self) -> Option<Path> {
        let mut paths = vec![self.step()?];
        while self.eat(",") {
            paths.push(self.step()?);
        }
        if !self.eat("]") {
            return None;
        }
        let _ = self.eat("[]") || self.eat("[*]");
        (self.after()? == self.end).then_some(Path::All(paths))
    }

    fn name(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            let (name, rest) = quoted.split_once('"')?;
            self.rest = rest;
            return (!name.contains('\\')).then(|| name.to_owned());
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (name.starts_with(|c: char| !c.is_ascii_digit())).then(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, then: Path) -> Path {
        Path::Field(name.to_owned(), Box::new(then))
    }

    #[test]
    fn paths() {
        for (text, path) in [
            ("Name", field("Name", Path::Value)),
            ("A.\"B-c\"", field("A", field("B-c", Path::Value))),
            ("keys(A.B)", field("A", field("B", Path::Keys))),
            (
                "A[*].B[].C",
                field(
                    "A",
                    Path::Items(Box::new(field(
                        "B",
                        Path::Items(Box::new(field("C", Path::Value))),
                    ))),
                ),
            ),
            ("A.*", field("A", Path::Values(Box::new(Path::Value)))),
            (
                "A[*].[B.C, D][]",
                field(
                    "A",
                    Path::Items(Box::new(Path::All(vec![
                        field("B", field("C", Path::Value)),
                        field("D", Path::Value),
                    ]))),
                ),
            ),
        ] {
            assert_eq!(parse(text), Some(path), "{text}");
        }
        for text in [
            "",
            "A.",
            ".A",
            "A[0]",
            "A[?B]",
            "keys(A",
            "keys(A)[0]",
            "length(A)",
            "A | B",
            "[A",
            "1A",
            "A B",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
