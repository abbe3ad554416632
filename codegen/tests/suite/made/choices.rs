//! Descriptions chosen by the bytes of an input, so that a fuzzer can change them bit by bit:
//! mostly in the dialect, with near misses everywhere.
//!
//! An input is read from its beginning; zeros follow its end, and stand for what is simplest. First
//! come the definitions, then changes to any of the elements that they are written with.

use std::fmt::Write as _;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const SOAP: &str = "http://schemas.xmlsoap.org/wsdl/soap/";

/// How many things of a kind there are at most.
const MANY: u8 = 9;

/// Names of types. Few, so that many refer to others; some become one name in Rust, or are words of
/// it.
const TYPES: [&str; 20] = [
    "A",
    "B",
    "C",
    "D",
    "Event",
    "Entity",
    "E_1",
    "größe",
    "Self",
    "Option",
    "ArrayOfA",
    "a",
    "ArrayOfString",
    "ArrayOfArrayOfA",
    "MethodFault",
    "RuntimeFault",
    "DynamicData",
    "ManagedObjectReference",
    "GoRequestType",
    "-x",
];

/// Names of members, likewise.
const MEMBERS: [&str; 16] = [
    "a",
    "b",
    "string",
    "type",
    "self",
    "macAddress",
    "base",
    "extra",
    "x.y-z",
    "password",
    "crate",
    "_this",
    "A",
    "MACAddress",
    "returnval",
    "a b",
];

const BUILTINS: [&str; 14] = [
    "string",
    "int",
    "boolean",
    "anyType",
    "anyURI",
    "base64Binary",
    "byte",
    "dateTime",
    "double",
    "float",
    "long",
    "short",
    "duration",
    "String",
];

/// Values of enumerations, which may be any text.
const VALUES: [&str; 16] = [
    "on",
    "off",
    "On",
    "",
    "type",
    "Unknown",
    "a`b",
    "a`` <img src=x> ``b",
    "``` \n```",
    "<b>",
    "*/z",
    "r#\"#",
    "\")] fn f() {} #[doc = \"",
    "\u{202e}x\u{1b}",
    "|",
    "10Gbps",
];

/// Texts for any attribute.
const TEXTS: [&str; 16] = [
    "",
    " ",
    "0",
    "1",
    "unbounded",
    " 00 ",
    "true",
    "x:int",
    "t:A",
    "o:B",
    "t:a:b",
    "urn:t",
    "../a.xsd",
    "/dev/zero",
    "http://a/b",
    "\u{9b}&#10;é",
];

