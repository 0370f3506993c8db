//! The pages of what is stored.

use super::html::{Element, Html, el};
use super::{Page, link, time};
use crate::Chime;
use crate::admin::{PREFIX, ROWS, parameter};
use crate::document::Doc;
use crate::operations::table;
use crate::refusal::Refusal;
use crate::store::{self, Scan, Tx};
use bytes::Bytes;
use http::Request;
use serde_json::Value;
use std::borrow::Cow;
use std::io;

/// A list of rows of a table.
#[derive(Debug)]
pub(super) struct List {
    /// The last segment of the page's path.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    table: &'static str,
    /// The members that are shown; secrets, such as PINs and tokens, are not among them.
    columns: &'static [&'static str],
    /// The pages that a row leads to: their path, what they show, and the members of the row that they need.
    links: &'static [(&'static str, &'static str, &'static [&'static str])],
}

pub(super) const LISTS: &[List] = &[
    List {
        name: "accounts",
        title: "Accounts",
        table: "chime_accounts",
        columns: &["Name", "AccountId", "AccountType", "CreatedTimestamp"],
        links: &[
            ("users", "Users", &["AccountId"]),
            ("rooms", "Rooms", &["AccountId"]),
        ],
    },
    List {
        name: "users",
        title: "Users",
        table: "chime_users",
        columns: &[
            "PrimaryEmail",
            "DisplayName",
            "UserId",
            "LicenseType",
            "UserRegistrationStatus",
            "AccountId",
        ],
        links: &[],
    },
    List {
        name: "rooms",
        title: "Rooms",
        table: "chime_rooms",
        columns: &["Name", "RoomId", "AccountId", "CreatedTimestamp"],
        links: &[("room", "Members", &["AccountId", "RoomId"])],
    },
    List {
        name: "channels",
        title: "Channels",
        table: "messaging_channels",
        columns: &[
            "Name",
            "Mode",
            "Privacy",
            "ChannelArn",
            "LastMessageTimestamp",
        ],
        links: &[(
            "channel",
            "Messages and members",
            &["AppInstanceArn", "ChannelArn"],
        )],
    },
    List {
        name: "meetings",
        title: "Meetings",
        table: "meetings_meetings",
        columns: &[
            "MeetingId",
            "ExternalMeetingId",
            "MediaRegion",
            "CreatedTimestamp",
        ],
        links: &[("meeting", "Attendees", &["MeetingId"])],
    },
    List {
        name: "phone-numbers",
        title: "Phone numbers",
        table: "chime_phone_numbers",
        columns: &[
            "E164PhoneNumber",
            "Type",
            "ProductType",
            "Status",
            "Country",
            "CallingName",
            "CreatedTimestamp",
        ],
        links: &[],
    },
];

/// Something with what belongs to it.
struct Detail {
    name: &'static str,
    title: &'static str,
    /// The name of the list that has it.
    list: &'static str,
    /// The members of its key, which are the parameters of the page.
    key: &'static [&'static str],
    parts: &'static [Part],
}

/// Adds members of other tables to a row.
type Join = fn(&Tx<'_>, &mut Doc) -> Result<(), Refusal>;

/// The rows of a table that belong to something.
struct Part {
    title: &'static str,
    table: &'static str,
    /// The members of the owner's key that the part's key starts with.
    key: &'static [&'static str],
    columns: &'static [&'static str],
    /// Whether the last rows come first.
    backwards: bool,
    join: Option<Join>,
}

