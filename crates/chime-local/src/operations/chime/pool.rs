//! The phone numbers that are for sale, by country.
//!
//! All of them are in ranges that regulators keep for fiction, so a test that calls one by mistake reaches nobody.

mod areas;

use super::numbers;
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::Tx;
use areas::{AREAS, CANADIAN};

pub(super) const US: &str = "US";
const CANADA: &str = "CA";

/// The types of numbers.
pub(super) const LOCAL: &str = "Local";
pub(super) const TOLL_FREE: &str = "TollFree";

/// The product types that need not fit all numbers.
pub(super) const BUSINESS: &str = "BusinessCalling";
pub(super) const DIAL_IN: &str = "SipMediaApplicationDialIn";

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) country: &'static str,
    pub(super) kind: &'static str,
}

/// A country outside the North American numbering plan: its calling code, and what its numbers for sale start with.
/// Two digits follow.
struct Country {
    code: &'static str,
    calling: &'static str,
    ranges: &'static [(&'static str, &'static str)],
}

const ABROAD: &[Country] = &[
    Country {
        code: "AU",
        calling: "+61",
        ranges: &[(LOCAL, "+612555001")],
    },
    Country {
        code: "GB",
        calling: "+44",
        ranges: &[(LOCAL, "+4420794600"), (TOLL_FREE, "+4480815700")],
    },
    Country {
        code: "IE",
        calling: "+353",
        ranges: &[(LOCAL, "+3532091000")],
    },
];

/// The area codes of toll-free numbers in North America.
const TOLL_FREE_AREAS: &[&str] = &["800", "833", "844", "855", "866", "877", "888"];

/// What follows the area code in numbers for sale in North America. Two digits follow.
const FICTION: &str = "55501";

/// Returns a number, or the ID of one, in E.164 format.
pub(super) fn normalized(number: &str) -> String {
    let digits = number
        .strip_prefix("%2B")
        .or_else(|| number.strip_prefix("%2b"))
        .or_else(|| number.strip_prefix('+'))
        .unwrap_or(number);
    format!("+{digits}")
}

/// Returns the area code of a number in North America.
fn area(number: &str) -> Option<&str> {
    number
        .strip_prefix("+1")
        .filter(|it| it.len() == 10)?
        .get(..3)
}

/// Returns whether three digits may be an area code: not a service such as 911, and not a reserved one.
fn is_area(code: &str) -> bool {
    match code.as_bytes() {
        [first, second, third] => {
            matches!(first, b'2'..=b'9')
                && matches!(second, b'0'..=b'8')
                && third.is_ascii_digit()
                && !code.ends_with("11")
        }
        _ => false,
    }
}

/// Returns what a number is, for sale or not; `None` if its country has no numbers for sale.
pub(super) fn line(number: &str) -> Option<Line> {
    if let Some(area) = area(number).filter(|area| is_area(area)) {
        let (country, kind) = if TOLL_FREE_AREAS.contains(&area) {
            (US, TOLL_FREE)
        } else if CANADIAN.contains(&area) {
            (CANADA, LOCAL)
        } else {
            (US, LOCAL)
        };
        return Some(Line { country, kind });
    }
    let mut abroad = ABROAD.iter();
    let country = abroad.find(|country| number.starts_with(country.calling))?;
    let mut ranges = country.ranges.iter();
    let range = ranges.find(|(_, start)| number.starts_with(start));
    Some(Line {
        country: country.code,
        kind: range.map_or(LOCAL, |(kind, _)| kind),
    })
}

/// Returns whether a number is in one of the ranges for sale. It may be taken.
pub(super) fn is_for_sale(number: &str) -> bool {
    let ends = |start: &str| {
        let end = number.strip_prefix(start);
        end.is_some_and(|end| end.len() == 2 && end.bytes().all(|digit| digit.is_ascii_digit()))
    };
    match area(number).filter(|area| is_area(area)) {
        Some(area) => ends(&format!("+1{area}{FICTION}")),
        None => {
            let mut ranges = ABROAD.iter().flat_map(|country| country.ranges);
            ranges.any(|(_, start)| ends(start))
        }
    }
}

/// `ListSupportedPhoneNumberCountries`.
pub(super) fn list_countries(_: &mut Tx<'_>, input: &Doc) -> Answer {
    let product = input.str("ProductType");
    let country = |code: &str, kinds: Vec<&str>| {
        object! {"CountryCode": code, "SupportedPhoneNumberTypes": kinds}
    };
    let us = match product {
        BUSINESS => vec![LOCAL],
        _ => vec![LOCAL, TOLL_FREE],
    };
    let mut countries = vec![country(US, us)];
    if product == DIAL_IN {
        countries.push(country(CANADA, vec![LOCAL]));
        for abroad in ABROAD {
            let kinds = abroad.ranges.iter().map(|(kind, _)| *kind).collect();
            countries.push(country(abroad.code, kinds));
        }
    }
    Ok(object! {"PhoneNumberCountries": countries})
}

