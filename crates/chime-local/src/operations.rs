//! The operations that the local Chime has, and their tables.
//!
//! An operation is a function from the tables and an input to an output. The input was checked against the model;
//! the output is written according to it.

mod chime;
mod common;
mod identity;
mod media_pipelines;
mod meetings;
mod messaging;

use crate::document::Doc;
use crate::refusal::Refusal;
use crate::store::{Table, Tx};
pub(crate) use chime::sample;
pub use chime::sample::Sample;
pub(crate) use common::tokens;
use std::io;
use std::sync::LazyLock;

/// The output of an operation.
pub(crate) type Answer = Result<Doc, Refusal>;

/// Handles the requests of an operation. If it refuses one, what it changed is undone.
pub(crate) type Handler = fn(&mut Tx<'_>, &Doc) -> Answer;

/// The operations of a service, by name.
type Handlers = &'static [(&'static str, Handler)];

/// The services by name, each with its operations and tables.
const SERVICES: &[(&str, Handlers, &[&Table])] = &[
    ("chime", chime::OPERATIONS, chime::TABLES),
    ("chime-sdk-identity", identity::OPERATIONS, identity::TABLES),
    (
        "chime-sdk-messaging",
        messaging::OPERATIONS,
        messaging::TABLES,
    ),
    ("chime-sdk-meetings", meetings::OPERATIONS, meetings::TABLES),
    (
        "chime-sdk-media-pipelines",
        media_pipelines::OPERATIONS,
        media_pipelines::TABLES,
    ),
];

/// Returns the handler of an operation, if the local Chime has it.
pub(crate) fn handler(service: &str, operation: &str) -> Option<Handler> {
    let (_, handlers, _) = SERVICES.iter().find(|(name, ..)| *name == service)?;
    let handler = handlers.iter().find(|(name, _)| *name == operation)?;
    Some(handler.1)
}

/// Returns all tables.
pub(crate) fn tables() -> &'static [&'static Table] {
    static TABLES: LazyLock<Vec<&'static Table>> = LazyLock::new(|| {
        let own = SERVICES.iter().flat_map(|(_, _, tables)| *tables);
        own.chain(common::TABLES).copied().collect()
    });
    &TABLES
}

/// Returns the table with a name.
pub(crate) fn table(name: &str) -> io::Result<&'static Table> {
    let table = tables().iter().find(|table| table.name == name);
    table.copied().ok_or_else(|| {
        let what = format!("there is no table {name}");
        io::Error::new(io::ErrorKind::NotFound, what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::operations;

    #[test]
    fn all_handlers_are_operations_of_their_service() {
        for (service, handlers, _) in SERVICES {
            for (i, (name, _)) in handlers.iter().enumerate() {
                let mut of_service = operations().filter(|it| it.service().name == *service);
                assert!(
                    of_service.any(|it| it.name == *name),
                    "{service} has no {name}"
                );
                let mut before = handlers[..i].iter();
                assert!(
                    !before.any(|(other, _)| other == name),
                    "{name} is there twice"
                );
            }
        }
    }
}
