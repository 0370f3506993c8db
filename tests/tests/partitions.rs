//! AWS's partitions, as in the runtime's table.

use serde_json::Value;
use smithy_operation::endpoint::partition;

/// The normalized metadata from which the table is generated.
fn partitions() -> Vec<Value> {
    let text = include_str!("../../model/partitions.json");
    let file: Value = serde_json::from_str(text).expect("JSON");
    file["partitions"].as_array().expect("an array").clone()
}

#[test]
fn every_known_region_is_in_its_partition() {
    let mut regions = 0;
    for expected in partitions() {
        let outputs = &expected["outputs"];
        for region in expected["regions"].as_object().expect("an object").keys() {
            let found = partition(region).expect("a partition");
            assert_eq!(found.name, outputs["name"], "{region}");
            assert_eq!(found.dns_suffix, outputs["dnsSuffix"], "{region}");
            assert_eq!(
                found.dual_stack_dns_suffix, outputs["dualStackDnsSuffix"],
                "{region}"
            );
            assert_eq!(found.supports_fips, outputs["supportsFIPS"], "{region}");
            assert_eq!(
                found.supports_dual_stack, outputs["supportsDualStack"],
                "{region}"
            );
            assert_eq!(
                found.implicit_global_region, outputs["implicitGlobalRegion"],
                "{region}"
            );
            regions += 1;
        }
    }
    assert!(regions > 50, "{regions}");
}

#[test]
fn new_regions_are_placed_by_their_form() {
    for (region, name) in [
        ("us-moon-1", "aws"),
        ("eu-south_west-12", "aws"),
        ("mx-east-2", "aws"),
        ("cn-west-7", "aws-cn"),
        ("eusc-de-west-2", "aws-eusc"),
        ("us-iso-north-3", "aws-iso"),
        ("us-isob-west-1", "aws-iso-b"),
        ("eu-isoe-east-4", "aws-iso-e"),
        ("us-isof-north-1", "aws-iso-f"),
        ("us-gov-north-1", "aws-us-gov"),
    ] {
        let known = partitions()
            .iter()
            .any(|partition| partition["regions"].get(region).is_some());
        assert!(!known, "{region} is not new");
        assert_eq!(
            partition(region).expect("a partition").name,
            name,
            "{region}"
        );
    }
}

#[test]
fn all_other_regions_belong_to_aws() {
    for region in [
        "",
        "nowhere",
        "cn-north",
        "cn-north-x",
        "cn--1",
        "cn-north-1-a",
        "CN-north-1x",
        "us-gov-east-coast-1",
        "eusc-fr-west-1",
        "xcn-north-1",
    ] {
        assert_eq!(
            partition(region).expect("a partition").name,
            "aws",
            "{region}"
        );
    }
}
