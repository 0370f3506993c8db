//! The form of faults.

use super::html::{Element, Html, el};
use super::{FOLDER, Page, button};
use crate::{Chime, Fail, Faults, Refuse};
use serde_json::{Map, Value};

/// A field of the form. Its name is its key in the JSON of the faults.
struct Field {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Probability,
    /// Names, separated by commas or spaces.
    Names,
    /// Rules, one a line.
    Refuse,
    Fail,
}

const fn field(name: &'static str, label: &'static str, kind: Kind, help: &'static str) -> Field {
    Field {
        name,
        label,
        help,
        kind,
    }
}

const FIELDS: &[Field] = &[
    field(
        "only",
        "Only these operations",
        Kind::Names,
        "Names of operations, such as CreateRoom, that all faults are restricted to. Empty: every request.",
    ),
    field(
        "rate",
        "Requests per second",
        Kind::Number,
        "Requests beyond this rate get a ThrottledClientException and do not take effect. Empty: no limit.",
    ),
    field(
        "burst",
        "Burst",
        Kind::Number,
        "How many requests are accepted at once before the rate applies. Empty: one second's worth.",
    ),
    field(
        "retry-after-ms",
        "Retry after, in milliseconds",
        Kind::Number,
        "How long throttled responses ask the client to wait, in the header x-amz-retry-after. Empty: no header.",
    ),
    field(
        "fail",
        "Fail with an error",
        Kind::Fail,
        "One rule a line, as SHAPE=PROBABILITY, such as ServiceUnavailableException=0.1. Such requests get the error and \
         do not take effect.",
    ),
    field(
        "refuse",
        "Refuse items of batches",
        Kind::Refuse,
        "One rule a line, as PATTERN=CODE or PATTERN=CODE:TIMES, such as *7=Throttled:2. Items whose ID matches are \
         listed among the errors of the response; the other items take effect.",
    ),
    field(
        "latency-ms",
        "Latency, in milliseconds",
        Kind::Number,
        "Delays every request.",
    ),
    field(
        "latency-jitter-ms",
        "Jitter, in milliseconds",
        Kind::Number,
        "Adds a random delay of up to this.",
    ),
    field(
        "reset-before",
        "Reset before",
        Kind::Probability,
        "The connection breaks, and the request does not take effect.",
    ),
    field(
        "reset-after",
        "Reset after",
        Kind::Probability,
        "The request takes effect, and the connection breaks before the response.",
    ),
    field(
        "truncate",
        "Truncate",
        Kind::Probability,
        "The request takes effect, and the body of the response ends early.",
    ),
    field(
        "slow",
        "Slow body",
        Kind::Probability,
        "The body of the response is sent in five pieces with pauses.",
    ),
    field(
        "slow-pause-ms",
        "Pause, in milliseconds",
        Kind::Number,
        "The length of each of these pauses.",
    ),
    field(
        "seed",
        "Seed",
        Kind::Number,
        "Random choices start here: the same seed and order of requests make the same faults.",
    ),
];

/// Returns the page with the faults as they are.
pub(super) fn page(chime: &Chime, is_saved: bool) -> Page {
    let faults = chime.faults();
    let values = serde_json::to_value(&faults).unwrap_or_default();
    let text = |field: &Field| written(field.kind, &values[field.name], &faults);
    let note = is_saved.then(|| {
        el("p")
            .attr("class", "note")
            .attr("role", "status")
            .add("Saved. It applies from the next request on.")
    });
    let body = Html::new()
        .add_all(note)
        .add(el("h2").add("Now"))
        .add(el("pre").add(faults.to_string()))
        .add(button("faults/clear", "Clear all faults"))
        .add(el("h2").add("Set"))
        .add(form(text));
    Page::new("Faults", "faults", body)
}

/// Sets the faults that a form has. Otherwise returns the page again, with what is wrong.
pub(super) fn set(chime: &Chime, body: &[u8]) -> Result<(), Page> {
    let values: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let value = |name: &str| {
        let mut values = values.iter();
        values
            .find(|(own, _)| own == name)
            .map_or("", |(_, value)| value.trim())
    };
    let set = read(value).and_then(|faults| {
        let set = chime.set_faults(faults);
        set.map_err(|error| error.to_string())
    });
    set.map_err(|message| {
        let note = el("p")
            .attr("class", "note bad")
            .attr("role", "alert")
            .add("Nothing has changed: ")
            .add(message);
        let body = Html::new()
            .add(note)
            .add(form(|field| value(field.name).to_owned()));
        Page::new("Faults", "faults", body).status(400)
    })
}

