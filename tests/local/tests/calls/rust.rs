//! The calls of the tables by the clients in Rust, by the names of operations.

use crate::check::{Clients, all_operations, clock};
use crate::common::{Service, config, document, json};
use chime_local::{Chime, Clock};
use serde_json::Value;
use std::collections::BTreeSet;
use tempfile::TempDir;

/// Clients that call a Chime without sockets.
struct Rust {
    chime: Chime,
    clock: Clock,
    /// Where the data file is, if there is one.
    folder: Option<TempDir>,
}

impl Rust {
    fn new(folder: Option<TempDir>) -> Self {
        let clock = clock();
        let chime = open(&clock, folder.as_ref());
        chime.populate(2);
        Self {
            chime,
            clock,
            folder,
        }
    }
}

fn open(clock: &Clock, folder: Option<&TempDir>) -> Chime {
    let mut chime = Chime::builder().clock(clock.clone());
    if let Some(folder) = folder {
        chime = chime.data(folder.path().join("chime.db"));
    }
    chime.build().expect("a Chime")
}

impl Clients for Rust {
    async fn operations(&mut self, service: Service) -> BTreeSet<String> {
        let operations = service.operations().iter();
        operations.map(|it| it.name.to_owned()).collect()
    }

    async fn call(
        &mut self,
        service: Service,
        operation: &str,
        input: Value,
    ) -> Result<Value, (Option<String>, String)> {
        // Each call has a Chime of its own, which knows only what is in the file.
        if self.folder.is_some() {
            self.chime = open(&self.clock, self.folder.as_ref());
        }
        let call = service.call(config(&self.chime), operation, document(&input));
        let answer = call.await.map_err(|error| {
            let code = error.failure().and_then(|failure| failure.code());
            (code.map(str::to_owned), error.to_string())
        })?;
        Ok(json(&answer))
    }
}

async fn in_memory(service: Service) {
    let mut clients = Rust::new(None);
    let clock = clients.clock.clone();
    all_operations(service, &mut clients, &clock, "in Rust, in memory").await;
}

async fn in_a_file(service: Service) {
    let mut clients = Rust::new(Some(tempfile::tempdir().expect("a folder")));
    let clock = clients.clock.clone();
    all_operations(service, &mut clients, &clock, "in Rust, with a data file").await;
}

macro_rules! tests {
    ($($name:ident, $service:ident;)*) => {
        $(mod $name {
            use super::*;

            #[tokio::test]
            async fn memory() {
                in_memory(Service::$service).await;
            }

            #[tokio::test]
            async fn file() {
                in_a_file(Service::$service).await;
            }
        })*
    };
}

tests! {
    chime, Chime;
    identity, Identity;
    messaging, Messaging;
    meetings, Meetings;
    media_pipelines, MediaPipelines;
}
