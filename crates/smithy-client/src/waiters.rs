//! Waiting until a service reports a state, by calling an operation again and again.
//!
//! Generated code defines the waiters of a model with [`waiter!`](crate::waiter). smithy-rs's orchestrator makes
//! the calls and waits between them.

mod expr;

pub use aws_smithy_runtime::client::waiters::AcceptorState;
pub use aws_smithy_runtime_api::client::waiters::{FinalPoll, error};
pub use expr::Expr;

use crate::document;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime::client::waiters::{WaiterOrchestrator, attach_waiter_tracing_span};
use aws_smithy_runtime_api::client::runtime_plugin::{SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_schema::serde::SerializableStruct;
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::Layer;
use error::WaiterError;
use smithy_operation::error::{ErrorView, OperationError, SdkError};
use smithy_operation::{BoxFuture, Call, Handle, Operation, Structure};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

/// The result of waiting with operation `O`.
pub type WaitResult<O> = Result<
    FinalPoll<<O as Operation>::Output, SdkError<<O as Operation>::Error>>,
    WaiterError<<O as Operation>::Output, <O as Operation>::Error>,
>;

/// The error if the client has no timer.
const NO_TIMER: &str = "a waiter needs a timer: enable the feature `rt-tokio`, or set `sleep_impl` in the \
    configuration";

/// A waiter of a model.
#[derive(Debug)]
pub struct Waiter {
    /// The shortest time between two calls.
    pub min_delay: Duration,
    /// The longest time between two calls.
    pub max_delay: Duration,
    /// What the results of calls mean. The first one that matches counts.
    pub acceptors: &'static [Acceptor],
}

/// What a result of a call means.
#[derive(Debug)]
pub struct Acceptor(pub AcceptorState, pub Matcher);

/// Which results an acceptor matches.
#[derive(Debug)]
pub enum Matcher {
    /// A call that succeeds, or one that the service refuses.
    Success(bool),
    /// A call that the service refuses with this code.
    ErrorType(&'static str),
    /// An output of which the expression's value passes the test.
    Output(Expr, Test),
    /// The same for an expression over `input` and `output`.
    InputOutput(Expr, Test),
}

/// A test of an expression's value.
#[derive(Debug)]
pub enum Test {
    /// It is this string.
    StringEquals(&'static str),
    /// It is this boolean.
    BooleanEquals(bool),
    /// It is a list of at least one item, and each item is this string.
    AllStringEquals(&'static str),
    /// It is a list, and an item is this string.
    AnyStringEquals(&'static str),
}

impl Test {
    fn passes(&self, value: &Document) -> bool {
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        match self {
            Self::StringEquals(text) => value.as_string() == Some(text),
            Self::BooleanEquals(boolean) => value.as_bool() == Some(*boolean),
            Self::AllStringEquals(text) => {
                !items.is_empty() && items.iter().all(|item| item.as_string() == Some(text))
            }
            Self::AnyStringEquals(text) => items.iter().any(|item| item.as_string() == Some(text)),
        }
    }
}

impl Matcher {
    fn matches(
        &self,
        input: Option<&Document>,
        output: &mut Output<'_>,
        error: Option<ErrorView<'_>>,
    ) -> bool {
        match (self, error) {
            (Self::Success(success), error) => *success == error.is_none(),
            (Self::ErrorType(code), Some(error)) => {
                let modelled = match error {
                    ErrorView::Modelled(error) => Some(error.shape_code()),
                    ErrorView::Unhandled(_) => None,
                };
                modelled == Some(*code) || error.meta().code() == Some(*code)
            }
            (Self::Output(expr, test), None) => test.passes(&expr.evaluate(output.document())),
            (Self::InputOutput(expr, test), None) => {
                let both = HashMap::from([
                    ("input".to_owned(), input.cloned().unwrap_or(Document::Null)),
                    ("output".to_owned(), output.document().clone()),
                ]);
                test.passes(&expr.evaluate(&Document::Object(both)))
            }
            _ => false,
        }
    }
}

/// An output, which becomes a document when an acceptor looks into it.
struct Output<'a> {
    shape: Option<&'a dyn SerializableStruct>,
    document: Option<Document>,
}

impl Output<'_> {
    fn document(&mut self) -> &Document {
        let shape = self.shape;
        self.document
            .get_or_insert_with(|| shape.map_or(Document::Null, document::of))
    }
}

impl Waiter {
    /// Returns what the first acceptor that matches says.
    fn state(
        &self,
        input: Option<&Document>,
        result: Result<&dyn SerializableStruct, ErrorView<'_>>,
    ) -> AcceptorState {
        let (shape, error) = match result {
            Ok(output) => (Some(output), None),
            Err(error) => (None, Some(error)),
        };
        let mut output = Output {
            shape,
            document: None,
        };
        let mut acceptors = self.acceptors.iter();
        acceptors
            .find(|Acceptor(_, matcher)| matcher.matches(input, &mut output, error))
            .map_or(AcceptorState::NoAcceptorsMatched, |Acceptor(state, _)| {
                *state
            })
    }

    fn reads_input(&self) -> bool {
        let mut acceptors = self.acceptors.iter();
        acceptors.any(|Acceptor(_, matcher)| matches!(matcher, Matcher::InputOutput(..)))
    }
}

/// The clock and the timer of a client.
#[derive(Debug)]
struct Clock(Handle);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        self.0.now()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        match self.0.sleep(duration) {
            Some(sleep) => Sleep::new(Shared(Mutex::new(sleep))),
            // `wait` has checked that there is a timer.
            None => Sleep::new(std::future::ready(())),
        }
    }
}

/// A future that threads may share, as [`Sleep`] asks for. Only its owner polls it.
struct Shared(Mutex<BoxFuture<()>>);

impl Future for Shared {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let future = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        future.as_mut().poll(context)
    }
}

