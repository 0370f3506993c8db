//! Finds the operation of a request by the `http` traits of the schemas.

use percent_encoding::percent_decode_str;
use smithy_operation::OperationDescriptor;

/// Every route of a service.
#[derive(Debug)]
pub(crate) struct Router {
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    operation: &'static OperationDescriptor,
    method: String,
    path: Vec<Segment>,
    /// The required query parameters.
    query: Vec<(String, String)>,
}

#[derive(Debug)]
enum Segment {
    Literal(String),
    Label(String),
    Greedy(String),
}

/// An operation, and the values of its labels in a request.
#[derive(Debug)]
pub(crate) struct Matched {
    pub(crate) operation: &'static OperationDescriptor,
    pub(crate) labels: Vec<(String, String)>,
}

impl Router {
    pub(crate) fn new(operations: &[&'static OperationDescriptor]) -> Self {
        let mut routes: Vec<Route> = operations
            .iter()
            .filter_map(|operation| Route::new(operation))
            .collect();
        // The most specific route comes first: `?operation=add` before none.
        routes.sort_by_key(|route| {
            let literals = route
                .path
                .iter()
                .filter(|segment| matches!(segment, Segment::Literal(_)))
                .count();
            std::cmp::Reverse((route.query.len(), literals))
        });
        Self { routes }
    }

    pub(crate) fn find(
        &self,
        method: &str,
        path: &str,
        query: &[(String, String)],
    ) -> Option<Matched> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<&str> = if path.is_empty() {
            Vec::new()
        } else {
            path.split('/').collect()
        };
        self.routes
            .iter()
            .filter(|route| route.method == method && route.query.iter().all(|q| query.contains(q)))
            .find_map(|route| {
                Some(Matched {
                    operation: route.operation,
                    labels: route.labels(&segments)?,
                })
            })
    }
}

impl Route {
    fn new(operation: &'static OperationDescriptor) -> Option<Self> {
        let http = operation.schema.input().http()?;
        let (path, query) = http.uri().split_once('?').unwrap_or((http.uri(), ""));
        let path = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| {
                let label = segment
                    .strip_prefix('{')
                    .and_then(|inner| inner.strip_suffix('}'));
                match label.map(|name| (name, name.strip_suffix('+'))) {
                    Some((_, Some(name))) => Segment::Greedy(name.to_owned()),
                    Some((name, None)) => Segment::Label(name.to_owned()),
                    None => Segment::Literal(segment.to_owned()),
                }
            })
            .collect();
        Some(Self {
            operation,
            method: http.method().to_owned(),
            path,
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        })
    }

    /// Returns the values of the labels if the path matches. A label does not match an empty string.
    fn labels(&self, segments: &[&str]) -> Option<Vec<(String, String)>> {
        let mut labels = Vec::new();
        let mut rest = segments;
        for (i, segment) in self.path.iter().enumerate() {
            let taken = match segment {
                Segment::Greedy(_) => rest.len().checked_sub(self.path.len() - i - 1)?,
                _ => 1,
            };
            if taken == 0 || rest.len() < taken {
                return None;
            }
            let (here, after) = rest.split_at(taken);
            let text = here.join("/");
            match segment {
                Segment::Literal(literal) if *literal == text => {}
                Segment::Literal(_) => return None,
                Segment::Label(name) | Segment::Greedy(name) => {
                    let value = percent_decode_str(&text).decode_utf8().ok()?;
                    if value.is_empty() {
                        return None;
                    }
                    labels.push((name.clone(), value.into_owned()));
                }
            }
            rest = after;
        }
        rest.is_empty().then_some(labels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(
        method: &str,
        path: &str,
        query: &str,
    ) -> Option<(&'static str, Vec<(String, String)>)> {
        let query: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        Router::new(chime_api::OPERATIONS)
            .find(method, path, &query)
            .map(|found| (found.operation.name, found.labels))
    }

    #[test]
    fn requests_find_their_operation() {
        for (method, path, query, expected) in [
            ("POST", "/accounts", "", Some("CreateAccount")),
            ("GET", "/accounts", "max-results=5", Some("ListAccounts")),
            ("POST", "/accounts/a/users", "", Some("BatchUpdateUser")),
            (
                "POST",
                "/accounts/a/users",
                "operation=create",
                Some("CreateUser"),
            ),
            (
                "POST",
                "/accounts/a/users",
                "operation=add",
                Some("InviteUsers"),
            ),
            (
                "POST",
                "/accounts/a/rooms/r/memberships",
                "operation=batch-create",
                Some("BatchCreateRoomMembership"),
            ),
            (
                "POST",
                "/accounts/a/rooms/r/memberships",
                "",
                Some("CreateRoomMembership"),
            ),
            ("GET", "/accounts/a/rooms/r/", "", None),
            ("GET", "/accounts//rooms/r", "", None),
            ("PATCH", "/accounts", "", None),
            ("GET", "/", "", None),
        ] {
            assert_eq!(
                find(method, path, query).map(|(name, _)| name),
                expected,
                "{method} {path}?{query}"
            );
        }
    }

    #[test]
    fn labels_are_decoded() {
        let (_, labels) = find("GET", "/accounts/a%2Fb%20%C3%A9/rooms/r", "").expect("a route");
        assert_eq!(labels[0], ("AccountId".to_owned(), "a/b é".to_owned()));
        assert_eq!(labels[1], ("RoomId".to_owned(), "r".to_owned()));
    }
}
