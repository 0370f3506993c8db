//! Every operation of every service, by tables of calls. The tables in `tables/` say what is called and what the answers
//! are, now and when they are read later. Clients in Rust and boto3 make the same calls.

#[path = "../common/mod.rs"]
mod common;

mod boto3;
mod check;
mod rust;
mod table;
