//! `chime rooms`: manage chat rooms.

use crate::aws::Target;
use crate::interrupt::interrupted;
use crate::journal::{Journal, Known, Refusal};
use crate::members::{self, Columns, Members};
use crate::problem::Problem;
use crate::progress::{Progress, settled};
use crate::report::{self, Fate, Tally};
use chime_sdk::batch::{BatchConfig, BatchCounts, BatchHandle, ItemStatus, Outcome};
use chime_sdk::types::{ErrorCode, MembershipItem};
use clap::builder::NonEmptyStringValueParser;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};

/// The interval at which the progress is updated.
const TICK: Duration = Duration::from_millis(200);
/// The interval at which the journal is synced to disk.
const SYNC: Duration = Duration::from_secs(5);

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Add the members of a CSV file to a room.
    ///
    /// Nothing is sent unless the whole file is valid. Members that are already in the room count as added.
    /// The exit code is 0 if all are members at the end, otherwise 1.
    AddMembers(Box<AddMembers>),
}

#[derive(clap::Args)]
pub(crate) struct AddMembers {
    /// The ID of the account
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    account_id: String,
    /// The ID of the room
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    room_id: String,
    /// The members: a CSV file with a header, or `-` for stdin
    #[arg(long, value_name = "FILE")]
    csv: PathBuf,
    #[command(flatten)]
    columns: Columns,
    /// Record the status of each member in this file, so that the same command resumes the run, whatever
    /// ended it
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Also retry members that an earlier run with this journal recorded as refused permanently
    #[arg(long, requires = "journal")]
    retry_refused: bool,
    /// Write all members that were not added to this CSV file, which can be the input of another run
    #[arg(long, value_name = "FILE")]
    refused_csv: Option<PathBuf>,
    /// The maximum number of concurrent requests, of up to 50 members each
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1000))]
    concurrency: u16,
    /// The maximum number of tries for each member
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    max_tries: u32,
    /// The maximum number of requests per second [default: as many as the service accepts]
    #[arg(long, value_name = "N", value_parser = rate)]
    max_rate: Option<f64>,
    #[command(flatten)]
    target: Target,
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if f64::is_finite(rate) && rate > 0.0 => Ok(rate),
        _ => Err("use a number greater than 0".to_owned()),
    }
}

pub(crate) async fn run(command: Command) -> Result<ExitCode, Problem> {
    match command {
        Command::AddMembers(arguments) => add_members(&arguments).await,
    }
}

async fn add_members(arguments: &AddMembers) -> Result<ExitCode, Problem> {
    let members = Arc::new(members::read(&arguments.csv, &arguments.columns)?);
    if members.repeated > 0 {
        eprintln!("Duplicate rows ignored: {}.", members.repeated);
    }
    if let Some(path) = &arguments.refused_csv {
        check_writable(path)?;
    }
    let mut adding = Adding::prepare(arguments, members)?;
    let (counts, ended) = match adding.open.is_empty() {
        true => (BatchCounts::default(), None),
        false => adding.run(arguments).await?,
    };
    Ok(adding.report(arguments, &counts, ended.as_deref())?)
}

/// Checks early that a file can be written, without changing its content.
fn check_writable(path: &Path) -> Result<(), String> {
    let mut options = std::fs::OpenOptions::new();
    match options.append(true).create(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) => Err(cannot_write(path, &error)),
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("cannot write {}: {error}", path.display())
}

/// A run and the outcomes of its members.
struct Adding {
    members: Arc<Members>,
    fates: Vec<Fate>,
    /// The indices of the members to request.
    open: Arc<[usize]>,
    journal: Option<Journal>,
}

impl Adding {
    fn prepare(arguments: &AddMembers, members: Arc<Members>) -> Result<Self, String> {
        let mut fates = vec![Fate::NotSent; members.list.len()];
        let mut journal = None;
        if let Some(path) = &arguments.journal {
            let (account, room) = (&arguments.account_id, &arguments.room_id);
            let (opened, known) = Journal::open(path, account, room, &members)?;
            journal = Some(opened);
            for (fate, known) in fates.iter_mut().zip(known) {
                *fate = match known {
                    Known::Nothing => Fate::NotSent,
                    Known::Done => Fate::Done { earlier: true },
                    Known::Refused(refusal) if refusal.retryable || arguments.retry_refused => {
                        Fate::NotSent
                    }
                    Known::Refused(refusal) => Fate::Refused(refusal),
                };
            }
            let tally = Tally::of(&fates);
            if tally.done + tally.refused > 0 {
                eprintln!(
                    "The journal has {} of {} members: {} added, {} refused permanently.",
                    tally.done + tally.refused,
                    fates.len(),
                    tally.done,
                    tally.refused
                );
            }
        }
        let is_open = |place: &usize| fates.get(*place) == Some(&Fate::NotSent);
        let open = (0..fates.len()).filter(is_open).collect();
        Ok(Self {
            members,
            fates,
            open,
            journal,
        })
    }

