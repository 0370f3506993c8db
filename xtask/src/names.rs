//! `cargo xtask names`: generates from models with random names, drawn from those that Rust, its prelude
//! and the runtime's macros use. Whatever the generator accepts has to compile.

use crate::check::{Checker, Outcome};
use crate::files;
use codegen::{Input, Manifest, Output, Source};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many models to make.
    #[arg(long, default_value_t = 200)]
    models: usize,
    /// The seed of the first model. Each following model has the next seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many models to put into one crate, each as a module.
    #[arg(long, default_value_t = 250)]
    per_crate: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let words = words()?;
    let mut rejected: BTreeMap<String, usize> = BTreeMap::new();
    let mut passed = Vec::new();
    for seed in (arguments.seed..).take(arguments.models) {
        let text = model(&words, seed).to_string();
        match generate(&text) {
            Ok(output) => passed.push((seed, output)),
            Err(problems) => {
                let rules: BTreeSet<&str> = problems.iter().map(|problem| problem.rule).collect();
                for rule in rules {
                    *rejected.entry(rule.to_owned()).or_default() += 1;
                }
            }
        }
    }
    say!(
        "{} models from seed {}: {} accepted, {} rejected",
        arguments.models,
        arguments.seed,
        passed.len(),
        arguments.models - passed.len()
    );
    for (rule, models) in rejected {
        say!("{models:>6} models  {rule}");
    }
    let checker = Checker::new("names")?;
    for (i, models) in passed.chunks(arguments.per_crate.max(1)).enumerate() {
        let name = format!("names-{i}");
        checker.add(&name, &packed(&name, models))?;
    }
    let Outcome { failed, errors, .. } = checker.run()?;
    let seeds: BTreeSet<&str> = errors.iter().filter_map(|error| seed_of(error)).collect();
    for error in errors.iter().take(40) {
        say!("  {error}");
    }
    if failed.is_empty() {
        say!("all accepted models compile");
        return Ok(());
    }
    Err(format!(
        "error: rustc rejects models that the generator accepts: seeds {}\n  help: `cargo xtask names --models 1 --seed N` \
         leaves the crate of seed N in target/names/crates",
        seeds.into_iter().collect::<Vec<_>>().join(", ")
    ))
}

/// The seed of the model that a line of rustc's output refers to, from the name of its module.
fn seed_of(error: &str) -> Option<&str> {
    let (_, rest) = error.split_once("/src/m")?;
    rest.split('/').next()
}

fn generate(model: &str) -> Result<Output, codegen::Diagnostics> {
    codegen::generate(&Input {
        model: &[Source {
            name: "model.json",
            text: model,
        }],
        settings: Source {
            name: "the command line",
            text: "crate = \"names\"\noperations = \"all\"\n",
        },
        command: "cargo xtask names",
        manifest: Manifest::Standalone(&files::runtime()),
        skip_unsupported: false,
    })
}

/// Several generated crates as modules of one.
fn packed(name: &str, models: &[(u64, Output)]) -> BTreeMap<String, String> {
    let mut packed = BTreeMap::new();
    let mut root = String::new();
    for (seed, output) in models {
        root.push_str(&format!("mod m{seed};\n"));
        for (path, text) in &output.files {
            let Some(path) = path.strip_prefix("src/") else {
                continue;
            };
            let path = if path == "lib.rs" { "mod.rs" } else { path };
            let mut text = in_module(text, *seed);
            if path == "mod.rs" {
                text = text
                    .lines()
                    .filter(|line| !line.starts_with("#![recursion_limit"))
                    .map(|line| format!("{line}\n"))
                    .collect();
            }
            packed.insert(format!("src/m{seed}/{path}"), text);
        }
        packed.entry("Cargo.toml".to_owned()).or_insert_with(|| {
            output.files["Cargo.toml"].replacen(
                "name = \"names\"",
                &format!("name = \"{name}\""),
                1,
            )
        });
    }
    packed.insert("src/lib.rs".to_owned(), root);
    packed
}

/// Makes paths from the root of a crate, `crate::` and `$crate::`, start in the module of a model.
fn in_module(text: &str, seed: u64) -> String {
    // Formatters put a space into paths in macro calls.
    let text = text.replace("crate ::", "crate::");
    let mut parts = text.split("crate::");
    let mut moved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // `as_crate::` is a module of the model's own.
        let is_name = moved.ends_with(|c: char| c == '_' || c.is_alphanumeric());
        moved.push_str("crate::");
        if !is_name {
            moved.push_str(&format!("m{seed}::"));
        }
        moved.push_str(part);
    }
    moved
}

