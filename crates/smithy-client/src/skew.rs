//! The difference between the clocks of client and service.

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

/// The maximum difference between the clocks at which signatures are accepted.
const ACCEPTED: Duration = Duration::from_secs(4 * 60);

/// A response that took longer does not say precisely enough when the service wrote its date.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The number of milliseconds by which the service's clock is ahead of the client's, as of its last response.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// Returns the service's time, unless correction is disabled.
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

/// Returns the components with a clock that stands at a time.
#[cfg(any(feature = "general-signing", feature = "sigv4a", test))]
pub(crate) fn with_time(
    components: &RuntimeComponents,
    time: SystemTime,
) -> Result<RuntimeComponents, BoxError> {
    let clock = aws_smithy_async::time::StaticTimeSource::new(time);
    let components = components.to_builder().with_time_source(Some(clock));
    Ok(components.build()?)
}

fn is_disabled(config: &ConfigBag) -> bool {
    let disabled = config.load::<DisableClockSkewCorrection>();
    disabled.is_some_and(DisableClockSkewCorrection::is_disabled)
}

/// When an attempt was sent, according to the client's clock.
#[derive(Debug, Clone, Copy)]
struct Sent(SystemTime);

impl Storable for Sent {
    type Storer = StoreReplace<Self>;
}

/// Reads the service's time from its responses. Marks a response if the difference is large enough to be the
/// reason for a refusal. The retry classifier, which has no clock, decides whether to retry.
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
        // The date of a cached response is that of the cache.
        let date = headers.get("date").filter(|_| headers.get("age").is_none());
        let date = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        let (Some(date), Some(clock), Some(Sent(sent))) =
            (date, components.time_source(), config.load::<Sent>())
        else {
            return Ok(());
        };
        let took = clock.now().duration_since(*sent).unwrap_or_default();
        // Halfway between sending and receiving.
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
