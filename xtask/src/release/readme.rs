//! The README's program, built from the packages.

use super::manifests::Package;
use super::{Outcome, Run, packages};
use crate::files;
use toml::{Table, Value};

/// Builds the first program of the README with the dependencies that the README names.
pub(super) fn build(run: &Run<'_>) -> Result<Outcome, String> {
    let (workspace, packages) = packages::unpacked(run)?;
    let readme = files::read(&files::root().join("README.md"))?;
    let program = block(&readme, "rust", "fn main()")
        .ok_or("README.md has no program: no block of Rust with `fn main()`")?;
    let manifest = block(&readme, "toml", "[dependencies]")
        .ok_or("README.md names no dependencies: no block of TOML with `[dependencies]`")?;
    let mut manifest: Table = manifest
        .parse()
        .map_err(|error| format!("the dependencies in README.md are no TOML: {error}"))?;
    from_registry(&mut manifest, &packages)?;
    let text = |text: &str| Value::String(text.to_owned());
    let package = [
        ("name", text("readme-program")),
        ("version", text("0.0.0")),
        ("edition", text("2024")),
    ];
    let package: Table = package
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect();
    manifest.insert("package".to_owned(), Value::Table(package));
    manifest.insert("workspace".to_owned(), Value::Table(Table::new()));
    let patches = packages.iter().map(|package| {
        let path = workspace.join(&package.name).display().to_string();
        let patch = Table::from_iter([("path".to_owned(), Value::String(path))]);
        (package.name.clone(), Value::Table(patch))
    });
    let patches = Table::from_iter([("crates-io".to_owned(), Value::Table(patches.collect()))]);
    manifest.insert("patch".to_owned(), Value::Table(patches));

    let folder = run.folder.join("readme");
    files::write(&folder.join("Cargo.toml"), &manifest.to_string())?;
    files::write(&folder.join("src/main.rs"), program)?;
    run.command(super::cargo(&folder, &run.folder.join("target")).arg("build"))?;
    Ok(Outcome::Passed(format!(
        "README.md's program of {} lines builds",
        program.lines().count()
    )))
}

/// Replaces the folders of our crates by their versions.
fn from_registry(manifest: &mut Table, packages: &[Package]) -> Result<(), String> {
    let dependencies = manifest.get_mut("dependencies");
    let dependencies = dependencies.and_then(Value::as_table_mut);
    for (name, dependency) in dependencies.into_iter().flatten() {
        let Some(dependency) = dependency.as_table_mut() else {
            continue;
        };
        if dependency.remove("path").is_none() {
            continue;
        }
        let package = dependency.get("package").and_then(Value::as_str);
        let package = package.unwrap_or(name);
        let version = packages.iter().find(|it| it.name == package);
        let version = version.ok_or_else(|| {
            format!("README.md depends on the folder of {package}, which is not published")
        })?;
        let version = Value::String(version.version.clone());
        dependency.insert("version".to_owned(), version);
    }
    Ok(())
}

/// The first fenced block in a language that contains a text.
fn block<'a>(markdown: &'a str, language: &str, containing: &str) -> Option<&'a str> {
    let mut rest = markdown;
    while let Some((_, from)) = rest.split_once("\n```") {
        let (info, body) = from.split_once('\n')?;
        let (body, after) = body.split_once("\n```")?;
        let word = info.split([',', ' ']).next()?;
        if word == language && body.contains(containing) {
            return Some(body);
        }
        // The line of the closing fence ends with the next line break.
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_with_the_text_is_found() {
        let text = "# A\n\n```rust,ignore\nlet a;\n```\n\n```rust,no_run\nfn main() {\n}\n```\n```toml\n[x]\n```\n\
                    ```toml\n[dependencies]\n```\n";
        assert_eq!(block(text, "rust", "fn main()"), Some("fn main() {\n}"));
        assert_eq!(
            block(text, "toml", "[dependencies]"),
            Some("[dependencies]")
        );
        assert_eq!(block(text, "toml", "fn main()"), None);
        assert_eq!(block("```rust\nfn main()", "rust", "fn main()"), None);
    }
}
