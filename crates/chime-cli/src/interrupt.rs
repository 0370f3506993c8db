//! Interruption by the user.

/// Waits for Ctrl-C or, where supported, for the termination signal. It listens from the time of the call, so
/// that no signal is missed before the wait.
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

/// The signals then end the process, as they do by default.
async fn never(error: &std::io::Error) {
    tracing::warn!(%error, "cannot wait for Ctrl-C");
    std::future::pending().await
}
