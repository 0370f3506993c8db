//! Traits that change nothing for a client.

use super::{Declared, Form};

/// Traits that `import` drops.
pub(crate) const SUPPRESS: &str = "smithy.api#suppress";
pub(crate) const TAGS: &str = "smithy.api#tags";

/// A trait that other tools read.
const fn tool(id: &'static str) -> Declared {
    Declared::no_effect(id, Form::Any, "it is for other tools")
}

/// A trait of shapes that define traits.
const fn definition(id: &'static str) -> Declared {
    Declared::no_effect(id, Form::Any, "it defines a trait")
}

pub(super) const TRAITS: &[Declared] = &[
    tool("smithy.api#internal"),
    tool("smithy.api#nestedProperties"),
    tool("smithy.api#noReplace"),
    tool("smithy.api#notProperty"),
    tool("smithy.api#property"),
    tool("smithy.api#references"),
    tool("smithy.api#resourceIdentifier"),
    tool(SUPPRESS),
    tool(TAGS),
    tool("smithy.api#unitType"),
    Declared::no_effect(
        "smithy.api#private",
        Form::Any,
        "it limits references between models",
    ),
    definition("smithy.api#authDefinition"),
    definition("smithy.api#idRef"),
    definition("smithy.api#protocolDefinition"),
    definition("smithy.api#trait"),
    definition("smithy.api#traitValidators"),
    definition("smithy.api#metadata"),
    tool("aws.apigateway#apiKeyRequired"),
    tool("aws.apigateway#apiKeySource"),
    tool("aws.apigateway#apiTlsPolicy"),
    tool("aws.apigateway#authorizer"),
    tool("aws.apigateway#authorizers"),
    tool("aws.apigateway#endpointConfiguration"),
    tool("aws.apigateway#gatewayResponses"),
    tool("aws.apigateway#integration"),
    tool("aws.apigateway#minimumCompressionSize"),
    tool("aws.apigateway#mockIntegration"),
    tool("aws.apigateway#requestValidator"),
    tool("aws.apigateway#resourcePolicy"),
    tool("aws.auth#cognitoUserPoolsScopes"),
    tool("smithy.openapi#specificationExtension"),
    Declared::no_effect(
        "smithy.contracts#conditions",
        Form::Any,
        "the service checks it",
    ),
    tool("aws.api#arn"),
    tool("aws.api#arnReference"),
    tool("aws.api#controlPlane"),
    tool("aws.api#data"),
    tool("aws.api#dataPlane"),
    tool("aws.api#tagEnabled"),
    tool("aws.api#taggable"),
    tool("aws.cloudformation#cfnAdditionalIdentifier"),
    tool("aws.cloudformation#cfnDefaultValue"),
    tool("aws.cloudformation#cfnExcludeProperty"),
    tool("aws.cloudformation#cfnMutability"),
    tool("aws.cloudformation#cfnName"),
    tool("aws.cloudformation#cfnResource"),
    tool("aws.iam#actionName"),
    tool("aws.iam#actionPermissionDescription"),
    tool("aws.iam#conditionKeyValue"),
    tool("aws.iam#conditionKeys"),
    tool("aws.iam#defineConditionKeys"),
    tool("aws.iam#disableConditionKeyInference"),
    tool("aws.iam#iamAction"),
    tool("aws.iam#iamResource"),
    tool("aws.iam#requiredActions"),
    tool("aws.iam#serviceResolvedConditionKeys"),
    tool("aws.iam#supportedPrincipalTypes"),
];
