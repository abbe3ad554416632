//! Any value to elements.

use super::error::EncodeError;
use super::{raw, scalar};
use crate::any::Any;
use crate::element::QualifiedName;
use crate::erased::{EnumInfo, FieldInfo, Kind, ListRef, ObjectRef, ValueRef};
use crate::reference::ManagedObjectReference;
use crate::service::Service;
use crate::xml::writer::{IllegalCharacter, XmlWriter};

/// Writes values into a document whose default namespace is that of the service, and which
/// declares `xsd` and `xsi`.
#[derive(Debug)]
pub(super) struct ValueEncoder<'x> {
    xml: &'x mut XmlWriter,
    service: &'static Service,
}

/// What an element's type is to be told as.
#[derive(Clone, Copy)]
enum Declared {
    /// The schema declares this kind, so only another type is told.
    As(Kind),
    /// The schema declares `xsd:anyType`, so the type is always told.
    Any,
}

pub(super) fn illegal(IllegalCharacter(character): IllegalCharacter) -> EncodeError {
    EncodeError::new(character)
}

impl<'x> ValueEncoder<'x> {
    pub(super) fn new(xml: &'x mut XmlWriter, service: &'static Service) -> Self {
        Self { xml, service }
    }

    /// The value as the root of a document, with namespace declarations.
    pub(super) fn root(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        kind: Kind,
        namespaces: &[(&str, &str)],
    ) -> Result<(), EncodeError> {
        if let ValueRef::Any(any @ Any::Unknown(_)) = value {
            return self.any(name, any);
        }
        self.xml.open_tag(name);
        for (prefix, uri) in namespaces {
            self.xml.attribute(prefix, uri).map_err(illegal)?;
        }
        self.item_within(name, value, Declared::As(kind))
    }

