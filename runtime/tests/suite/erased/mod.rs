//! What [`vmomi_runtime::erased`] does by tables and pointers. `tests/memory` runs these under valgrind.

mod any_values;
mod attributes;
mod builder;
mod dynamic;
mod enums;
mod forms;
mod references;
pub mod sample;
mod values;
mod views;
