//! The documents: of each kind the ones that cost the most per byte, as far as anyone found.

use std::fmt::Write as _;

use vmomi_api::vim25::TYPES;

/// Documents of one kind, of any length.
pub struct Kind {
    /// What is in them.
    pub name: &'static str,
    /// One of about so many bytes.
    pub make: fn(usize) -> Document,
    /// The most instructions that a byte may take, to decode it and to drop the result.
    pub bound: u64,
}

/// Something to decode.
pub struct Document {
    pub content: String,
    pub how: How,
}

/// How a document is decoded.
#[derive(Clone, Copy)]
pub enum How {
    /// As XML that holds one value.
    Xml,
    /// The same, refusing what differs from the schema.
    Strict,
    /// As an envelope that arrives in pieces of so many bytes.
    Envelope(usize),
    /// As JSON that holds one value.
    Json,
}

/// Short documents have a part of their own that does not grow.
const NAMESPACES: &str = "xmlns='urn:vim25' \
    xmlns:xsd='http://www.w3.org/2001/XMLSchema' \
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";

/// How many bindings of prefixes a document may have in force, without those of [`NAMESPACES`].
const BINDINGS: usize = 240;

/// A value of this type with the content over and over.
fn value(of_type: &str, again: &str, bytes: usize) -> Document {
    let content = again.repeat(bytes.div_ceil(again.len()));
    whole(of_type, &content)
}

fn whole(of_type: &str, content: &str) -> Document {
    Document {
        content: format!("<v {NAMESPACES} xsi:type='{of_type}'>{content}</v>"),
        how: How::Xml,
    }
}

/// The items in turn, each made from its number, until there are enough bytes.
fn numbered(bytes: usize, item: impl Fn(usize) -> String) -> String {
    let mut content = String::new();
    for number in 0.. {
        if content.len() >= bytes {
            break;
        }
        content.push_str(&item(number));
    }
    content
}

/// The content within elements that bind as many prefixes as may be.
fn within_bindings(again: &str, bytes: usize) -> Document {
    const EACH: usize = 60;
    let mut open = String::new();
    for level in 0..BINDINGS / EACH {
        open.push_str("<a");
        for number in 0..EACH {
            // Writing to a string cannot fail.
            let _ = write!(open, " xmlns:p{}='u'", level * EACH + number);
        }
        open.push('>');
    }
    let content = again.repeat(bytes.div_ceil(again.len()));
    let close = "</a>".repeat(BINDINGS / EACH);
    whole(
        "VirtualMachineConfigInfo",
        &format!("{open}{content}{close}"),
    )
}

/// An answer that arrives in pieces of one byte.
fn byte_by_byte(result: &str) -> Document {
    Document {
        content: format!(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' {NAMESPACES}>\
             <e:Body><R>{result}</R></e:Body></e:Envelope>"
        ),
        how: How::Envelope(1),
    }
}

/// An answer that is a fault with this in it.
fn fault(content: &str) -> Document {
    Document {
        content: format!(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' {NAMESPACES}>\
             <e:Body><e:Fault><faultcode>c</faultcode>{content}</e:Fault></e:Body></e:Envelope>"
        ),
        how: How::Envelope(4096),
    }
}

/// A fault with the same over and over in an entry of its detail.
fn fault_detail(entry: &str, again: &str, bytes: usize) -> Document {
    let content = again.repeat(bytes.div_ceil(again.len()));
    fault(&format!("<detail><x{entry}>{content}</x></detail>"))
}

fn strict(document: Document) -> Document {
    Document {
        how: How::Strict,
        ..document
    }
}

fn json(content: String) -> Document {
    Document {
        content,
        how: How::Json,
    }
}

/// An array of the item over and over, as a value of this type.
fn json_items(of_type: &str, item: &str, bytes: usize) -> Document {
    let items = vec![item; bytes.div_ceil(item.len() + 1)].join(",");
    json(format!(
        "{{\"_typeName\":\"{of_type}\",\"_value\":[{items}]}}"
    ))
}

/// An object of this type with the member over and over.
fn json_members(of_type: &str, member: &str, bytes: usize) -> Document {
    let members = vec![member; bytes.div_ceil(member.len() + 1)].join(",");
    json(format!("{{\"_typeName\":\"{of_type}\",{members}}}"))
}

