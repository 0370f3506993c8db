//! Notes what panics, once for each place in the source, and goes on.
//!
//! libFuzzer would end at the first panic. A run that goes on finds what is behind it.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Mutex;

thread_local! {
    /// Where the last panic was, and what it said.
    static PANIC: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// The places that are known.
static KNOWN: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// Takes the place of the hook that ends the process.
pub(crate) fn start() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let place = place.unwrap_or_default();
        let is_known = KNOWN.lock().is_ok_and(|known| {
            known.as_ref().is_some_and(|known| known.contains(&place))
        });
        // A backtrace takes a while.
        let text = match is_known {
            true => String::new(),
            false => format!("{panic}\n{}", Backtrace::force_capture()),
        };
        PANIC.with(|last| {
            // A panic that another one causes says less.
            last.borrow_mut().get_or_insert((place, text));
        });
    }));
}

/// Runs a target with an input. If it panics in a new place, the input and what was said become files
/// in the folder that `FUZZ_FINDINGS` names.
pub(crate) fn run(target: fn(&[u8]), data: &[u8]) {
    if let Some(path) = std::env::var_os("FUZZ_LAST_INPUT") {
        // For what ends the process, such as an overflow of the stack.
        let _ = std::fs::write(path, data);
    }
    if panic::catch_unwind(AssertUnwindSafe(|| target(data))).is_ok() {
        return;
    }
    let Some((place, text)) = PANIC.with(|last| last.borrow_mut().take()) else {
        return;
    };
    let mut known = KNOWN.lock().unwrap_or_else(|e| e.into_inner());
    if !known.get_or_insert_default().insert(place.clone()) {
        return;
    }
    let folder = std::env::var_os("FUZZ_FINDINGS").map_or_else(|| ".".into(), PathBuf::from);
    let name: String = place
        .chars()
        .map(|char| if char.is_ascii_alphanumeric() { char } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join(name), data))
        .and_then(|()| std::fs::write(folder.join(format!("{name}.txt")), &text));
    if let Err(error) = written {
        eprintln!("cannot write a finding: {error}");
        std::process::abort();
    }
    eprintln!("finding: {}", text.lines().next().unwrap_or_default());
}
