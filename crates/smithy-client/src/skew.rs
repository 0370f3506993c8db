//! How far the clocks of client and service are apart.

use crate::retry::Skewed;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::date_time::Format;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// How far the clocks of client and service may be apart without signatures being refused.
const ACCEPTED: Duration = Duration::from_secs(4 * 60);

/// An answer that took longer says too little of when the service wrote its date.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// By how many milliseconds the service's clock is ahead of the client's, by its last answer.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// The service's time, where correction is not disabled.
    pub(crate) fn correct(&self, now: SystemTime, config: &ConfigBag) -> SystemTime {
        let ahead = self.0.load(Ordering::Relaxed);
        if ahead == 0 || is_disabled(config) {
            return now;
        }
        let by = Duration::from_millis(ahead.unsigned_abs());
        let corrected = match ahead {
            1.. => now.checked_add(by),
            _ => now.checked_sub(by),
        };
        corrected.unwrap_or(now)
    }
}

fn is_disabled(config: &ConfigBag) -> bool {
    let disabled = config.load::<DisableClockSkewCorrection>();
    disabled.is_some_and(DisableClockSkewCorrection::is_disabled)
}

/// When an attempt was sent, by the client's clock.
#[derive(Debug, Clone, Copy)]
struct Sent(SystemTime);

impl Storable for Sent {
    type Storer = StoreReplace<Self>;
}

/// Takes the service's time from its answers, and marks answers whose time is so far from the
/// client's that this may be why a request was refused. Whether there is another attempt is for
/// the retry classifier to say, which sees no clock.
#[derive(Debug)]
pub(crate) struct SkewInterceptor(pub(crate) Arc<Skew>);

#[dyn_dispatch_hint]
impl Intercept for SkewInterceptor {
    fn name(&self) -> &'static str {
        "SkewInterceptor"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(clock) = components.time_source()
            && !is_disabled(config)
        {
            config.interceptor_state().store_put(Sent(clock.now()));
        }
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_disabled(config) {
            return Ok(());
        }
        let headers = context.response().headers();
        // The date of an answer from a cache is the cache's.
        let date = headers.get("date").filter(|_| headers.get("age").is_none());
        let date = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        let (Some(date), Some(clock), Some(Sent(sent))) =
            (date, components.time_source(), config.load::<Sent>())
        else {
            return Ok(());
        };
        let took = clock.now().duration_since(*sent).unwrap_or_default();
        // In the middle between sending and receiving.
        let own = sent.checked_add(took / 2).map(DateTime::from);
        let ahead = own.and_then(|own| Some(date.to_millis().ok()? - own.to_millis().ok()?));
        if let Some(ahead) = ahead.filter(|_| took <= LONGEST) {
            self.0.0.store(ahead, Ordering::Relaxed);
            if Duration::from_millis(ahead.unsigned_abs()) > ACCEPTED {
                context.response_mut().add_extension(Skewed);
            }
        }
        Ok(())
    }
}
