//! A line that says what is going on, on a terminal.

use indicatif::ProgressBar;
use vmomi_codegen::Stage;

/// The line. It shows itself on standard error, and only if that is a terminal.
#[derive(Clone)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            bar: ProgressBar::new_spinner(),
        }
    }

    /// One that never shows itself.
    pub(super) fn hidden() -> Self {
        Self {
            bar: ProgressBar::hidden(),
        }
    }

    /// Says what is going on now.
    pub(super) fn say(&self, what: impl Into<String>) {
        self.bar.set_message(what.into());
        self.bar.tick();
    }

    /// What shows a stage.
    pub(super) fn observer(&self) -> impl Fn(Stage) + 'static {
        let progress = self.clone();
        move |stage| {
            progress.say(match stage {
                Stage::Read => "reading",
                Stage::Resolve => "resolving",
                Stage::Emit => "emitting",
                Stage::Write => "writing",
            });
        }
    }

    /// Clears the line.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
