//! How a user ends a command.

/// Waits for Ctrl-C or, where there is such a thing, for the signal to terminate.
pub(crate) async fn interrupted() {
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
