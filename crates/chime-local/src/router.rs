//! Finds the operation of a request by method, path and query, across all services.

use crate::arn;
use crate::model::Operation;
use http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Every route of all services.
#[derive(Debug)]
pub(crate) struct Router {
    /// The routes by their first segment; by an empty one if that is a label.
    routes: HashMap<String, Vec<Route>>,
}

#[derive(Debug)]
struct Route {
    /// The operations with this route: several if services share it.
    operations: Vec<&'static Operation>,
    method: String,
    path: Vec<Segment>,
    /// The required query parameters.
    query: Vec<(String, String)>,
}

#[derive(Debug)]
enum Segment {
    Literal(String),
    Label,
    Greedy,
}

/// An operation, and the values of its labels in a request.
#[derive(Debug)]
pub(crate) struct Matched {
    pub(crate) operation: &'static Operation,
    pub(crate) labels: Vec<(String, String)>,
}

/// The parts of a request that identify its service when several services share a route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence<'a> {
    pub(crate) query: &'a [(String, String)],
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl Router {
    /// Creates a router. Operations that have the same route share it; [`Evidence`] tells them apart.
    pub(crate) fn new(operations: impl Iterator<Item = &'static Operation>) -> Self {
        let mut shared: BTreeMap<String, Route> = BTreeMap::new();
        for operation in operations {
            let route = Route::new(operation);
            shared
                .entry(route.shape())
                .or_insert(route)
                .operations
                .push(operation);
        }
        let mut routes: HashMap<String, Vec<Route>> = HashMap::new();
        for route in shared.into_values() {
            let first = match route.path.first() {
                Some(Segment::Literal(first)) => first.clone(),
                _ => String::new(),
            };
            routes.entry(first).or_default().push(route);
        }
        // The most specific route comes first: `?operation=add` before none.
        for routes in routes.values_mut() {
            routes.sort_by_key(|route| {
                let literals = route
                    .path
                    .iter()
                    .filter(|segment| matches!(segment, Segment::Literal(_)))
                    .count();
                std::cmp::Reverse((route.query.len(), literals))
            });
        }
        Self { routes }
    }

    /// Returns the operations that share a route, for each route that is shared.
    #[cfg(test)]
    fn shared(&self) -> impl Iterator<Item = &[&'static Operation]> {
        let routes = self.routes.values().flatten();
        let operations = routes.map(|route| &*route.operations);
        operations.filter(|operations| operations.len() > 1)
    }

    pub(crate) fn find(&self, method: &str, path: &str, evidence: Evidence<'_>) -> Option<Matched> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<&str> = if path.is_empty() {
            Vec::new()
        } else {
            path.split('/').collect()
        };
        let query = evidence.query;
        let first = segments.first().copied().unwrap_or_default();
        let routes = [first, ""]
            .into_iter()
            .filter_map(|first| self.routes.get(first));
        routes
            .flatten()
            .filter(|route| route.method == method && route.query.iter().all(|q| query.contains(q)))
            .find_map(|route| {
                let values = route.values(&segments)?;
                let operation = choose(&route.operations, evidence)?;
                let names = label_names(operation);
                Some(Matched {
                    operation,
                    labels: names.map(str::to_owned).zip(values).collect(),
                })
            })
    }
}

/// Returns the names of the labels, in order.
fn label_names(operation: &'static Operation) -> impl Iterator<Item = &'static str> {
    let path = operation.uri.split('?').next().unwrap_or_default();
    path.split('/').filter_map(|segment| {
        let inner = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(inner.strip_suffix('+').unwrap_or(inner))
    })
}

/// Returns the operation of the service that a request is for: by the first label of its host, by what the SDK says
/// of itself, or by the resource that the request is about.
fn choose(operations: &[&'static Operation], evidence: Evidence<'_>) -> Option<&'static Operation> {
    if let [only] = operations {
        return Some(only);
    }
    let header = |name: &str| evidence.headers.get(name)?.to_str().ok();
    let host = header("host").unwrap_or_default();
    let host = host.split(['.', ':']).next().unwrap_or_default();
    let agents = [header("user-agent"), header("x-amz-user-agent")];
    let by_host = operations
        .iter()
        .find(|operation| operation.service().host == host);
    let by_agent = || {
        let says = |agent: &str, name: &str| {
            let mut words = agent.split([' ', '/', '#']);
            words.any(|word| word.split('.').next() == Some(name))
        };
        operations.iter().find(|operation| {
            let name = &operation.service().name;
            let joined = name.replace('-', "");
            let mut agents = agents.iter().flatten();
            agents.any(|agent| says(agent, name) || says(agent, &joined))
        })
    };
    let by_resource = || {
        let owner = owner(&resource_of(evidence)?)?;
        operations
            .iter()
            .find(|operation| operation.service().name == owner)
    };
    by_host
        .or_else(by_agent)
        .or_else(by_resource)
        .or(operations.first())
        .copied()
}

/// Returns the ARN of the resource that a request to a shared route is about.
fn resource_of(evidence: Evidence<'_>) -> Option<String> {
    let query = evidence.query.iter();
    if let Some((_, arn)) = query.rev().find(|(_, value)| value.starts_with("arn:")) {
        return Some(arn.clone());
    }
    let body: Value = serde_json::from_slice(evidence.body).ok()?;
    Some(body.get("ResourceARN")?.as_str()?.to_owned())
}

/// Returns the service that a resource belongs to.
fn owner(arn: &str) -> Option<&'static str> {
    let resource = arn::resource(arn)?;
    let kinds: Vec<&str> = resource.split('/').step_by(2).collect();
    Some(match kinds.as_slice() {
        [.., "channel" | "channel-flow"] => "chime-sdk-messaging",
        ["app-instance", ..] => "chime-sdk-identity",
        ["meeting", ..] => "chime-sdk-meetings",
        _ => "chime-sdk-media-pipelines",
    })
}

