//! The console: pages under `/_chime/` that show in a browser what the local Chime has and does.
//!
//! Pages are whole without JavaScript, which keeps them up to date and copies text. What is stored is shown as text
//! through [`html::Html`], and [`guard`] keeps pages of other sites away.

mod chart;
mod copy;
mod data;
mod faults;
pub(crate) mod guard;
mod html;
mod log;
mod overview;

use crate::Chime;
use crate::admin::{PREFIX, after, parameter, status_of};
use crate::service::response;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use bytes::Bytes;
use html::{Element, Html, el};
use http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method, Request, Response};
use std::io;

/// Where the pages are, other than the first.
const FOLDER: &str = "/_chime/console/";

const STYLE: &str = include_str!("console.css");
const SCRIPT: &str = include_str!("console.js");

/// The icon. Without one, browsers ask for `/favicon.ico`, which would be a request to Chime.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"7\" \
                    fill=\"#0a58ca\"/></svg>";

/// A page, ready to be framed.
#[derive(Debug)]
struct Page {
    status: u16,
    title: String,
    /// The name of the page in the navigation that it belongs to.
    name: &'static str,
    body: Html,
}

impl Page {
    fn new(title: impl Into<String>, name: &'static str, body: Html) -> Self {
        Self {
            status: 200,
            title: title.into(),
            name,
            body,
        }
    }

    fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    fn into_response(self) -> Response<Bytes> {
        let pages = [("", "Overview"), ("log", "Requests"), ("faults", "Faults")];
        let lists = data::LISTS.iter().map(|list| (list.name, list.title));
        let pages = pages.into_iter().chain(lists).map(|(name, title)| {
            let mut link = link(name, &[], title);
            if name == self.name {
                link = link.attr("aria-current", "page");
            }
            el("li").add(link)
        });
        let head = el("head")
            .add(el("meta").attr("charset", "utf-8"))
            .add(
                el("meta")
                    .attr("name", "viewport")
                    .attr("content", "width=device-width, initial-scale=1"),
            )
            .add(el("title").add(format!("{} – local Chime", self.title)))
            .add(asset("stylesheet", "console.css"))
            .add(asset("icon", "icon.svg"))
            .add(
                el("script")
                    .attr("src", format!("{FOLDER}console.js"))
                    .flag("defer", true),
            );
        let navigation = el("nav")
            .attr("aria-label", "Console")
            .add(el("ul").add_all(pages));
        let body = el("body")
            .add(
                el("a")
                    .attr("class", "skip")
                    .attr("href", "#content")
                    .add("Skip to the content"),
            )
            .add(el("header").add(navigation))
            .add(
                el("main")
                    .attr("id", "content")
                    .add(el("h1").add(self.title))
                    .add(self.body),
            );
        let html = Html::from(el("html").attr("lang", "en").add(head).add(body));
        let text = format!("<!doctype html>\n{}", html.into_markup());
        sent(self.status, "text/html; charset=utf-8", text)
    }
}

fn asset(kind: &'static str, name: &'static str) -> Element {
    el("link")
        .attr("rel", kind)
        .attr("href", format!("{FOLDER}{name}"))
}

/// Returns a link to a page with parameters.
fn link(name: &str, parameters: &[(&str, &str)], text: &str) -> Element {
    let mut href = match name {
        "" => PREFIX.to_owned(),
        name => format!("{FOLDER}{name}"),
    };
    if !parameters.is_empty() {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parameters);
        href = format!("{href}?{}", query.finish());
    }
    el("a").attr("href", href).add(text)
}

/// Returns a form that is only a button.
fn button(action: &str, text: &str) -> Element {
    el("form")
        .attr("class", "row")
        .attr("method", "post")
        .attr("action", format!("{FOLDER}{action}"))
        .add(el("button").attr("type", "submit").add(text))
}

