//! The log of requests.

use super::html::{Element, Html, el};
use super::{FOLDER, Page, button, chart, copy, time};
use crate::context::{milliseconds, since_epoch};
use crate::model::{self, Operation};
use crate::{Chime, LoggedRequest};
use serde_json::Value;

/// How many requests a page shows.
const MOST: usize = 200;

/// Returns the page.
pub(super) fn page(chime: &Chime, url: &str) -> Page {
    let requests = chime.requests();
    let last = requests.last().map_or(0, |request| request.number);
    let mut body = Html::new().add(
        el("div")
            .attr("class", "tools")
            .add(
                el("span")
                    .attr("data-state", "")
                    .attr("role", "status")
                    .attr("class", "faint")
                    .add("As of when the page was loaded"),
            )
            .add(" ")
            .add(
                el("button")
                    .attr("type", "button")
                    .attr("data-pause", "")
                    .attr("aria-pressed", "false")
                    .flag("hidden", true)
                    .add("Pause"),
            )
            .add(" ")
            .add(button("log/clear", "Forget all requests")),
    );
    if requests.is_empty() {
        body = body.add(
            el("p")
                .attr("data-empty", "")
                .add("No request has come yet. Set the endpoint of a client to ")
                .add(el("code").add(url))
                .add("."),
        );
    }
    let body = body.add(
        el("div")
            .attr("data-after", last)
            .attr("data-rows", format!("{FOLDER}log/rows"))
            .attr("data-most", MOST)
            .add_all(entries(&requests, url)),
    );
    Page::new("Requests", "log", body)
}

/// Returns the requests after a number, for a page that is already shown.
pub(super) fn rows(chime: &Chime, after: u64, url: &str) -> Page {
    let requests = chime.requests_after(after);
    let last = requests.last().map_or(after, |request| request.number);
    let body = el("div")
        .attr("data-last", last)
        .add_all(entries(&requests, url));
    Page::new("Requests", "log", Html::from(body))
}

/// Returns the last requests, the latest first.
fn entries(requests: &[LoggedRequest], url: &str) -> impl Iterator<Item = Element> {
    let shown = requests.iter().rev().take(MOST);
    shown.map(move |request| entry(request, url))
}

/// Returns the operation of a request.
fn operation(request: &LoggedRequest) -> Option<&'static Operation> {
    let (service, name) = (request.service?, request.operation?);
    model::operations_named(name).find(|operation| operation.service().name == service)
}

fn entry(request: &LoggedRequest, url: &str) -> Element {
    let class = match () {
        () if chart::is_throttle(request) => "slow",
        () if chart::is_error(request) => "bad",
        () => "good",
    };
    let status = match (request.status, &request.error) {
        (None, _) => "connection reset".to_owned(),
        (Some(status), None) => status.to_string(),
        (Some(status), Some(error)) => format!("{status} {error}"),
    };
    let at = milliseconds(since_epoch(request.at));
    let took = request.time.as_secs_f64() * 1000.0;
    let summary = el("summary")
        .add(el("b").add(request.operation.unwrap_or("(no operation)")))
        .add(el("span").attr("class", class).add(status))
        .add(el("span").add(format!("{took:.1} ms")))
        .add(el("span").attr("class", "faint").add(time(at)));
    let mut inside = el("div").attr("class", "inside").add(
        el("p")
            .attr("class", "faint")
            .add(format!("Request {}", request.number))
            .add(
                request
                    .service
                    .map(|service| format!(" to {service}"))
                    .unwrap_or_default(),
            )
            .add(": ")
            .add(el("code").add(format!("{} {}", request.method, request.path))),
    );
    for (title, body) in [
        ("Request", &request.request),
        ("Response", &request.response),
    ] {
        if !body.is_null() {
            inside = inside.add(text(title, pretty(body), false));
        }
    }
    if let Some(operation) = operation(request) {
        let input = copy::input(operation, request);
        let command = copy::command(operation, &input, url);
        inside = inside.add(text("AWS CLI", command, true)).add(text(
            "Rust",
            copy::rust(operation, &input),
            true,
        ));
    }
    el("details")
        .attr("class", "entry")
        .add(summary)
        .add(inside)
}

/// Returns text with a title, and a button that copies it.
fn text(title: &'static str, text: String, has_button: bool) -> Element {
    let mut section = el("section")
        .add(el("h3").add(title))
        .add(el("pre").add(text));
    if has_button {
        let label = format!("Copy as {title}");
        section = section.add(
            el("button")
                .attr("type", "button")
                .attr("data-copy", &label)
                .add(label.as_str()),
        );
    }
    section
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}
