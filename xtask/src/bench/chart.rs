//! Draws measured figures as an SVG.

use crate::files;
use std::fmt::Write as _;

const FIGURES: &str = "benches/figures.toml";
const CHART: &str = "docs/figures.svg";

/// Draws `benches/figures.toml` into `docs/figures.svg`.
pub(super) fn run() -> Result<(), String> {
    let root = files::root();
    let figures = parse(&files::read(&root.join(FIGURES))?)?;
    files::write(&root.join(CHART), &draw(&figures))?;
    say!("{CHART}: {} figures", figures.len());
    Ok(())
}

/// A number of ours and of a peer, measured in one run.
#[derive(Debug, PartialEq)]
struct Figure {
    what: String,
    peer: String,
    ours: f64,
    theirs: f64,
    unit: String,
    /// Whether a greater number is better.
    more: bool,
}

impl Figure {
    /// Our share of the peer's number. Less than 1 is better than the peer.
    fn ratio(&self) -> f64 {
        match self.more {
            true => self.theirs / self.ours,
            false => self.ours / self.theirs,
        }
    }
}

fn parse(text: &str) -> Result<Vec<Figure>, String> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| format!("error: {FIGURES}: {error}"))?;
    let figures = table.get("figure").and_then(toml::Value::as_array);
    let figures = figures.ok_or_else(|| format!("error: {FIGURES}: no `[[figure]]`"))?;
    let parsed = (1..).zip(figures).map(|(number, figure)| {
        let wrong = |key: &str, wanted: &str| {
            format!("error: {FIGURES}: figure {number}: `{key}` must be {wanted}")
        };
        let string = |key: &str| {
            let value = figure.get(key).and_then(toml::Value::as_str);
            value
                .map(str::to_owned)
                .ok_or_else(|| wrong(key, "a string"))
        };
        let number = |key: &str| {
            let value = figure.get(key);
            value
                .and_then(|value| value.as_float().or(value.as_integer().map(|it| it as f64)))
                .filter(|value| value.is_finite() && *value > 0.0)
                .ok_or_else(|| wrong(key, "a number greater than 0"))
        };
        Ok(Figure {
            what: string("what")?,
            peer: string("peer")?,
            ours: number("ours")?,
            theirs: number("theirs")?,
            unit: string("unit")?,
            more: match string("better")?.as_str() {
                "more" => true,
                "less" => false,
                _ => return Err(wrong("better", "\"less\" or \"more\"")),
            },
        })
    });
    parsed.collect()
}

const TITLE: &str = "chime-sdk compared with its peers";
const NOTE: &str = "Blue is chime-sdk as a share of its peer, in grey. Shorter is better. Calls a second count as the time of a call.";

const WIDTH: f64 = 800.0;
/// Where bars start, and the length of a bar of 1, the peer's.
const LEFT: f64 = 260.0;
const FULL: f64 = 300.0;
const TOP: f64 = 60.0;
const ROW: f64 = 28.0;