/// The files of a description by name.
pub type Files = Vec<(&'static str, String)>;

/// The description that an input stands for, any input.
pub fn description(input: &[u8]) -> Files {
    let mut choices = Choices {
        rest: input,
        first: 0,
        defined: 1,
    };
    let mut documents = vec![("a.xsd", choices.schema("urn:t"))];
    let has_service = choices.below(4) != 1;
    if choices.below(4) == 1 {
        documents.push(("b.xsd", choices.schema("urn:o")));
    }
    if has_service {
        documents.push(("test.wsdl", choices.definitions()));
    }
    let catalog = (has_service && choices.below(3) == 1).then(|| choices.catalog());
    for _ in 0..choices.below(4) {
        let index = usize::from(choices.byte()) % documents.len();
        let count = documents[index].1.count();
        let place = (usize::from(choices.byte()) * 256 + usize::from(choices.byte())) % count;
        choices.change(documents[index].1.at(place));
    }
    let mut files: Files = (documents.into_iter())
        .map(|(name, root)| (name, root.document()))
        .collect();
    files.extend(catalog.map(|catalog| ("catalog.json", catalog)));
    files
}

/// What is left of the input; zeros from there on.
struct Choices<'i> {
    rest: &'i [u8],
    /// The first of the names of types that are defined, and how many are: others are rarely named.
    first: u8,
    defined: u8,
}

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        byte
    }

    fn below(&mut self, limit: u8) -> u8 {
        self.byte() % limit
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[usize::from(self.byte()) % from.len()]
    }

    /// The name of a type with a prefix.
    fn reference(&mut self) -> String {
        match self.below(16) {
            0..=6 => format!("x:{}", self.pick(&BUILTINS[..12])),
            7 => format!("x:{}", self.pick(&BUILTINS)),
            8..=13 => format!("t:{}", self.defined_type()),
            14 => format!("t:{}", self.pick(&TYPES)),
            _ => format!("o:{}", self.pick(&TYPES)),
        }
    }

    fn defined_type(&mut self) -> &'static str {
        let place = self.below(self.defined.max(1));
        nth(&TYPES, self.first, place)
    }

    fn schema(&mut self, namespace: &str) -> Node {
        let mut schema = Node::new(XSD, "schema");
        schema.set("targetNamespace", namespace);
        schema.set("elementFormDefault", "qualified");
        match self.below(8) {
            1 => schema.children.push(import("urn:o", "b.xsd")),
            2 => schema.children.push(include("a.xsd")),
            _ => {}
        }
        // What every operation and fault needs, unless the input has it otherwise.
        if self.below(4) != 1 && namespace == "urn:t" {
            schema.children.extend(roots());
        }
        self.first = match self.below(8) {
            1 => self.byte(),
            _ => 0,
        };
        self.defined = self.below(MANY);
        for place in 0..self.defined {
            let name = nth(&TYPES, self.first, place);
            let definition = self.definition(name);
            schema.children.push(definition);
        }
        schema
    }

    fn definition(&mut self, name: &str) -> Node {
        match self.below(6) {
            0..=2 => {
                let sequence = self.sequence();
                complex_type(name, sequence)
            }
            3 => {
                let extended = self.extension();
                complex_type(name, extended)
            }
            4 => {
                let mut restriction = Node::new(XSD, "restriction");
                restriction.set("base", "x:string");
                let first = self.byte();
                for place in 0..self.below(MANY) {
                    let mut value = Node::new(XSD, "enumeration");
                    value.set("value", nth(&VALUES, first, place));
                    restriction.children.push(value);
                }
                let mut simple = Node::new(XSD, "simpleType");
                simple.set("name", name);
                simple.children.push(restriction);
                simple
            }
            _ => {
                let mut array = Node::new(XSD, "sequence");
                let mut items = self.element(name);
                items.set("maxOccurs", "unbounded");
                array.children.push(items);
                complex_type(&format!("ArrayOf{name}"), array)
            }
        }
    }

    fn extension(&mut self) -> Node {
        let mut extension = Node::new(XSD, "extension");
        extension.set("base", &format!("t:{}", self.defined_type()));
        extension.children.push(self.sequence());
        let mut content = Node::new(XSD, "complexContent");
        content.children.push(extension);
        content
    }

    fn sequence(&mut self) -> Node {
        let mut sequence = Node::new(XSD, "sequence");
        let first = match self.below(4) {
            1 => self.byte(),
            _ => 0,
        };
        for place in 0..self.below(MANY) {
            sequence
                .children
                .push(self.element(nth(&MEMBERS, first, place)));
        }
        sequence
    }

    fn element(&mut self, name: &str) -> Node {
        let mut element = Node::named(XSD, "element", name);
        element.set("type", &self.reference());
        let occurrence = self.byte();
        if occurrence & 1 != 0 {
            element.set("minOccurs", "0");
        }
        if occurrence & 6 == 6 {
            element.set("maxOccurs", "unbounded");
        }
        element
    }

    fn definitions(&mut self) -> Node {
        let operations: Vec<String> = (0..self.below(4)).map(|n| format!("Go{n}_Task")).collect();
        let mut schema = Node::new(XSD, "schema");
        schema.set("targetNamespace", "urn:t");
        schema.set("elementFormDefault", "qualified");
        schema.children.push(include("a.xsd"));
        let mut definitions = Node::new(WSDL, "definitions");
        definitions.set("targetNamespace", "urn:t");
        let mut port_type = Node::named(WSDL, "portType", "TPortType");
        let mut binding = Node::named(WSDL, "binding", "TBinding");
        binding.set("type", "t:TPortType");
        let mut soap = Node::new(SOAP, "binding");
        soap.set("style", "document");
        binding.children.push(soap);
        let mut messages = vec![message("FaultMsg", "RuntimeFaultFault")];
        let mut fault = Node::named(XSD, "element", "RuntimeFaultFault");
        fault.set("type", "t:RuntimeFault");
        schema.children.push(fault);
        for name in &operations {
            let response = format!("{name}Response");
            schema.children.push(self.request(name));
            schema.children.push(self.response(&response));
            messages.push(message(&format!("{name}Msg"), name));
            messages.push(message(&format!("{response}Msg"), &response));
            let mut operation = Node::named(WSDL, "operation", name);
            let mut bound = operation.clone();
            let mut of_soap = Node::new(SOAP, "operation");
            of_soap.set("soapAction", "urn:t/1.0");
            bound.children.push(of_soap);
            for (kind, message) in [
                ("input", format!("{name}Msg")),
                ("output", format!("{response}Msg")),
            ] {
                let mut abstracted = Node::new(WSDL, kind);
                abstracted.set("message", &format!("t:{message}"));
                operation.children.push(abstracted);
                let mut body = Node::new(SOAP, "body");
                body.set("use", "literal");
                let mut concrete = Node::new(WSDL, kind);
                concrete.children.push(body);
                bound.children.push(concrete);
            }
            let mut fault = Node::named(WSDL, "fault", "RuntimeFault");
            fault.set("message", "t:FaultMsg");
            operation.children.push(fault);
            port_type.children.push(operation);
            binding.children.push(bound);
        }
        let mut types = Node::new(WSDL, "types");
        types.children.push(schema);
        let mut service = Node::named(WSDL, "service", "TService");
        for port in 0..=self.below(8) / 7 {
            let mut address = Node::new(SOAP, "address");
            address.set("location", "https://localhost/sdk");
            let mut of_service = Node::named(WSDL, "port", &format!("P{port}"));
            of_service.set("binding", "t:TBinding");
            of_service.children.push(address);
            service.children.push(of_service);
        }
        definitions.children.push(types);
        definitions.children.extend(messages);
        definitions.children.extend([port_type, binding, service]);
        definitions
    }

    fn request(&mut self, name: &str) -> Node {
        let mut this = Node::named(XSD, "element", "_this");
        this.set("type", "t:ManagedObjectReference");
        let mut sequence = self.sequence();
        sequence.children.insert(0, this);
        inline(name, sequence)
    }

    fn response(&mut self, name: &str) -> Node {
        let mut sequence = Node::new(XSD, "sequence");
        if self.below(2) == 1 {
            let result = self.element("returnval");
            sequence.children.push(result);
        }
        inline(name, sequence)
    }

    /// A catalogue that fits only by chance, or if the WSDL has no types of its own.
    fn catalog(&mut self) -> String {
        let mut catalog = String::from(
            "{\"format\": 1, \"origin\": {}, \"service\": {\"name\": \"t\", \"namespace\": \"urn:t\", \
             \"version\": \"2.0\", \"endpoint\": \"/t\"}, \"versions\": [\"1.0\", \"2.0\"], \
             \"data_objects\": {\"MethodFault\": {\"since\": \"1.0\"}, \"RuntimeFault\": {\"since\": \"<b>\"}, \
             \"DynamicData\": {\"vmodl\": \"a`b\"}}, \"enums\": {}, \"managed_objects\": {\"M\": {",
        );
        if self.below(4) == 1 {
            write!(catalog, "\"base\": {:?}, ", self.pick(&["M", "N"])).expect("written");
        }
        catalog.push_str("\"properties\": {");
        for index in 0..self.below(4) {
            let comma = if index == 0 { "" } else { ", " };
            let (name, of) = (self.pick(&MEMBERS), self.reference().replace("x:", "xsd:"));
            let of = of.trim_start_matches("t:").trim_start_matches("o:");
            let privilege = serde_json::Value::from(self.pick(&VALUES));
            write!(
                catalog,
                "{comma}\"{name}\": {{\"type\": \"{of}\", \"privilege\": {privilege}}}"
            )
            .expect("written");
        }
        catalog.push_str("}}, \"N\": {}}, \"operations\": {");
        for index in 0..self.below(4) {
            let comma = if index == 0 { "" } else { ", " };
            let result = self.pick(&["", ", \"result\": {\"task_result\": null}"]);
            write!(
                catalog,
                "{comma}\"Go{index}_Task\": {{\"owner\": \"M\"{result}}}"
            )
            .expect("written");
        }
        catalog.push_str("}}");
        catalog
    }

    /// Changes an element in one respect.
    fn change(&mut self, node: &mut Node) {
        match self.below(12) {
            0 => {
                node.namespace = self.pick(&[
                    XSD,
                    WSDL,
                    SOAP,
                    "",
                    "http://schemas.xmlsoap.org/wsdl/soap12/",
                ])
            }
            1 => {
                node.name = self.pick(&[
                    "element",
                    "all",
                    "choice",
                    "any",
                    "attribute",
                    "sequence",
                    "fault",
                ])
            }
            2 => node.set(
                self.pick(&["name", "type", "base", "ref", "message"]),
                self.pick(&TEXTS),
            ),
            3 => node.set(
                self.pick(&["minOccurs", "maxOccurs", "nillable", "i:type"]),
                self.pick(&TEXTS),
            ),
            4 => node.set(
                self.pick(&["schemaLocation", "location", "targetNamespace"]),
                self.pick(&TEXTS),
            ),
            5 => node.attributes.clear(),
            6 => node.children.clear(),
            7 => {
                if let Some(first) = node.children.first().cloned() {
                    node.children.push(first);
                }
            }
            8 => node.children.reverse(),
            9 => node.text = self.pick(&TEXTS),
            10 => {
                for (_, value) in &mut node.attributes {
                    *value = format!(" \n{value}\t ");
                }
            }
            _ => {
                let name = self.pick(&TYPES);
                node.children.push(self.definition(name));
            }
        }
    }
}

