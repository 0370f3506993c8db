//! Why a command ended early, including panics in dependencies.

use std::fmt;
use std::process::ExitCode;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Problem {
    /// An argument, the environment or a profile is invalid.
    Setting(String),
    /// Anything else.
    Other(String),
}

impl Problem {
    /// Returns the exit code: 2 for invalid settings, as for invalid arguments.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Setting(_) => ExitCode::from(2),
            Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl From<String> for Problem {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The message may have several lines.
            Self::Setting(text) => {
                let mut words = text.split_whitespace();
                f.write_str(words.next().unwrap_or_default())?;
                words.try_for_each(|word| write!(f, " {word}"))
            }
            Self::Other(text) => f.write_str(text),
        }
    }
}

tokio::task_local! {
    /// Set while panics are caught, so that they are not printed.
    static GUARDED: ();
}

/// Prevents panics that [`guard`] catches from being printed.
pub(crate) fn keep_guarded_panics_quiet() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if GUARDED.try_with(|()| ()).is_err() {
            print(panic);
        }
    }));
}

/// Runs code of a dependency that panics on some settings. Returns the message of the panic on one line, if it
/// panics.
pub(crate) async fn guard<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
) -> Result<T, String> {
    let task = tokio::spawn(GUARDED.scope((), future));
    task.await.map_err(|error| {
        let panic = error.into_panic();
        let text = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
            (Some(text), _) => text.as_str(),
            (None, Some(text)) => *text,
            (None, None) => "a panic without a message",
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_what_it_said() {
        assert_eq!(guard(async { 1 }).await, Ok(1));
        let of = |say: fn()| guard(async move { say() });
        assert_eq!(of(|| panic!("at {}", 5)).await, Err("at 5".to_owned()));
        assert_eq!(of(|| panic!("plain")).await, Err("plain".to_owned()));
        assert_eq!(of(|| panic!("a\n  b")).await, Err("a b".to_owned()));
    }

    #[test]
    fn what_is_wrong_with_a_setting_is_one_line() {
        let problem = Problem::Setting("two\n  lines".to_owned());
        assert_eq!(problem.to_string(), "two lines");
    }
}
