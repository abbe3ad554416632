//! A program's own part of vim25, generated in its build: what it needs to list virtual machines and to switch them on.
//!
//! `build.rs` says what that is. The code is used through the runtime alone.

pub mod inventory;

/// The part of vim25 that this crate uses.
pub mod api {
    vmomi_runtime::include_api!();
}
