//! The corpora of the targets: inputs from the fixtures and the model in the repository, and dictionaries.

mod sample;

use crate::parts::SEPARATOR;
use crate::{Target, generator};
use sample::Model;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The corpus of a target.
#[derive(Default)]
pub(crate) struct Seeds {
    pub(crate) inputs: Vec<Vec<u8>>,
    /// The words of the dictionary.
    pub(crate) words: BTreeSet<String>,
}

/// Writes `NAME/` with inputs and `NAME.dict` with words for each target, and prints their names.
pub(crate) fn write(targets: &[Target], folder: &Path) {
    for target in targets {
        let seeds = (target.seeds)();
        let inputs = folder.join(target.name);
        fs::create_dir_all(&inputs).expect("a folder");
        for (index, input) in seeds.inputs.iter().enumerate() {
            fs::write(inputs.join(format!("seed-{index}")), input).expect("a seed");
        }
        let words = seeds
            .words
            .iter()
            .filter(|word| (1..60).contains(&word.len()));
        let words: String = words.map(|word| entry(word)).collect();
        fs::write(folder.join(format!("{}.dict", target.name)), words).expect("a dictionary");
        println!("{}", target.name);
    }
}

/// Returns a word in dictionary format.
fn entry(word: &str) -> String {
    let mut line = "\"".to_owned();
    for byte in word.bytes() {
        match byte {
            b'"' | b'\\' => line.extend(['\\', char::from(byte)]),
            b' '..=b'~' => line.push(char::from(byte)),
            _ => line += &format!("\\x{byte:02x}"),
        }
    }
    line + "\"\n"
}

fn repository() -> PathBuf {
    // `cargo xtask fuzz` runs this in fuzz/.
    PathBuf::from("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = repository().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.sort();
    paths
}

/// Returns the models and settings of a kind of fixture.
pub(crate) fn fixtures(kind: &Path) -> Vec<(Vec<String>, String)> {
    let folders = sorted(&repository().join("codegen/fixtures").join(kind));
    let fixture = |folder: &PathBuf| {
        let files = sorted(folder);
        let is_json = |path: &&PathBuf| path.extension().is_some_and(|it| it == "json");
        let model = files.iter().filter(is_json);
        let model = model
            .filter_map(|path| fs::read_to_string(path).ok())
            .collect();
        let settings = fs::read_to_string(folder.join("sdk.toml"));
        (
            model,
            settings.unwrap_or_else(|_| generator::SETTINGS.to_owned()),
        )
    };
    folders.iter().map(fixture).collect()
}

fn all_fixtures() -> impl Iterator<Item = (Vec<String>, String)> {
    ["good", "bad"]
        .into_iter()
        .flat_map(|kind| fixtures(Path::new(kind)))
}

/// Returns all keys and short strings in a JSON document.
fn words(text: &str, words: &mut BTreeSet<String>) {
    fn walk(value: &Value, words: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    words.insert(key.clone());
                    walk(value, words);
                }
            }
            Value::Array(items) => items.iter().for_each(|it| walk(it, words)),
            Value::String(text) => drop(words.insert(text.clone())),
            _ => {}
        }
    }
    if let Ok(value) = serde_json::from_str(text) {
        walk(&value, words);
    }
}

pub(crate) fn models() -> Seeds {
    let mut seeds = Seeds::default();
    for (mut texts, settings) in all_fixtures() {
        texts.iter().for_each(|text| words(text, &mut seeds.words));
        texts.push(settings);
        seeds.inputs.push(texts.join(SEPARATOR).into_bytes());
    }
    seeds
}

pub(crate) fn mutations() -> Seeds {
    let mut state = 1_u64;
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 56) as u8
    };
    let mut seeds = Seeds::default();
    for base in 0..crate::mutate::bases() {
        for length in [8, 16, 32, 64] {
            let changes = (0..length).map(|_| byte());
            seeds
                .inputs
                .push(std::iter::once(base as u8).chain(changes).collect());
        }
    }
    seeds
}