/// Makes the call until an acceptor says that waiting is over, for `max_wait` at most.
///
/// # Errors
///
/// Returns an error if an acceptor says that the state will never be reached, if the time is over, or if a call
/// fails in a way that no acceptor matches.
pub async fn wait<O>(
    mut call: Call<O>,
    waiter: &'static Waiter,
    max_wait: Duration,
) -> WaitResult<O>
where
    O: Operation,
    <O::Input as Structure>::Builder: Clone,
{
    let handle = call.handle().clone();
    if !handle.has_timer() {
        return Err(WaiterError::construction_failure(NO_TIMER));
    }
    call.overrides.plugins.push(feature());
    let input = waiter
        .reads_input()
        .then(|| document::of(&O::Input::complete(call.input.clone())));
    let acceptor = move |result: Result<&O::Output, &O::Error>| {
        let result = match result {
            Ok(output) => Ok(output as &dyn SerializableStruct),
            Err(error) => Err(error.view()),
        };
        waiter.state(input.as_ref(), result)
    };
    let orchestrator = WaiterOrchestrator::builder()
        .min_delay(waiter.min_delay)
        .max_delay(waiter.max_delay)
        .max_wait(max_wait)
        .time_source(SharedTimeSource::new(Clock(handle.clone())))
        .sleep_impl(SharedAsyncSleep::new(Clock(handle)))
        .acceptor(acceptor)
        .operation(move || call.clone().send())
        .build();
    attach_waiter_tracing_span(orchestrator.orchestrate()).await
}

/// Names waiters in the `User-Agent` header.
fn feature() -> SharedRuntimePlugin {
    let mut layer = Layer::new("waiter");
    layer.store_append(SmithySdkFeature::Waiter);
    SharedRuntimePlugin::new(StaticRuntimePlugin::new().with_config(layer.freeze()))
}

