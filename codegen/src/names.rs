//! Creates all identifiers of the generated code.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// The name of a field, method or module.
pub(crate) fn snake(name: &str) -> String {
    escape(&name.to_snake_case())
}

/// The name of a structure, union or enum, or of a variant.
pub(crate) fn pascal(name: &str) -> String {
    let pascal = name.to_pascal_case();
    if pascal == "Self" {
        return "SelfValue".to_owned();
    }
    letter_first(pascal, "N")
}

/// The name of the test of a case, which is told from the others by its ID.
pub(crate) fn test(id: &str) -> String {
    letter_first(id.to_snake_case(), "n_")
}

/// The name of an operation's types, which keep the model's spelling.
pub(crate) fn operation(name: &str) -> String {
    let mut chars = name.trim_start_matches('_').chars();
    let name: String = match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "Operation".to_owned(),
    };
    // An operation is a unit struct, which would also hide these as values.
    if ["Self", "Some", "None", "Ok", "Err", "SCHEMA"].contains(&name.as_str()) {
        return format!("{name}Value");
    }
    letter_first(name, "N")
}

/// The name of a service in the `User-Agent` header: its SDK ID in lower case, without spaces.
pub(crate) fn user_agent(sdk_id: &str) -> String {
    sdk_id.replace(' ', "").to_lowercase()
}

/// The environment variable for a service's endpoint.
pub(crate) fn endpoint_variable(sdk_id: &str) -> String {
    format!(
        "AWS_ENDPOINT_URL_{}",
        sdk_id.replace([' ', '-'], "_").to_uppercase()
    )
}

/// The name of a static.
pub(crate) fn shouty(name: &str) -> String {
    letter_first(name.to_shouty_snake_case(), "N_")
}

/// The name of an operation's input.
pub(crate) fn input(operation: &str) -> String {
    format!("{}Input", pascal(operation))
}

/// The name of an operation's output.
pub(crate) fn output(operation: &str) -> String {
    format!("{}Output", pascal(operation))
}

/// The name of a structure's builder.
pub(crate) fn builder(structure: &str) -> String {
    format!("{structure}Builder")
}

/// The name of an operation's fluent builder.
pub(crate) fn fluent_builder(operation: &str) -> String {
    format!("{operation}FluentBuilder")
}

/// The name of an operation's error.
pub(crate) fn operation_error(operation: &str) -> String {
    format!("{operation}Error")
}

/// The name of the errors of an event stream.
pub(crate) fn stream_error(stream: &str) -> String {
    format!("{stream}Error")
}

/// The name of an operation's paginator.
pub(crate) fn paginator(operation: &str) -> String {
    format!("{operation}Paginator")
}

/// The name of the items of an operation's paginator.
pub(crate) fn paginator_items(operation: &str) -> String {
    format!("{operation}PaginatorItems")
}

/// The module of a waiter.
pub(crate) fn waiter_module(waiter: &str) -> String {
    module(waiter, &[])
}

/// The client's method that waits.
pub(crate) fn waiter_method(waiter: &str) -> String {
    format!("wait_until_{}", waiter.to_snake_case())
}

/// The name of a waiter's builder.
pub(crate) fn waiter_builder(waiter: &str) -> String {
    fluent_builder(&pascal(waiter))
}

/// The name of the type of a waiter's last result.
pub(crate) fn waiter_final_poll(waiter: &str) -> String {
    format!("{}FinalPoll", pascal(waiter))
}

/// The name of the type of a waiter's error.
pub(crate) fn waiter_error(waiter: &str) -> String {
    format!("WaitUntil{}Error", pascal(waiter))
}

/// The name of a run of a batch operation.
pub(crate) fn run(operation: &str) -> String {
    format!("{operation}Run")
}

/// The name of the static that describes a part of a list or map: its member, or its key or value.
pub(crate) fn part(collection: &str, part: &str) -> String {
    format!("{collection}_{}", shouty(part))
}