impl Route {
    fn new(operation: &'static Operation) -> Self {
        let (path, query) = operation
            .uri
            .split_once('?')
            .unwrap_or((&operation.uri, ""));
        let path = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| match segment.strip_prefix('{') {
                Some(inner) if inner.ends_with("+}") => Segment::Greedy,
                Some(inner) if inner.ends_with('}') => Segment::Label,
                _ => Segment::Literal(segment.to_owned()),
            })
            .collect();
        Self {
            operations: Vec::new(),
            method: operation.method.clone(),
            path,
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        }
    }

    /// Returns the route without the names of its labels.
    fn shape(&self) -> String {
        format!("{} {:?} {:?}", self.method, self.path, self.query)
    }

    /// Returns the values of the labels if the path matches. A label does not match an empty string.
    fn values(&self, segments: &[&str]) -> Option<Vec<String>> {
        let mut values = Vec::new();
        let mut rest = segments;
        for (i, segment) in self.path.iter().enumerate() {
            let taken = match segment {
                Segment::Greedy => rest.len().checked_sub(self.path.len() - i - 1)?,
                _ => 1,
            };
            if taken == 0 || rest.len() < taken {
                return None;
            }
            let (here, after) = rest.split_at(taken);
            match segment {
                Segment::Literal(literal) if here == [literal.as_str()] => {}
                Segment::Literal(_) => return None,
                Segment::Label | Segment::Greedy => {
                    let text = here.join("/");
                    let value = percent_decode_str(&text).decode_utf8().ok()?;
                    if value.is_empty() {
                        return None;
                    }
                    values.push(value.into_owned());
                }
            }
            rest = after;
        }
        rest.is_empty().then_some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::operations;

    fn find(
        method: &str,
        path: &str,
        query: &str,
    ) -> Option<(&'static str, Vec<(String, String)>)> {
        let query: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let evidence = Evidence {
            query: &query,
            headers: &HeaderMap::new(),
            body: b"",
        };
        Router::new(operations())
            .find(method, path, evidence)
            .map(|found| (found.operation.name.as_str(), found.labels))
    }

    /// Only the operations on tags share routes, and all services keep tags in the same place.
    #[test]
    fn services_share_the_routes_of_tags_only() {
        let router = Router::new(operations());
        let mut count = 0;
        for operations in router.shared() {
            for operation in operations {
                assert!(operation.uri.starts_with("/tags"), "{}", operation.name);
                assert_eq!(operation.name, operations[0].name);
            }
            count += 1;
        }
        assert_eq!(count, 3);
    }

    /// Each operation is found by its own route, whatever the other services have.
    #[test]
    fn every_operation_is_found() {
        let router = Router::new(operations());
        for operation in operations() {
            let (path, query) = operation
                .uri
                .split_once('?')
                .unwrap_or((&operation.uri, ""));
            let path = path.replace(['{', '}', '+'], "");
            let mut headers = HeaderMap::new();
            let host = format!("{}.localhost:8080", operation.service().host);
            headers.insert("host", host.parse().expect("a host"));
            let query: Vec<_> = form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect();
            let evidence = Evidence {
                query: &query,
                headers: &headers,
                body: b"",
            };
            let found = router.find(&operation.method, &path, evidence);
            let found = found.expect(&operation.name).operation;
            assert!(
                std::ptr::eq(found, operation),
                "{} {}",
                found.name,
                operation.name
            );
        }
    }

    #[test]
    fn requests_for_tags_find_their_service() {
        let router = Router::new(operations());
        let service = |agent: &str, arn: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("user-agent", agent.parse().expect("a value"));
            let query = [("arn".to_owned(), arn.to_owned())];
            let evidence = Evidence {
                query: &query,
                headers: &headers,
                body: b"",
            };
            let found = router.find("GET", "/tags", evidence).expect("a route");
            found.operation.service().name.as_str()
        };
        let arn = |resource: &str| arn::arn("us-east-1", resource);
        for (agent, resource, expected) in [
            ("x", "app-instance/a", "chime-sdk-identity"),
            ("x", "app-instance/a/user/b", "chime-sdk-identity"),
            ("x", "app-instance/a/channel/b", "chime-sdk-messaging"),
            ("x", "app-instance/a/channel-flow/b", "chime-sdk-messaging"),
            ("x", "meeting/a", "chime-sdk-meetings"),
            ("x", "media-pipeline/a", "chime-sdk-media-pipelines"),
            (
                "api/chimesdkmeetings#1.0",
                "app-instance/a",
                "chime-sdk-meetings",
            ),
            (
                "md/command#chime-sdk-messaging.tag-resource",
                "x",
                "chime-sdk-messaging",
            ),
        ] {
            assert_eq!(
                service(agent, &arn(resource)),
                expected,
                "{agent} {resource}"
            );
        }
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
