//! Amazon Chime: accounts, users, bots, rooms and memberships.

mod accounts;
mod bots;
mod rooms;
pub(crate) mod sample;
mod users;

use super::Handlers;
use crate::store::Table;

pub(super) const OPERATIONS: Handlers = &[
    (
        "AssociateSigninDelegateGroupsWithAccount",
        accounts::associate_groups,
    ),
    ("BatchCreateRoomMembership", rooms::batch_create_membership),
    ("BatchSuspendUser", users::batch_suspend),
    ("BatchUnsuspendUser", users::batch_unsuspend),
    ("BatchUpdateUser", users::batch_update),
    ("CreateAccount", accounts::create),
    ("CreateBot", bots::create),
    ("CreateRoom", rooms::create),
    ("CreateRoomMembership", rooms::create_membership),
    ("CreateUser", users::create),
    ("DeleteAccount", accounts::delete),
    ("DeleteEventsConfiguration", bots::delete_events),
    ("DeleteRoom", rooms::delete),
    ("DeleteRoomMembership", rooms::delete_membership),
    (
        "DisassociateSigninDelegateGroupsFromAccount",
        accounts::disassociate_groups,
    ),
    ("GetAccount", accounts::get),
    ("GetAccountSettings", accounts::get_settings),
    ("GetBot", bots::get),
    ("GetEventsConfiguration", bots::get_events),
    ("GetRetentionSettings", accounts::get_retention),
    ("GetRoom", rooms::get),
    ("GetUser", users::get),
    ("GetUserSettings", users::get_settings),
    ("InviteUsers", users::invite),
    ("ListAccounts", accounts::list),
    ("ListBots", bots::list),
    ("ListRoomMemberships", rooms::list_memberships),
    ("ListRooms", rooms::list),
    ("ListUsers", users::list),
    ("LogoutUser", users::log_out),
    ("PutEventsConfiguration", bots::put_events),
    ("PutRetentionSettings", accounts::put_retention),
    ("RedactRoomMessage", rooms::redact_message),
    ("RegenerateSecurityToken", bots::regenerate_token),
    ("ResetPersonalPIN", users::reset_pin),
    ("UpdateAccount", accounts::update),
    ("UpdateAccountSettings", accounts::update_settings),
    ("UpdateBot", bots::update),
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
];
