//! Users of an account.

use super::accounts::{Account, LICENSES};
use super::members::Members;
use super::{Store, batches, new_id, nothing, now, object, text};
use crate::refusal::{ItemError, Kind, Refusal};
use aws_smithy_types::Document;

const TYPES: &[&str] = &["PrivateUser", "SharedDevice"];

/// The maximum number of users in a batch: the limits in Chime's model.
const BATCH: usize = 50;
const BATCH_UPDATE: usize = 20;

/// A user.
#[derive(Debug)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) name: Option<String>,
    license: String,
    user_type: String,
    registration: &'static str,
    invited: bool,
    created: Document,
    pin: String,
    alexa: Option<Document>,
    telephony: Document,
}

impl User {
    pub(super) fn new(
        id: String,
        account: &Account,
        email: String,
        name: Option<String>,
        user_type: &str,
    ) -> Self {
        Self {
            id,
            email,
            name,
            license: account.license.clone(),
            user_type: user_type.to_owned(),
            registration: "Registered",
            invited: false,
            created: now(),
            pin: new_pin(),
            alexa: None,
            telephony: object([
                ("InboundCalling", Some(Document::Bool(false))),
                ("OutboundCalling", Some(Document::Bool(false))),
                ("SMS", Some(Document::Bool(false))),
            ]),
        }
    }

    fn show(&self, account: &str) -> Document {
        let created = Some(self.created.clone());
        object([
            ("UserId", text(&self.id)),
            ("AccountId", text(account)),
            ("PrimaryEmail", text(&self.email)),
            ("DisplayName", self.name.as_ref().and_then(text)),
            ("LicenseType", text(&self.license)),
            ("UserType", text(&self.user_type)),
            ("UserRegistrationStatus", text(self.registration)),
            (
                "UserInvitationStatus",
                self.invited.then_some("Pending").and_then(text),
            ),
            ("InvitedOn", created.clone().filter(|_| self.invited)),
            ("RegisteredOn", created.filter(|_| !self.invited)),
            ("AlexaForBusinessMetadata", self.alexa.clone()),
            ("PersonalPIN", text(&self.pin)),
        ])
    }
}

fn new_pin() -> String {
    fastrand::u64(1_000_000_000..10_000_000_000).to_string()
}

/// Returns the account and the user in the request.
fn find<'s>(store: &'s mut Store, input: &Members) -> Result<(String, &'s mut User), Refusal> {
    let account = store.account(input)?;
    let id = input.required_text("UserId")?;
    let account_id = account.id.clone();
    let user = account
        .users
        .get_mut(id)
        .ok_or_else(|| Refusal::not_found("user", id))?;
    Ok((account_id, user))
}

fn answer(account: &str, user: &User) -> Document {
    object([("User", Some(user.show(account)))])
}

pub(super) fn create(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let user_type = input.one_of("UserType", TYPES)?.unwrap_or("PrivateUser");
    let account = store.account(input)?;
    let name = input.text("Username").map(str::to_owned);
    let email = match (input.text("Email"), &name) {
        (Some(email), _) => email.to_owned(),
        (None, Some(name)) => format!("{}@local.invalid", name.replace(char::is_whitespace, ".")),
        (None, None) => return Err(Refusal::bad_request("Username or Email is required")),
    };
    if account.users.iter().any(|user| user.email == email) {
        return Err(Refusal::conflict(format!(
            "a user with the email {email} already exists"
        )));
    }
    let user = User::new(new_id(), account, email, name, user_type);
    let shown = answer(&account.id, &user);
    account.users.insert(user.id.clone(), user);
    Ok(shown)
}

pub(super) fn get(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let (account, user) = find(store, input)?;
    Ok(answer(&account, user))
}

pub(super) fn update(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let (account, user) = find(store, input)?;
    change(user, input)?;
    Ok(answer(&account, user))
}

/// Applies the changes that both update operations support.
fn change(user: &mut User, item: &Members) -> Result<(), Refusal> {
    let license = item.one_of("LicenseType", LICENSES)?;
    let user_type = item.one_of("UserType", TYPES)?;
    if let Some(license) = license {
        license.clone_into(&mut user.license);
    }
    if let Some(user_type) = user_type {
        user_type.clone_into(&mut user.user_type);
    }
    if let Some(alexa) = item.cloned("AlexaForBusinessMetadata") {
        user.alexa = Some(alexa);
    }
    Ok(())
}