const DETAILS: &[Detail] = &[
    Detail {
        name: "room",
        title: "Room",
        list: "rooms",
        key: &["AccountId", "RoomId"],
        parts: &[Part {
            title: "Members",
            table: "chime_room_memberships",
            key: &["AccountId", "RoomId"],
            columns: &["Email", "MemberId", "Role", "UpdatedTimestamp"],
            backwards: false,
            join: Some(add_email),
        }],
    },
    Detail {
        name: "channel",
        title: "Channel",
        list: "channels",
        key: &["AppInstanceArn", "ChannelArn"],
        parts: &[
            Part {
                title: "Messages, the latest first",
                table: "messaging_messages",
                key: &["ChannelArn"],
                columns: &["Content", "Sender", "Type", "Status", "CreatedTimestamp"],
                backwards: true,
                join: None,
            },
            Part {
                title: "Members",
                table: "messaging_memberships",
                key: &["ChannelArn"],
                columns: &["MemberArn", "Type", "CreatedTimestamp"],
                backwards: false,
                join: None,
            },
        ],
    },
    Detail {
        name: "meeting",
        title: "Meeting",
        list: "meetings",
        key: &["MeetingId"],
        parts: &[Part {
            title: "Attendees",
            table: "meetings_attendees",
            key: &["MeetingId"],
            columns: &["ExternalUserId", "AttendeeId", "Capabilities"],
            backwards: false,
            join: None,
        }],
    },
];

/// Returns a page of the tables; `None` if there is none with this name.
pub(super) fn page(
    chime: &Chime,
    name: &str,
    request: &Request<Bytes>,
) -> Option<io::Result<Page>> {
    if let Some(list) = LISTS.iter().find(|list| list.name == name) {
        return Some(list.page(chime, request));
    }
    let detail = DETAILS.iter().find(|detail| detail.name == name)?;
    Some(detail.page(chime, request))
}

/// Returns the first parts of a key.
fn start(values: &[String]) -> Vec<store::Part<'_>> {
    values.iter().map(Into::into).collect()
}

impl List {
    /// The name of the table.
    pub(super) fn table(&self) -> &'static str {
        self.table
    }

    fn page(&self, chime: &Chime, request: &Request<Bytes>) -> io::Result<Page> {
        let is_by_account = table(self.table)?.key.first() == Some(&"AccountId");
        let account = parameter(request, "AccountId").filter(|_| is_by_account);
        let account = account.map(Cow::into_owned);
        let after = parameter(request, "after");
        let (rows, next) = chime.rows_below(self.table, account.clone(), after.as_deref(), ROWS)?;
        let mut body = Html::new();
        if let Some(account) = &account {
            body = body.add(
                el("p")
                    .add("Of the account ")
                    .add(el("code").add(account.as_str()))
                    .add(". ")
                    .add(link(self.name, &[], "Show all")),
            );
        }
        body = body.add(rows_of(&rows, self.columns, Some(self)));
        if let Some(next) = next {
            let mut parameters = vec![("after", next.as_str())];
            parameters.extend(account.as_deref().map(|account| ("AccountId", account)));
            body = body.add(el("p").add(link(self.name, &parameters, "Next rows")));
        }
        let all = format!("{PREFIX}tables/{}", self.table);
        body = body.add(
            el("p")
                .attr("class", "faint")
                .add("With all members, as JSON: ")
                .add(el("a").attr("href", &all).add(all.as_str())),
        );
        Ok(Page::new(self.title, self.name, body))
    }
}