/// One of several, counted from any of them.
fn nth(from: &[&'static str], first: u8, place: u8) -> &'static str {
    from[(usize::from(first) + usize::from(place)) % from.len()]
}

/// An element.
#[derive(Clone)]
struct Node {
    namespace: &'static str,
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
    text: &'static str,
}

impl Node {
    fn new(namespace: &'static str, name: &'static str) -> Self {
        Self {
            namespace,
            name,
            attributes: Vec::new(),
            children: Vec::new(),
            text: "",
        }
    }

    fn named(namespace: &'static str, name: &'static str, named: &str) -> Self {
        let mut node = Self::new(namespace, name);
        node.set("name", named);
        node
    }

    fn set(&mut self, name: &'static str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value.to_owned(),
            None => self.attributes.push((name, value.to_owned())),
        }
    }

    /// How many elements it is, with those in it.
    fn count(&self) -> usize {
        1 + self.children.iter().map(Self::count).sum::<usize>()
    }

    /// The element of this place, counted from itself through those in it.
    fn at(&mut self, mut place: usize) -> &mut Self {
        if place == 0 {
            return self;
        }
        place -= 1;
        let mut index = 0;
        while index + 1 < self.children.len() && place >= self.children[index].count() {
            place -= self.children[index].count();
            index += 1;
        }
        self.children[index].at(place)
    }

    fn document(&self) -> String {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut text, true);
        text
    }

    fn write(&self, text: &mut String, is_root: bool) {
        let prefix = match self.namespace {
            XSD => "x:",
            WSDL => "w:",
            SOAP => "s:",
            "" => "",
            _ => "n:",
        };
        text.push_str(&format!("<{prefix}{}", self.name));
        if is_root {
            for (prefix, namespace) in [
                ("x", XSD),
                ("w", WSDL),
                ("s", SOAP),
                ("n", "http://schemas.xmlsoap.org/wsdl/soap12/"),
                ("t", "urn:t"),
                ("o", "urn:o"),
                ("i", "http://www.w3.org/2001/XMLSchema-instance"),
            ] {
                text.push_str(&format!(" xmlns:{prefix}=\"{namespace}\""));
            }
        }
        for (name, value) in &self.attributes {
            text.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        text.push('>');
        text.push_str(&escaped(self.text));
        for child in &self.children {
            child.write(text, false);
        }
        text.push_str(&format!("</{prefix}{}>\n", self.name));
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no way to write the others.
            '\u{1b}' => escaped.push('\u{7f}'),
            '\n' => escaped.push_str("&#10;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn include(location: &str) -> Node {
    let mut include = Node::new(XSD, "include");
    include.set("schemaLocation", location);
    include
}

fn import(namespace: &str, location: &str) -> Node {
    let mut import = Node::new(XSD, "import");
    import.set("namespace", namespace);
    import.set("schemaLocation", location);
    import
}

fn complex_type(name: &str, content: Node) -> Node {
    let mut complex = Node::named(XSD, "complexType", name);
    complex.children.push(content);
    complex
}

fn inline(name: &str, content: Node) -> Node {
    let mut complex = Node::new(XSD, "complexType");
    complex.children.push(content);
    let mut element = Node::named(XSD, "element", name);
    element.children.push(complex);
    element
}

fn message(name: &str, element: &str) -> Node {
    let mut part = Node::named(WSDL, "part", "parameters");
    part.set("element", &format!("t:{element}"));
    let mut message = Node::named(WSDL, "message", name);
    message.children.push(part);
    message
}

/// The types that descriptions begin with.
fn roots() -> Vec<Node> {
    let empty = || Node::new(XSD, "sequence");
    let mut extension = Node::new(XSD, "extension");
    extension.set("base", "t:MethodFault");
    let mut runtime_fault = Node::new(XSD, "complexContent");
    runtime_fault.children.push(extension);
    let mut reference = Node::new(XSD, "extension");
    reference.set("base", "x:string");
    let mut kind = Node::named(XSD, "attribute", "type");
    kind.set("type", "x:string");
    reference.children.push(kind);
    let mut simple = Node::new(XSD, "simpleContent");
    simple.children.push(reference);
    vec![
        complex_type("DynamicData", empty()),
        complex_type("MethodFault", empty()),
        complex_type("RuntimeFault", runtime_fault),
        complex_type("ManagedObjectReference", simple),
    ]
}
