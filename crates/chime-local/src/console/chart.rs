//! Charts of the requests of late, as SVG.

use super::html::{Element, Html, el};
use crate::LoggedRequest;
use crate::context::since_epoch;
use std::time::SystemTime;

/// The number of bars.
const BARS: usize = 48;

/// The lengths of time that a bar may stand for, in seconds.
const WIDTHS: [u64; 10] = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600];

/// How many requests there were in each stretch of time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// How many seconds a bar stands for.
    pub(super) width: u64,
    pub(super) requests: Vec<u64>,
    pub(super) throttles: Vec<u64>,
    pub(super) errors: Vec<u64>,
}

/// Whether a request was refused because there were too many.
pub(super) fn is_throttle(request: &LoggedRequest) -> bool {
    request.status == Some(429)
        || matches!(
            request.error.as_deref(),
            Some("ThrottledClientException" | "ThrottlingException")
        )
}

/// Whether a request failed for another reason, or was not answered.
pub(super) fn is_error(request: &LoggedRequest) -> bool {
    !is_throttle(request) && request.status.is_none_or(|status| status >= 400)
}

fn seconds(time: SystemTime) -> u64 {
    since_epoch(time).as_secs()
}

impl Series {
    /// Counts requests up to a time. The bars are as narrow as they can be to show all of them.
    pub(super) fn new(requests: &[LoggedRequest], now: SystemTime) -> Self {
        let now = seconds(now);
        let first = requests.iter().map(|request| seconds(request.at)).min();
        let end = requests.iter().map(|request| seconds(request.at)).max();
        let end = end.unwrap_or(now).max(now);
        let span = end - first.unwrap_or(end);
        let fits = |width: &u64| span / width < BARS as u64 - 1;
        let wide = || (span / (BARS as u64 - 1)).max(1) + 1;
        let width = WIDTHS.into_iter().find(fits).unwrap_or_else(wide);
        let mut series = Self {
            width,
            requests: vec![0; BARS],
            throttles: vec![0; BARS],
            errors: vec![0; BARS],
        };
        for request in requests {
            // Bars end at multiples of their width, so that they do not change as time goes by.
            let back = end / width - seconds(request.at) / width;
            let bar = usize::try_from(back)
                .ok()
                .and_then(|back| (BARS - 1).checked_sub(back));
            let Some(bar) = bar else { continue };
            series.requests[bar] += 1;
            if is_throttle(request) {
                series.throttles[bar] += 1;
            } else if is_error(request) {
                series.errors[bar] += 1;
            }
        }
        series
    }
}

/// Draws a chart with a title, and says in words what is in it.
pub(super) fn draw(title: &'static str, class: &'static str, counts: &[u64], width: u64) -> Html {
    let most = counts.iter().copied().max().unwrap_or_default();
    let total: u64 = counts.iter().sum();
    let span = counts.len() as u64 * width;
    let bars = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let bars =
        bars.map(|(i, count)| bar(class, i, *count, most, (counts.len() - i) as u64 * width));
    let summary = format!(
        "{total} in {}, at most {most} in {}",
        time(span),
        time(width)
    );
    let svg = el("svg")
        .attr("viewBox", format!("0 0 {} 60", counts.len() * 10))
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", format!("{title}: {summary}"))
        .add(
            el("path")
                .attr("class", "axis")
                .attr("d", format!("M0 59.5H{}", counts.len() * 10)),
        )
        .add_all(bars);
    el("figure")
        .add(
            el("figcaption")
                .add(el("b").add(title))
                .add(format!(" {summary}")),
        )
        .add(svg)
        .into()
}

fn bar(class: &'static str, i: usize, count: u64, most: u64, ago: u64) -> Element {
    let height = (count * 56).div_ceil(most.max(1)).max(1);
    el("rect")
        .attr("class", class)
        .attr("x", i * 10 + 1)
        .attr("y", 59 - height)
        .attr("width", 8)
        .attr("height", height)
        .add(el("title").add(format!("{count}, at most {} ago", time(ago))))
}

fn time(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}
