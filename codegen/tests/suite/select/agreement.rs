//! A slice says of all that it has what the whole API says.

use std::collections::BTreeMap;
use std::path::Path;

use vmomi_codegen::Builder;
use vmomi_codegen::model::{Field, Model, NamespaceId, Shape, TypeRef};
use vmomi_codegen::select::{Selection, Subtypes, select};

/// Everything in a model by its name, told by names alone, so that it is the same whatever the ids are.
fn told(model: &Model) -> BTreeMap<String, String> {
    let namespace = |id: NamespaceId| &model[id].uri;
    let objects = model.data_objects.iter().map(|of| {
        let base = of.base.map(|base| &model[base].name);
        let name = format!("type {} {}", namespace(of.namespace), of.name);
        (name, format!("{base:?} {}", fields(model, &of.fields)))
    });
    let enumerations = model.enumerations.iter().map(|of| {
        let name = format!("enum {} {}", namespace(of.namespace), of.name);
        (name, format!("{:?}", of.values))
    });
    let arrays = model.arrays.iter().map(|of| {
        let name = format!("array {} {}", namespace(of.namespace), of.name);
        (name, type_name(model, of.of))
    });
    let managed_objects = model.managed_objects.iter().flat_map(|of| {
        let base = of.base.map(|base| &model[base].name);
        let service = &model[of.service].name;
        let properties = of.properties.iter().map(move |property| {
            let name = format!("property {service} {}.{}", of.name, property.name);
            (name, shape(model, property.shape))
        });
        let name = format!("managed {service} {}", of.name);
        properties.chain([(name, format!("{base:?}"))])
    });
    let operations = model.operations.iter().map(|of| {
        let faults: Vec<_> = of.faults.iter().map(|id| &model[*id].name).collect();
        let results = [of.result, of.task.and_then(|task| task.result)];
        let results = results.map(|result| result.map(|of| shape(model, of)));
        let owner = &model[of.owner].name;
        let name = format!("operation {} {}", model[of.service].name, of.name);
        let parameters = fields(model, &of.parameters);
        (name, format!("{owner} {parameters} {results:?} {faults:?}"))
    });
    let types = objects.chain(enumerations).chain(arrays);
    types.chain(managed_objects).chain(operations).collect()
}

fn fields(model: &Model, fields: &[Field]) -> String {
    let fields = fields.iter();
    let fields: Vec<_> = fields
        .map(|field| format!("{}: {}", field.name, shape(model, field.shape)))
        .collect();
    fields.join(", ")
}

fn shape(model: &Model, shape: Shape) -> String {
    let name = type_name(model, shape.of);
    format!("{name} {} {}", shape.optional, shape.list)
}

fn type_name(model: &Model, of: TypeRef) -> String {
    match of {
        TypeRef::Scalar(scalar) => scalar.xsd_name().to_owned(),
        TypeRef::Any | TypeRef::Reference(None) => format!("{of:?}"),
        TypeRef::Reference(Some(id)) => format!("reference to {}", model[id].name),
        TypeRef::DataObject(id) => {
            let object = &model[id];
            let is_open = model.is_polymorphic(id, object.namespace);
            format!("{} {} {is_open}", model[object.namespace].uri, object.name)
        }
        TypeRef::Enumeration(id) => model[id].name.clone(),
        TypeRef::Array(id) => model[id].name.clone(),
    }
}

#[test]
fn what_managed_objects_of_every_service_bring_agrees_with_the_whole() {
    let wsdl = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl");
    let whole = Builder::new().wsdl(wsdl).model();
    let whole = whole.unwrap_or_else(|error| panic!("{error}"));
    let all = told(&whole);
    // Every fifth: without optimisation each takes its time.
    for object in whole.managed_objects.iter().step_by(5) {
        let service = &whole[whole[object.service].namespace].short;
        let selection = Selection::new()
            .managed_objects([format!("{service}:{}", object.name)])
            .subtypes("VirtualDevice", Subtypes::All);
        let slice = select(&whole, &selection).unwrap_or_else(|error| panic!("{error}"));
        for (name, about) in told(&slice.model) {
            assert_eq!(Some(&about), all.get(&name), "{name}, in {selection:?}");
        }
    }
}
