//! Fuzz targets. `FUZZ_TARGET` selects the one to run. See CONTRIBUTING.md.
//!
//! A target is a function that accepts any bytes and panics on an error. With `FUZZ_SEEDS=FOLDER`, the
//! program writes the corpus and the dictionary of each target, generated from the fixtures in the
//! repository, and exits.

#![no_main]

mod calls;
mod command;
mod generator;
mod local;
mod mutate;
mod parts;
mod seeds;
mod watch;

use std::sync::OnceLock;

/// A target: its name, its function and its corpus.
pub(crate) struct Target {
    name: &'static str,
    run: fn(&[u8]),
    seeds: fn() -> seeds::Seeds,
}

const TARGETS: &[Target] = &[
    Target {
        name: "model",
        run: generator::model,
        seeds: seeds::models,
    },
    Target {
        name: "mutated_model",
        run: generator::mutated_model,
        seeds: seeds::mutations,
    },
    Target {
        name: "import",
        run: generator::import,
        seeds: seeds::published_models,
    },
    Target {
        name: "settings",
        run: generator::settings,
        seeds: seeds::settings,
    },
    Target {
        name: "configuration",
        run: calls::configuration,
        seeds: seeds::configurations,
    },
    Target {
        name: "signing",
        run: calls::signing,
        seeds: seeds::requests_to_sign,
    },
    Target {
        name: "response",
        run: calls::response,
        seeds: seeds::responses,
    },
    Target {
        name: "serve",
        run: local::serve,
        seeds: seeds::requests,
    },
    Target {
        name: "csv",
        run: command::csv,
        seeds: seeds::csv_files,
    },
    Target {
        name: "journal",
        run: command::journal,
        seeds: seeds::journals,
    },
];

static TARGET: OnceLock<&Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(
    init: {
        if let Some(folder) = std::env::var_os("FUZZ_SEEDS") {
            seeds::write(TARGETS, folder.as_ref());
            std::process::exit(0);
        }
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        let target = TARGETS.iter().find(|target| target.name == name);
        let target = target.unwrap_or_else(|| panic!("FUZZ_TARGET is not a target: `{name}`"));
        let _ = TARGET.set(target);
        watch::start();
    },
    |data: &[u8]| {
        if let Some(target) = TARGET.get() {
            watch::run(target.run, data);
        }
    }
);
