//! Gets a token.

use super::Error;

smithy_operation::operation! {
    /// Gets a token.
    #[operation(
        namespace = "com.amazonaws.ssooidc",
        name = "CreateToken",
        sensitive_input(),
        sensitive_output()
    )]
    #[types(input = CreateTokenInput, output = CreateTokenOutput, error = CreateTokenError)]
    #[errors()]
    pub struct CreateToken;
}

smithy_operation::operation_error! {
    /// The error of `CreateToken`.
    #[operation(name = "CreateToken", service_error = Error)]
    pub enum CreateTokenError {}
}

smithy_operation::structure! {
    /// The input of `CreateToken`.
    #[derive(Clone, PartialEq)]
    #[shape(namespace = "com.amazonaws.ssooidc", name = "CreateTokenRequest")]
    #[builder(name = CreateTokenInputBuilder, build = fallible)]
    #[new(client_id, client_secret, grant_type)]
    #[input(method = "POST", uri = "/token", status = 200)]
    #[fluent(
        name = CreateTokenFluentBuilder,
        operation = CreateToken,
        output = CreateTokenOutput,
        error = CreateTokenError
    )]
    pub struct CreateTokenInput {
        /// The client that was registered.
        #[member(index = 0, name = "clientId", kind = String)]
        #[build(checked = String, as = text, set = set_client_id, get = get_client_id)]
        pub client_id: Option<String>,
        /// The secret of the client.
        #[member(index = 1, name = "clientSecret", kind = String, with_sensitive())]
        #[build(
            checked = String,
            as = text,
            set = set_client_secret,
            get = get_client_secret
        )]
        pub client_secret: Option<String>,
        /// What the token is given for.
        #[member(index = 2, name = "grantType", kind = String)]
        #[build(checked = String, as = text, set = set_grant_type, get = get_grant_type)]
        pub grant_type: Option<String>,
        /// The token that an earlier one came with.
        #[member(index = 3, name = "refreshToken", kind = String, with_sensitive())]
        #[build(
            optional = String,
            as = text,
            set = set_refresh_token,
            get = get_refresh_token
        )]
        pub refresh_token: Option<String>,
    }
}

smithy_operation::structure! {
    /// The output of `CreateToken`.
    #[derive(Clone, PartialEq)]
    #[shape(namespace = "com.amazonaws.ssooidc", name = "CreateTokenResponse")]
    #[builder(name = CreateTokenOutputBuilder, build = infallible)]
    #[output]
    pub struct CreateTokenOutput {
        /// The token.
        #[member(index = 0, name = "accessToken", kind = String, with_sensitive())]
        #[build(
            optional = String,
            as = text,
            set = set_access_token,
            get = get_access_token
        )]
        pub access_token: Option<String>,
        /// When the token expires, in seconds from now.
        #[member(index = 1, name = "expiresIn", kind = Integer)]
        #[build(implied = i32, value = 0, as = copy, set = set_expires_in, get = get_expires_in)]
        pub expires_in: i32,
        /// The token that gets the next one.
        #[member(index = 2, name = "refreshToken", kind = String, with_sensitive())]
        #[build(
            optional = String,
            as = text,
            set = set_refresh_token,
            get = get_refresh_token
        )]
        pub refresh_token: Option<String>,
    }
}
