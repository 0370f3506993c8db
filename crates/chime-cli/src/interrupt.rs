//! How a user ends a command.

/// Waits for Ctrl-C or, where there is such a thing, for the signal to terminate. It listens from the
/// moment of the call, so that nothing is missed before the wait.
#[cfg(unix)]
pub(crate) fn interrupted() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::interrupt())
        .and_then(|interrupt| Ok((interrupt, signal(SignalKind::terminate())?)));
    async move {
        match signals {
            Ok((mut interrupt, mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(error) => never(&error).await,
        }
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(crate) async fn interrupted() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        never(&error).await;
    }
}

/// The signals end the process then, as they do by default.
async fn never(error: &std::io::Error) {
    tracing::warn!(%error, "cannot wait for Ctrl-C");
    std::future::pending().await
}
