//! Configurations of insights pipelines.

use super::checks;
use super::pipelines::{self, BY_SOURCE, PIPELINES};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::operations::common::tags;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

pub(super) const CONFIGURATIONS: Table = Table {
    name: "media_pipelines_configurations",
    key: &["MediaInsightsPipelineConfigurationId"],
    indexes: &[Index {
        name: BY_NAME,
        columns: &["MediaInsightsPipelineConfigurationName"],
    }],
};

const BY_NAME: &str = "media_pipelines_configurations_by_name";

/// The kind of resource in ARNs, which is followed by the name.
const KIND: &str = "media-insights-pipeline-configuration";

/// The elements that need no configuration of their own.
const OPTIONAL: &[&str] = &["S3RecordingSink", "VoiceEnhancementSink"];

/// The members that set the language of a transcription. They are mutually exclusive.
const LANGUAGES: &[&str] = &[
    "LanguageCode",
    "IdentifyLanguage",
    "IdentifyMultipleLanguages",
];

fn check(input: &Doc) -> Result<(), Refusal> {
    checks::belongs(
        "ResourceAccessRoleArn",
        input.str("ResourceAccessRoleArn"),
        "iam",
    )?;
    let elements = input.docs("Elements");
    if elements.is_empty() {
        return Err(Refusal::bad_request("Elements must not be empty"));
    }
    for element in elements {
        let kind = element.str("Type");
        let configuration = checks::of_type(&element);
        if configuration.is_none() && !OPTIONAL.contains(&kind) {
            return Err(missing(kind));
        }
        let configuration = configuration.unwrap_or_default();
        if kind == "AmazonTranscribeProcessor" {
            let given = LANGUAGES
                .iter()
                .filter(|name| configuration.get(name).is_some_and(|value| value != false));
            if given.count() != 1 {
                return Err(Refusal::bad_request(format!(
                    "exactly one of {} is required",
                    LANGUAGES.join(", ")
                )));
            }
        }
    }
    for rule in input.doc("RealTimeAlertConfiguration").docs("Rules") {
        if checks::of_type(&rule).is_none() {
            return Err(missing(rule.str("Type")));
        }
    }
    Ok(())
}

fn missing(kind: &str) -> Refusal {
    Refusal::bad_request(format!(
        "an item of Type {kind} needs the member {kind}Configuration"
    ))
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(input)?;
    let name = input.str("MediaInsightsPipelineConfigurationName");
    if tx.count(&Scan::by(&CONFIGURATIONS, BY_NAME, name), 1)? > 0 {
        return Err(Refusal::bad_request(format!(
            "a configuration with the name {name} already exists"
        )));
    }
    let arn = tx.arn(&format!("{KIND}/{name}"));
    let mut configuration = object! {
        "MediaInsightsPipelineConfigurationId": tx.new_id(),
        "MediaInsightsPipelineConfigurationArn": &arn,
        "MediaInsightsPipelineConfigurationName": name,
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
    };
    configuration.copy(input, CHANGED);
    tx.put(&CONFIGURATIONS, &configuration)?;
    tags::set(tx, &arn, input)?;
    Ok(object! {"MediaInsightsPipelineConfiguration": configuration})
}

/// The members that can be changed.
const CHANGED: &[&str] = &[
    "Elements",
    "RealTimeAlertConfiguration",
    "ResourceAccessRoleArn",
];

/// Returns the configuration with an ARN; `None` if there is none.
pub(super) fn of_arn(tx: &Tx<'_>, arn: &str) -> Result<Option<Doc>, Refusal> {
    let Some(name) = crate::arn::id_of(arn, KIND) else {
        return Ok(None);
    };
    let configuration = tx.first(&Scan::by(&CONFIGURATIONS, BY_NAME, name))?;
    Ok(configuration.filter(|it| it.str("MediaInsightsPipelineConfigurationArn") == arn))
}

/// Returns the configuration that a request identifies by its name, ID or ARN.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    let identifier = checks::id(input.str("Identifier"), KIND);
    if let Some(named) = tx.first(&Scan::by(&CONFIGURATIONS, BY_NAME, identifier))? {
        return Ok(named);
    }
    tx.find(&CONFIGURATIONS, identifier, "configuration")
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"MediaInsightsPipelineConfiguration": find(tx, input)?})
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let scan = Scan::of(&CONFIGURATIONS, ());
    let name = "MediaInsightsPipelineConfigurations";
    pages::page(tx, input, &scan, 100, name, |_, row| Ok(Some(row)))
}

/// Replaces the settings of a configuration. Pipelines that exist keep theirs.
pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(input)?;
    let mut configuration = find(tx, input)?;
    for name in CHANGED {
        configuration.set(name, input.get(name));
    }
    configuration.set("UpdatedTimestamp", tx.now());
    tx.put(&CONFIGURATIONS, &configuration)?;
    Ok(object! {"MediaInsightsPipelineConfiguration": configuration})
}

/// Deletes a configuration, unless a pipeline that has not stopped uses it.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let configuration = find(tx, input)?;
    let arn = configuration.str("MediaInsightsPipelineConfigurationArn");
    let users = tx.all(&Scan::by(&PIPELINES, BY_SOURCE, arn))?;
    if let Some(user) = users.iter().find(|it| pipelines::state(tx, it).is_active()) {
        return Err(Refusal::conflict(format!(
            "pipeline {} uses the configuration",
            user.str("MediaPipelineId")
        )));
    }
    tags::clear(tx, arn)?;
    tx.remove(
        &CONFIGURATIONS,
        configuration.str("MediaInsightsPipelineConfigurationId"),
    )?;
    Ok(Doc::default())
}
