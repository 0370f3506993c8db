//! Users of an account.

use super::accounts;
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::{ItemError, Refusal};
use crate::store::{Index, Scan, Table, Tx};

pub(super) const USERS: Table = Table {
    name: "chime_users",
    key: &["AccountId", "UserId"],
    indexes: &[Index {
        name: BY_EMAIL,
        columns: &["AccountId", "PrimaryEmail"],
    }],
};

pub(super) const BY_EMAIL: &str = "chime_users_by_email";

/// Returns the user of a request.
pub(super) fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    tx.find(
        &USERS,
        (input.str("AccountId"), input.str("UserId")),
        "user",
    )
}

/// Returns a new user.
pub(super) fn new(tx: &Tx<'_>, account: &Doc, id: &str, email: &str, name: Option<&str>) -> Doc {
    object! {
        "AccountId": account.str("AccountId"),
        "UserId": id,
        "PrimaryEmail": email,
        "DisplayName": name,
        "LicenseType": account.str("DefaultLicense"),
        "UserType": "PrivateUser",
        "UserRegistrationStatus": "Registered",
        "RegisteredOn": tx.now(),
        "PersonalPIN": tx.digits(10),
    }
}

fn is_known(tx: &Tx<'_>, account: &str, email: &str) -> Result<bool, Refusal> {
    let scan = Scan::by(&USERS, BY_EMAIL, (account, email));
    Ok(tx.count(&scan, 1)? > 0)
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let account = accounts::find(tx, input)?;
    let name = input.opt_str("Username");
    let email = match (input.opt_str("Email"), name) {
        (Some(email), _) => email.to_owned(),
        (None, Some(name)) => format!("{}@local.invalid", name.replace(char::is_whitespace, ".")),
        (None, None) => return Err(Refusal::bad_request("Username or Email is required")),
    };
    if is_known(tx, account.str("AccountId"), &email)? {
        return Err(Refusal::conflict(format!(
            "a user with the email {email} already exists"
        )));
    }
    let mut user = new(tx, &account, &tx.new_id(), &email, name);
    user.copy(input, &["UserType"]);
    tx.put(&USERS, &user)?;
    Ok(object! {"User": user})
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"User": find(tx, input)?})
}

/// The members that both update operations change.
const CHANGED: &[&str] = &["LicenseType", "UserType", "AlexaForBusinessMetadata"];

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = find(tx, input)?;
    user.copy(input, CHANGED);
    tx.put(&USERS, &user)?;
    Ok(object! {"User": user})
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    let account = input.str("AccountId");
    let scan = match input.opt_str("UserEmail") {
        Some(email) => Scan::by(&USERS, BY_EMAIL, (account, email)),
        None => Scan::of(&USERS, account),
    };
    let user_type = input.opt_str("UserType");
    pages::page(tx, input, &scan, 50, "Users", |_, user| {
        let is_listed = user_type.is_none_or(|user_type| user.str("UserType") == user_type);
        Ok(is_listed.then_some(user))
    })
}

/// Applies a change to each user of a batch, and lists the failures.
fn batch(
    tx: &mut Tx<'_>,
    input: &Doc,
    items: &[(&str, Doc)],
    change: impl Fn(&mut Doc, &Doc) -> Result<(), Refusal>,
) -> Answer {
    accounts::check(tx, input)?;
    let account = input.str("AccountId");
    let mut errors = Vec::new();
    for (id, item) in items {
        let mut changed = || -> Result<(), ItemError> {
            if let Some(error) = tx.item_fault(id) {
                return Err(error);
            }
            let mut user = tx.find(&USERS, (account, *id), "user")?;
            change(&mut user, item)?;
            Ok(tx.put(&USERS, &user)?)
        };
        if let Err(error) = changed() {
            errors.push(error.entry("UserId", *id));
        }
    }
    Ok(object! {"UserErrors": errors})
}

pub(super) fn batch_suspend(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let items: Vec<_> = input
        .strs("UserIdList")
        .into_iter()
        .map(|id| (id, Doc::default()))
        .collect();
    batch(tx, input, &items, |user, _| {
        user.set("UserRegistrationStatus", "Suspended");
        Ok(())
    })
}

pub(super) fn batch_unsuspend(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let items: Vec<_> = input
        .strs("UserIdList")
        .into_iter()
        .map(|id| (id, Doc::default()))
        .collect();
    batch(tx, input, &items, |user, _| {
        if user.str("UserRegistrationStatus") != "Suspended" {
            let id = user.str("UserId");
            return Err(Refusal::bad_request(format!("user {id} is not suspended")));
        }
        user.set("UserRegistrationStatus", "Registered");
        Ok(())
    })
}

pub(super) fn batch_update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let items = input.docs("UpdateUserRequestItems");
    let items: Vec<_> = items
        .iter()
        .map(|item| (item.str("UserId"), item.clone()))
        .collect();
    batch(tx, input, &items, |user, item| {
        user.copy(item, CHANGED);
        Ok(())
    })
}

pub(super) fn invite(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let account = accounts::find(tx, input)?;
    let mut invites = Vec::new();
    for email in input.strs("UserEmailList") {
        let known = is_known(tx, account.str("AccountId"), email)?;
        if !known {
            let mut user = new(tx, &account, &tx.new_id(), email, None);
            user.copy(input, &["UserType"]);
            user.remove("RegisteredOn");
            let invited = object! {
                "UserRegistrationStatus": "Unregistered",
                "UserInvitationStatus": "Pending",
                "InvitedOn": tx.now(),
            };
            tx.put(&USERS, &user.with(invited))?;
        }
        invites.push(object! {
            "InviteId": tx.new_id(),
            "Status": if known { "Failed" } else { "Pending" },
            "EmailAddress": email,
            // The local Chime sends no mail.
            "EmailStatus": "NotSent",
        });
    }
    Ok(object! {"Invites": invites})
}

pub(super) fn log_out(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    find(tx, input)?;
    Ok(Doc::default())
}

pub(super) fn reset_pin(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = find(tx, input)?;
    user.set("PersonalPIN", tx.digits(10));
    tx.put(&USERS, &user)?;
    Ok(object! {"User": user})
}

pub(super) fn get_settings(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = find(tx, input)?;
    let usual = object! {"InboundCalling": false, "OutboundCalling": false, "SMS": false};
    let telephony = user.opt_doc("Telephony").unwrap_or(usual);
    Ok(object! {"UserSettings": object! {"Telephony": telephony}})
}

pub(super) fn update_settings(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = find(tx, input)?;
    user.copy(&input.doc("UserSettings"), &["Telephony"]);
    tx.put(&USERS, &user)?;
    Ok(Doc::default())
}