impl Detail {
    fn page(&self, chime: &Chime, request: &Request<Bytes>) -> io::Result<Page> {
        let mut key = Vec::new();
        for name in self.key {
            let value = parameter(request, name).ok_or_else(|| {
                let what = format!("the parameter {name} is missing");
                io::Error::new(io::ErrorKind::InvalidInput, what)
            })?;
            key.push(value.into_owned());
        }
        let list = LISTS.iter().find(|list| list.name == self.list);
        let list = list.ok_or_else(|| io::Error::other("a list is missing"))?;
        let owners = table(list.table)?;
        let mut parts = Vec::new();
        for part in self.parts {
            let own = self.key.iter().zip(&key);
            let prefix = own.filter(|(name, _)| part.key.contains(name));
            let prefix: Vec<String> = prefix.map(|(_, value)| value.clone()).collect();
            parts.push((part, table(part.table)?, prefix));
        }
        let (row, parts) = chime.work(true, move |tx| {
            let prefix = start(&key);
            let row = tx.first(&Scan::of(owners, prefix))?;
            let mut shown = Vec::new();
            for (part, table, prefix) in parts {
                let prefix = start(&prefix);
                let scan = Scan::of(table, prefix);
                let count = tx.count(&scan, usize::MAX)?;
                let scan = if part.backwards {
                    scan.backwards()
                } else {
                    scan
                };
                let mut rows = tx.rows(&scan, None, ROWS)?;
                if let Some(join) = part.join {
                    rows.iter_mut().try_for_each(|row| join(tx, row))?;
                }
                shown.push((part, count, rows));
            }
            Ok((row, shown))
        })?;
        let row = row.ok_or_else(|| {
            let what = format!("there is no such {}", self.title.to_lowercase());
            io::Error::new(io::ErrorKind::NotFound, what)
        })?;
        let details = list.columns.iter().map(|name| {
            el("div")
                .add(el("dt").add(*name))
                .add(el("dd").add(shown(&row, name)))
        });
        let mut body = Html::new().add(el("dl").attr("class", "counts details").add_all(details));
        for (part, count, rows) in parts {
            body = body
                .add(el("h2").add(part.title))
                .add(rows_of(&rows, part.columns, None));
            if count > rows.len() {
                let all = format!("{PREFIX}tables/{}", part.table);
                body = body.add(
                    el("p")
                        .add(format!("{} of {count} are shown. All are in ", rows.len()))
                        .add(el("a").attr("href", &all).add(all.as_str()))
                        .add("."),
                );
            }
        }
        let name = row.opt_str("Name").or(row.opt_str("MeetingId"));
        let title = format!("{} {}", self.title, name.unwrap_or_default());
        Ok(Page::new(title, self.list, body))
    }
}

/// Adds the address of a room's member.
fn add_email(tx: &Tx<'_>, row: &mut Doc) -> Result<(), Refusal> {
    let users = table("chime_users").map_err(|error| Refusal::failure(error.to_string()))?;
    let key = (row.str("AccountId"), row.str("MemberId"));
    if let Some(user) = tx.get(users, key)? {
        row.set("Email", user.str("PrimaryEmail").to_owned());
    }
    Ok(())
}

fn rows_of(rows: &[Doc], columns: &[&'static str], list: Option<&List>) -> Element {
    if rows.is_empty() {
        return el("p").attr("class", "faint").add("There are none.");
    }
    let links = list.map_or(&[][..], |list| list.links);
    let mut heads: Vec<&'static str> = columns.to_vec();
    if !links.is_empty() {
        heads.push("Show");
    }
    let rows = rows.iter().map(|row| {
        let mut cells: Vec<Html> = columns.iter().map(|name| shown(row, name).into()).collect();
        if !links.is_empty() {
            let links = links.iter().map(|(page, text, members)| {
                let members = members.iter().map(|name| (*name, row.str(name)));
                let members: Vec<(&str, &str)> = members.collect();
                Html::from(link(page, &members, text)).add(" ")
            });
            cells.push(Html::new().add_all(links));
        }
        cells
    });
    el("div")
        .attr("class", "wide")
        .add(super::table(&heads, rows))
}

/// Returns a member of a row as text.
fn shown(row: &Doc, name: &str) -> String {
    match row.get(name) {
        None | Some(Value::Null) => "–".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) if name.ends_with("Timestamp") => {
            number.as_i64().map_or_else(|| number.to_string(), time)
        }
        // A status with its reason.
        Some(Value::Object(fields)) => match fields.get("Value") {
            Some(Value::String(text)) => text.clone(),
            _ => Value::Object(fields.clone()).to_string(),
        },
        Some(value) => value.to_string(),
    }
}
