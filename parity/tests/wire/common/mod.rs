//! What the tests of all services share.

pub mod values;

/// Compares a service's crates. The driver is included twice, once for each SDK: that it compiles
/// with both shows that their APIs are the same.
macro_rules! compare {
    ($service:literal, $ours:ident, $theirs:ident) => {
        #[allow(deprecated, reason = "the models deprecate operations")]
        mod ours {
            use $ours as sdk;

            include!("common/driver.rs");
            include!(concat!(env!("OUT_DIR"), "/", $service, ".rs"));
        }

        #[allow(deprecated, reason = "the models deprecate operations")]
        mod theirs {
            use $theirs as sdk;

            include!("common/driver.rs");
            include!(concat!(env!("OUT_DIR"), "/", $service, ".rs"));
        }

        const SERVICE: parity::Service = parity::Service {
            name: $service,
            ours: &ours::Driver,
            theirs: &theirs::Driver,
        };

        #[tokio::test]
        async fn requests_are_the_same() {
            SERVICE.compare_requests().await;
        }

        #[tokio::test]
        async fn every_character_is_sent_the_same() {
            SERVICE.compare_every_character().await;
        }

        #[tokio::test]
        async fn signatures_are_the_same() {
            SERVICE.compare_signatures().await;
        }

        #[tokio::test]
        async fn answers_are_read_the_same() {
            SERVICE.compare_answers().await;
        }

        #[tokio::test]
        async fn bad_answers_are_read_the_same() {
            SERVICE.compare_bad_answers().await;
        }

        #[tokio::test]
        async fn endpoints_are_the_same() {
            SERVICE.compare_endpoints().await;
        }
    };
}
pub(crate) use compare;
