//! The progress of a run, on stderr.

use chime_sdk::batch::BatchCounts;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// The interval between lines without a terminal.
const PAUSE: Duration = Duration::from_secs(5);

/// A progress bar on a terminal, otherwise a line at intervals.
pub(crate) struct Progress {
    total: usize,
    bar: Option<ProgressBar>,
    told: Instant,
}

impl Progress {
    pub(crate) fn start(total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar =
                ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
            let template = "{bar:32} {pos} of {len}, {rate}  {msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.with_key("rate", rate));
            }
            bar
        });
        Self {
            total,
            bar,
            told: Instant::now(),
        }
    }

    /// Shows the progress, if an update is due.
    pub(crate) fn update(&mut self, counts: &BatchCounts) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(troubles(counts));
                bar.set_position(settled(counts) as u64);
            }
            None if self.told.elapsed() >= PAUSE => {
                self.told = Instant::now();
                eprintln!("{}", line(counts, self.total));
            }
            None => {}
        }
    }

    /// Shows the final progress.
    pub(crate) fn end(self, counts: &BatchCounts) {
        match self.bar {
            Some(bar) => bar.finish_and_clear(),
            None => eprintln!("{}", line(counts, self.total)),
        }
    }
}

fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // A failure to write is ignored.
    let _ = match state.pos() {
        0 => out.write_str("waiting for the first response"),
        _ => write!(
            out,
            "{:.0} per second, {:#} left",
            state.per_sec(),
            HumanDuration(state.eta())
        ),
    };
}

/// Returns the number of members with an outcome.
pub(crate) fn settled(counts: &BatchCounts) -> usize {
    counts.done + counts.refused + counts.not_sent + counts.unknown + counts.duplicates
}

fn troubles(counts: &BatchCounts) -> String {
    let troubles = [
        (counts.refused as u64, "refused"),
        (counts.unknown as u64, "unknown"),
        (counts.throttled, "requests throttled"),
    ];
    let troubles = troubles.iter().filter(|(count, _)| *count > 0);
    let troubles: Vec<String> = troubles
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    troubles.join(", ")
}

fn line(counts: &BatchCounts, total: usize) -> String {
    let tried = settled(counts) - counts.not_sent;
    let mut line = format!("{tried} of {total}");
    let seconds = counts.elapsed.as_secs_f64();
    if tried > 0 && seconds > 0.0 {
        let rate = tried as f64 / seconds;
        line += &format!(", {rate:.1} per second");
        let left = total.saturating_sub(settled(counts));
        if left > 0 {
            line += &format!(", about {:.0} s left", left as f64 / rate);
        }
    }
    let troubles = troubles(counts);
    if !troubles.is_empty() {
        line += &format!("; {troubles}");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_rate_and_time_left() {
        let mut counts = BatchCounts::default();
        assert_eq!(line(&counts, 10), "0 of 10");
        counts.done = 30;
        counts.refused = 10;
        counts.throttled = 2;
        counts.elapsed = Duration::from_secs(2);
        assert_eq!(
            line(&counts, 100),
            "40 of 100, 20.0 per second, about 3 s left; 10 refused, 2 requests throttled"
        );
        counts.not_sent = 70;
        counts.refused = 0;
        counts.throttled = 0;
        assert_eq!(line(&counts, 100), "30 of 100, 15.0 per second");
    }
}
