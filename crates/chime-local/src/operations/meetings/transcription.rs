//! Transcription of meetings, which a local meeting only remembers.

use super::meeting::{self, MEETINGS};
use crate::document::Doc;
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::Tx;

/// Starts the transcription, or changes its settings.
pub(super) fn start(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut meeting = meeting::find(tx, input)?;
    let settings = input.doc("TranscriptionConfiguration");
    check(&settings)?;
    meeting.set("TranscriptionConfiguration", settings);
    tx.put(&MEETINGS, &meeting)?;
    Ok(Doc::default())
}

/// Stops the transcription. It need not have been started.
pub(super) fn stop(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut meeting = meeting::find(tx, input)?;
    if meeting.remove("TranscriptionConfiguration").is_some() {
        tx.put(&MEETINGS, &meeting)?;
    }
    Ok(Doc::default())
}

fn check(settings: &Doc) -> Result<(), Refusal> {
    let refused = |message: &str| Err(Refusal::bad_request(message));
    let general = settings.opt_doc("EngineTranscribeSettings");
    let is_medical = settings.has("EngineTranscribeMedicalSettings");
    let Some(general) = general else {
        return match is_medical {
            true => Ok(()),
            false => {
                refused("EngineTranscribeSettings or EngineTranscribeMedicalSettings is required")
            }
        };
    };
    if is_medical {
        return refused(
            "EngineTranscribeSettings and EngineTranscribeMedicalSettings exclude each other",
        );
    }
    let identifies = general.bool("IdentifyLanguage") == Some(true);
    if identifies == general.has("LanguageCode") {
        return refused("exactly one of LanguageCode and IdentifyLanguage is required");
    }
    if general.has("LanguageOptions") && !identifies {
        return refused("LanguageOptions needs IdentifyLanguage");
    }
    if general.has("PreferredLanguage") && !general.has("LanguageOptions") {
        return refused("PreferredLanguage needs LanguageOptions");
    }
    let labels = general.has("ContentIdentificationType");
    let redacts = general.has("ContentRedactionType");
    if labels && redacts {
        return refused("ContentIdentificationType and ContentRedactionType exclude each other");
    }
    if general.has("PiiEntityTypes") && !labels && !redacts {
        return refused("PiiEntityTypes needs ContentIdentificationType or ContentRedactionType");
    }
    if identifies && (redacts || general.has("LanguageModelName")) {
        return refused(
            "IdentifyLanguage cannot be combined with ContentRedactionType or LanguageModelName",
        );
    }
    Ok(())
}
