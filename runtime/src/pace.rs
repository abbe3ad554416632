//! Long work in the midst of an executor: in steps, between which other tasks have their turn.
//!
//! A future that always has data at hand would never return: a fast server, a body that is complete
//! already, or a few kilobytes of gzip that become a gigabyte. The other tasks of its thread would
//! wait for it, and so would a timeout around it. So what takes long is done in steps of bounded
//! length, and [`Pace`] counts what they took: in units of tokio's cooperative budget, of which a
//! task has 128 for each turn, and for other executors by itself.

use std::future::poll_fn;
use std::task::{Context, Poll};

/// How many bytes are decoded in one step: those of the documents that take longest take less than
/// ten milliseconds, ordinary ones ten microseconds.
pub(crate) const SLICE: usize = 4 << 10;

/// How many units a turn has where nobody else counts them: twice as many as with tokio, which is
/// asked first.
const UNITS_OF_A_TURN: u32 = 256;

/// Work from which on it is not done within a task: so many bytes to decode, or to drop what was
/// made of them.
#[cfg(feature = "https")]
const HEAVY: usize = 32 << 10;

/// Counts the work of a future, and makes it return when its turn is over.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Units that are done and not yet taken from the budget.
    owed: u32,
    /// Units since this last made the future return.
    done: u32,
}

impl Pace {
    /// Does a step of the work, and counts it.
    #[inline]
    pub(crate) fn step<R>(&mut self, work: impl FnOnce() -> R) -> R {
        let start = clock::start();
        let outcome = work();
        self.owed = self.owed.saturating_add(clock::units_since(start));
        outcome
    }

    /// Counts a step that takes next to no time, of which there may be many.
    pub(crate) fn short_step(&mut self) {
        self.owed = self.owed.saturating_add(1);
    }

    /// Ready unless other tasks are to have their turn before the next step. The task is woken by
    /// itself.
    pub(crate) fn poll_turn(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while self.owed > 0 {
            let has_budget = take_from_budget(context);
            if has_budget.is_pending() || self.done >= UNITS_OF_A_TURN {
                // However long the last step took, one turn of the others makes up for it.
                *self = Self::default();
                if has_budget.is_ready() {
                    context.waker().wake_by_ref();
                }
                return Poll::Pending;
            }
            self.owed -= 1;
            self.done += 1;
        }
        Poll::Ready(())
    }

    /// Waits while other tasks have their turn, if they are to have it.
    pub(crate) async fn turn(&mut self) {
        poll_fn(|context| self.poll_turn(context)).await;
    }
}

/// Takes a unit of the task's budget. Pending, with the task to be woken, where there is none left.
#[cfg(feature = "https")]
fn take_from_budget(context: &mut Context<'_>) -> Poll<()> {
    tokio::task::coop::poll_proceed(context).map(|taken| taken.made_progress())
}

#[cfg(not(feature = "https"))]
fn take_from_budget(_: &mut Context<'_>) -> Poll<()> {
    Poll::Ready(())
}

/// How much of a turn a step takes.
#[cfg(feature = "https")]
mod clock {
    use std::time::Instant;

    /// A turn of tokio's has 128 units: little more than a millisecond.
    const MICROSECONDS_OF_A_UNIT: u128 = 10;

    pub(super) fn start() -> Instant {
        Instant::now()
    }

    pub(super) fn units_since(start: Instant) -> u32 {
        let units = start.elapsed().as_micros() / MICROSECONDS_OF_A_UNIT;
        u32::try_from(units).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Without tokio there may be no clock either. A step is taken for as long as the longest ones are.
#[cfg(not(feature = "https"))]
mod clock {
    use super::UNITS_OF_A_TURN;

    pub(super) fn start() {}

    pub(super) fn units_since((): ()) -> u32 {
        UNITS_OF_A_TURN / 4
    }
}

/// Does work that cannot be done in steps, on so many bytes: on a thread for such work, if it is
/// heavy and the future runs on tokio, and otherwise at once.
///
/// A future that is dropped does not end it: it goes on to its end on that thread, and what it gives
/// is dropped there. `None` when the runtime is shutting down.
pub(crate) async fn apart<R: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> R + Send + 'static,
) -> Option<R> {
    #[cfg(feature = "https")]
    if bytes > HEAVY
        && let Ok(runtime) = tokio::runtime::Handle::try_current()
    {
        return match runtime.spawn_blocking(work).await {
            Ok(outcome) => Some(outcome),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => None,
            },
        };
    }
    let _ = bytes;
    Some(work())
}

/// Drops what was made of so many bytes, which may take as long as making it did: as [`apart`].
pub(crate) fn drop_apart<T: Send + 'static>(bytes: usize, value: T) {
    #[cfg(feature = "https")]
    if bytes > HEAVY
        && !std::thread::panicking()
        && let Ok(runtime) = tokio::runtime::Handle::try_current()
    {
        runtime.spawn_blocking(move || drop(value));
        return;
    }
    let _ = bytes;
    drop(value);
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// On an executor that counts nothing.
    #[test]
    fn a_future_returns_again_and_again_and_is_woken_by_itself() {
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        let mut pace = Pace::default();
        let mut steps = 0_u32;
        let mut future = pin!(async {
            while steps < 10 * UNITS_OF_A_TURN {
                pace.turn().await;
                pace.short_step();
                steps += 1;
            }
        });
        let mut turns = 0;
        while future.as_mut().poll(&mut context).is_pending() {
            turns += 1;
            assert_eq!(woken.0.load(Ordering::SeqCst), turns);
        }
        assert_eq!(turns, 9);
    }

    #[test]
    fn however_long_a_step_took_one_turn_of_the_others_makes_up_for_it() {
        let mut context = Context::from_waker(Waker::noop());
        let mut pace = Pace::default();
        assert_eq!(pace.poll_turn(&mut context), Poll::Ready(()));
        for _ in 0..100 * UNITS_OF_A_TURN {
            pace.short_step();
        }
        assert_eq!(pace.poll_turn(&mut context), Poll::Pending);
        assert_eq!(pace.poll_turn(&mut context), Poll::Ready(()));
    }
}