/// Returns a table. A cell shows the head of its column where the window is narrow.
fn table<R, C>(heads: &[&'static str], rows: impl IntoIterator<Item = R>) -> Element
where
    R: IntoIterator<Item = C>,
    C: Into<Html>,
{
    let rows = rows.into_iter().map(|cells| {
        let cells = heads.iter().zip(cells);
        el("tr").add_all(cells.map(|(head, cell)| el("td").attr("data-label", head).add(cell)))
    });
    let heads = heads
        .iter()
        .map(|head| el("th").attr("scope", "col").add(*head));
    el("table")
        .add(el("thead").add(el("tr").add_all(heads)))
        .add(el("tbody").add_all(rows))
}

/// Returns a time in milliseconds as text.
fn time(milliseconds: i64) -> String {
    let seconds = DateTime::from_secs(milliseconds.div_euclid(1000));
    let text = seconds.fmt(Format::DateTime);
    text.unwrap_or_else(|_| milliseconds.to_string())
}

fn sent(status: u16, kind: &'static str, text: String) -> Response<Bytes> {
    let mut response = response(status, text.into_bytes());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Sends the browser to a page, after a form.
fn see(name: &str) -> Response<Bytes> {
    let mut response = response(303, Vec::new());
    if let Ok(location) = HeaderValue::from_str(&format!("{FOLDER}{name}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// Whether an error is to be shown as a page: those of pages are, and those that a browser asked for one.
pub(crate) fn wants_page(request: &Request<Bytes>) -> bool {
    let accept = request.headers().get(ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    request.uri().path().starts_with(FOLDER)
        || accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Returns an error as a page.
pub(crate) fn error(status: u16, message: &str) -> Response<Bytes> {
    let title = match status {
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        400..500 => "Bad request",
        _ => "Internal error",
    };
    let body =
        Html::new()
            .add(el("p").add(message))
            .add(el("p").add(link("", &[], "To the overview")));
    Page::new(title, "(none)", body)
        .status(status)
        .into_response()
}

/// Answers a request for a page or a form's; `None` if it is for neither. The name is the path after `/_chime/`.
pub(crate) fn answer(
    chime: &Chime,
    request: &Request<Bytes>,
    name: &str,
) -> Option<Response<Bytes>> {
    let name = match name {
        "" | "console" => "",
        name => name.strip_prefix("console/")?,
    };
    let url = guard::url(request);
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_form = request.method() == Method::POST;
    Some(match name {
        "" if is_read => found(overview::page(chime)),
        "log" if is_read => log::page(chime, &url).into_response(),
        "log/rows" if is_read => match after(request) {
            Ok(after) => log::rows(chime, after, &url).into_response(),
            Err(message) => error(400, &message),
        },
        "log/clear" if is_form => {
            chime.clear_requests();
            see("log")
        }
        "faults" if is_read => {
            faults::page(chime, parameter(request, "saved").is_some()).into_response()
        }
        "faults" if is_form => match faults::set(chime, request.body()) {
            Ok(()) => see("faults?saved"),
            Err(page) => page.into_response(),
        },
        "faults/clear" if is_form => {
            chime.clear_faults();
            see("faults?saved")
        }
        "console.css" if is_read => sent(200, "text/css; charset=utf-8", STYLE.to_owned()),
        "console.js" if is_read => sent(200, "text/javascript; charset=utf-8", SCRIPT.to_owned()),
        "icon.svg" if is_read => sent(200, "image/svg+xml", ICON.to_owned()),
        name if is_read => match data::page(chime, name, request) {
            Some(page) => found(page),
            None => error(404, &format!("There is no page {FOLDER}{name}.")),
        },
        _ => error(
            405,
            &format!(
                "{} does not support {}.",
                request.uri().path(),
                request.method()
            ),
        ),
    })
}

fn found(page: io::Result<Page>) -> Response<Bytes> {
    match page {
        Ok(page) => page.into_response(),
        Err(problem) => error(status_of(&problem), &problem.to_string()),
    }
}
