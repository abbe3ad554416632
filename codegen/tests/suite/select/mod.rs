//! Slices: what is in them, why, and which selections are refused.

mod agreement;
#[cfg(feature = "cli")]
mod command_line;
mod contents;
mod random;
mod reasons;
mod refused;

use std::path::Path;

use vmomi_codegen::Builder;
use vmomi_codegen::model::Model;
use vmomi_codegen::select::{Selection, Slice, select};

/// The small descriptions that the emitter is tested with: a `Machine` that extends an `Entity`, a `Device` that `Disk`
/// extends, faults and events.
fn small() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/small");
    let model = Builder::new().wsdl(folder).model();
    model.unwrap_or_else(|error| panic!("{error}"))
}

fn slice_of(selection: &Selection) -> Slice {
    select(&small(), selection).unwrap_or_else(|error| panic!("{error}"))
}

/// The names of all data objects of a model.
fn data_objects(model: &Model) -> Vec<&str> {
    let objects = model.data_objects.iter();
    objects.map(|object| object.name.as_str()).collect()
}

/// Each managed object with the names of its members.
fn managed_objects(model: &Model) -> Vec<(&str, Vec<&str>)> {
    let objects = model.managed_objects.iter().map(|object| {
        let operations = object.operations.iter().map(|id| model[*id].name.as_str());
        let properties = object.properties.iter().map(|of| of.name.as_str());
        (object.name.as_str(), operations.chain(properties).collect())
    });
    objects.collect()
}
