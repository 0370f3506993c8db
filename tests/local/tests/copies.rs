//! The texts that the console shows for copying requests as Rust. `copied` compiles them and runs them.

mod common;
#[path = "common/recorded.rs"]
mod recorded;

use bytes::Bytes;
use chime_local::{Chime, LoggedRequest};
use common::Service;
use http::Request;
use std::fmt::Write;
use std::path::Path;

/// Returns the texts of the page with the log, in the order of the requests.
fn copies(chime: &Chime) -> Vec<String> {
    let request = Request::get("/_chime/console/log").header("host", "localhost");
    let response = chime.answer(&request.body(Bytes::new()).expect("a request"));
    let page = String::from_utf8(response.into_body().into()).expect("a page");
    let texts = page.split("<h3>Rust</h3><pre>").skip(1);
    let mut copies: Vec<String> = texts
        .map(|rest| {
            let (text, _) = rest.split_once("</pre>").expect("an end");
            let text = text.replace("&lt;", "<").replace("&gt;", ">");
            let text = text.replace("&quot;", "\"").replace("&#39;", "'");
            text.replace("&amp;", "&")
        })
        .collect();
    // The page begins with the latest.
    copies.reverse();
    copies
}

/// Returns the module of a service: a function for each copy, and one that calls all of them.
fn module(service: Service, requests: &[LoggedRequest], copies: &[String]) -> String {
    let name = service.name();
    let client = format!("{}::Client", service.package());
    let mut code = format!(
        "// Written by `UPDATE_EXPECT=1 cargo test -p chime-local-tests --test copies`. Do not edit.\n\n\
         //! Requests to {name} as the console shows them.\n\n\
         use super::Outcome;\n"
    );
    let mut calls = String::new();
    let all = requests.iter().zip(copies);
    for (request, copy) in all.filter(|(request, _)| request.service == Some(name)) {
        let operation = request.operation.expect("an operation");
        let lines: String = copy.lines().map(|line| format!("    {line}\n")).collect();
        // Writing to a string does not fail.
        let _ = write!(
            code,
            "\nasync fn {operation}(client: &{client}) -> Outcome {{\n{lines}    drop(output);\n    Ok(())\n}}\n"
        );
        let _ = writeln!(calls, "        {operation}(client).await,");
    }
    code + &format!(
        "\npub(crate) async fn all(client: &{client}) -> Vec<Outcome> {{\n    vec![\n{calls}    ]\n}}\n"
    )
}

#[tokio::test]
async fn copies_are_those_that_are_compiled() {
    let chime = Chime::new();
    let requests = recorded::requests(&chime).await;
    let copies = copies(&chime);
    assert_eq!(copies.len(), requests.len());
    for service in Service::ALL {
        let code = module(*service, &requests, &copies);
        let name = service.name().trim_start_matches("chime-sdk-");
        let path = format!("tests/copied/{}.rs", name.replace('-', "_"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &code).expect("a file");
        }
        let expected = std::fs::read_to_string(&path).expect("a file");
        assert!(
            code == expected,
            "{} is not what the console shows; UPDATE_EXPECT=1 writes it",
            path.display()
        );
    }
}