/// The name of the static that describes the items of a flattened list.
pub(crate) fn nameless(item: &str) -> String {
    format!("{item}_FLATTENED")
}

/// The name of a member's field, its setter and its getter on a builder.
pub(crate) fn member(name: &str) -> (String, String, String) {
    let plain = name.to_snake_case();
    let plain = match TAKEN_BY_METHODS.iter().find(|(taken, _)| *taken == plain) {
        Some((_, instead)) => (*instead).to_owned(),
        None => plain,
    };
    let plain = letter_first(plain, "n_");
    (
        escape(&plain),
        format!("set_{plain}"),
        format!("get_{plain}"),
    )
}

/// The same three names for a field whose name comes from the settings.
pub(crate) fn explicit_member(name: &str) -> (String, String, String) {
    (escape(name), format!("set_{name}"), format!("get_{name}"))
}

/// The name of an enum's variant for a value.
pub(crate) fn variant(name: &str) -> String {
    match pascal(name).as_str() {
        // The variant for values of a later model.
        "Unknown" => "UnknownValue".to_owned(),
        other => other.to_owned(),
    }
}

/// The name of an error's variant in an enum of errors.
pub(crate) fn error_variant(name: &str) -> String {
    match name {
        // The variant for errors that the model does not have.
        "Unhandled" => "UnhandledValue".to_owned(),
        other => other.to_owned(),
    }
}

/// The module of an operation.
pub(crate) fn operation_module(name: &str) -> String {
    module(name, &[])
}

/// The module of a type, which its parent re-exports.
pub(crate) fn type_module(name: &str) -> String {
    module(name, &["builders", "error"])
}

fn module(name: &str, taken: &[&str]) -> String {
    let plain = name.to_snake_case();
    // `mod.rs` is the file of the parent module.
    if plain == "mod" || taken.contains(&plain.as_str()) {
        return format!("{plain}_");
    }
    escape(&plain)
}

/// The name of the client's method for an operation.
pub(crate) fn client_method(name: &str) -> String {
    let plain = name.to_snake_case();
    if TAKEN_BY_THE_CLIENT.contains(&plain.as_str()) {
        return format!("{plain}_operation");
    }
    escape(&plain)
}

/// The name of the function that creates a structure from its required members: the first one that is not the name
/// of a member, which has a method.
pub(crate) fn constructor(is_member: impl Fn(&str) -> bool) -> Option<&'static str> {
    let mut names = ["new", "with_required"].into_iter();
    names.find(|name| !is_member(name))
}

/// The name of the method that returns whether an error is of a kind.
pub(crate) fn is_method(variant: &str) -> String {
    format!("is_{}", variant.to_snake_case())
}

/// The name of the method that returns the value of a union's variant.
pub(crate) fn as_method(variant: &str) -> String {
    format!("as_{}", variant.to_snake_case())
}

/// Members whose plain name is already a method of a builder or of the structure.
const TAKEN_BY_METHODS: &[(&str, &str)] = &[
    ("as_input", "as_input_value"),
    ("build", "build_value"),
    ("builder", "builder_value"),
    ("customize", "customize_value"),
    ("default", "default_value"),
    ("into_paginator", "into_paginator_value"),
    ("meta", "meta_value"),
    ("presigned", "presigned_value"),
    ("send", "send_value"),
    ("send_all", "send_all_value"),
    ("send_with", "send_with_value"),
    ("set_meta", "set_meta_member"),
];

/// Methods that every client has.
const TAKEN_BY_THE_CLIENT: &[&str] = &[
    "call",
    "config",
    "from_conf",
    "from_env",
    "handle",
    "new",
    "operations",
    "send",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "_"];

/// The keywords of all editions up to 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

fn escape(name: &str) -> String {
    if NEVER_RAW.contains(&name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        letter_first(name.to_owned(), "n_")
    }
}

