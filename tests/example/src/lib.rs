//! A program's own parts of the API, generated in its build: of vim25 what it needs to list virtual machines and to switch
//! them on, used through the runtime alone, and of pbm what it needs to list storage policies, around the types of
//! `vmomi-api`.
//!
//! `build.rs` says what that is.

pub mod inventory;

/// The part of vim25 that this crate uses.
pub mod api {
    vmomi_runtime::include_api!();
}

/// The part of pbm that this crate uses. Its types of vim25 are those of `vmomi-api`.
pub mod policies {
    vmomi_runtime::include_api!("policies");
}
