//! Every operation in the model, with inputs.
#![allow(unused_imports, unused_macros, reason = "no test uses all of them")]

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::codec::Codec;
use aws_smithy_types::date_time::Format;
use chime_sdk::Client;
use serde_json::{Map, Value, json};
use smithy_operation::{Handle, Operation, Overrides, SendResult, read_structure};

/// Calls a generic function for each operation. The arguments after its name are passed to it.
macro_rules! each_operation {
    ($function:ident($($argument:expr),* $(,)?)) => {
        common::model::each_operation!(@ $function($($argument),*)
            associate_phone_number_with_user::AssociatePhoneNumberWithUser,
            associate_signin_delegate_groups_with_account::AssociateSigninDelegateGroupsWithAccount,
            batch_create_room_membership::BatchCreateRoomMembership,
            batch_delete_phone_number::BatchDeletePhoneNumber,
            batch_suspend_user::BatchSuspendUser,
            batch_unsuspend_user::BatchUnsuspendUser,
            batch_update_phone_number::BatchUpdatePhoneNumber,
            batch_update_user::BatchUpdateUser,
            create_account::CreateAccount,
            create_bot::CreateBot,
            create_meeting_dial_out::CreateMeetingDialOut,
            create_phone_number_order::CreatePhoneNumberOrder,
            create_room::CreateRoom,
            create_room_membership::CreateRoomMembership,
            create_user::CreateUser,
            delete_account::DeleteAccount,
            delete_events_configuration::DeleteEventsConfiguration,
            delete_phone_number::DeletePhoneNumber,
            delete_room::DeleteRoom,
            delete_room_membership::DeleteRoomMembership,
            disassociate_phone_number_from_user::DisassociatePhoneNumberFromUser,
            disassociate_signin_delegate_groups_from_account::DisassociateSigninDelegateGroupsFromAccount,
            get_account::GetAccount,
            get_account_settings::GetAccountSettings,
            get_bot::GetBot,
            get_events_configuration::GetEventsConfiguration,
            get_global_settings::GetGlobalSettings,
            get_phone_number::GetPhoneNumber,
            get_phone_number_order::GetPhoneNumberOrder,
            get_phone_number_settings::GetPhoneNumberSettings,
            get_retention_settings::GetRetentionSettings,
            get_room::GetRoom,
            get_user::GetUser,
            get_user_settings::GetUserSettings,
            invite_users::InviteUsers,
            list_accounts::ListAccounts,
            list_bots::ListBots,
            list_phone_number_orders::ListPhoneNumberOrders,
            list_phone_numbers::ListPhoneNumbers,
            list_room_memberships::ListRoomMemberships,
            list_rooms::ListRooms,
            list_supported_phone_number_countries::ListSupportedPhoneNumberCountries,
            list_users::ListUsers,
            logout_user::LogoutUser,
            put_events_configuration::PutEventsConfiguration,
            put_retention_settings::PutRetentionSettings,
            redact_conversation_message::RedactConversationMessage,
            redact_room_message::RedactRoomMessage,
            regenerate_security_token::RegenerateSecurityToken,
            reset_personal_pin::ResetPersonalPIN,
            restore_phone_number::RestorePhoneNumber,
            search_available_phone_numbers::SearchAvailablePhoneNumbers,
            update_account::UpdateAccount,
            update_account_settings::UpdateAccountSettings,
            update_bot::UpdateBot,
            update_global_settings::UpdateGlobalSettings,
            update_phone_number::UpdatePhoneNumber,
            update_phone_number_settings::UpdatePhoneNumberSettings,
            update_room::UpdateRoom,
            update_room_membership::UpdateRoomMembership,
            update_user::UpdateUser,
            update_user_settings::UpdateUserSettings,
        )
    };
    (@ $function:ident $arguments:tt $($module:ident::$operation:ident,)*) => {
        $(common::model::each_operation!(@@ $function $module::$operation $arguments);)*
    };
    (@@ $function:ident $module:ident::$operation:ident ($($argument:expr),*)) => {
        $function::<chime_api::operation::$module::$operation>($($argument),*).await
    };
}
pub(crate) use each_operation;

