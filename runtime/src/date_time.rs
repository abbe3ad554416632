//! `xsd:dateTime`.

/// An instant with the offset it was written with; `Copy`, 16 bytes.
///
/// From the `chrono` crate, which most Rust programs that handle dates can take as it is.
pub type DateTime = chrono::DateTime<chrono::FixedOffset>;
