//! Generates a crate from a custom model, with the generator as a library.
//!
//! `cargo xtask generate MODEL --into FOLDER` does the same.

use codegen::{Input, Manifest, Source, generate};

/// A service with one operation.
const MODEL: &str = r#"{
    "smithy": "2.0",
    "shapes": {
        "com.example.weather#Weather": {
            "type": "service",
            "version": "2026-11-24",
            "operations": [{"target": "com.example.weather#GetForecast"}],
            "traits": {
                "aws.api#service": {"sdkId": "Weather"},
                "aws.auth#sigv4": {"name": "weather"},
                "aws.protocols#restJson1": {}
            }
        },
        "com.example.weather#GetForecast": {
            "type": "operation",
            "input": {"target": "com.example.weather#GetForecastRequest"},
            "output": {"target": "com.example.weather#GetForecastResponse"},
            "traits": {
                "smithy.api#documentation": "Returns the weather forecast.",
                "smithy.api#http": {"method": "GET", "uri": "/cities/{City}/forecast"}
            }
        },
        "com.example.weather#GetForecastRequest": {
            "type": "structure",
            "members": {
                "City": {
                    "target": "smithy.api#String",
                    "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}
                },
                "Days": {
                    "target": "smithy.api#Integer",
                    "traits": {"smithy.api#httpQuery": "days", "smithy.api#range": {"min": 1, "max": 7}}
                }
            }
        },
        "com.example.weather#GetForecastResponse": {
            "type": "structure",
            "members": {"ChanceOfRain": {"target": "smithy.api#Float"}}
        }
    }
}"#;

const SETTINGS: &str = "crate = \"weather-api\"\noperations = \"all\"\n";

fn main() -> std::process::ExitCode {
    let result = generate(&Input {
        model: &[Source {
            name: "weather.json",
            text: MODEL,
        }],
        settings: Source {
            name: "sdk.toml",
            text: SETTINGS,
        },
        command: "cargo run --package chime-examples --bin generate",
        manifest: Manifest::Standalone("../crates"),
        skip_unsupported: false,
    });
    match result {
        Ok(output) => {
            for (path, text) in &output.files {
                println!(
                    "{}/{path}: {} lines",
                    output.crate_name,
                    text.lines().count()
                );
            }
            if let Some(text) = output.files.get("src/operation/get_forecast.rs") {
                println!("\n{text}");
            }
            std::process::ExitCode::SUCCESS
        }
        Err(problems) => {
            eprintln!("{problems}");
            std::process::ExitCode::FAILURE
        }
    }
}
