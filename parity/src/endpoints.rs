//! Endpoints.

use crate::Service;
use crate::differences::Differences;
use crate::sdk::EndpointCase;
use serde_json::json;

const REGIONS: [&str; 27] = [
    "us-east-1",
    "us-west-2",
    "eu-central-1",
    "ap-southeast-7",
    "mx-central-1",
    "il-central-1",
    "aws-global",
    "cn-north-1",
    "cn-northwest-1",
    "aws-cn-global",
    "us-gov-east-1",
    "aws-us-gov-global",
    "us-iso-east-1",
    "us-iso-west-1",
    "aws-iso-global",
    "us-isob-east-1",
    "aws-iso-b-global",
    "us-isof-south-1",
    "eu-isoe-west-1",
    "eusc-de-east-1",
    "nowhere-at-all-1",
    "US-EAST-1",
    "us-east-1a",
    "",
    "-a",
    "a/b",
    "a.b",
];

/// The start of the regions in partitions without dual-stack endpoints, by the models' tests.
const WITHOUT_DUAL_STACK: [&str; 4] = ["us-iso-", "us-isob-", "aws-iso-global", "aws-iso-b-global"];

impl Service {
    /// Resolves endpoints in every partition and beyond.
    pub async fn compare_endpoints(&self) {
        let regions = REGIONS.iter().map(|region| Some((*region).to_owned()));
        let mut cases = Vec::new();
        for region in regions.chain([None]) {
            for flags in 0..8 {
                cases.push(EndpointCase {
                    region: region.clone(),
                    fips: flags & 1 != 0,
                    dual_stack: flags & 2 != 0,
                    url: (flags & 4 != 0).then(|| "https://own.example/base".to_owned()),
                });
            }
        }
        let ours = self.ours.endpoints(&cases).await;
        let theirs = self.theirs.endpoints(&cases).await;
        let mut differences = Differences::default();
        let mut by_the_model = 0;
        for ((case, our), their) in cases.iter().zip(&ours).zip(&theirs) {
            let region = case.region.as_deref().unwrap_or_default();
            let outdated = WITHOUT_DUAL_STACK.iter().any(|it| region.starts_with(it));
            if outdated && case.dual_stack && case.url.is_none() {
                // The model's endpoint tests expect an error; see the README's table.
                assert!(our.is_err() && their.is_ok(), "{case:?}");
                by_the_model += 1;
                continue;
            }
            let shown = json!([case.region, case.fips, case.dual_stack, case.url]);
            // Where a setting is missing, ours also says where to set it.
            if let (Err(our), Err(their)) = (our, their)
                && our.starts_with(&format!("{their}: set `"))
            {
                continue;
            }
            differences.compare("endpoint", &shown, our, their);
        }
        differences.end(&format!(
            "{}: endpoints: {} against the aws-sdk crate ({by_the_model} by the model's tests left \
             out)",
            self.name,
            cases.len() - by_the_model
        ));
    }
}
