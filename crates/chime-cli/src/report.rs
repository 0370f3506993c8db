//! The outcomes of all members, for display and as CSV.

use crate::journal::Refusal;
use crate::members::Member;
use chime_sdk::batch::BatchCounts;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// The number of refusals shown.
const SHOWN: usize = 50;

/// The number of reasons shown for unknown outcomes. Each may contain a request ID, so there may be many.
const REASONS_SHOWN: usize = 5;

/// The outcome of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It was not requested.
    NotSent,
    /// It is in the room.
    Done {
        /// Whether an earlier run added it.
        earlier: bool,
    },
    /// The service refused it.
    Refused(Refusal),
    /// It was requested, and the outcome is unknown.
    Unknown { why: String, tries: u32 },
}

/// The number of members with each outcome.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) done: usize,
    pub(crate) earlier: usize,
    pub(crate) refused: usize,
    pub(crate) not_sent: usize,
    pub(crate) unknown: usize,
}

impl Tally {
    pub(crate) fn of(fates: &[Fate]) -> Self {
        let mut tally = Self::default();
        for fate in fates {
            match fate {
                Fate::Done { earlier } => {
                    tally.done += 1;
                    tally.earlier += usize::from(*earlier);
                }
                Fate::Refused(_) => tally.refused += 1,
                Fate::NotSent => tally.not_sent += 1,
                Fate::Unknown { .. } => tally.unknown += 1,
            }
        }
        tally
    }

    /// Whether all are members.
    pub(crate) fn is_complete(&self) -> bool {
        self.refused + self.not_sent + self.unknown == 0
    }
}

/// Returns the summary and the table of refusals.
pub(crate) fn text(
    members: &[Member],
    fates: &[Fate],
    counts: &BatchCounts,
    ended: Option<&str>,
) -> String {
    let tally = Tally::of(fates);
    let mut out = String::new();
    let mut row = |name: &str, count: &dyn std::fmt::Display, more: &str| {
        // Writing to memory does not fail.
        let _ = writeln!(out, "{name:<9} {count:>8}{more}");
    };
    let earlier = match tally.earlier {
        0 => String::new(),
        earlier => format!(", {earlier} of them in an earlier run"),
    };
    row("added", &tally.done, &earlier);
    row("refused", &tally.refused, "");
    row("not sent", &tally.not_sent, "");
    row("unknown", &tally.unknown, "");
    let throttled = match counts.throttled {
        0 => String::new(),
        throttled => format!(", {throttled} of them throttled"),
    };
    row("requests", &counts.requests, &throttled);
    row("retries", &counts.retries, "");
    row(
        "time",
        &format!("{:.1} s", counts.elapsed.as_secs_f64()),
        "",
    );
    if let Some(why) = ended {
        let _ = writeln!(out, "ended early: {}", on_one_line(why));
    }
    unknown(&mut out, fates);
    table(&mut out, members, fates);
    out
}

/// Writes the reasons for unknown outcomes, each once.
fn unknown(out: &mut String, fates: &[Fate]) {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for fate in fates {
        let Fate::Unknown { why, .. } = fate else {
            continue;
        };
        if let Some((_, count)) = reasons.iter_mut().find(|(known, _)| known == why) {
            *count += 1;
        } else if reasons.len() < REASONS_SHOWN {
            reasons.push((why, 1));
        }
    }
    if reasons.is_empty() {
        return;
    }
    out.push_str("\nunknown; run the same command again to retry them:\n");
    for (why, count) in reasons {
        let _ = writeln!(out, "  {count:>8}  {}", on_one_line(why));
    }
}

fn table(out: &mut String, members: &[Member], fates: &[Fate]) {
    let refusals = || {
        members
            .iter()
            .zip(fates)
            .filter_map(|(member, fate)| match fate {
                Fate::Refused(refusal) => Some((member, refusal)),
                _ => None,
            })
    };
    let count = refusals().count();
    if count == 0 {
        return;
    }
    let mut rows = vec![["line", "member", "code", "message", "tries"].map(str::to_owned)];
    rows.extend(refusals().take(SHOWN).map(|(member, refusal)| {
        [
            member.line.to_string(),
            member.id.clone(),
            on_one_line(refusal.code.as_deref().unwrap_or("-")),
            on_one_line(refusal.message.as_deref().unwrap_or("-")),
            refusal.tries.to_string(),
        ]
    }));
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    out.push_str("\nrefused:\n");
    for [line, member, code, message, tries] in &rows {
        let [l, m, c, e, t] = widths;
        let _ = writeln!(
            out,
            "  {line:>l$}  {member:<m$}  {code:<c$}  {message:<e$}  {tries:>t$}"
        );
    }
    if count > SHOWN {
        let _ = writeln!(out, "  and {} more", count - SHOWN);
    }
}

/// Replaces control characters, which could move the cursor of a terminal.
fn on_one_line(text: &str) -> String {
    let printable = |char: char| match char.is_control() {
        true => ' ',
        false => char,
    };
    text.chars().map(printable).collect()
}

/// Writes all that are not members, as the input of another run.
pub(crate) fn write_csv(path: &Path, members: &[Member], fates: &[Fate]) -> io::Result<()> {
    std::fs::write(path, csv_of(members, fates)?)
}

/// Returns all that are not members, as CSV.
pub(crate) fn csv_of(members: &[Member], fates: &[Fate]) -> io::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "MemberId", "Role", "Line", "Status", "Code", "Message", "Tries",
    ])?;
    for (member, fate) in members.iter().zip(fates) {
        let (status, code, message, tries) = match fate {
            Fate::Done { .. } => continue,
            Fate::NotSent => ("NotSent", None, None, 0),
            Fate::Unknown { why, tries } => ("Unknown", None, Some(why), *tries),
            Fate::Refused(refusal) => (
                "Refused",
                refusal.code.as_deref(),
                refusal.message.as_ref(),
                refusal.tries,
            ),
        };
        csv.write_record([
            &member.id,
            member.role.name(),
            &member.line.to_string(),
            status,
            code.unwrap_or_default(),
            &message.map(|text| on_one_line(text)).unwrap_or_default(),
            &tries.to_string(),
        ])?;
    }
    csv.into_inner().map_err(|error| error.into_error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::members::Role;

    #[test]
    fn the_table_has_the_first_refusals() {
        let members: Vec<Member> = (0..60)
            .map(|n| Member {
                id: format!("m{n}"),
                role: Role::Member,
                line: n + 2,
            })
            .collect();
        let refused = Fate::Refused(Refusal {
            code: Some("NotFound".to_owned()),
            message: Some("no\nuser".to_owned()),
            tries: 1,
            retryable: false,
        });
        let mut fates = vec![refused; 60];
        let why = "no\nanswer".to_owned();
        fates[2..4].fill(Fate::Unknown { why, tries: 3 });
        fates[0] = Fate::Done { earlier: true };
        fates[1] = Fate::NotSent;
        let text = text(&members, &fates, &BatchCounts::default(), Some("it\nended"));
        let start = "\
added            1, 1 of them in an earlier run
refused         56
not sent         1
unknown          2
requests         0
retries          0
time         0.0 s
ended early: it ended

unknown; run the same command again to retry them:
         2  no answer

refused:
  line  member  code      message  tries
     6  m4      NotFound  no user      1
";
        assert!(text.starts_with(start), "{text}");
        assert!(
            text.ends_with("    55  m53     NotFound  no user      1\n  and 6 more\n"),
            "{text}"
        );
    }
}
