//! The JSON form: what is written, what is read, what is refused; and calls in it.

pub mod calls;
mod errors;
mod form;
mod hostile;
mod names;
mod reading;
mod round_trip;
mod sendable;
mod text;
mod unknown;

use serde_core::de::DeserializeSeed;
use vmomi_runtime::Any;
use vmomi_runtime::decode::DecodeOptions;
use vmomi_runtime::erased::Returned;
use vmomi_runtime::json::Seed;

use crate::support::*;

/// Reads with the types of the tests, and keeps what is unknown.
pub fn read<R: Returned>(text: &str) -> R {
    match try_read(text) {
        Ok(value) => value,
        Err(error) => panic!("{error} in {text}"),
    }
}

pub fn try_read<R: Returned>(text: &str) -> Result<R, serde_json::Error> {
    read_seeded(text, Seed::new(&TYPES))
}

pub fn read_with<R: Returned>(text: &str, options: &DecodeOptions) -> Result<R, serde_json::Error> {
    read_seeded(text, Seed::new(&TYPES).options(options.clone()))
}

fn read_seeded<R: Returned>(text: &str, seed: Seed<R>) -> Result<R, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

pub fn write<T: serde_core::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("it can be written")
}

/// The value in place of any type.
pub fn any(text: &str) -> Any {
    read(text)
}