pub(crate) fn published_models() -> Seeds {
    let file = |name: &str| read(Path::new("codegen/fixtures/import").join(name));
    let (smithy, service) = (file("smithy.json"), file("service-2.json"));
    let paginators = file("paginators-1.json");
    let mut seeds = Seeds::default();
    for text in [&smithy, &service, &paginators] {
        words(text, &mut seeds.words);
    }
    seeds
        .inputs
        .extend([smithy.into_bytes(), service.clone().into_bytes()]);
    seeds
        .inputs
        .push([service, paginators].join(SEPARATOR).into_bytes());
    let models = fixtures(Path::new("good")).into_iter();
    seeds
        .inputs
        .extend(models.filter_map(|(texts, _)| Some(texts.first()?.clone().into_bytes())));
    seeds
}

pub(crate) fn settings() -> Seeds {
    let mut seeds = Seeds::default();
    seeds.inputs.push(read("model/chime/sdk.toml").into_bytes());
    for (_, text) in all_fixtures() {
        seeds.inputs.push(text.into_bytes());
    }
    let words = [
        "crate",
        "service",
        "operations",
        "except",
        "ignore-traits",
        "without-dual-stack",
        "[names]",
        "\"all\"",
        " = ",
        "\"\"\"",
    ];
    seeds.words.extend(words.map(str::to_owned));
    seeds
}

pub(crate) fn configurations() -> Seeds {
    let urls = [
        "",
        "http://localhost:8080",
        "https://example.com/base/",
        "http://[::1]:1",
        "localhost:8080",
        "http://",
        "https://a@b",
        "https://example.com:99999",
        "https://example.com/?a=b",
        "https://example.com/é",
        "https://example.com/%2e%2e/x",
    ];
    let mut seeds = Seeds::default();
    for (index, url) in urls.iter().enumerate() {
        let region = ["us-east-1", "", "a b", "us-gov-west-1"][index % 4];
        let (account, room) = [("a", "r"), ("..", "."), ("a/b", "%2e"), (" ", "é")][index % 4];
        let key = ["", "AKID", "a\\nb"][index % 3];
        let token = ["", "a-session-token", "a-token\\r\\nX: y"][(index / 2) % 3];
        let lines = [url, region, account, room, key, token].join("\n");
        seeds.inputs.push(lines.into_bytes());
    }
    let words = [
        "http://", "https://", "..", "%2E", "%2F", "@", ":", "\\n", "\\r", "[::1]", "//", "?", "#",
    ];
    seeds.words.extend(words.map(str::to_owned));
    seeds
}

pub(crate) fn requests_to_sign() -> Seeds {
    let mut seeds = Seeds::default();
    for text in [
        "GET /accounts\n\n",
        "POST /accounts?operation=batch-create&b=&a=%2F\ncontent-type: application/json\n\n{}",
        "PUT /a//b/./../%20%2F/é?é=~&x=y+z&x=a\nx-amz-meta:  a   b \nx-amz-meta: c\n\nbody",
        "DELETE /a:b/%zz?%\nhost: elsewhere\nx-amz-date: old\nauthorization: old\n\n",
    ] {
        seeds.inputs.push(text.as_bytes().to_vec());
    }
    let words = [
        "%2F",
        "%",
        "//",
        "/./",
        "/../",
        "?",
        "&",
        "=",
        "+",
        "é",
        "x-amz-meta: ",
        "host: ",
        "x-amz-date: ",
        "x-amz-security-token: ",
        "x-amz-content-sha256: ",
        "user-agent: ",
        "authorization: ",
    ];
    seeds.words.extend(words.map(str::to_owned));
    seeds
}

