//! How deep `Debug` shows what values hold.

use std::cell::Cell;

/// How many levels are shown. Responses have fewer.
const LEVELS: u32 = 64;

/// What is shown in place of a level beyond those.
pub(crate) const TOO_DEEP: &str = "…";

thread_local! {
    /// How many levels this thread is showing, each within the one before.
    static SHOWN: Cell<u32> = const { Cell::new(0) };
}

/// A level that is being shown, until it is dropped.
pub(crate) struct Level(());

impl Level {
    /// Goes one level further in; `None` where there are too many.
    pub(crate) fn enter() -> Option<Self> {
        let level = SHOWN.get();
        (level < LEVELS).then(|| {
            SHOWN.set(level + 1);
            Self(())
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        SHOWN.set(SHOWN.get() - 1);
    }
}
