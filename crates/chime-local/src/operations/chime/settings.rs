//! Settings of the AWS account: where call records are stored, and the calling name of phone numbers.

use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::{Table, Tx};

pub(super) const SETTINGS: Table = Table {
    name: "chime_settings",
    key: &["Name"],
    indexes: &[],
};

const GLOBAL: &str = "global";
const NUMBER: &str = "phone-number";

/// How long after an update of the calling name the next one is refused: seven days.
const NEXT_NAME: i64 = 7 * 24 * 60 * 60 * 1000;

fn of(tx: &Tx<'_>, name: &str) -> Answer {
    let usual = || object! {"Name": name};
    Ok(tx.get(&SETTINGS, name)?.unwrap_or_else(usual))
}

pub(super) fn get_global(tx: &mut Tx<'_>, _: &Doc) -> Answer {
    of(tx, GLOBAL)
}

pub(super) fn update_global(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut settings = of(tx, GLOBAL)?;
    settings.copy(input, &["BusinessCalling", "VoiceConnector"]);
    tx.put(&SETTINGS, &settings)?;
    Ok(Doc::default())
}

pub(super) fn get_number(tx: &mut Tx<'_>, _: &Doc) -> Answer {
    of(tx, NUMBER)
}

pub(super) fn update_number(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut settings = of(tx, NUMBER)?;
    let updated = settings.int("CallingNameUpdatedTimestamp");
    if updated.is_some_and(|updated| tx.now() - updated < NEXT_NAME) {
        return Err(Refusal::bad_request(
            "the default calling name can be updated once in seven days",
        ));
    }
    settings.copy(input, &["CallingName"]);
    settings.set("CallingNameUpdatedTimestamp", tx.now());
    tx.put(&SETTINGS, &settings)?;
    Ok(Doc::default())
}
