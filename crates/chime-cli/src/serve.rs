//! `chime serve`: a local Chime server.

use crate::interrupt::interrupted;
use chime_local::{AccessKey, Chime, Fail, Faults, Refuse, Sample, Server};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The port to listen on; 0 selects a free port
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Keep everything in this SQLite file, which is created if it does not exist [default: in memory]
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Add the data of an export, as JSON lines, before serving; `-` reads from stdin
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// Write all data as JSON lines and exit; `-` writes to stdout
    #[arg(long, value_name = "FILE", requires = "data")]
    export: Option<PathBuf>,
    /// Accept only requests that are signed with this access key; repeatable. By default, signatures are not checked
    #[arg(long, value_name = "KEY:SECRET")]
    credentials: Vec<AccessKey>,
    /// The address to listen on. Without --credentials, anyone who can reach it has full access
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Start with an account, a room and N users, and print `account ID` and `room ID` after the URL
    #[arg(long, value_name = "N", help_heading = "Sample data")]
    sample_users: Option<usize>,
    /// Write the users of the sample to a CSV file with the columns MemberId and Role
    #[arg(
        long,
        value_name = "FILE",
        requires = "sample_users",
        help_heading = "Sample data"
    )]
    sample_csv: Option<PathBuf>,
    #[command(flatten)]
    faults: FaultFlags,
}

/// The faults to inject. `PUT /_chime/faults` accepts the same as JSON while the server runs.
#[derive(clap::Args)]
#[command(next_help_heading = "Faults")]
struct FaultFlags {
    /// The seed of random choices: the same seed and order of requests produce the same faults
    #[arg(long, value_name = "N", default_value_t = 0)]
    fault_seed: u64,
    /// Apply the faults only to this operation, such as BatchCreateRoomMembership; repeatable
    #[arg(long, value_name = "OPERATION")]
    only: Vec<String>,
    /// Refuse batch items whose ID matches PATTERN (`*`, `?`) with an error code such as Throttled, the first
    /// TIMES times for each ID or always; repeatable
    #[arg(long, value_name = "PATTERN=CODE[:TIMES]")]
    refuse: Vec<Refuse>,
    /// Respond with an error such as ServiceUnavailableException, with a probability; repeatable
    #[arg(long, value_name = "SHAPE=PROBABILITY")]
    fail: Vec<Fail>,
    /// Throttle requests beyond this number per second
    #[arg(long, value_name = "PER_SECOND")]
    rate: Option<f64>,
    /// The number of requests accepted at once before the rate applies [default: one second's worth]
    #[arg(long, value_name = "N")]
    burst: Option<u32>,
    /// Send this number of milliseconds in throttled responses as the time to wait (x-amz-retry-after)
    #[arg(long, value_name = "MS")]
    retry_after_ms: Option<u64>,
    /// Delay every request by this number of milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency_ms: u64,
    /// Delay every request by up to this number of additional milliseconds, at random
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency_jitter_ms: u64,
    /// Reset the connection before the request takes effect, with a probability from 0 to 1
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.0)]
    reset_before: f64,
    /// Reset the connection after the request took effect, with a probability
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.0)]
    reset_after: f64,
    /// Truncate the body of the response, with a probability; the request takes effect
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.0)]
    truncate: f64,
    /// Send the body of the response in pieces with pauses, with a probability
    #[arg(long, value_name = "PROBABILITY", default_value_t = 0.0)]
    slow: f64,
    /// The length of these pauses, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = Faults::default().slow_pause_ms)]
    slow_pause_ms: u64,
}

