//! URI patterns of the `http` trait, and host prefixes of the `endpoint` trait.

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    Literal(String),
    Label(String),
    /// `{name+}`, which stands for several segments of the path.
    Greedy(String),
}

/// A parsed URI pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UriPattern {
    pub(crate) path: Vec<Segment>,
    /// The literal query parameters, as names and values.
    pub(crate) query: Vec<(String, String)>,
}

impl UriPattern {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (path_text, query_text) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let Some(rest) = path_text.strip_prefix('/') else {
            return Err("it does not start with a slash".to_owned());
        };
        let mut path = Vec::new();
        if !rest.is_empty() {
            // A slash at the end is kept, since it makes a different resource.
            let (rest, slash) = match rest.strip_suffix('/') {
                Some(rest) => (rest, Some(Segment::Literal(String::new()))),
                None => (rest, None),
            };
            for segment in rest.split('/') {
                path.push(segment_of(segment)?);
            }
            path.extend(slash);
        }
        let greedy = path
            .iter()
            .filter(|s| matches!(s, Segment::Greedy(_)))
            .count();
        if greedy > 1 {
            return Err("it has more than one greedy label".to_owned());
        }
        let query = query_text
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| match pair.split_once('=') {
                Some((name, value)) => (name.to_owned(), value.to_owned()),
                None => (pair.to_owned(), String::new()),
            })
            .collect::<Vec<_>>();
        if query
            .iter()
            .any(|(name, value)| name.contains('{') || value.contains('{'))
        {
            return Err("labels are not allowed in the query".to_owned());
        }
        Ok(Self { path, query })
    }

    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.path.iter().filter_map(|segment| match segment {
            Segment::Label(name) | Segment::Greedy(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    /// The pattern without the names of its labels, for comparison.
    pub(crate) fn anonymous(&self) -> String {
        let mut text = String::new();
        for segment in &self.path {
            text.push('/');
            match segment {
                Segment::Literal(literal) => text.push_str(literal),
                Segment::Label(_) => text.push_str("{}"),
                Segment::Greedy(_) => text.push_str("{+}"),
            }
        }
        let mut query: Vec<String> = self.query.iter().map(|(n, v)| format!("{n}={v}")).collect();
        query.sort();
        format!("{text}?{}", query.join("&"))
    }
}

fn segment_of(text: &str) -> Result<Segment, String> {
    if text.is_empty() {
        return Err("it has an empty segment".to_owned());
    }
    let Some(inner) = text.strip_prefix('{') else {
        return if text.contains(['{', '}']) {
            Err(format!("the label in `{text}` does not fill its segment"))
        } else {
            Ok(Segment::Literal(text.to_owned()))
        };
    };
    let Some(name) = inner.strip_suffix('}') else {
        return Err(format!(
            "the label `{text}` is not closed, or does not fill its segment"
        ));
    };
    let (name, greedy) = match name.strip_suffix('+') {
        Some(name) => (name, true),
        None => (name, false),
    };
    if !crate::shape_id::is_identifier(name) {
        return Err(format!("`{name}` is not the name of a member"));
    }
    Ok(if greedy {
        Segment::Greedy(name.to_owned())
    } else {
        Segment::Label(name.to_owned())
    })
}

/// Splits a host prefix such as `{account}.data.` into literals and labels.
pub(crate) fn host_prefix(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            segments.push(Segment::Literal(rest[..open].to_owned()));
        }
        segments.push(Segment::Label(rest[open + 1..open + close].to_owned()));
        rest = &rest[open + close + 1..];
    }
    if !rest.is_empty() {
        segments.push(Segment::Literal(rest.to_owned()));
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_parsed_or_rejected() {
        let pattern = UriPattern::parse("/accounts/{AccountId}/rooms?operation=batch-create")
            .expect("well formed");
        assert_eq!(pattern.labels().collect::<Vec<_>>(), ["AccountId"]);
        assert_eq!(
            pattern.query,
            [("operation".to_owned(), "batch-create".to_owned())]
        );
        assert_eq!(
            pattern.anonymous(),
            "/accounts/{}/rooms?operation=batch-create"
        );
        for bad in [
            "rooms",
            "/a{b}",
            "/{b",
            "/{1}",
            "/a//b",
            "/a//",
            "//",
            "/{a+}/{b+}",
            "/a?b={c}",
        ] {
            assert!(UriPattern::parse(bad).is_err(), "{bad}");
        }
        assert!(UriPattern::parse("/").is_ok());
        assert!(UriPattern::parse("/{a+}/b").is_ok());
        let slash = UriPattern::parse("/rooms/{b}/?c").expect("well formed");
        assert_eq!(slash.anonymous(), "/rooms/{}/?c=");
    }

    #[test]
    fn host_prefixes_are_split() {
        assert_eq!(
            host_prefix("{a}.data-{b}."),
            [
                Segment::Label("a".into()),
                Segment::Literal(".data-".into()),
                Segment::Label("b".into()),
                Segment::Literal(".".into()),
            ]
        );
    }
}