/// The colours follow the reader's preference, which an image in a page also sees.
const STYLE: &str = "\
    text { font: 14px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
    .title { font-size: 16px; font-weight: 600 }
    .note { font-size: 12px; fill: #59636e }
    .ratio { font-weight: 600 }
    .peer { font-size: 12px; font-weight: 600; fill: #59636e }
    .theirs { fill: #d8dee4 }
    .ours { fill: #0969da }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .note, .peer { fill: #9198a1 }
      .theirs { fill: #3d444d }
      .ours { fill: #4493f8 }
    }
";

fn draw(figures: &[Figure]) -> String {
    let mut body = String::new();
    let mut y = TOP;
    let mut peer = "";
    for figure in figures {
        if peer != figure.peer {
            peer = &figure.peer;
            y += if y > TOP { 10.0 } else { 0.0 };
            text(
                &mut body,
                "peer",
                LEFT,
                y + 16.0,
                "start",
                &format!("against {peer}"),
            );
            y += ROW;
        }
        // A bar that is much longer than the peer's ends where the numbers start.
        let ours = (figure.ratio() * FULL).min(FULL + 8.0);
        // Writing into a string does not fail.
        let _ = writeln!(
            body,
            "  <rect class=\"theirs\" x=\"{LEFT}\" y=\"{y}\" width=\"{FULL}\" height=\"20\" rx=\"3\"/>\n  \
             <rect class=\"ours\" x=\"{LEFT}\" y=\"{y}\" width=\"{ours:.1}\" height=\"20\" rx=\"3\"/>"
        );
        let base = y + 15.0;
        text(&mut body, "what", LEFT - 12.0, base, "end", &figure.what);
        let ratio = format!("{:.2}", figure.ratio());
        text(
            &mut body,
            "ratio",
            LEFT + FULL + 14.0,
            base,
            "start",
            &ratio,
        );
        let unit = match figure.unit.as_str() {
            "" => String::new(),
            unit if unit.starts_with('/') => unit.to_owned(),
            unit => format!(" {unit}"),
        };
        let (ours, theirs) = (shown(figure.ours), shown(figure.theirs));
        let numbers = format!("{ours}{unit} vs {theirs}{unit}");
        text(
            &mut body,
            "note",
            LEFT + FULL + 54.0,
            base,
            "start",
            &numbers,
        );
        y += ROW;
    }
    let height = y + 8.0;
    let sentences: Vec<_> = figures
        .iter()
        .map(|it| format!("{}: {:.2} of {}.", it.what, it.ratio(), it.peer))
        .collect();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title description\">\n  \
         <title id=\"title\">{TITLE}</title>\n  \
         <desc id=\"description\">{}</desc>\n  <style>\n{STYLE}  </style>\n",
        escaped(&sentences.join(" "))
    );
    text(&mut svg, "title", 12.0, 26.0, "start", TITLE);
    text(&mut svg, "note", 12.0, 46.0, "start", NOTE);
    svg.push_str(&body);
    svg.push_str("</svg>\n");
    svg
}

fn text(svg: &mut String, class: &str, x: f64, y: f64, anchor: &str, content: &str) {
    let content = escaped(content);
    // Writing into a string does not fail.
    let _ = writeln!(
        svg,
        "  <text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{content}</text>"
    );
}

/// A number with at most two decimals and a separator for thousands.
fn shown(value: f64) -> String {
    if value < 1000.0 {
        let text = format!("{value:.2}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "[[figure]]\nwhat = \"a < b\"\npeer = \"p\"\nours = 1\ntheirs = 4.0\nunit = \"s\"\nbetter = ";

    #[test]
    fn the_committed_chart_shows_the_committed_figures() {
        files::set_root(None).expect("a root");
        let root = files::root();
        let figures = parse(&files::read(&root.join(FIGURES)).expect("figures")).expect("figures");
        let chart = files::read(&root.join(CHART)).expect("a chart");
        assert!(
            chart == draw(&figures),
            "run `cargo xtask bench --chart` and commit {CHART}"
        );
    }

    #[test]
    fn the_bar_is_our_share_whichever_way_is_better() {
        let less = parse(&format!("{ONE}\"less\"")).expect("a figure");
        assert_eq!(less[0].ratio(), 0.25);
        let more = parse(&format!("{ONE}\"more\"")).expect("a figure");
        assert_eq!(more[0].ratio(), 4.0);
        let svg = draw(&less);
        assert!(svg.contains("a &lt; b") && !svg.contains("a < b"), "{svg}");
        assert!(svg.contains("width=\"75.0\""), "{svg}");
    }

    #[test]
    fn wrong_figures_are_errors_that_name_the_key() {
        for (text, key) in [
            (format!("{ONE}\"best\""), "figure 1: `better`"),
            (
                format!("{ONE}\"less\"").replace("4.0", "0"),
                "figure 1: `theirs`",
            ),
            (ONE.replace("better = ", ""), "figure 1: `better`"),
            ("x = 1".to_owned(), "no `[[figure]]`"),
        ] {
            let error = parse(&text).expect_err("an error");
            assert!(error.contains(key), "{error}");
        }
    }

    #[test]
    fn numbers_are_short() {
        let cases = [
            (4.94, "4.94"),
            (10.60, "10.6"),
            (58.0, "58"),
            (82435.0, "82,435"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(value), text);
        }
    }
}
