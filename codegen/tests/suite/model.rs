//! What the model says of small descriptions, one rule each.

use std::fs;
use std::path::Path;

use crate::support::{complex, folder, model_of, read, schema};
use vmomi_codegen::Builder;
use vmomi_codegen::model::{Family, Model, Scalar, Shape, TypeRef};

const SERVICE: &str = "tests/fixtures/accepted/service";

fn shape(model: &Model, object: &str, field: &str) -> Shape {
    let object = &model[model.data_object(object).expect("the data object")];
    object
        .fields
        .iter()
        .find(|candidate| candidate.name == field)
        .expect("the field")
        .shape
}

fn required(of: TypeRef) -> Shape {
    Shape {
        of,
        optional: false,
        list: false,
    }
}

#[test]
fn fields_keep_order_type_and_occurrence() {
    let model = model_of(&complex(
        "Thing",
        None,
        &[
            r#"name="z" type="xsd:string""#,
            r#"name="b" type="xsd:int" minOccurs="0""#,
            r#"name="a" type="xsd:anyType" maxOccurs="unbounded""#,
            r#"name="c" type="t:Thing" minOccurs="0" maxOccurs="unbounded""#,
            r#"name="d" type="xsd:byte" minOccurs="1" maxOccurs="1""#,
        ],
    ));
    let thing = model.data_object("Thing").expect("there");
    let names: Vec<&str> = model[thing]
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(names, ["z", "b", "a", "c", "d"]);
    assert_eq!(
        shape(&model, "Thing", "z"),
        required(TypeRef::Scalar(Scalar::String))
    );
    let optional = Shape {
        of: TypeRef::Scalar(Scalar::Int),
        optional: true,
        list: false,
    };
    assert_eq!(shape(&model, "Thing", "b"), optional);
    assert_eq!(
        shape(&model, "Thing", "a"),
        Shape {
            of: TypeRef::Any,
            optional: false,
            list: true
        }
    );
    assert_eq!(
        shape(&model, "Thing", "c"),
        Shape {
            of: TypeRef::DataObject(thing),
            optional: true,
            list: true
        }
    );
    assert_eq!(
        shape(&model, "Thing", "d"),
        required(TypeRef::Scalar(Scalar::Byte))
    );
}

#[test]
fn every_builtin_is_known() {
    for scalar in Scalar::ALL {
        let element = format!("name=\"a\" type=\"xsd:{}\"", scalar.xsd_name());
        let model = model_of(&complex("Thing", None, &[&element]));
        assert_eq!(
            shape(&model, "Thing", "a"),
            required(TypeRef::Scalar(scalar))
        );
    }
}

