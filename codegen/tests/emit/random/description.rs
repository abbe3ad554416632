//! A description made up by a test, and how it is written.

use std::fmt::Write;

use serde_json::{Map, Value, json};

/// The builtins of XML Schema that the dialect has, but for `anyType`.
pub const SCALARS: [&str; 11] = [
    "boolean",
    "byte",
    "short",
    "int",
    "long",
    "float",
    "double",
    "string",
    "anyURI",
    "dateTime",
    "base64Binary",
];

/// The namespaces: that of the service, and one of which it uses types.
pub const NAMESPACES: [&str; 2] = ["test", "other"];

/// The versions of the catalogue.
pub const VERSIONS: [&str; 3] = ["1.0", "2.0u1", "3.0.0.1"];

/// A service with its types.
#[derive(Debug, Clone)]
pub struct Description {
    pub objects: Vec<Object>,
    pub enums: Vec<Enum>,
    /// None without a catalogue.
    pub managed_objects: Vec<ManagedObject>,
    pub operations: Vec<Operation>,
}

#[derive(Debug, Clone)]
pub struct Object {
    pub name: String,
    pub namespace: usize,
    pub base: Option<usize>,
    pub fields: Vec<Member>,
}

#[derive(Debug, Clone)]
pub struct Enum {
    pub name: String,
    pub namespace: usize,
    pub values: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct ManagedObject {
    pub name: String,
    pub base: Option<usize>,
    pub properties: Vec<Member>,
}

#[derive(Debug, Clone)]
pub struct Operation {
    pub name: String,
    pub owner: usize,
    pub parameters: Vec<Member>,
    /// Its name says nothing.
    pub result: Option<Member>,
    pub task: bool,
    pub faults: Vec<usize>,
}

/// A field, parameter, property or result.
#[derive(Debug, Clone)]
pub struct Member {
    pub name: String,
    pub of: Of,
    pub optional: bool,
    pub list: bool,
    pub since: Option<usize>,
    pub secret: bool,
}

/// A type by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Scalar(usize),
    Any,
    /// A reference, to a managed object if the catalogue says so.
    Reference(Option<usize>),
    Object(usize),
    Enum(usize),
    /// The array type of an object.
    Array(usize),
}