fn letter_first(name: String, prefix: &str) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
        Some(_) => name,
        None => format!("{prefix}0"),
    }
}

/// Names of the prelude that generated code uses without a path. In a file that defines a type of
/// such a name, they are written with their full path.
const USED_BARE: &[&str] = &["Box", "Option", "String", "Vec"];

/// Whether a type of this name hides one that generated code uses.
pub(crate) fn hides_a_prelude_name(type_name: &str) -> bool {
    USED_BARE.contains(&type_name)
}

/// Whether the settings may contain this name.
pub(crate) fn is_rust_name(name: &str) -> bool {
    crate::shape_id::is_identifier(name) && !NEVER_RAW.contains(&name)
}

/// The name with its first letter in upper case, and no other change.
pub(crate) fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// The name, followed by a number if it is taken.
pub(crate) fn unique_name(name: String, taken: impl Fn(&str) -> bool) -> String {
    let mut unique = name.clone();
    let mut number = 2;
    while taken(&unique) {
        unique = format!("{name}_{number}");
        number += 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members() {
        for (model, rust) in [
            ("AccountId", "account_id"),
            ("MembershipItemList", "membership_item_list"),
            ("E164PhoneNumber", "e164_phone_number"),
            ("SMS", "sms"),
            ("CDRBucket", "cdr_bucket"),
            ("PersonalPIN", "personal_pin"),
            (
                "OutboundEventsHTTPSEndpoint",
                "outbound_events_https_endpoint",
            ),
            ("type", "r#type"),
            ("Match", "r#match"),
            ("self", "self_"),
            ("Super", "super_"),
            ("Build", "build_value"),
            ("default", "default_value"),
            ("_1st", "n_1st"),
        ] {
            assert_eq!(member(model).0, rust, "{model}");
        }
        assert_eq!(member("type").1, "set_type");
        assert_eq!(member("type").2, "get_type");
        assert_eq!(member("self").1, "set_self");
    }

    #[test]
    fn constructors() {
        let cases: [(&[&str], _); 4] = [
            (&[], Some("new")),
            (&["news"], Some("new")),
            (&["new"], Some("with_required")),
            (&["new", "with_required"], None),
        ];
        for (members, name) in cases {
            assert_eq!(constructor(|name| members.contains(&name)), name);
        }
    }

    #[test]
    fn types() {
        for (model, rust) in [
            ("MembershipItem", "MembershipItem"),
            ("ResetPersonalPINRequest", "ResetPersonalPinRequest"),
            ("e164", "E164"),
            ("Self", "SelfValue"),
            ("_2nd", "N2nd"),
        ] {
            assert_eq!(pascal(model), rust, "{model}");
        }
    }

    #[test]
    fn operations() {
        for (model, rust) in [
            ("ResetPersonalPIN", "ResetPersonalPIN"),
            ("getRoom", "GetRoom"),
            ("Self", "SelfValue"),
            ("None", "NoneValue"),
        ] {
            assert_eq!(operation(model), rust, "{model}");
        }
    }

    #[test]
    fn tests() {
        for (model, rust) in [
            (
                "HttpPrefixHeadersArePresent",
                "http_prefix_headers_are_present",
            ),
            ("AwsJson10_NoInput", "aws_json10_no_input"),
            ("2ndCase", "n_2nd_case"),
        ] {
            assert_eq!(test(model), rust, "{model}");
        }
    }

    #[test]
    fn variants() {
        for (model, rust) in [
            ("BUSINESS", "Business"),
            ("Unknown", "UnknownValue"),
            ("us-east-1", "UsEast1"),
            ("Self", "SelfValue"),
            ("1.5", "N15"),
        ] {
            assert_eq!(variant(model), rust, "{model}");
        }
        assert_eq!(is_method("NotFoundException"), "is_not_found_exception");
        assert_eq!(shouty("MembershipItemList"), "MEMBERSHIP_ITEM_LIST");
    }
}
