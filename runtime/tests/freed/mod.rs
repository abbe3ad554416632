//! An allocator that looks for a password in every block that is freed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub const PASSWORD: &str = "correct horse battery staple";

/// How many blocks with the password in them were freed.
static FOUND: AtomicUsize = AtomicUsize::new(0);
/// Whether it is looked for.
static LOOKING: AtomicBool = AtomicBool::new(false);

/// Only one test looks at a time.
static TURN: Mutex<()> = Mutex::new(());

struct Watching;

/// Reallocation is what the trait makes of it: a new block, and the old one freed.
#[expect(unsafe_code, reason = "only an allocator sees what is in freed memory")]
// SAFETY: memory is that of `System`, which gets the same layouts.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as for this method. Zeroed, so that what is looked at later is initialised.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if LOOKING.load(Ordering::Relaxed) {
            // SAFETY: the block has this size, and was zeroed when it was allocated.
            let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            let length = PASSWORD.len();
            if bytes
                .windows(length)
                .any(|part| part == PASSWORD.as_bytes())
            {
                FOUND.fetch_add(1, Ordering::Relaxed);
            }
        }
        // SAFETY: as for this method.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watching = Watching;

/// How many blocks are freed with the password in them.
pub fn left_behind(work: impl FnOnce()) -> usize {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    FOUND.store(0, Ordering::Relaxed);
    LOOKING.store(true, Ordering::Relaxed);
    work();
    LOOKING.store(false, Ordering::Relaxed);
    FOUND.load(Ordering::Relaxed)
}