/// The words that names are made of: Rust's keywords and prelude, types of std, and all identifiers in
/// the runtime's macros.
fn words() -> Result<Vec<String>, String> {
    let mut words: BTreeSet<String> = WORDS.split_whitespace().map(str::to_owned).collect();
    let mut sources = Vec::new();
    for name in ["smithy-operation", "smithy-batch"] {
        sources.extend(files::below(
            &files::root().join("crates").join(name).join("src"),
        )?);
    }
    for path in sources {
        let text = files::read(&path)?;
        // Code outside of macros is not in scope where they expand.
        if !text.contains("macro_rules!") {
            continue;
        }
        let identifiers = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        words.extend(
            identifiers
                .filter(|word| is_identifier(word) && word.len() > 1)
                .map(str::to_owned),
        );
    }
    Ok(words.into_iter().collect())
}

const WORDS: &str = "
    as async await box break const continue crate do dyn else enum extern false final fn for gen if impl in let loop
    macro match mod move mut override priv pub ref return self Self static struct super trait true try type typeof unsafe
    unsized use virtual where while yield union auto default raw safe
    Option Some None Result Ok Err Vec String Box ToString ToOwned From Into TryFrom TryInto AsRef AsMut Iterator
    IntoIterator Extend Clone Copy Send Sync Sized Drop Fn FnMut FnOnce Eq PartialEq Ord PartialOrd Default Debug Hash
    bool char str u8 i8 u16 i16 u32 i32 u64 i64 usize isize f32 f64 HashMap BTreeMap Arc Rc Cow Pin Future Cell Duration
    std core alloc main test lib mod_ error types operation builders endpoint service schemas paginator batch client config
    Error Operation Structure Schema Value Handle Client Config Unhandled Unknown AllErrors RequestId OPERATIONS SERVICE
    SCHEMA MEMBERS MEMBER_REFS COUNT DESCRIPTOR NAME Input Output Builder FluentBuilder Paginator Run Item
    new meta build builder send send_with send_all customize as_input into_paginator set_meta message code request_id
    to_string clone eq fmt from into drop handle from_conf as_str values try_parse as_i32 input output k v f
    println vec format matches write concat stringify env include
";

fn is_identifier(word: &str) -> bool {
    let start = word.trim_start_matches('_');
    start.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Draws names. The same seed gives the same names.
struct Names<'w> {
    words: &'w [String],
    random: fastrand::Rng,
    /// Shape names that are taken, in lower case, since names must differ in more than case.
    shapes: BTreeSet<String>,
    /// The names drawn so far, so that similar ones can be drawn.
    drawn: Vec<String>,
}

