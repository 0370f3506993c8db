//! Records panics, once for each place in the source, and continues.
//!
//! libFuzzer stops at the first panic. Continuing finds those behind it.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

thread_local! {
    /// The place and message of the last panic.
    static PANIC: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// The places that are known.
static KNOWN: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// The folder for findings. If unset, the first panic ends the process, as libFuzzer does by default.
fn folder() -> Option<PathBuf> {
    std::env::var_os("FUZZ_FINDINGS").map(PathBuf::from)
}

/// Replaces the panic hook that ends the process.
pub(crate) fn start() {
    if folder().is_none() {
        return;
    }
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let place = place.unwrap_or_default();
        let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        // Capturing a backtrace is slow.
        let text = match known.contains(&place) {
            true => String::new(),
            false => format!("{panic}\n{}", Backtrace::force_capture()),
        };
        // A panic caused by another one is less informative.
        PANIC.with(|last| last.borrow_mut().get_or_insert((place, text)).0.len());
    }));
}

/// Runs a target with an input. If it panics in a new place, the input and the message are written to files.
pub(crate) fn run(target: fn(&[u8]), data: &[u8]) {
    if let Some(path) = std::env::var_os("FUZZ_LAST_INPUT") {
        // For failures that end the process, such as a stack overflow.
        let _ = std::fs::write(path, data);
    }
    if panic::catch_unwind(AssertUnwindSafe(|| target(data))).is_ok() {
        return;
    }
    let panicked = PANIC.with(|last| last.borrow_mut().take());
    let (Some((place, text)), Some(folder)) = (panicked, folder()) else {
        return;
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if !known.insert(place.clone()) {
        return;
    }
    let name = name(&place);
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join(&name), data))
        .and_then(|()| std::fs::write(folder.join(format!("{name}.txt")), &text));
    if let Err(error) = written {
        eprintln!("cannot write a finding: {error}");
        std::process::abort();
    }
}

/// Returns a file name for a place in the source: the end of its path, the line and the column.
fn name(place: &str) -> String {
    let parts: Vec<&str> = place.split(['/', '\\']).collect();
    let end = parts.len().saturating_sub(3);
    let text = parts[end..].join("-");
    let plain = |char: char| {
        if char.is_ascii_alphanumeric() {
            char
        } else {
            '-'
        }
    };
    text.chars().map(plain).collect()
}
