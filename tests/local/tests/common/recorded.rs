//! Requests that the console shows as Rust.

use crate::common::{Service, config};
use chime_local::{Chime, LoggedRequest};
use chime_sdk::dynamic::skeleton;

/// Calls every operation of every service with all members that it has, and returns the requests in this order.
///
/// Most are refused, since what they name does not exist.
pub(crate) async fn requests(chime: &Chime) -> Vec<LoggedRequest> {
    let mut expected = Vec::new();
    for service in Service::ALL {
        for operation in service.operations() {
            let input = skeleton(operation.shape().input);
            // The outcome does not matter.
            drop(service.call(config(chime), operation.name, input).await);
            expected.push((Some(service.name()), Some(operation.name)));
        }
    }
    let requests = chime.requests();
    let called = requests.iter().map(|it| (it.service, it.operation));
    assert!(called.eq(expected), "{requests:#?}");
    requests
}