impl FaultFlags {
    fn faults(&self) -> Faults {
        Faults {
            seed: self.fault_seed,
            only: self.only.clone(),
            refuse: self.refuse.clone(),
            fail: self.fail.clone(),
            rate: self.rate,
            burst: self.burst,
            retry_after_ms: self.retry_after_ms,
            latency_ms: self.latency_ms,
            latency_jitter_ms: self.latency_jitter_ms,
            reset_before: self.reset_before,
            reset_after: self.reset_after,
            truncate: self.truncate,
            slow: self.slow,
            slow_pause_ms: self.slow_pause_ms,
        }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> Result<(), String> {
    let chime = open(arguments)?;
    if let Some(path) = &arguments.import {
        let count = import(&chime, path)
            .map_err(|error| format!("cannot import {}: {error}", path.display()))?;
        eprintln!("Imported {count} rows.");
    }
    if let Some(path) = &arguments.export {
        let count = export(&chime, path)
            .map_err(|error| format!("cannot export to {}: {error}", path.display()))?;
        eprintln!("Exported {count} rows.");
        return Ok(());
    }
    let faults = arguments.faults.faults();
    chime
        .set_faults(faults.clone())
        .map_err(|error| format!("the faults are invalid: {error}"))?;
    let sample = arguments
        .sample_users
        .map(|users| chime.try_populate(users))
        .transpose()
        .map_err(|error| format!("cannot add sample data: {error}"))?;
    if let (Some(sample), Some(path)) = (&sample, &arguments.sample_csv) {
        write_csv(sample, path)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    let address = SocketAddr::new(arguments.address, arguments.port);
    let server = Server::start_with(chime.clone(), address)
        .await
        .map_err(|error| {
            format!("cannot listen on {address}: {error}\n  help: `--port 0` selects a free port")
        })?;
    // A process that reads the URL may end the command at once.
    let interrupted = interrupted();
    print(&server, sample.as_ref()).map_err(|error| format!("cannot print the URL: {error}"))?;
    eprintln!(
        "A local Chime is running; its data is {}. Try:\n  aws chime list-accounts --region us-east-1 --endpoint-url {}",
        match &arguments.data {
            Some(path) => format!("kept in {}", path.display()),
            None => "lost when it ends".to_owned(),
        },
        server.url()
    );
    if !arguments.address.is_loopback() && arguments.credentials.is_empty() {
        eprintln!(
            "warning: anyone who can reach {} has full access\n  help: `--credentials KEY:SECRET` accepts signed requests only",
            server.url()
        );
    }
    if !faults.is_off() {
        eprintln!(
            "Faults are enabled:\n  {}",
            faults.to_string().replace('\n', "\n  ")
        );
    }
    interrupted.await;
    server.stop().await;
    // Nothing is lost without it.
    if let Err(error) = chime.settle() {
        eprintln!("warning: {error}; copy the data file with the one that ends in -wal");
    }
    Ok(())
}

fn open(arguments: &Arguments) -> Result<Chime, String> {
    let mut builder = Chime::builder();
    if let Some(path) = &arguments.data {
        builder = builder.data(path);
    }
    for key in &arguments.credentials {
        builder = builder.credentials(key.clone());
    }
    builder.build().map_err(|error| error.to_string())
}

fn import(chime: &Chime, path: &Path) -> io::Result<u64> {
    match path.to_str() {
        Some("-") => chime.import(BufReader::new(io::stdin())),
        _ => chime.import(BufReader::new(File::open(path)?)),
    }
}

fn export(chime: &Chime, path: &Path) -> io::Result<u64> {
    match path.to_str() {
        Some("-") => chime.export(io::stdout()),
        _ => chime.export(BufWriter::new(File::create(path)?)),
    }
}

/// Prints the URL of the server, for a process that waits for it on a pipe.
fn print(server: &Server, sample: Option<&Sample>) -> std::io::Result<()> {
    let mut lines = format!("{}\n", server.url());
    if let Some(sample) = sample {
        lines += &format!("account {}\nroom {}\n", sample.account_id, sample.room_id);
    }
    let mut out = std::io::stdout();
    out.write_all(lines.as_bytes())?;
    out.flush()
}

fn write_csv(sample: &Sample, path: &Path) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "MemberId,Role")?;
    for id in &sample.user_ids {
        writeln!(file, "{id},Member")?;
    }
    file.flush()
}
