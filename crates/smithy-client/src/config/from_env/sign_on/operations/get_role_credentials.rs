//! Gets the credentials of a role, with a token.

use super::Error;

smithy_operation::operation! {
    /// Gets the credentials of a role.
    #[operation(
        namespace = "com.amazonaws.sso",
        name = "GetRoleCredentials",
        sensitive_input(),
        sensitive_output()
    )]
    #[types(
        input = GetRoleCredentialsInput,
        output = GetRoleCredentialsOutput,
        error = GetRoleCredentialsError
    )]
    #[errors()]
    pub struct GetRoleCredentials;
}

smithy_operation::operation_error! {
    /// The error of `GetRoleCredentials`.
    #[operation(name = "GetRoleCredentials", service_error = Error)]
    pub enum GetRoleCredentialsError {}
}

smithy_operation::structure! {
    /// The input of `GetRoleCredentials`.
    #[derive(Clone, PartialEq)]
    #[shape(
        namespace = "com.amazonaws.sso",
        name = "GetRoleCredentialsRequest",
        with_no_body_members()
    )]
    #[builder(name = GetRoleCredentialsInputBuilder, build = fallible)]
    #[new(access_token, account_id, role_name)]
    #[input(method = "GET", uri = "/federation/credentials", status = 200)]
    #[fluent(
        name = GetRoleCredentialsFluentBuilder,
        operation = GetRoleCredentials,
        output = GetRoleCredentialsOutput,
        error = GetRoleCredentialsError
    )]
    pub struct GetRoleCredentialsInput {
        /// The token.
        #[member(
            index = 0,
            name = "accessToken",
            kind = String,
            with_http_header("x-amz-sso_bearer_token"),
            with_sensitive()
        )]
        #[build(checked = String, as = text, set = set_access_token, get = get_access_token)]
        pub access_token: Option<String>,
        /// The account that has the role.
        #[member(
            index = 1,
            name = "accountId",
            kind = String,
            with_http_query("account_id")
        )]
        #[build(checked = String, as = text, set = set_account_id, get = get_account_id)]
        pub account_id: Option<String>,
        /// The role.
        #[member(index = 2, name = "roleName", kind = String, with_http_query("role_name"))]
        #[build(checked = String, as = text, set = set_role_name, get = get_role_name)]
        pub role_name: Option<String>,
    }
}

smithy_operation::structure! {
    /// The output of `GetRoleCredentials`.
    #[derive(Clone, PartialEq)]
    #[shape(namespace = "com.amazonaws.sso", name = "GetRoleCredentialsResponse")]
    #[builder(name = GetRoleCredentialsOutputBuilder, build = infallible)]
    #[output]
    pub struct GetRoleCredentialsOutput {
        /// The credentials.
        #[member(index = 0, name = "roleCredentials", kind = Structure)]
        #[build(
            optional = RoleCredentials,
            as = value,
            set = set_role_credentials,
            get = get_role_credentials
        )]
        pub role_credentials: Option<RoleCredentials>,
    }
}

smithy_operation::structure! {
    /// Credentials of a role.
    #[derive(Clone, PartialEq)]
    #[shape(namespace = "com.amazonaws.sso", name = "RoleCredentials")]
    #[builder(name = RoleCredentialsBuilder, build = infallible)]
    #[value]
    pub struct RoleCredentials {
        /// The access key ID.
        #[member(index = 0, name = "accessKeyId", kind = String)]
        #[build(
            optional = String,
            as = text,
            set = set_access_key_id,
            get = get_access_key_id
        )]
        pub access_key_id: Option<String>,
        /// When the credentials expire, in milliseconds since 1970.
        #[member(index = 1, name = "expiration", kind = Long)]
        #[build(implied = i64, value = 0, as = copy, set = set_expiration, get = get_expiration)]
        pub expiration: i64,
        /// The secret access key.
        #[member(index = 2, name = "secretAccessKey", kind = String, with_sensitive())]
        #[build(
            optional = String,
            as = text,
            set = set_secret_access_key,
            get = get_secret_access_key
        )]
        pub secret_access_key: Option<String>,
        /// The session token.
        #[member(index = 3, name = "sessionToken", kind = String, with_sensitive())]
        #[build(
            optional = String,
            as = text,
            set = set_session_token,
            get = get_session_token
        )]
        pub session_token: Option<String>,
    }
}