    /// A field or parameter: nothing if it is unset, and an element for every item of a list.
    pub(super) fn member(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        kind: Kind,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Unset => Ok(()),
            ValueRef::List(list) => self.items(name, list),
            value if is_unset(value) => Ok(()),
            value => self
                .item(name, value, Declared::As(kind))
                .map_err(|error| error.within(name, None)),
        }
    }

    fn items(&mut self, name: &str, list: ListRef<'_>) -> Result<(), EncodeError> {
        for (index, value) in list.iter().enumerate() {
            self.item(name, value, Declared::As(list.kind()))
                .map_err(|error| error.within(name, Some(index)))?;
        }
        Ok(())
    }

    /// One element with one value.
    fn item(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        declared: Declared,
    ) -> Result<(), EncodeError> {
        if let ValueRef::Any(any) = value {
            return self.any(name, any);
        }
        self.xml.open_tag(name);
        self.item_within(name, value, declared)
    }

    /// The rest of an element whose tag is open.
    fn item_within(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        declared: Declared,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Object(object) => self.object(object, declared)?,
            ValueRef::Reference(reference) => self.reference(reference, declared)?,
            ValueRef::Any(any) => self.any_within(any)?,
            ValueRef::List(list) => {
                self.xml.close_tag();
                self.items(name, list)?;
            }
            value => {
                if let Declared::Any = declared {
                    self.schema_type(value)?;
                }
                self.xml.close_tag();
                self.scalar(value)?;
            }
        }
        self.xml.end(name);
        Ok(())
    }

    fn object(&mut self, object: ObjectRef<'_>, declared: Declared) -> Result<(), EncodeError> {
        let info = object.type_info();
        let extra = object.extra();
        let as_declared = match declared {
            Declared::As(kind) => kind
                .declared_type()
                .is_some_and(|declared| std::ptr::eq(declared, info)),
            Declared::Any => false,
        };
        if let Some(name) = extra.type_name() {
            raw::type_attribute(self.xml, name, self.service.namespace).map_err(illegal)?;
        } else if !as_declared {
            self.type_name(info.service(), info.name())?;
        }
        self.xml.close_tag();
        for (field, value) in object.fields() {
            self.field(field, value)?;
        }
        for element in extra.elements() {
            raw::element(self.xml, element)?;
        }
        Ok(())
    }

    fn field(&mut self, field: &FieldInfo, value: ValueRef<'_>) -> Result<(), EncodeError> {
        self.member(field.name(), value, field.shape().kind)
    }

    fn reference(
        &mut self,
        reference: &ManagedObjectReference,
        declared: Declared,
    ) -> Result<(), EncodeError> {
        if let Declared::Any = declared {
            self.type_name(self.service, Kind::Reference.wire_name())?;
        }
        self.xml
            .attribute("type", reference.type_name())
            .map_err(illegal)?;
        if let Some(guid) = reference.server_guid() {
            self.xml.attribute("serverGuid", guid).map_err(illegal)?;
        }
        self.xml.close_tag();
        self.xml.text(reference.value()).map_err(illegal)
    }

    /// One element with a value that tells its own type.
    fn any(&mut self, name: &str, any: &Any) -> Result<(), EncodeError> {
        match any {
            // Told by its absence, like every value that was never set.
            Any::Nil => Ok(()),
            Any::Unknown(element) => {
                let name = QualifiedName {
                    namespace: self.service.namespace.into(),
                    local: name.into(),
                };
                raw::named_element(self.xml, element, &name)
            }
            any => {
                self.xml.open_tag(name);
                self.any_within(any)?;
                self.xml.end(name);
                Ok(())
            }
        }
    }

    /// The rest of an element whose tag is open, but for its end tag.
    fn any_within(&mut self, any: &Any) -> Result<(), EncodeError> {
        match any {
            Any::Object(object) => self.object(object.as_object(), Declared::Any),
            Any::Reference(reference) => self.reference(reference, Declared::Any),
            Any::Enum(value) => {
                self.enum_type(value.info)?;
                self.xml.close_tag();
                self.xml.text(&value.value).map_err(illegal)
            }
            Any::Uri(value) => {
                self.xml
                    .attribute("xsi:type", "xsd:anyURI")
                    .map_err(illegal)?;
                self.xml.close_tag();
                self.xml.text(value).map_err(illegal)
            }
            Any::Array(array) => {
                let service = match array.kind() {
                    Kind::Enum(info) => info.service(),
                    kind => kind
                        .declared_type()
                        .map_or(self.service, |info| info.service()),
                };
                self.type_name(service, &array.type_name())?;
                self.xml.close_tag();
                let name = array.item_name();
                self.items(name, ListRef::of_array(array))
            }
            Any::Nil | Any::Unknown(_) => {
                self.xml.attribute("xsi:nil", "true").map_err(illegal)?;
                self.xml.close_tag();
                Ok(())
            }
            scalar => {
                let value = ValueRef::within(scalar);
                self.schema_type(value)?;
                self.xml.close_tag();
                self.scalar(value)
            }
        }
    }

    fn scalar(&mut self, value: ValueRef<'_>) -> Result<(), EncodeError> {
        match value {
            ValueRef::Bool(value) => self.xml.markup(if value { "true" } else { "false" }),
            ValueRef::Byte(value) => self.xml.markup(&value.to_string()),
            ValueRef::Short(value) => self.xml.markup(&value.to_string()),
            ValueRef::Int(value) => self.xml.markup(&value.to_string()),
            ValueRef::Long(value) => self.xml.markup(&value.to_string()),
            // Through the shorter text: 0.1 as a float is not 0.1 as a double.
            ValueRef::Float(value) if value.is_finite() => self.xml.markup(&value.to_string()),
            ValueRef::Float(value) => self.xml.markup(&scalar::float(value.into())),
            ValueRef::Double(value) => self.xml.markup(&scalar::float(value)),
            ValueRef::DateTime(value) => self.xml.markup(&scalar::date_time(&value)),
            ValueRef::Binary(value) => self.xml.markup(&scalar::binary(value)),
            ValueRef::String(value) | ValueRef::Enum(value) => {
                self.xml.text(value).map_err(illegal)?;
            }
            ValueRef::Unset
            | ValueRef::Any(_)
            | ValueRef::Reference(_)
            | ValueRef::Object(_)
            | ValueRef::List(_) => {}
        }
        Ok(())
    }

    /// `xsi:type` of a scalar.
    fn schema_type(&mut self, value: ValueRef<'_>) -> Result<(), EncodeError> {
        let kind = match value {
            ValueRef::Bool(_) => Kind::Bool,
            ValueRef::Byte(_) => Kind::Byte,
            ValueRef::Short(_) => Kind::Short,
            ValueRef::Int(_) => Kind::Int,
            ValueRef::Long(_) => Kind::Long,
            ValueRef::Float(_) => Kind::Float,
            ValueRef::Double(_) => Kind::Double,
            ValueRef::DateTime(_) => Kind::DateTime,
            ValueRef::Binary(_) => Kind::Binary,
            _ => Kind::String,
        };
        self.xml
            .attribute("xsi:type", kind.wire_name())
            .map_err(illegal)
    }

    fn enum_type(&mut self, info: &'static EnumInfo) -> Result<(), EncodeError> {
        self.type_name(info.service(), info.name())
    }

    /// `xsi:type` of a type of a service.
    fn type_name(&mut self, service: &Service, name: &str) -> Result<(), EncodeError> {
        if service.namespace == self.service.namespace {
            return self.xml.attribute("xsi:type", name).map_err(illegal);
        }
        let declaration = format!("xmlns:{}", service.name);
        self.xml
            .attribute(&declaration, service.namespace)
            .map_err(illegal)?;
        let qualified = format!("{}:{name}", service.name);
        self.xml.attribute("xsi:type", &qualified).map_err(illegal)
    }
}

/// Whether a required value was never set and has no default that could be sent: sending nothing
/// lets the server say what is missing.
fn is_unset(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Enum(value) => value.is_empty(),
        ValueRef::Reference(reference) => reference.is_unset(),
        ValueRef::Any(any) => matches!(any, Any::Nil),
        _ => false,
    }
}
