//! Inputs that consist of several strings.

/// The separator between strings.
pub(crate) const SEPARATOR: &str = "\n---\n";

/// Returns the strings of an input. Invalid UTF-8 is replaced.
pub(crate) fn texts(data: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(data);
    text.split(SEPARATOR).map(str::to_owned).collect()
}

/// A message similar to HTTP: a first line, headers, and a body after an empty line.
pub(crate) struct Message<'a> {
    pub(crate) first: &'a [u8],
    pub(crate) headers: Vec<(&'a [u8], &'a [u8])>,
    pub(crate) body: &'a [u8],
}

impl<'a> Message<'a> {
    pub(crate) fn read(mut rest: &'a [u8]) -> Self {
        let first = line(&mut rest);
        let mut headers = Vec::new();
        while !rest.is_empty() {
            let line = line(&mut rest);
            if line.is_empty() {
                break;
            }
            let colon = line.iter().position(|byte| *byte == b':');
            let (name, value) = line.split_at(colon.unwrap_or(line.len()));
            headers.push((name, value.get(1..).unwrap_or_default()));
        }
        Self {
            first,
            headers,
            body: rest,
        }
    }
}

/// Takes a line.
pub(crate) fn line<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let end = rest.iter().position(|byte| *byte == b'\n');
    let (line, more) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = more.get(1..).unwrap_or_default();
    line
}
