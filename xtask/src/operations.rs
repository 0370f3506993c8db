//! `cargo xtask operations`: lists the operations of a model.

use crate::files::{self, Model};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The services, by their folders in model/. [default: all]
    service: Vec<String>,
    /// Also list the errors of each operation.
    #[arg(long)]
    errors: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let services: Vec<PathBuf> = if arguments.service.is_empty() {
        files::services()?
    } else {
        let model = files::root().join("model");
        arguments
            .service
            .iter()
            .map(|name| model.join(name))
            .collect()
    };
    for service in services {
        let model = Model::of_folder(&service)?;
        let inventory =
            codegen::inventory(&model.sources(), model.settings()).map_err(|p| p.to_string())?;
        let generated = inventory
            .operations
            .iter()
            .filter(|operation| operation.generated)
            .count();
        say!(
            "{}: {} operations, {generated} generated into {}",
            inventory.service,
            inventory.operations.len(),
            inventory.crate_name
        );
        let width = |of: &dyn Fn(&codegen::OperationSummary) -> usize| {
            inventory.operations.iter().map(of).max().unwrap_or(0)
        };
        let (names, https) = (width(&|o| o.name.len()), width(&|o| o.http.len()));
        for operation in &inventory.operations {
            let mark = if operation.generated { "+" } else { "-" };
            let line = format!(
                "{mark} {:names$}  {:https$}  {:>2} shapes  {}",
                operation.name,
                operation.http,
                operation.shapes,
                operation.uses.join(", ")
            );
            say!("{}", line.trim_end());
            if arguments.errors {
                say!("    {}", operation.errors.join(", "));
            }
        }
    }
    Ok(())
}