/// Attributes with a prefix that stands for nothing.
fn attributes() -> String {
    let letters = ('a'..='z').chain('A'..='Z');
    letters.map(|letter| format!(" q:{letter}=''")).collect()
}

/// What an ordinary answer is made of: objects of types that are named, numbers, texts, references.
fn ordinary(bytes: usize) -> Document {
    let machine = "\
        <VirtualMachineConfigInfo><changeVersion>2024-01-01T00:00:00.000000Z</changeVersion>\
        <modified>2024-01-01T00:00:00Z</modified><name>DC0_H0_VM0</name>\
        <guestFullName>Other Linux (64-bit)</guestFullName><version>vmx-21</version>\
        <uuid>265104de-1472-547c-b873-6dc7883fb6cb</uuid><template>false</template>\
        <guestId>otherLinux64Guest</guestId><annotation>Managed by a tool &amp; a person.</annotation>\
        <hardware><numCPU>2</numCPU><numCoresPerSocket>1</numCoresPerSocket><memoryMB>4096</memoryMB>\
        <device xsi:type=\"VirtualDisk\"><key>204</key><deviceInfo xsi:type=\"Description\">\
        <label>disk-202-0</label><summary>10,485,760 KB</summary></deviceInfo>\
        <backing xsi:type=\"VirtualDiskFlatVer2BackingInfo\"><fileName>[LocalDS_0] DC0_H0_VM0/disk1.vmdk\
        </fileName><datastore type=\"Datastore\">datastore-52</datastore>\
        <diskMode>persistent</diskMode><thinProvisioned>true</thinProvisioned></backing>\
        <controllerKey>202</controllerKey><unitNumber>0</unitNumber>\
        <capacityInKB>10485760</capacityInKB></device></hardware>\
        <extraConfig xsi:type=\"OptionValue\"><key>guestinfo.setting</key>\
        <value xsi:type=\"xsd:string\">a value of some length</value></extraConfig>\
        </VirtualMachineConfigInfo>";
    value("ArrayOfVirtualMachineConfigInfo", machine, bytes)
}

