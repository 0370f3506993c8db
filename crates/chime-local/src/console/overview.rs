//! The first page.

use super::html::{Element, Html, el};
use super::{Page, chart, data, link, table};
use crate::Chime;
use std::collections::BTreeMap;
use std::io;

/// Returns the page.
pub(super) fn page(chime: &Chime) -> io::Result<Page> {
    let requests = chime.requests();
    let counts = chime.counts();
    let series = chart::Series::new(&requests, chime.now());
    let last = requests.last().map_or(0, |request| request.number);
    let tables: BTreeMap<&str, usize> = chime.tables()?.into_iter().collect();
    let faults = chime.faults();
    let note = (!faults.is_off()).then(|| {
        el("p")
            .attr("class", "note")
            .add("Faults are on. ")
            .add(link("faults", &[], "See and clear them"))
    });
    let charts = [
        ("Requests", "requests", &series.requests),
        ("Throttles", "throttles", &series.throttles),
        ("Errors", "errors", &series.errors),
    ];
    let charts =
        charts.map(|(title, class, counts)| chart::draw(title, class, counts, series.width));
    let outcomes = [
        ("Requests", counts.total()),
        ("Took effect", counts.carried_out),
        ("Refused", counts.refused),
        ("Throttled", counts.throttled),
        ("Failed by a fault", counts.failed.values().sum()),
        (
            "Connections reset",
            counts.reset_before + counts.reset_after,
        ),
        ("Truncated or slow", counts.truncated + counts.slowed),
        ("Batch items refused", counts.refused_items),
    ];
    let outcomes = outcomes.map(|(name, count)| number(name, count.to_string()));
    let stored = data::LISTS.iter().map(|list| {
        let count = tables.get(list.table()).copied().unwrap_or_default();
        number(link(list.name, &[], list.title), count.to_string())
    });
    let mut live = el("div")
        .attr("data-after", last)
        .add_all(note)
        .add(el("dl").attr("class", "counts").add_all(outcomes))
        .add(el("h2").add("Over time"))
        .add(el("div").attr("class", "charts").add_all(charts))
        .add(el("h2").add("What is stored"))
        .add(el("dl").attr("class", "counts").add_all(stored));
    if !counts.requests.is_empty() {
        let mut by_count: Vec<_> = counts.requests.iter().collect();
        by_count.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), **name));
        let rows = by_count
            .into_iter()
            .map(|(name, count)| [(*name).to_owned(), count.to_string()]);
        live = live
            .add(el("h2").add("By operation"))
            .add(table(&["Operation", "Requests"], rows));
    }
    Ok(Page::new("Overview", "", Html::from(live)))
}

fn number(name: impl Into<Html>, value: String) -> Element {
    el("div").add(el("dt").add(name)).add(el("dd").add(value))
}