impl Names<'_> {
    /// Any name: a word, or one similar to a name that was drawn before.
    fn name(&mut self) -> String {
        loop {
            let word = if !self.drawn.is_empty() && self.random.u8(..3) == 0 {
                self.random.choice(&self.drawn).cloned().unwrap_or_default()
            } else {
                self.random.choice(self.words).cloned().unwrap_or_default()
            };
            let name = self.vary(word);
            if is_identifier(&name) && name.len() <= 80 {
                self.drawn.push(name.clone());
                return name;
            }
        }
    }

    fn vary(&mut self, word: String) -> String {
        const SUFFIXES: [&str; 17] = [
            "Input",
            "Output",
            "Error",
            "Builder",
            "InputBuilder",
            "FluentBuilder",
            "Paginator",
            "Run",
            "Value",
            "_",
            "_value",
            "1",
            "_1",
            "s",
            "Exception",
            "Member",
            "_operation",
        ];
        const PREFIXES: [&str; 9] = ["set_", "get_", "is_", "as_", "_", "__", "with", "N", "_1"];
        match self.random.u8(..12) {
            0 => word.to_uppercase(),
            1 => word.to_lowercase(),
            2 => capital(&word),
            3 => word.split('_').map(capital).collect(),
            4 | 5 => format!("{word}{}", SUFFIXES[self.random.usize(..SUFFIXES.len())]),
            6 => format!("{}{word}", PREFIXES[self.random.usize(..PREFIXES.len())]),
            7 => word.replace('_', ""),
            8 => format!(
                "{}{}",
                capital(&word),
                SUFFIXES[self.random.usize(..SUFFIXES.len())]
            ),
            _ => word,
        }
    }

    /// A unique shape name.
    fn shape(&mut self) -> String {
        loop {
            let name = self.name();
            if self.shapes.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(chars)
        .collect()
}

/// A model with every kind of shape and random names.
fn model(words: &[String], seed: u64) -> Value {
    let mut names = Names {
        words,
        random: fastrand::Rng::with_seed(seed),
        shapes: BTreeSet::new(),
        drawn: Vec::new(),
    };
    let mut shapes = Map::new();
    let string = || target("smithy.api#String");
    let mut declare = |names: &mut Names<'_>, shape: Value| {
        let name = format!("names#{}", names.shape());
        shapes.insert(name.clone(), shape);
        name
    };
    let mut values = Map::new();
    let mut numbers = Map::new();
    for i in 0..3 {
        let name = names.name();
        values.insert(
            name.clone(),
            with(
                target("smithy.api#Unit"),
                "smithy.api#enumValue",
                json!(name),
            ),
        );
        numbers.insert(
            names.name(),
            with(target("smithy.api#Unit"), "smithy.api#enumValue", json!(i)),
        );
    }
    let kind = declare(&mut names, json!({"type": "enum", "members": values}));
    let number = declare(&mut names, json!({"type": "intEnum", "members": numbers}));
    let inner = declare(
        &mut names,
        json!({"type": "structure", "members": {
            (names_of(words, seed, 1)): string(),
            (names_of(words, seed, 2)): target(&kind),
        }}),
    );
    let list = declare(
        &mut names,
        json!({"type": "list", "member": target(&inner)}),
    );
    let map = declare(
        &mut names,
        json!({"type": "map", "key": target(&kind), "value": target(&list)}),
    );
    let mut variants = Map::new();
    for shape in [&inner, &list, &kind] {
        variants.insert(names.name(), target(shape));
    }
    variants.insert(names.name(), target("smithy.api#Unit"));
    let choice = declare(&mut names, json!({"type": "union", "members": variants}));
    let mut members = Map::new();
    for shape in [&inner, &list, &map, &choice, &kind, &number] {
        members.insert(names.name(), target(shape));
    }
    for _ in 0..3 {
        members.insert(names.name(), string());
    }
    let all = declare(&mut names, json!({"type": "structure", "members": members}));
    let mut errors = Vec::new();
    for _ in 0..2 {
        let mut members = Map::new();
        members.insert(names.name(), string());
        members.insert(names.name(), target(&inner));
        let error = json!({"type": "structure", "members": members, "traits": {"smithy.api#error": "client"}});
        errors.push(target(&declare(&mut names, error)));
    }
    let (token, items) = (names.name(), names.name());
    let paged = declare(
        &mut names,
        json!({"type": "structure", "members": {token.clone(): string(), items.clone(): target(&list)}}),
    );
    let mut operations = Vec::new();
    for (i, (input, output)) in [(&all, &all), (&paged, &paged)].into_iter().enumerate() {
        let mut traits = json!({"smithy.api#http": {"method": "POST", "uri": format!("/{i}")}});
        if i == 1 && token != items {
            traits["smithy.api#paginated"] =
                json!({"inputToken": token, "outputToken": token, "items": items});
        }
        let operation = json!({
            "type": "operation", "input": target(input), "output": target(output), "errors": errors, "traits": traits,
        });
        operations.push(target(&declare(&mut names, operation)));
    }
    let rules = endpoint_rules(&mut names);
    let service = json!({
        "type": "service", "version": "1", "operations": operations,
        "traits": {
            "aws.api#service": {"sdkId": "Names"},
            "aws.auth#sigv4": {"name": "names"},
            "aws.protocols#restJson1": {},
            "smithy.rules#endpointRuleSet": rules,
        },
    });
    declare(&mut names, service);
    json!({"smithy": "2.0", "shapes": shapes})
}

/// Another name, from a separate sequence.
fn names_of(words: &[String], seed: u64, n: u64) -> String {
    let mut names = Names {
        words,
        random: fastrand::Rng::with_seed(seed.wrapping_mul(31).wrapping_add(n)),
        shapes: BTreeSet::new(),
        drawn: Vec::new(),
    };
    format!("{}{n}", names.name())
}

/// Endpoint rules whose parameters and variables have random names.
fn endpoint_rules(names: &mut Names<'_>) -> Value {
    let (region, flag, variable) = (names.name(), names.name(), names.name());
    if region.eq_ignore_ascii_case(&flag) || region == variable || flag == variable {
        return json!({
            "version": "1.0", "parameters": {},
            "rules": [{"type": "endpoint", "conditions": [], "endpoint": {"url": "https://example.com"}}],
        });
    }
    json!({
        "version": "1.0",
        "parameters": {
            region.clone(): {"builtIn": "AWS::Region", "type": "string", "documentation": "A region."},
            flag.clone(): {"type": "boolean", "default": false, "required": true, "documentation": "A flag."},
        },
        "rules": [
            {
                "type": "endpoint",
                "conditions": [
                    {"fn": "isSet", "argv": [{"ref": region}]},
                    {"fn": "aws.partition", "argv": [{"ref": region}], "assign": variable},
                    {"fn": "booleanEquals", "argv": [{"ref": flag}, false]},
                ],
                "endpoint": {"url": format!("https://{{{region}}}.{{{variable}#dnsSuffix}}")},
            },
            {"type": "error", "conditions": [], "error": "no region"},
        ],
    })
}

fn target(shape: &str) -> Value {
    json!({"target": shape})
}

fn with(mut member: Value, id: &str, value: Value) -> Value {
    member["traits"] = json!({id: value});
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_from_the_root_move() {
        assert_eq!(
            in_module(
                "crate::A, $crate::b!, crate :: c, as_crate::D, xcrate::E",
                7
            ),
            "crate::m7::A, $crate::m7::b!, crate::m7:: c, as_crate::D, xcrate::E"
        );
    }
}
