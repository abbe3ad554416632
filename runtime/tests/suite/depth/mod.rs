//! No value, name or path is so deep that what is done with it overflows the stack.
//!
//! All of it runs without optimisation on a stack of 512 KiB, which is what secondary threads have on
//! macOS, and a quarter of what Rust gives its own. A row of the table in `docs/safety.md` names each
//! test here.

mod decoded;
mod encoded;
#[cfg(all(feature = "json", feature = "serde"))]
mod formats;
#[cfg(all(feature = "json", feature = "serde"))]
mod names;
mod paths;
mod values;

/// The smallest stack that a program is likely to call from.
const STACK_BYTES: usize = 512 << 10;

/// Runs on such a stack. An overflow ends the test program.
pub fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    let thread = thread.spawn(work).expect("a thread can be started");
    thread.join().expect("it does not panic");
}
