//! `chime serve`: a local Chime.

use chime_local::{Chime, Server};
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on. Anyone who reaches it can do anything: signatures are not checked.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
}

pub(crate) async fn run(arguments: &Arguments) -> Result<(), String> {
    let address = SocketAddr::new(arguments.address, arguments.port);
    let server = Server::start_with(Chime::new(), address)
        .await
        .map_err(|error| {
            format!("cannot listen on {address}: {error}\n  help: `--port 0` takes a free port")
        })?;
    // Who started the command in a pipe waits for this line.
    let mut out = std::io::stdout();
    writeln!(out, "{}", server.url())
        .and_then(|()| out.flush())
        .map_err(|error| format!("cannot print the URL: {error}"))?;
    eprintln!(
        "A local Chime listens; nothing is kept when it ends. Try:\n  aws chime list-accounts --region us-east-1 --endpoint-url {}",
        server.url()
    );
    interrupted().await;
    server.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or, where there is such a thing, for the signal to terminate.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                result = tokio::signal::ctrl_c() => report(result),
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    report(tokio::signal::ctrl_c().await);
}

fn report(result: std::io::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "cannot wait for Ctrl-C");
    }
}