pub(crate) fn responses() -> Seeds {
    let model = Model::read(&read("model/chime/model.json"));
    let mut seeds = Seeds::default();
    words(&read("model/chime/model.json"), &mut seeds.words);
    seeds.words.retain(|word| !word.contains(['#', ' ']));
    for (index, operation) in chime_api::OPERATIONS.iter().enumerate() {
        let mut push = |status: u8, text: String| {
            let input = [&[index as u8, status], text.as_bytes()].concat();
            seeds.inputs.push(input);
        };
        let output = model.sample_of(operation.name, "output");
        push(0, format!("x-amzn-requestid: id\n\n{output}"));
        for error in model.errors(operation.name).take(1 + index % 3) {
            let body = r#"{"Code": "BadRequest", "Message": "no"}"#;
            push(5, format!("x-amzn-errortype: {error}\n\n{body}"));
        }
    }
    for word in [
        "x-amzn-errortype: ",
        "x-amzn-requestid: ",
        "content-type: ",
        "content-encoding: gzip",
        "location: ",
        "__type",
        "null",
    ] {
        seeds.words.insert(word.to_owned());
    }
    seeds
}

pub(crate) fn requests() -> Seeds {
    let model = Model::read(&read("model/chime/model.json"));
    let mut seeds = Seeds::default();
    words(&read("model/chime/model.json"), &mut seeds.words);
    seeds.words.retain(|word| !word.contains(['#', ' ']));
    let mut all = Vec::new();
    for operation in chime_api::OPERATIONS {
        let request = model.request(operation.name);
        seeds.inputs.push(request.clone().into_bytes());
        all.push(request);
    }
    for some in all.chunks(6) {
        seeds.inputs.push(some.join(SEPARATOR).into_bytes());
    }
    for text in [
        "GET /_chime/faults\n\n".to_owned(),
        "DELETE /_chime/counts\n\n".to_owned(),
        format!(
            "PUT /_chime/faults\n\n{{\"rate\":1,\"refuse\":[\"*=Throttled:2\"],\"truncate\":0.5}}{SEPARATOR}{}",
            all[0]
        ),
    ] {
        seeds.inputs.push(text.into_bytes());
    }
    for word in sample::IDS.iter().map(|(_, id)| *id).chain([
        "/_chime/faults",
        "GET /",
        "POST /",
        "PUT /",
        "DELETE /",
    ]) {
        seeds.words.insert(word.to_owned());
    }
    seeds
}

pub(crate) fn csv_files() -> Seeds {
    let mut seeds = Seeds::default();
    for text in [
        "MemberId,Role\na,Administrator\nb,Member\nc,\n",
        "sep=;\r\nMemberId;Role\r\na;Member\r\n\"b\r\n\";Owner\r\n",
        "\u{feff}Note,MemberId\r\"x\ry\",a\r\rz,b\r",
        "MemberId\na\na\n\"b",
        "memberid,MEMBERID\na,b\n",
    ] {
        seeds.inputs.push(text.as_bytes().to_vec());
    }
    for word in [
        "MemberId",
        "Role",
        "Member",
        "Administrator",
        "sep=",
        "\r\n",
        "\"\"",
        ",",
        ";",
        "\u{feff}",
    ] {
        seeds.words.insert(word.to_owned());
    }
    seeds
}

pub(crate) fn journals() -> Seeds {
    let mut seeds = Seeds::default();
    let done = r#"{"done":{"index":0,"member":"a"}}"#;
    let refused = r#"{"refused":{"index":1,"member":"b\n","code":"NotFound","message":"no","tries":1,"retryable":false}}"#;
    let header = r#"{"journal":"chime rooms add-members","version":1,"account":"A","room":"R","members":3,"hash":"0"}"#;
    for text in [
        String::new(),
        // After `+`, the lines that follow a valid header.
        "+".to_owned(),
        format!("+{done}\n{refused}\n"),
        format!("+{refused}\n{refused}\n{done}"),
        format!("{header}\n{done}\n"),
        header.to_owned(),
    ] {
        seeds.inputs.push(text.into_bytes());
    }
    for text in [done, refused, header] {
        words(text, &mut seeds.words);
    }
    seeds
}