/// Returns what the numbers start with that a search in the US asks for.
fn starts_in_us(input: &Doc, kind: Option<&str>) -> Result<Vec<String>, Refusal> {
    let (area, prefix) = (input.opt_str("AreaCode"), input.opt_str("TollFreePrefix"));
    let (city, state) = (input.opt_str("City"), input.opt_str("State"));
    if city.is_some() && state.is_none() {
        return Err(Refusal::bad_request("City needs State"));
    }
    let is_placed = area.is_some() || state.is_some();
    let areas: Vec<&str> = match (is_placed, prefix) {
        (false, None) => {
            return Err(Refusal::bad_request(
                "AreaCode, City, State or TollFreePrefix is required for numbers in the US",
            ));
        }
        (true, Some(_)) => Vec::new(),
        (false, Some(prefix)) if kind != Some(LOCAL) => vec![prefix],
        (true, None) if kind != Some(TOLL_FREE) => {
            let is = |given: Option<&str>, value: &str| {
                given.is_none_or(|given| given.eq_ignore_ascii_case(value))
            };
            let known = AREAS.iter();
            let known = known.filter(|it| is(state, it.0) && is(city, it.2) && is(area, it.1));
            match area {
                // Not every area code is among those with a place.
                Some(area) if state.is_none() => vec![area],
                _ => known.map(|it| it.1).collect(),
            }
        }
        _ => Vec::new(),
    };
    let wanted = if is_placed { LOCAL } else { TOLL_FREE };
    let wanted = Line {
        country: US,
        kind: wanted,
    };
    let starts = areas.iter().map(|area| format!("+1{area}{FICTION}"));
    let starts = starts.filter(|start| line(&format!("{start}00")) == Some(wanted));
    Ok(starts.collect())
}

/// Returns what the numbers start with that a search outside the US asks for.
fn starts_abroad(input: &Doc, code: &str, kind: Option<&str>) -> Result<Vec<String>, Refusal> {
    for name in ["AreaCode", "City", "State", "TollFreePrefix"] {
        if input.has(name) {
            return Err(Refusal::bad_request(format!(
                "{name} is for numbers in the US only"
            )));
        }
    }
    let Some(kind) = kind else {
        return Err(Refusal::bad_request(
            "PhoneNumberType is required for numbers outside the US",
        ));
    };
    if code == CANADA {
        let areas = CANADIAN.iter().filter(|_| kind == LOCAL);
        return Ok(areas.map(|area| format!("+1{area}{FICTION}")).collect());
    }
    let country = ABROAD.iter().find(|country| country.code == code);
    let ranges = country.map(|country| country.ranges).unwrap_or_default();
    let ranges = ranges.iter().filter(|(of, _)| *of == kind);
    Ok(ranges.map(|(_, start)| (*start).to_owned()).collect())
}

/// `SearchAvailablePhoneNumbers`.
pub(super) fn search(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let kind = input.opt_str("PhoneNumberType");
    let starts = match input.opt_str("Country").unwrap_or(US) {
        US => starts_in_us(input, kind)?,
        code => starts_abroad(input, code, kind)?,
    };
    let mut available = Vec::new();
    for start in starts {
        for end in 0..100 {
            let number = format!("{start}{end:02}");
            if numbers::lookup(tx, &number)?.is_none() {
                available.push(number);
            }
        }
    }
    pages::page_of(tx, input, available.into_iter(), 50, "E164PhoneNumbers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_they_are() {
        let us = |kind| Some(Line { country: US, kind });
        for (number, expected, for_sale) in [
            ("+12065550100", us(LOCAL), true),
            ("+12065550199", us(LOCAL), true),
            ("+12065550200", us(LOCAL), false),
            ("+120655501000", None, false),
            ("+19115550100", None, false),
            ("+18885550142", us(TOLL_FREE), true),
            (
                "+14165550100",
                Some(Line {
                    country: CANADA,
                    kind: LOCAL,
                }),
                true,
            ),
            (
                "+448081570042",
                Some(Line {
                    country: "GB",
                    kind: TOLL_FREE,
                }),
                true,
            ),
            (
                "+442079460a00",
                Some(Line {
                    country: "GB",
                    kind: LOCAL,
                }),
                false,
            ),
            ("+4930123456", None, false),
        ] {
            assert_eq!(line(number), expected, "{number}");
            assert_eq!(is_for_sale(number), for_sale, "{number}");
        }
        assert_eq!(normalized("%2B12065550100"), "+12065550100");
        assert_eq!(normalized("12065550100"), "+12065550100");
    }

    #[test]
    fn areas_are_of_their_country() {
        for (state, code, city) in AREAS {
            assert!(is_area(code), "{code}");
            assert_eq!(state.len(), 2, "{city}");
            assert!(!CANADIAN.contains(code) && !TOLL_FREE_AREAS.contains(code));
        }
        for abroad in ABROAD {
            for (kind, start) in abroad.ranges {
                let line = line(&format!("{start}00"));
                assert_eq!(
                    line,
                    Some(Line {
                        country: abroad.code,
                        kind
                    })
                );
            }
        }
    }
}
