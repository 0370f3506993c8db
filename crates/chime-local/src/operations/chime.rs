//! Amazon Chime: accounts, users, bots, rooms, memberships and phone numbers.

mod accounts;
mod bots;
mod dial_outs;
mod messages;
mod numbers;
mod orders;
mod pool;
mod rooms;
pub(crate) mod sample;
mod settings;
mod users;

use super::Handlers;
use crate::store::Table;

pub(super) const OPERATIONS: Handlers = &[
    ("AssociatePhoneNumberWithUser", numbers::associate),
    (
        "AssociateSigninDelegateGroupsWithAccount",
        accounts::associate_groups,
    ),
    ("BatchCreateRoomMembership", rooms::batch_create_membership),
    ("BatchDeletePhoneNumber", numbers::batch_delete),
    ("BatchSuspendUser", users::batch_suspend),
    ("BatchUnsuspendUser", users::batch_unsuspend),
    ("BatchUpdatePhoneNumber", numbers::batch_update),
    ("BatchUpdateUser", users::batch_update),
    ("CreateAccount", accounts::create),
    ("CreateBot", bots::create),
    ("CreateMeetingDialOut", dial_outs::create),
    ("CreatePhoneNumberOrder", orders::create),
    ("CreateRoom", rooms::create),
    ("CreateRoomMembership", rooms::create_membership),
    ("CreateUser", users::create),
    ("DeleteAccount", accounts::delete),
    ("DeleteEventsConfiguration", bots::delete_events),
    ("DeletePhoneNumber", numbers::delete),
    ("DeleteRoom", rooms::delete),
    ("DeleteRoomMembership", rooms::delete_membership),
    ("DisassociatePhoneNumberFromUser", numbers::disassociate),
    (
        "DisassociateSigninDelegateGroupsFromAccount",
        accounts::disassociate_groups,
    ),
    ("GetAccount", accounts::get),
    ("GetAccountSettings", accounts::get_settings),
    ("GetBot", bots::get),
    ("GetEventsConfiguration", bots::get_events),
    ("GetGlobalSettings", settings::get_global),
    ("GetPhoneNumber", numbers::get),
    ("GetPhoneNumberOrder", orders::get),
    ("GetPhoneNumberSettings", settings::get_number),
    ("GetRetentionSettings", accounts::get_retention),
    ("GetRoom", rooms::get),
    ("GetUser", users::get),
    ("GetUserSettings", users::get_settings),
    ("InviteUsers", users::invite),
    ("ListAccounts", accounts::list),
    ("ListBots", bots::list),
    ("ListPhoneNumberOrders", orders::list),
    ("ListPhoneNumbers", numbers::list),
    ("ListRoomMemberships", rooms::list_memberships),
    ("ListRooms", rooms::list),
    ("ListSupportedPhoneNumberCountries", pool::list_countries),
    ("ListUsers", users::list),
    ("LogoutUser", users::log_out),
    ("PutEventsConfiguration", bots::put_events),
    ("PutRetentionSettings", accounts::put_retention),
    (
        "RedactConversationMessage",
        messages::redact_in_conversation,
    ),
    ("RedactRoomMessage", messages::redact_in_room),
    ("RegenerateSecurityToken", bots::regenerate_token),
    ("ResetPersonalPIN", users::reset_pin),
    ("RestorePhoneNumber", numbers::restore),
    ("SearchAvailablePhoneNumbers", pool::search),
    ("UpdateAccount", accounts::update),
    ("UpdateAccountSettings", accounts::update_settings),
    ("UpdateBot", bots::update),
    ("UpdateGlobalSettings", settings::update_global),
    ("UpdatePhoneNumber", numbers::update),
    ("UpdatePhoneNumberSettings", settings::update_number),
    ("UpdateRoom", rooms::update),
    ("UpdateRoomMembership", rooms::update_membership),
    ("UpdateUser", users::update),
    ("UpdateUserSettings", users::update_settings),
];

pub(super) const TABLES: &[&Table] = &[
    &accounts::ACCOUNTS,
    &users::USERS,
    &bots::BOTS,
    &rooms::ROOMS,
    &rooms::MEMBERSHIPS,
    &messages::MESSAGES,
    &numbers::NUMBERS,
    &orders::ORDERS,
    &settings::SETTINGS,
    &dial_outs::DIAL_OUTS,
];