#[test]
fn arrays_are_told_by_their_shape() {
    let string = r#"name="string" type="xsd:string" maxOccurs="unbounded""#;
    let model = model_of(
        &[
            complex("ArrayOfString", None, &[string]),
            complex(
                "ArrayOfthing",
                None,
                &[r#"name="thing" type="t:thing" minOccurs="0" maxOccurs="unbounded""#],
            ),
            // Named alike, but not arrays: another element, a single one, two of them, a base.
            complex(
                "ArrayOfInt",
                None,
                &[r#"name="long" type="xsd:long" maxOccurs="unbounded""#],
            ),
            complex("ArrayOfLong", None, &[r#"name="long" type="xsd:long""#]),
            complex(
                "ArrayOfPair",
                None,
                &[
                    r#"name="pair" type="xsd:int" maxOccurs="unbounded""#,
                    r#"name="b" type="xsd:int""#,
                ],
            ),
            complex(
                "ArrayOfFloat",
                Some("thing"),
                &[r#"name="float" type="xsd:float" maxOccurs="unbounded""#],
            ),
            complex("thing", None, &[r#"name="inner" type="t:ArrayOfString""#]),
        ]
        .concat(),
    );
    let arrays: Vec<(&str, &str)> = model
        .arrays
        .iter()
        .map(|of| (of.name.as_str(), of.element.as_str()))
        .collect();
    assert_eq!(
        arrays,
        [("ArrayOfString", "string"), ("ArrayOfthing", "thing")]
    );
    assert!(
        matches!(shape(&model, "thing", "inner").of, TypeRef::Array(id) if model[id].name == "ArrayOfString")
    );
    for other in ["ArrayOfInt", "ArrayOfLong", "ArrayOfPair", "ArrayOfFloat"] {
        assert!(model.data_object(other).is_some(), "{other}");
    }
}

#[test]
fn faults_and_events_are_families() {
    let model = model_of(
        &[
            complex("MethodFault", None, &[]),
            complex("RuntimeFault", Some("MethodFault"), &[]),
            complex("InvalidThing", Some("RuntimeFault"), &[]),
            complex("Event", None, &[]),
            complex("ThingEvent", Some("Event"), &[]),
            complex("EventArgument", None, &[]),
        ]
        .concat(),
    );
    let family = |name| model[model.data_object(name).expect("there")].family;
    for (name, expected) in [
        ("MethodFault", Family::Fault),
        ("InvalidThing", Family::Fault),
        ("Event", Family::Event),
        ("ThingEvent", Family::Event),
        ("EventArgument", Family::Data),
    ] {
        assert_eq!(family(name), expected, "{name}");
    }
}

#[test]
fn documentation_is_no_content() {
    let model = model_of(
        "<annotation><documentation>About <b>all</b> of it.</documentation></annotation>
         <complexType name=\"Thing\"><annotation/><sequence><annotation/>
           <element name=\"a\" type=\"xsd:int\"><annotation/></element>
         </sequence></complexType>
         <simpleType name=\"Code\"><restriction base=\"xsd:string\"><enumeration value=\"x\"><annotation/></enumeration>
         </restriction></simpleType>",
    );
    assert_eq!((model.data_objects.len(), model.enumerations.len()), (1, 1));
}

#[test]
fn includes_may_go_round_and_meet_again() {
    let includes = |names: &[&str]| -> String {
        names
            .iter()
            .map(|name| format!("<include schemaLocation=\"{name}\"/>"))
            .collect()
    };
    let folder = folder(&[
        (
            "a.xsd",
            &schema(&(includes(&["sub/b.xsd", "c.xsd", "a.xsd"]) + &complex("A", Some("B"), &[]))),
        ),
        (
            "sub/b.xsd",
            &schema(&(includes(&["../c.xsd", "../a.xsd"]) + &complex("B", Some("C"), &[]))),
        ),
        (
            "c.xsd",
            &schema(&(includes(&["./sub/../sub/b.xsd"]) + &complex("C", None, &[]))),
        ),
    ]);
    let model = Builder::new()
        .wsdl(folder.path().join("a.xsd"))
        .model()
        .unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = model
        .data_objects
        .iter()
        .map(|object| object.name.as_str())
        .collect();
    assert_eq!(names, ["A", "B", "C"]);
}

#[test]
fn the_order_of_files_changes_nothing() {
    let files: Vec<(String, String)> = (0..6)
        .map(|index| {
            (
                format!("{index}.xsd"),
                schema(&complex(
                    &format!("T{index}"),
                    (index > 0).then_some("T0"),
                    &[],
                )),
            )
        })
        .collect();
    let written: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = folder(&written);
    let render = |order: &[usize]| {
        let builder = order.iter().fold(Builder::new(), |builder, index| {
            builder.wsdl(folder.path().join(&files[*index].0))
        });
        builder
            .render()
            .unwrap_or_else(|error| panic!("{error}"))
            .files
    };
    let first = render(&[0, 1, 2, 3, 4, 5]);
    assert_eq!(render(&[5, 3, 1, 0, 2, 4]), first);
    assert_eq!(render(&[2, 2, 5, 4, 3, 1, 0, 5]), first);
}

#[test]
fn namespaces_stay_apart() {
    let other = schema(&complex("Thing", None, &[r#"name="a" type="xsd:int""#]))
        .replace("urn:test", "urn:other");
    let import = "<import namespace=\"urn:other\" schemaLocation=\"other.xsd\"/>";
    let own = complex(
        "Thing",
        None,
        &[
            r#"name="both" type="o:Thing""#,
            r#"name="own" type="t:Thing" minOccurs="0""#,
        ],
    );
    let model = read(&[
        ("other.xsd", &other),
        ("types.xsd", &schema(&(import.to_owned() + &own))),
    ])
    .unwrap_or_else(|error| panic!("{error}"));
    let uris: Vec<(&str, &str)> = model
        .namespaces
        .iter()
        .map(|of| (of.uri.as_str(), of.short.as_str()))
        .collect();
    assert_eq!(uris, [("urn:other", "other"), ("urn:test", "test")]);
    assert_eq!(model.data_object("Thing"), None, "two of one name");
    let [theirs, ours] = [0, 1].map(|index| &model.data_objects[index]);
    assert_eq!((theirs.fields.len(), ours.fields.len()), (1, 2));
    let targets: Vec<usize> = ours
        .fields
        .iter()
        .filter_map(|field| match field.shape.of {
            TypeRef::DataObject(id) => Some(id.index()),
            _ => None,
        })
        .collect();
    assert_eq!(targets, [0, 1]);
}

#[test]
fn without_catalogue_a_stub_owns_all_operations() {
    let builder = Builder::new().wsdl(SERVICE).ignore_catalogs();
    let model = builder.model().unwrap_or_else(|error| panic!("{error}"));
    let [service] = model.services.as_slice() else {
        panic!("one service")
    };
    assert_eq!(
        (service.name.as_str(), service.version.as_str()),
        ("test", "1.0")
    );
    assert_eq!(
        (service.endpoint.as_str(), service.soap_action.as_str()),
        ("/test/sdk", "urn:test/1.0")
    );
    assert!(!service.catalogued);
    let [stub] = model.managed_objects.as_slice() else {
        panic!("one stub")
    };
    assert!(stub.service_wide);
    assert_eq!(stub.name, "TestPortType");
    let start = model.operation("Start").expect("there");
    assert_eq!(stub.operations, [start]);
    let operation = &model[start];
    assert_eq!(operation.request, "StartRequestType");
    assert_eq!(
        operation
            .parameters
            .iter()
            .map(|of| of.name.as_str())
            .collect::<Vec<_>>(),
        ["force"]
    );
    let info = model.data_object("Info").expect("there");
    assert_eq!(operation.result, Some(required(TypeRef::DataObject(info))));
    assert_eq!(
        operation.faults,
        [model.data_object("RuntimeFault").expect("there")]
    );
    assert_eq!(
        (operation.task, operation.soap_action.as_ref()),
        (None, None)
    );
    assert_eq!(shape(&model, "Info", "owner").of, TypeRef::Reference(None));
    assert!(
        model.data_object("StartRequestType").is_none(),
        "a request is no data object"
    );
}

#[test]
fn the_catalogue_is_laid_over() {
    let model = Builder::new()
        .wsdl(SERVICE)
        .model()
        .unwrap_or_else(|error| panic!("{error}"));
    let machine = model.managed_object("Machine").expect("there");
    assert_eq!(model.managed_objects.len(), 1);
    assert_eq!(
        shape(&model, "Info", "owner").of,
        TypeRef::Reference(Some(machine))
    );
    assert_eq!(
        model[model.data_object("Info").expect("there")]
            .since
            .as_deref(),
        Some("1.0")
    );
    let [property] = model[machine].properties.as_slice() else {
        panic!("one property")
    };
    assert_eq!(
        (property.name.as_str(), property.shape.optional),
        ("info", true)
    );
    assert_eq!(
        model[machine].operations,
        [model.operation("Start").expect("there")]
    );
    assert_eq!(model.services[0].endpoint, "/test");
    assert!(model.services[0].catalogued);
}

#[test]
fn a_named_catalogue_comes_before_that_of_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own.json");
    let text = fs::read_to_string(Path::new(SERVICE).join("catalog.json")).expect("the catalogue");
    fs::write(&own, text.replace("\"/test\"", "\"/own\"")).expect("written");
    let model = Builder::new()
        .wsdl(SERVICE)
        .catalog(&own)
        .model()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(model.services[0].endpoint, "/own");
}

#[test]
fn a_task_is_told_from_what_it_yields() {
    let text = fs::read_to_string(Path::new(SERVICE).join("catalog.json")).expect("the catalogue");
    let folder = tempfile::tempdir().expect("a folder");
    let task = |result: &str| {
        let path = folder.path().join("catalog.json");
        let with = text.replace(
            "\"owner\": \"Machine\",",
            &format!("\"owner\": \"Machine\", \"result\": {result},"),
        );
        fs::write(&path, with).expect("written");
        let model = Builder::new()
            .wsdl(SERVICE)
            .catalog(&path)
            .model()
            .unwrap_or_else(|error| panic!("{error}"));
        model[model.operation("Start").expect("there")].task
    };
    assert!(task("{}").is_none());
    assert!(task("{\"task_result\": null}").is_some_and(|task| task.result.is_none()));
    let typed = task("{\"task_result\": {\"type\": \"xsd:long\", \"list\": true}}")
        .and_then(|task| task.result);
    assert_eq!(
        typed,
        Some(Shape {
            of: TypeRef::Scalar(Scalar::Long),
            optional: false,
            list: true
        })
    );
    let reference =
        "{\"task_result\": {\"type\": \"ManagedObjectReference\", \"target\": \"Machine\"}}";
    let reference = task(reference)
        .and_then(|task| task.result)
        .map(|shape| shape.of);
    assert!(matches!(reference, Some(TypeRef::Reference(Some(_)))));
}

/// What an editor of another system puts in front, loops, and a declaration that is not so.
#[test]
fn files_may_have_oddities_that_change_nothing() {
    let read = |case: &str| {
        let folder = Path::new("tests/fixtures/accepted").join(case);
        let model = Builder::new().wsdl(folder).model();
        model.unwrap_or_else(|error| panic!("{error}"))
    };
    let marked = read("byte_order_mark");
    assert!(marked.services[0].catalogued && marked.warnings.is_empty());
    let info = marked.data_object("Info").expect("there");
    let place = marked.sources.locate(marked[info].position);
    assert_eq!((place.line, place.column), (28, 4));

    let looped = read("include_loop");
    let names = looped
        .data_objects
        .iter()
        .map(|object| object.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Other", "Thing"]);
    assert_eq!(looped.sources.files().count(), 2, "each file is read once");

    assert_eq!(read("other_encoding_in_ascii").data_objects.len(), 4);
}