/// Calls an operation with an input in JSON, wherever its members are bound in the request.
pub(crate) async fn call<O: Operation>(
    client: &Client,
    input: &Value,
    overrides: Overrides,
) -> SendResult<O::Output, O::Error> {
    let settings = JsonCodecSettings::builder()
        .default_timestamp_format(Format::EpochSeconds)
        .build();
    let text = input.to_string();
    let codec = JsonCodec::new(settings);
    let mut deserializer = codec.create_deserializer(text.as_bytes());
    let input = read_structure::<O::Input>(&mut deserializer).expect("an input");
    let handle: &Handle = client.as_ref();
    handle.invoke::<O>(input, overrides).await
}

/// The model of the service.
pub(crate) struct Model(Map<String, Value>);

impl Model {
    pub(crate) fn read() -> Self {
        let text = include_str!("../../../model/chime/model.json");
        let model: Value = serde_json::from_str(text).expect("JSON");
        Self(model["shapes"].as_object().expect("shapes").clone())
    }

    fn shape(&self, id: &str) -> &Value {
        self.0.get(id).unwrap_or(&Value::Null)
    }

    fn operation(&self, name: &str) -> &Value {
        self.shape(&format!("com.amazonaws.chime#{name}"))
    }

    /// Returns the input of the operation with all members set. Sensitive members contain the secret.
    pub(crate) fn input(&self, operation: &str, secret: &str) -> Value {
        self.structure(&self.operation(operation)["input"]["target"], secret)
    }

    /// Returns the body of a successful response with all members set. Sensitive members contain the secret.
    pub(crate) fn output(&self, operation: &str, secret: &str) -> Value {
        self.structure(&self.operation(operation)["output"]["target"], secret)
    }

    fn structure(&self, id: &Value, secret: &str) -> Value {
        match id.as_str() {
            None | Some("smithy.api#Unit") => json!({}),
            Some(_) => self.value(id, false, secret),
        }
    }

    /// Returns the members of the input that are part of the path.
    pub(crate) fn labels(&self, operation: &str) -> Vec<String> {
        let id = &self.operation(operation)["input"]["target"];
        let members = self.shape(id.as_str().unwrap_or_default())["members"].as_object();
        members
            .into_iter()
            .flatten()
            .filter(|(_, member)| member["traits"].get("smithy.api#httpLabel").is_some())
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Returns the names and statuses of the operation's errors.
    pub(crate) fn errors(&self, operation: &str) -> Vec<(&str, u16)> {
        let errors = self.operation(operation)["errors"].as_array();
        let targets = errors
            .into_iter()
            .flatten()
            .filter_map(|it| it["target"].as_str());
        targets
            .map(|id| {
                let status = self.shape(id)["traits"]["smithy.api#httpError"].as_u64();
                let name = id.rsplit('#').next().unwrap_or(id);
                (
                    name,
                    status.and_then(|it| it.try_into().ok()).unwrap_or(400),
                )
            })
            .collect()
    }

    fn value(&self, id: &Value, sensitive: bool, secret: &str) -> Value {
        let id = id.as_str().unwrap_or_default();
        let shape = self.shape(id);
        let sensitive = sensitive || shape["traits"].get("smithy.api#sensitive").is_some();
        match shape["type"].as_str().unwrap_or_default() {
            "list" => json!([self.value(&shape["member"]["target"], sensitive, secret)]),
            "structure" => {
                let members = shape["members"].as_object().into_iter().flatten();
                members
                    .map(|(name, member)| {
                        (
                            name.clone(),
                            self.value(&member["target"], sensitive, secret),
                        )
                    })
                    .collect()
            }
            "integer" => json!(7),
            "boolean" => json!(true),
            "timestamp" => json!("2026-11-24T12:00:00Z"),
            _ if id.ends_with("#Boolean") => json!(true),
            _ if id.ends_with("Integer") => json!(7),
            _ if id.ends_with("#Timestamp") => json!("2026-11-24T12:00:00Z"),
            // A secret that is encoded differently in a path, a query and JSON.
            "string" | "enum" | "" if sensitive => json!(format!("{secret}/\"&\u{e9}{secret}")),
            "string" | "enum" | "" => json!("x"),
            other => panic!("{id} is a {other}"),
        }
    }
}