/// Defines the builder of a waiter, whose setters are those of the operation's input.
///
/// - `#[waiter(operation = O, input = B, min_delay = 2, max_delay = 120)]` names the operation and the builder of
///   its input, and sets the delays in seconds.
/// - `#[acceptor(Success, Output(expression, StringEquals("ACTIVE")))]` says what a result means, by the names of
///   [`AcceptorState`], [`Matcher`], [`Expr`] and [`Test`].
/// - `#[results(final_poll = F, error = E)]` names the types of the results.
/// - `#[build(optional = T, as = text, set = set_x, get = get_x)]` describes a member as in
///   [`structure!`](smithy_operation::structure).
#[macro_export]
macro_rules! waiter {
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated $(($($note:tt)*))?])?
        #[waiter(operation = $operation:ty, input = $input:ty, min_delay = $min:literal, max_delay = $max:literal)]
        $(#[acceptor($state:ident, $($matcher:tt)*)])*
        #[results(final_poll = $final_poll:ident, error = $error:ident)]
        pub struct $builder:ident {
            $(
                $(#[doc = $member_doc:expr])*
                $(#[deprecated(note = $member_note:literal)])?
                #[build(
                    $presence:ident = $ty:ty,
                    $(value = $default:expr,)?
                    as = $passed:ident $(($($passed_arg:ty),* $(,)?))?,
                    set = $set:ident,
                    get = $get:ident
                    $(,)?
                )]
                pub $field:ident: $field_ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated $(($($note)*))?])?
        #[derive(Debug, Clone)]
        pub struct $builder {
            pub(crate) call: ::smithy_operation::Call<$operation>,
        }

        /// The last result, if waiting succeeds.
        pub type $final_poll = $crate::waiters::FinalPoll<
            <$operation as ::smithy_operation::Operation>::Output,
            ::smithy_operation::error::SdkError<<$operation as ::smithy_operation::Operation>::Error>,
        >;

        /// Why waiting failed.
        pub type $error = $crate::waiters::error::WaiterError<
            <$operation as ::smithy_operation::Operation>::Output,
            <$operation as ::smithy_operation::Operation>::Error,
        >;

        impl $builder {
            /// Returns the builder of the input.
            #[inline]
            pub fn as_input(&self) -> &$input {
                &self.call.input
            }

            /// Waits, for `max_wait` at most.
            ///
            /// # Errors
            ///
            /// Returns an error if the state will never be reached, if the time is over, or if a call fails.
            pub async fn wait(
                self,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<$final_poll, $error> {
                static WAITER: $crate::waiters::Waiter = {
                    #[allow(unused_imports)]
                    use $crate::waiters::{
                        Acceptor, AcceptorState, Expr::*, Matcher::*, Test::*, Waiter,
                    };
                    Waiter {
                        min_delay: ::core::time::Duration::from_secs($min),
                        max_delay: ::core::time::Duration::from_secs($max),
                        acceptors: &[$(Acceptor(AcceptorState::$state, $($matcher)*)),*],
                    }
                };
                $crate::waiters::wait::<$operation>(self.call, &WAITER, max_wait).await
            }

            $(
                ::smithy_operation::__fluent_setter! {
                    $passed $(($($passed_arg),*))?, $field: $ty, {
                        $(#[doc = $member_doc])*
                        $(#[deprecated(note = $member_note)])?
                    }
                }

                $(#[doc = $member_doc])*
                $(#[deprecated(note = $member_note)])?
                #[inline]
                pub fn $set(mut self, input: ::core::option::Option<$ty>) -> Self {
                    self.call.input = self.call.input.$set(input);
                    self
                }

                $(#[doc = $member_doc])*
                $(#[deprecated(note = $member_note)])?
                #[inline]
                pub fn $get(&self) -> &::core::option::Option<$ty> {
                    self.call.input.$get()
                }
            )*
        }

        $crate::__blocking_waiter! {
            $builder, $operation, $input, $final_poll, $error,
            {
                $(
                    [$(#[doc = $member_doc])* $(#[deprecated(note = $member_note)])?]
                    $passed [$(($($passed_arg),*))?] $set $get $field: $ty,
                )*
            }
        }
    };
}

/// Defines the builder of a waiter that blocks the thread, in the module `blocking`.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_waiter {
    (
        $builder:ident, $operation:ty, $input:ty, $final_poll:ident, $error:ident,
        {
            $(
                [$($meta:tt)*]
                $passed:ident [$(($($passed_arg:ty),*))?] $set:ident $get:ident $field:ident: $ty:ty,
            )*
        }
    ) => {
        /// The builder of the waiter for calls that block the thread.
        pub mod blocking {
            use super::*;

            #[doc = concat!("A [`", stringify!($builder), "`](super::", stringify!($builder), ") that blocks the thread.")]
            #[derive(Debug, Clone)]
            #[allow(deprecated)]
            pub struct $builder {
                call: ::smithy_operation::Call<$operation>,
            }

            #[allow(deprecated)]
            impl ::core::convert::From<super::$builder> for $builder {
                #[inline]
                fn from(builder: super::$builder) -> Self {
                    Self { call: builder.call }
                }
            }

            #[allow(deprecated)]
            impl $builder {
                /// Returns the builder of the input.
                #[inline]
                pub fn as_input(&self) -> &$input {
                    &self.call.input
                }

                /// Waits, for `max_wait` at most, and blocks the thread until then.
                ///
                /// # Errors
                ///
                /// Returns an error if the state will never be reached, if the time is over, or if a call fails.
                pub fn wait(
                    self,
                    max_wait: ::core::time::Duration,
                ) -> ::core::result::Result<$final_poll, $error> {
                    let waiter = super::$builder { call: self.call };
                    ::smithy_operation::blocking::block_on(waiter.wait(max_wait))
                        .unwrap_or_else(|error| Err($crate::waiters::error::WaiterError::construction_failure(error)))
                }

                $(
                    ::smithy_operation::__fluent_setter! {
                        $passed $(($($passed_arg),*))?, $field: $ty, { $($meta)* }
                    }

                    $($meta)*
                    #[inline]
                    pub fn $set(mut self, input: ::core::option::Option<$ty>) -> Self {
                        self.call.input = self.call.input.$set(input);
                        self
                    }

                    $($meta)*
                    #[inline]
                    pub fn $get(&self) -> &::core::option::Option<$ty> {
                        self.call.input.$get()
                    }
                )*
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_waiter {
    ($($input:tt)*) => {};
}

/// Defines the trait with a method for each waiter of a service, and implements it for the service's client
/// whose calls block the thread.
///
/// Each line of the table has the method, the waiter's module and its builder. The modules are in `waiters`,
/// which the caller imports.
#[cfg(feature = "blocking")]
// The trait of the client is in the crate that calls the macro.
#[allow(clippy::crate_in_macro_def)]
#[macro_export]
macro_rules! blocking_waiters {
    (
        $async_client:ty;
        $($(#[$meta:meta])* $method:ident: $module:ident::$builder:ident;)*
    ) => {
        /// A method for each state that can be waited for. Import the trait to call them on a client.
        #[allow(deprecated)]
        pub trait Waiters {
            $(
                #[doc = concat!("Waits as [`", stringify!($module), "`](mod@waiters::", stringify!($module), ") describes.")]
                $(#[$meta])*
                fn $method(&self) -> waiters::$module::blocking::$builder;
            )*
        }

        #[allow(deprecated)]
        impl Waiters for Client {
            $(
                #[inline]
                fn $method(&self) -> waiters::$module::blocking::$builder {
                    let client: &$async_client = ::core::convert::AsRef::as_ref(self);
                    ::core::convert::Into::into(crate::client::Waiters::$method(client))
                }
            )*
        }
    };
}