impl Description {
    /// Each file by its name.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let mut files = vec![
            ("test.xsd", self.schema(0)),
            ("other.xsd", self.schema(1)),
            ("test.wsdl", self.service()),
        ];
        if !self.managed_objects.is_empty() {
            files.push(("catalog.json", format!("{:#}\n", self.catalog())));
        }
        files
    }

    /// The index of a data object's base and of its bases, the nearest first.
    pub fn ancestors(&self, object: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.objects[object].base, |base| self.objects[*base].base)
    }

    fn schema(&self, namespace: usize) -> String {
        let mut types = String::new();
        if namespace == 0 {
            types += "<import namespace=\"urn:other\" schemaLocation=\"other.xsd\"/>\n";
        } else {
            types += "<complexType name=\"ManagedObjectReference\"><simpleContent><extension base=\"xsd:string\">\
                      <attribute name=\"type\" type=\"xsd:string\"/></extension></simpleContent></complexType>\n";
        }
        let here = |of: &&Object| of.namespace == namespace;
        for object in self.objects.iter().filter(here) {
            types += &self.object(object);
        }
        for of in self.enums.iter().filter(|of| of.namespace == namespace) {
            let values = of.values.iter();
            let values: String = values
                .map(|value| format!("<enumeration value=\"{}\"/>", escaped(value)))
                .collect();
            let name = &of.name;
            let _ = writeln!(
                types,
                "<simpleType name=\"{name}\"><restriction base=\"xsd:string\">{values}</restriction></simpleType>"
            );
        }
        if namespace == 0 {
            for operation in &self.operations {
                let parameters = self.elements(&operation.parameters);
                let name = &operation.name;
                let _ = writeln!(
                    types,
                    "<complexType name=\"{name}RequestType\"><sequence>\
                     <element name=\"_this\" type=\"other:ManagedObjectReference\"/>{parameters}</sequence></complexType>"
                );
            }
        }
        let name = NAMESPACES[namespace];
        format!("<schema targetNamespace=\"urn:{name}\" {SCHEMA}>\n{types}</schema>\n")
    }

    fn object(&self, object: &Object) -> String {
        let name = &object.name;
        let elements = format!("<sequence>{}</sequence>", self.elements(&object.fields));
        let content = match object.base {
            Some(base) => format!(
                "<complexContent><extension base=\"{}\">{elements}</extension></complexContent>",
                self.qualified(&Of::Object(base))
            ),
            None => elements,
        };
        let prefix = NAMESPACES[object.namespace];
        format!(
            "<complexType name=\"{name}\">{content}</complexType>\n\
             <complexType name=\"ArrayOf{name}\"><sequence><element name=\"{name}\" type=\"{prefix}:{name}\" \
             minOccurs=\"0\" maxOccurs=\"unbounded\"/></sequence></complexType>\n"
        )
    }

    fn elements(&self, members: &[Member]) -> String {
        members
            .iter()
            .map(|member| self.element(&member.name, member))
            .collect()
    }

    fn element(&self, name: &str, member: &Member) -> String {
        let optional = if member.optional {
            " minOccurs=\"0\""
        } else {
            ""
        };
        let list = if member.list {
            " maxOccurs=\"unbounded\""
        } else {
            ""
        };
        let of = self.qualified(&member.of);
        format!("<element name=\"{name}\" type=\"{of}\"{optional}{list}/>")
    }

    fn qualified(&self, of: &Of) -> String {
        match *of {
            Of::Scalar(scalar) => format!("xsd:{}", SCALARS[scalar]),
            Of::Any => "xsd:anyType".to_owned(),
            Of::Reference(_) => "other:ManagedObjectReference".to_owned(),
            Of::Object(index) | Of::Array(index) => {
                let object = &self.objects[index];
                let array = if matches!(of, Of::Array(_)) {
                    "ArrayOf"
                } else {
                    ""
                };
                format!("{}:{array}{}", NAMESPACES[object.namespace], object.name)
            }
            Of::Enum(index) => {
                let of = &self.enums[index];
                format!("{}:{}", NAMESPACES[of.namespace], of.name)
            }
        }
    }

    fn service(&self) -> String {
        let (mut elements, mut messages, mut operations, mut bound) = Default::default();
        let parts: [&mut String; 4] = [&mut elements, &mut messages, &mut operations, &mut bound];
        let [elements, messages, operations, bound] = parts;
        for operation in &self.operations {
            let name = &operation.name;
            let result = operation.result.iter();
            let result: String = result
                .map(|result| self.element("returnval", result))
                .collect();
            *elements += &format!(
                "<element name=\"{name}\" type=\"test:{name}RequestType\"/>\n<element name=\"{name}Response\">\
                 <complexType><sequence>{result}</sequence></complexType></element>\n"
            );
            for part in ["", "Response"] {
                *messages += &format!(
                    "<message name=\"{name}{part}Msg\"><part name=\"parameters\" element=\"test:{name}{part}\"/></message>\n"
                );
            }
            let faults = operation.faults.iter();
            let faults: String = faults
                .map(|fault| format!("<fault name=\"f{fault}\" message=\"test:f{fault}Msg\"/>"))
                .collect();
            *operations += &format!(
                "<operation name=\"{name}\"><input message=\"test:{name}Msg\"/>\
                 <output message=\"test:{name}ResponseMsg\"/>{faults}</operation>\n"
            );
            *bound += &format!(
                "<operation name=\"{name}\"><soap:operation soapAction=\"urn:test/3.0.0.1\"/></operation>\n"
            );
        }
        let faults = self
            .operations
            .iter()
            .flat_map(|operation| &operation.faults);
        for fault in faults.collect::<std::collections::BTreeSet<_>>() {
            let of = self.qualified(&Of::Object(*fault));
            *elements += &format!("<element name=\"f{fault}\" type=\"{of}\"/>\n");
            *messages += &format!(
                "<message name=\"f{fault}Msg\"><part name=\"fault\" element=\"test:f{fault}\"/></message>\n"
            );
        }
        format!(
            "<definitions targetNamespace=\"urn:test\" xmlns=\"http://schemas.xmlsoap.org/wsdl/\" \
             xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\" xmlns:test=\"urn:test\" xmlns:other=\"urn:other\" \
             xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\n\
             <types><schema targetNamespace=\"urn:test\" {SCHEMA}>\n<include schemaLocation=\"test.xsd\"/>\n\
             {elements}</schema></types>\n{messages}<portType name=\"TestPortType\">{operations}</portType>\n\
             <binding name=\"TestBinding\" type=\"test:TestPortType\"><soap:binding style=\"document\" \
             transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n{bound}</binding>\n\
             <service name=\"TestService\"><port binding=\"test:TestBinding\" name=\"TestPort\">\
             <soap:address location=\"https://localhost/test/sdk\"/></port></service>\n</definitions>\n"
        )
    }

    fn catalog(&self) -> Value {
        let objects = self.objects.iter().filter(|object| object.namespace == 0);
        let objects: Map<String, Value> = objects
            .map(|object| {
                let facts = json!({"since": "1.0", "fields": self.facts(&object.fields)});
                (object.name.clone(), facts)
            })
            .collect();
        let enums = self.enums.iter().filter(|of| of.namespace == 0);
        let enums: Map<String, Value> = enums.map(|of| (of.name.clone(), json!({}))).collect();
        let managed: Map<String, Value> = (self.managed_objects.iter())
            .map(|of| {
                let properties = of.properties.iter();
                let properties: Map<String, Value> = properties
                    .map(|property| (property.name.clone(), self.property(property)))
                    .collect();
                let mut facts = json!({"properties": properties});
                if let Some(base) = of.base {
                    facts["base"] = self.managed_objects[base].name.clone().into();
                }
                (of.name.clone(), facts)
            })
            .collect();
        let operations: Map<String, Value> = (self.operations.iter())
            .map(|of| {
                let mut facts = json!({
                    "owner": self.managed_objects[of.owner].name,
                    "parameters": self.facts(&of.parameters),
                });
                if of.task {
                    facts["result"] = json!({"task_result": null});
                }
                (of.name.clone(), facts)
            })
            .collect();
        json!({
            "format": 1,
            "origin": {},
            "service": {"name": "test", "namespace": "urn:test", "version": "3.0.0.1", "endpoint": "/test/sdk"},
            "versions": VERSIONS,
            "data_objects": objects,
            "enums": enums,
            "managed_objects": managed,
            "operations": operations,
        })
    }

    fn facts(&self, members: &[Member]) -> Map<String, Value> {
        let facts = |member: &Member| {
            let mut facts = json!({"secret": member.secret});
            if let Of::Reference(Some(target)) = member.of {
                facts["target"] = self.managed_objects[target].name.clone().into();
            }
            if let Some(since) = member.since {
                facts["since"] = VERSIONS[since].into();
            }
            facts
        };
        members
            .iter()
            .map(|member| (member.name.clone(), facts(member)))
            .collect()
    }

    /// A property, whose type the catalogue alone tells: without namespace.
    fn property(&self, property: &Member) -> Value {
        let of = self.qualified(&property.of);
        let of = match of.strip_prefix("xsd:") {
            Some(_) => of.as_str(),
            None => of.split_once(':').map_or("", |(_, name)| name),
        };
        let mut facts = json!({"type": of, "list": property.list, "optional": property.optional});
        if let Of::Reference(Some(target)) = property.of {
            facts["target"] = self.managed_objects[target].name.clone().into();
        }
        facts
    }
}

/// What every schema begins with.
const SCHEMA: &str = "xmlns=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
                      xmlns:test=\"urn:test\" xmlns:other=\"urn:other\" elementFormDefault=\"qualified\"";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