    /// Requests all open members. Returns the counts, and why the run ended early, if it did.
    async fn run(
        &mut self,
        arguments: &AddMembers,
    ) -> Result<(BatchCounts, Option<String>), Problem> {
        let client = arguments.target.client().await?;
        let (members, open) = (Arc::clone(&self.members), Arc::clone(&self.open));
        let items = (0..open.len())
            .filter_map(move |n| members.list.get(*open.get(n)?).map(|member| member.item()));
        let mut run = client
            .batch_create_room_membership()
            .account_id(&arguments.account_id)
            .room_id(&arguments.room_id)
            .send_all(items)
            .config(
                BatchConfig::new()
                    .concurrency(arguments.concurrency.into())
                    .max_tries(arguments.max_tries)
                    .max_requests_per_second(arguments.max_rate),
            );
        let handle = run.handle();
        let mut progress = Progress::start(self.open.len());
        let mut synced = Instant::now();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut interrupted = pin!(interrupted());
        let mut told = 0;
        let mut outcomes = Vec::new();
        let stopped = loop {
            let first = tokio::select! {
                biased;
                () = &mut interrupted => break Some("interrupted".to_owned()),
                outcome = run.next() => outcome,
                _ = ticks.tick() => {
                    progress.update(&handle.counts());
                    if synced.elapsed() >= SYNC {
                        synced = Instant::now();
                        if let Err(problem) = self.sync() {
                            break Some(problem);
                        }
                    }
                    continue;
                }
            };
            let Some(first) = first else { break None };
            outcomes.push(first);
            // The outcomes of the other members in the same response are also known.
            let known = settled(&handle.counts());
            while told + outcomes.len() < known {
                match run.next().await {
                    Some(outcome) => outcomes.push(outcome),
                    None => break,
                }
            }
            told += outcomes.len();
            if let Err(problem) = self.take(outcomes.drain(..), &handle) {
                break Some(problem);
            }
        };
        drop(run);
        let report = handle.report();
        progress.end(&report.counts);
        let ended = stopped.clone().or(report.ended().map(str::to_owned));
        if let Some(why) = &stopped {
            // Members in flight, and outcomes that were not received any more.
            let untold = report.entries().filter_map(|(index, status, _)| {
                let fate = self.fates.get(*self.open.get(index)?)?;
                let status = match status {
                    ItemStatus::Unknown { tries, .. } => ItemStatus::Unknown {
                        why: why.as_str().into(),
                        tries: *tries,
                    },
                    status => status.clone(),
                };
                (*fate == Fate::NotSent).then_some((index, status))
            });
            let untold = untold.collect();
            if let Err(problem) = self.settle(untold, false) {
                eprintln!("error: {problem}");
            }
        }
        if let Err(problem) = self.sync() {
            eprintln!("error: {problem}");
        }
        Ok((report.counts, ended))
    }

    /// Handles the outcomes of a response.
    fn take(
        &mut self,
        outcomes: impl Iterator<Item = Outcome<MembershipItem>>,
        handle: &BatchHandle<MembershipItem>,
    ) -> Result<(), String> {
        let outcomes: Vec<(usize, ItemStatus)> = outcomes
            .map(|outcome| (outcome.index, outcome.status))
            .collect();
        // What ended the run, such as missing permissions, is not the fault of the members: the next run
        // tries them again.
        let is_final =
            handle.ended().is_none() || !outcomes.iter().any(|(_, status)| is_of_request(status));
        self.settle(outcomes, is_final)
    }

    /// Sets the outcomes of members, and records in the journal what is final: members that are done, and
    /// members that are refused and not retryable.
    fn settle(&mut self, outcomes: Vec<(usize, ItemStatus)>, is_final: bool) -> Result<(), String> {
        for (index, status) in outcomes {
            let Some(place) = self.open.get(index).copied() else {
                continue;
            };
            let Some(member) = self.members.list.get(place) else {
                continue;
            };
            let fate = match status {
                ItemStatus::Done => {
                    if let Some(journal) = &mut self.journal {
                        journal.done(place, member);
                    }
                    Fate::Done { earlier: false }
                }
                ItemStatus::Refused {
                    code,
                    message,
                    tries,
                    retryable,
                } => {
                    let refusal = Refusal {
                        code,
                        message,
                        tries,
                        retryable,
                    };
                    if let Some(journal) = self.journal.as_mut().filter(|_| is_final) {
                        journal.refused(place, member, &refusal);
                    }
                    Fate::Refused(refusal)
                }
                ItemStatus::Unknown { why, tries } => Fate::Unknown {
                    why: why.as_ref().to_owned(),
                    tries,
                },
                _ => Fate::NotSent,
            };
            if let Some(known) = self.fates.get_mut(place) {
                *known = fate;
            }
        }
        match &mut self.journal {
            Some(journal) => journal.write(),
            None => Ok(()),
        }
    }

    fn sync(&mut self) -> Result<(), String> {
        match &mut self.journal {
            Some(journal) => journal.sync(),
            None => Ok(()),
        }
    }

    /// Reports the outcome of all members.
    fn report(
        &self,
        arguments: &AddMembers,
        counts: &BatchCounts,
        ended: Option<&str>,
    ) -> Result<ExitCode, String> {
        let members = &self.members.list;
        let text = report::text(members, &self.fates, counts, ended);
        let mut out = std::io::stdout().lock();
        // If stdout is closed, the exit code still reports the result.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        if let Some(path) = &arguments.refused_csv {
            report::write_csv(path, members, &self.fates)
                .map_err(|error| cannot_write(path, &error))?;
        }
        let tally = Tally::of(&self.fates);
        if tally.is_complete() {
            return Ok(ExitCode::SUCCESS);
        }
        let may_pass = |fate: &Fate| match fate {
            Fate::NotSent | Fate::Unknown { .. } => true,
            Fate::Refused(refusal) => refusal.retryable,
            Fate::Done { .. } => false,
        };
        if self.journal.is_some() && self.fates.iter().any(may_pass) {
            eprintln!("Run the same command again to continue.");
        }
        Ok(ExitCode::FAILURE)
    }
}

/// Returns whether the request was refused rather than the member. The codes of such errors do not occur as
/// codes of members. A bad request with a single member is the fault of that member.
fn is_of_request(status: &ItemStatus) -> bool {
    let ItemStatus::Refused {
        code,
        retryable: false,
        ..
    } = status
    else {
        return false;
    };
    code.as_deref()
        .is_none_or(|code| code != "BadRequestException" && !ErrorCode::values().contains(&code))
}