pub const KINDS: &[Kind] = &[
    Kind {
        name: "an ordinary answer",
        make: ordinary,
        bound: 60,
    },
    Kind {
        name: "elements that are passed over",
        make: |bytes| value("VirtualMachineConfigInfo", "<a/>", bytes),
        bound: 250,
    },
    Kind {
        name: "elements with names as long as those of fields",
        make: |bytes| value("VirtualMachineConfigInfo", "<guestFullNamf/>", bytes),
        bound: 100,
    },
    Kind {
        name: "fields back and forth",
        make: |bytes| {
            let fields = "<zzz/><changeVersion/><vmxConfigChecksum/>";
            value("VirtualMachineConfigInfo", fields, bytes)
        },
        bound: 150,
    },
    Kind {
        name: "a boxed field again and again",
        make: |bytes| value("VirtualMachineConfigInfo", "<hardware/>", bytes),
        bound: 200,
    },
    Kind {
        name: "a large field again and again",
        make: |bytes| {
            let object = format!("<a>{}</a>", "<config/>".repeat(100));
            value("ArrayOfVirtualMachineSummary", &object, bytes)
        },
        bound: 400,
    },
    Kind {
        name: "prefixes, and elements without one",
        make: |bytes| within_bindings("<b/>", bytes),
        bound: 200,
    },
    Kind {
        name: "prefixes, and elements with the outermost",
        make: |bytes| within_bindings("<p0:b/>", bytes),
        bound: 200,
    },
    Kind {
        name: "prefixes, and attributes with one that stands for nothing",
        make: |bytes| within_bindings("<b q:c=''/>", bytes),
        bound: 200,
    },
    Kind {
        name: "prefixes, and many such attributes",
        make: |bytes| within_bindings(&format!("<b{}/>", attributes()), bytes),
        bound: 200,
    },
    Kind {
        name: "prefixes, and types",
        make: |bytes| within_bindings("<b xsi:type=\"T\"/>", bytes),
        bound: 150,
    },
    Kind {
        name: "prefixes bound again and again",
        make: |bytes| within_bindings("<b xmlns:a=''/>", bytes),
        bound: 250,
    },
    Kind {
        name: "kept attributes with a prefix",
        make: |bytes| value("Nope", &format!("<b{}/>", attributes()), bytes),
        bound: 400,
    },
    Kind {
        name: "kept attributes of one name in two long namespaces",
        make: |bytes| {
            let long = |end: char| format!("{}{end}", "n".repeat(30_000));
            let again = "<b p:a='' q:a=''/>".repeat(bytes / 18);
            whole(
                "Nope",
                &format!(
                    "<a xmlns:p='{}' xmlns:q='{}'>{again}</a>",
                    long('p'),
                    long('q')
                ),
            )
        },
        bound: 800,
    },
    Kind {
        name: "kept elements",
        make: |bytes| value("Nope", "<a/>", bytes),
        bound: 700,
    },
    Kind {
        name: "kept elements of many names",
        make: |bytes| whole("Nope", &numbered(bytes, |n| format!("<b{n}>x</b{n}>"))),
        bound: 400,
    },
    Kind {
        name: "strictly, the last value of a long enum",
        make: |bytes| {
            let values = TYPES.enumeration("VirtualMachineGuestOsIdentifier");
            let last = values.and_then(|info| info.values().last()).copied();
            let item = format!("<a>{}</a>", last.unwrap_or_default());
            let array = "ArrayOfVirtualMachineGuestOsIdentifier";
            strict(value(array, &item, bytes))
        },
        bound: 300,
    },
    Kind {
        name: "types that no one knows",
        make: |bytes| {
            let items = numbered(bytes, |n| format!("<a xsi:type='T{n}'/>"));
            whole("ArrayOfAnyType", &items)
        },
        bound: 500,
    },
    Kind {
        name: "every type in turn",
        make: |bytes| {
            let types = TYPES.data_objects;
            let items = numbered(bytes, |n| {
                format!("<a xsi:type='{}'/>", types[n % types.len()].get().name())
            });
            whole("ArrayOfAnyType", &items)
        },
        bound: 300,
    },
    Kind {
        name: "objects with many fields",
        make: |bytes| value("ArrayOfVirtualMachineConfigInfo", "<a/>", bytes),
        bound: 1800,
    },
    Kind {
        name: "objects that hold many others at once",
        make: |bytes| value("ArrayOfDVSCreateSpec", "<a/>", bytes),
        bound: 1200,
    },
    Kind {
        name: "strictly, objects with many fields",
        make: |bytes| strict(value("ArrayOfVirtualMachineConfigSpec", "<a/>", bytes)),
        bound: 2500,
    },
    Kind {
        name: "references to characters",
        make: |bytes| value("xsd:string", "&amp;", bytes),
        bound: 80,
    },
    Kind {
        name: "ends of lines",
        make: |bytes| value("xsd:string", "\r", bytes),
        bound: 80,
    },
    Kind {
        name: "characters that are none",
        make: |bytes| value("xsd:string", "\u{1}", bytes),
        bound: 100,
    },
    Kind {
        name: "base64",
        make: |bytes| value("xsd:base64Binary", "AA AA", bytes),
        bound: 60,
    },
    Kind {
        name: "a long number",
        make: |bytes| value("xsd:double", "9", bytes),
        bound: 40,
    },
    Kind {
        name: "a long date",
        make: |bytes| {
            let digits = "9".repeat(bytes);
            whole("xsd:dateTime", &format!("2020-01-01T00:00:00.{digits}Z"))
        },
        bound: 50,
    },
    Kind {
        name: "comments within a text",
        make: |bytes| value("xsd:string", "a<!---->", bytes),
        bound: 200,
    },
    Kind {
        name: "sections within a text",
        make: |bytes| value("xsd:string", "<![CDATA[]]>", bytes),
        bound: 150,
    },
    Kind {
        name: "byte by byte, a text",
        make: |bytes| {
            let text = "x".repeat(bytes);
            byte_by_byte(&format!(
                "<returnval xsi:type='xsd:string'>{text}</returnval>"
            ))
        },
        bound: 800,
    },
    Kind {
        name: "byte by byte, references",
        make: |bytes| {
            let text = "&amp;".repeat(bytes / 5);
            byte_by_byte(&format!(
                "<returnval xsi:type='xsd:string'>{text}</returnval>"
            ))
        },
        bound: 800,
    },
    Kind {
        name: "byte by byte, a comment",
        make: |bytes| byte_by_byte(&format!("<!--{}-->", "-x".repeat(bytes / 2))),
        bound: 800,
    },
    Kind {
        name: "byte by byte, a long tag",
        make: |bytes| {
            let tag = format!("<returnval a='{}'/>", "x".repeat(60_000));
            byte_by_byte(&tag.repeat(bytes.div_ceil(tag.len())))
        },
        bound: 800,
    },
    Kind {
        name: "byte by byte, tags with attributes",
        make: |bytes| {
            let tag = format!("<returnval{}/>", " a=''".repeat(60));
            byte_by_byte(&tag.repeat(bytes.div_ceil(tag.len())))
        },
        bound: 1000,
    },
    Kind {
        name: "JSON, kept attributes of one name in many namespaces",
        make: |bytes| {
            let attributes = numbered(bytes, |n| format!("\"{{{n:05}}}a\":\"\","));
            json(format!(
                "{{\"_xml\":{{\"name\":\"v\",\"attributes\":{{{attributes}\"b\":\"\"}}}}}}"
            ))
        },
        bound: 600,
    },
    Kind {
        name: "JSON, members that are passed over",
        make: |bytes| json_members("VirtualMachineConfigInfo", "\"a\":0", bytes),
        bound: 250,
    },
    Kind {
        name: "JSON, fields back and forth",
        make: |bytes| {
            let fields = "\"changeVersion\":null,\"vmxConfigChecksum\":null";
            json_members("VirtualMachineConfigInfo", fields, bytes)
        },
        bound: 80,
    },
    Kind {
        name: "JSON, white space",
        make: |bytes| json(format!("{}1", " ".repeat(bytes))),
        bound: 30,
    },
    Kind {
        name: "JSON, escapes",
        make: |bytes| json(format!("\"{}\"", "\\u0041".repeat(bytes / 6))),
        bound: 200,
    },
    Kind {
        name: "JSON, a long number",
        make: |bytes| json(format!("0.{}", "9".repeat(bytes))),
        bound: 40,
    },
    Kind {
        name: "JSON, objects with many fields",
        make: |bytes| json_items("ArrayOfVirtualMachineConfigInfo", "{}", bytes),
        bound: 2500,
    },
    Kind {
        name: "JSON, objects that hold many others at once",
        make: |bytes| json_items("ArrayOfDVSCreateSpec", "{}", bytes),
        bound: 1500,
    },
    Kind {
        name: "JSON, objects of types that no one knows",
        make: |bytes| json_items("ArrayOfAnyType", "{\"_typeName\":\"T\"}", bytes),
        bound: 500,
    },
    Kind {
        name: "JSON, values without a type",
        make: |bytes| json_items("ArrayOfAnyType", "{\"a\":[0]}", bytes),
        bound: 1500,
    },
    Kind {
        name: "JSON, members before the type, deep",
        make: |bytes| {
            const DEPTH: usize = 55;
            let numbers = vec!["0"; bytes / 2].join(",");
            let open = "{\"childSnapshotList\":[".repeat(DEPTH);
            let close = "]}".repeat(DEPTH);
            json(format!(
                "{{\"_typeName\":\"VirtualMachineSnapshotInfo\",\"rootSnapshotList\":[\
                 {open}{{\"a\":[{numbers}]}}{close}]}}"
            ))
        },
        bound: 300,
    },
    Kind {
        name: "JSON, members before the type",
        make: |bytes| {
            let numbers = vec!["0"; bytes / 2].join(",");
            json(format!(
                "{{\"a\":[{numbers}],\"_typeName\":\"HostSystem\"}}"
            ))
        },
        bound: 2500,
    },
    Kind {
        name: "faults, messages",
        make: |bytes| fault(&"<faultstring/>".repeat(bytes / 14)),
        bound: 150,
    },
    Kind {
        name: "faults, entries of a detail",
        make: |bytes| {
            let entries = "<x xsi:type='InvalidLogin'/>".repeat(bytes / 28);
            fault(&format!("<detail>{entries}</detail>"))
        },
        bound: 300,
    },
    Kind {
        name: "faults, a detail of a known type",
        make: |bytes| fault_detail(" xsi:type='InvalidLogin'", "<faultMessage/>", bytes / 8),
        bound: 500,
    },
    Kind {
        name: "faults, a detail that is too long for its type",
        make: |bytes| fault_detail(" xsi:type='InvalidLogin'", "<a/>", 8 * bytes),
        bound: 800,
    },
    Kind {
        name: "faults, a detail of a type that no one knows",
        make: |bytes| fault_detail("", "<a b='c'/>", bytes),
        bound: 800,
    },
];