/// Reads the values of a form.
fn read<'v>(value: impl Fn(&str) -> &'v str) -> Result<Faults, String> {
    let mut faults = Map::new();
    for field in FIELDS {
        let text = value(field.name);
        if text.is_empty() {
            continue;
        }
        let value = match field.kind {
            Kind::Number | Kind::Probability => match serde_json::from_str(text) {
                Ok(Value::Number(number)) => Value::Number(number),
                _ => return Err(format!("{} is `{text}`, which is no number", field.name)),
            },
            Kind::Names => text
                .split([',', ' ', '\n', '\r', '\t'])
                .filter(|name| !name.is_empty())
                .collect(),
            Kind::Refuse => rules(text, |line| line.parse::<Refuse>())?,
            Kind::Fail => rules(text, |line| line.parse::<Fail>())?,
        };
        faults.insert(field.name.to_owned(), value);
    }
    serde_json::from_value(Value::Object(faults)).map_err(|error| error.to_string())
}

/// Reads rules, one a line. A rule with a message is an object of JSON, as the text form has none.
fn rules<R: serde::Serialize>(
    text: &str,
    parse: impl Fn(&str) -> Result<R, crate::FaultsError>,
) -> Result<Value, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let rules = lines.map(|line| match line.starts_with('{') {
        true => serde_json::from_str(line).map_err(|error| format!("`{line}`: {error}")),
        false => {
            let rule = parse(line).map_err(|error| error.to_string())?;
            serde_json::to_value(rule).map_err(|error| error.to_string())
        }
    });
    Ok(Value::Array(rules.collect::<Result<_, _>>()?))
}

/// Writes a value as the form has it.
fn written(kind: Kind, value: &Value, faults: &Faults) -> String {
    match kind {
        Kind::Names => faults.only.join(", "),
        Kind::Refuse => {
            let lines = faults.refuse.iter().map(|rule| {
                if rule.message.is_some() || rule.probability < 1.0 {
                    return serde_json::to_string(rule).unwrap_or_default();
                }
                let times = rule.times.map(|times| format!(":{times}"));
                format!(
                    "{}={}{}",
                    rule.pattern,
                    rule.code,
                    times.unwrap_or_default()
                )
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Kind::Fail => {
            let lines = faults.fail.iter().map(|rule| match rule.message {
                Some(_) => serde_json::to_string(rule).unwrap_or_default(),
                None => format!("{}={}", rule.shape, rule.probability),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Kind::Number | Kind::Probability => match value {
            Value::Null => String::new(),
            value => value.to_string(),
        },
    }
}

fn form(text: impl Fn(&Field) -> String) -> Element {
    let fields = FIELDS.iter().map(|field| {
        let help = format!("{}-help", field.name);
        let control = match field.kind {
            Kind::Refuse | Kind::Fail => el("textarea").attr("rows", 3).add(text(field)),
            Kind::Names => el("input").attr("type", "text").attr("value", text(field)),
            Kind::Number | Kind::Probability => el("input")
                .attr("type", "number")
                .attr("min", 0)
                .attr("step", "any")
                .attr("value", text(field)),
        };
        let control = match field.kind {
            Kind::Probability => control.attr("max", 1),
            _ => control,
        };
        let what = match field.kind {
            Kind::Probability => format!("{} A probability: 0 is never, 1 is always.", field.help),
            _ => field.help.to_owned(),
        };
        el("div")
            .attr("class", "field")
            .add(el("label").attr("for", field.name).add(field.label))
            .add(
                control
                    .attr("id", field.name)
                    .attr("name", field.name)
                    .attr("autocomplete", "off")
                    .attr("aria-describedby", &help),
            )
            .add(el("div").attr("class", "help").attr("id", &help).add(what))
    });
    el("form")
        .attr("method", "post")
        .attr("action", format!("{FOLDER}faults"))
        .add_all(fields)
        .add(
            el("button")
                .attr("type", "submit")
                .attr("class", "main")
                .add("Set these faults"),
        )
}