pub(super) fn list(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let user_type = input.one_of("UserType", TYPES)?;
    let email = input.text("UserEmail");
    let account = store.account(input)?;
    super::pages::page(
        &account.users,
        input,
        200,
        "Users",
        |user| {
            email.is_none_or(|email| user.email == email)
                && user_type.is_none_or(|user_type| user.user_type == user_type)
        },
        |user| user.show(&account.id),
    )
}

/// Applies a change to each user of a batch, and lists the failures.
fn batch<'i>(
    store: &mut Store,
    input: &Members,
    items: impl Iterator<Item = (&'i str, &'i Members)>,
    mut change: impl FnMut(&mut User, &Members) -> Result<(), Refusal>,
) -> Result<Document, Refusal> {
    let mut faults = store.item_faults.take();
    let account = store.account(input)?;
    let mut errors = Vec::new();
    for (id, item) in items {
        let error = match (batches::fault(&mut faults, id), account.users.get_mut(id)) {
            (Some(error), _) => Err(error),
            (None, Some(user)) => change(user, item).map_err(ItemError::from),
            (None, None) => Err(Refusal::not_found("user", id).into()),
        };
        if let Err(error) = error {
            errors.push(batches::item_error("UserId", text(id), error));
        }
    }
    Ok(object([("UserErrors", Some(Document::Array(errors)))]))
}

pub(super) fn batch_suspend(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let ids = input.texts("UserIdList", BATCH)?;
    batch(
        store,
        input,
        ids.into_iter().map(|id| (id, input)),
        |user, _| {
            user.registration = "Suspended";
            Ok(())
        },
    )
}

pub(super) fn batch_unsuspend(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let ids = input.texts("UserIdList", BATCH)?;
    batch(
        store,
        input,
        ids.into_iter().map(|id| (id, input)),
        |user, _| {
            if user.registration != "Suspended" {
                return Err(Refusal {
                    kind: Kind::BadRequest,
                    message: format!("user {} is not suspended", user.id),
                });
            }
            user.registration = "Registered";
            Ok(())
        },
    )
}

pub(super) fn batch_update(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let items = input.structures("UpdateUserRequestItems", BATCH_UPDATE)?;
    let named: Vec<(&str, &Members)> = items
        .iter()
        .map(|item| Ok((item.required_text("UserId")?, item)))
        .collect::<Result<_, Refusal>>()?;
    batch(store, input, named.into_iter(), change)
}

pub(super) fn invite(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let user_type = input.one_of("UserType", TYPES)?.unwrap_or("PrivateUser");
    let emails = input.texts("UserEmailList", BATCH)?;
    let account = store.account(input)?;
    let invites = emails
        .into_iter()
        .map(|email| {
            let known = account.users.iter().any(|user| user.email == email);
            if !known {
                let mut user = User::new(new_id(), account, email.to_owned(), None, user_type);
                user.registration = "Unregistered";
                user.invited = true;
                account.users.insert(user.id.clone(), user);
            }
            object([
                ("InviteId", text(new_id())),
                ("Status", text(if known { "Failed" } else { "Pending" })),
                ("EmailAddress", text(email)),
                // The local Chime sends no mail.
                ("EmailStatus", text("NotSent")),
            ])
        })
        .collect();
    Ok(object([("Invites", Some(Document::Array(invites)))]))
}

pub(super) fn log_out(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    find(store, input)?;
    Ok(nothing())
}

pub(super) fn reset_pin(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let (account, user) = find(store, input)?;
    user.pin = new_pin();
    Ok(answer(&account, user))
}

pub(super) fn get_settings(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let (_, user) = find(store, input)?;
    let settings = object([("Telephony", Some(user.telephony.clone()))]);
    Ok(object([("UserSettings", Some(settings))]))
}

pub(super) fn update_settings(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let settings = Members::from(input.cloned("UserSettings").unwrap_or_else(nothing));
    let (_, user) = find(store, input)?;
    if let Some(telephony) = settings.cloned("Telephony") {
        user.telephony = telephony;
    }
    Ok(nothing())
}
