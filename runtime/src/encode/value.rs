//! Any value to elements.

use super::error::EncodeError;
use super::raw;
use crate::any::{Any, AnyArray};
use crate::element::QualifiedName;
use crate::erased::{Arity, EnumInfo, Kind, ListRef, ObjectRef, Shape, TypeInfo, ValueRef};
use crate::kept::Owner;
use crate::lexical::{binary, boolean, date_time, number};
use crate::reference::ManagedObjectReference;
use crate::service::Service;
use crate::xml::writer::XmlWriter;

/// The namespace of `ManagedObjectReference` and of arrays of scalars, in every service.
const CORE_NAMESPACE: &str = "urn:vim25";

/// Writes values into a document that declares `xsd` and `xsi`.
pub(super) struct ValueEncoder<'x> {
    xml: &'x mut XmlWriter,
    /// The default namespace at the place of writing.
    default_namespace: &'static str,
    /// The namespace of the next element's name.
    namespace: &'static str,
}

/// What an element's type is to be told as.
#[derive(Clone, Copy)]
enum Declared {
    /// The schema declares this kind, so only another type is told.
    As(Kind),
    /// The schema declares `xsd:anyType`, so the type is always told.
    Any,
}

impl<'x> ValueEncoder<'x> {
    pub(super) fn new(xml: &'x mut XmlWriter, namespace: &'static str) -> Self {
        Self {
            xml,
            default_namespace: namespace,
            namespace,
        }
    }

    /// The rest of the root of a document, whose tag is open.
    pub(super) fn root(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        kind: Kind,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Unset => self.nil()?,
            ValueRef::List(list) => {
                self.xml.close_tag();
                self.items(name, list)?;
            }
            value => self.content(name, value, Declared::As(kind))?,
        }
        self.xml.end(name);
        Ok(())
    }

    /// A field or parameter: nothing if it is unset, and an element for every item of a list.
    pub(super) fn member(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        shape: Shape,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Unset => Ok(()),
            ValueRef::List(list) => self.items(name, list),
            value if matches!(shape.arity, Arity::One) && was_never_set(value) => Ok(()),
            value => self
                .element(name, value, Declared::As(shape.kind))
                .map_err(|error| error.within(name, None)),
        }
    }

    fn items(&mut self, name: &str, list: ListRef<'_>) -> Result<(), EncodeError> {
        for (index, value) in list.iter().enumerate() {
            self.element(name, value, Declared::As(list.kind()))
                .map_err(|error| error.within(name, Some(index)))?;
        }
        Ok(())
    }

    /// One element with one value.
    fn element(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        declared: Declared,
    ) -> Result<(), EncodeError> {
        self.xml.open_tag(name);
        let outer = self.default_namespace;
        // Nearly always both are one and the same text.
        if !std::ptr::eq(self.namespace, outer) && self.namespace != outer {
            self.xml.attribute("xmlns", self.namespace)?;
            self.default_namespace = self.namespace;
        }
        self.content(name, value, declared)?;
        self.default_namespace = outer;
        self.xml.end(name);
        Ok(())
    }

    /// The rest of an element whose tag is open, but for its end tag.
    fn content(
        &mut self,
        name: &str,
        value: ValueRef<'_>,
        declared: Declared,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Object(object) => self.object(object, declared),
            ValueRef::Reference(reference) => self.reference(reference, declared),
            ValueRef::Any(any) => self.any(name, any),
            value => {
                if let Declared::Any = declared {
                    self.schema_type(value)?;
                }
                self.xml.close_tag();
                self.scalar(value)
            }
        }
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
            raw::type_attribute(self.xml, name, self.namespace)?;
        } else if !as_declared {
            self.type_name(info.service(), info.name())?;
        }
        raw::attributes(self.xml, extra.attributes(), Owner::Value)?;
        self.xml.close_tag();
        let namespace = self.namespace;
        for (level, field, value) in object.fields_by_level() {
            // An object of one service may extend one of another.
            self.namespace = level.service().namespace;
            self.member(field.name(), value, field.shape())?;
        }
        self.namespace = namespace;
        for element in extra.elements() {
            raw::element(self.xml, element, namespace)?;
        }
        Ok(())
    }

    fn reference(
        &mut self,
        reference: &ManagedObjectReference,
        declared: Declared,
    ) -> Result<(), EncodeError> {
        if let Declared::Any = declared {
            self.core_type(Kind::Reference.wire_name())?;
        }
        self.xml.attribute("type", reference.type_name())?;
        if let Some(guid) = reference.server_guid() {
            self.xml.attribute("serverGuid", guid)?;
        }
        self.xml.close_tag();
        self.xml.text(reference.value())?;
        Ok(())
    }

    /// A value that tells its own type.
    fn any(&mut self, name: &str, any: &Any) -> Result<(), EncodeError> {
        match any {
            Any::Nil => self.nil(),
            Any::Object(object) => self.object(object.as_object(), Declared::Any),
            Any::Reference(reference) => self.reference(reference, Declared::Any),
            Any::Enum(value) => {
                self.enum_type(value.info)?;
                self.xml.close_tag();
                Ok(self.xml.text(&value.value)?)
            }
            Any::Uri(value) => {
                self.xml.attribute("xsi:type", "xsd:anyURI")?;
                self.xml.close_tag();
                Ok(self.xml.text(value)?)
            }
            Any::Array(array) => self.array(array),
            Any::Unknown(element) => {
                let name = QualifiedName {
                    namespace: self.namespace.into(),
                    local: name.into(),
                };
                raw::content(self.xml, element, &name, self.namespace, Owner::Value)
            }
            scalar => self.content(name, ValueRef::within(scalar), Declared::Any),
        }
    }

    fn array(&mut self, array: &AnyArray) -> Result<(), EncodeError> {
        let service = match array.kind() {
            Kind::Enum(info) => Some(info.service()),
            kind => kind.declared_type().map(TypeInfo::service),
        };
        let type_name = array.type_name();
        match service {
            Some(service) => self.type_name(service, &type_name)?,
            None => self.core_type(&type_name)?,
        }
        self.xml.close_tag();
        // The items are elements of the array's type, whatever it is in.
        let outer = self.namespace;
        self.namespace = service.map_or(CORE_NAMESPACE, |service| service.namespace);
        self.items(array.item_name(), ListRef::of_array(array))?;
        self.namespace = outer;
        Ok(())
    }

    /// The rest of an element that holds nothing.
    fn nil(&mut self) -> Result<(), EncodeError> {
        self.xml.attribute("xsi:nil", "true")?;
        self.xml.close_tag();
        Ok(())
    }

    fn scalar(&mut self, value: ValueRef<'_>) -> Result<(), EncodeError> {
        match value {
            ValueRef::Bool(value) => self.xml.markup(boolean::write(value)),
            ValueRef::Byte(value) => self.xml.integer(value),
            ValueRef::Short(value) => self.xml.integer(value),
            ValueRef::Int(value) => self.xml.integer(value),
            ValueRef::Long(value) => self.xml.integer(value),
            // Through the shorter text: 0.1 as a float is not 0.1 as a double.
            ValueRef::Float(value) if value.is_finite() => self.xml.plain(value),
            ValueRef::Float(value) => self.xml.markup(number::name_of_not_finite(value.into())),
            ValueRef::Double(value) if value.is_finite() => self.xml.plain(value),
            ValueRef::Double(value) => self.xml.markup(number::name_of_not_finite(value)),
            ValueRef::DateTime(value) => self.xml.markup(&date_time::write(value)),
            ValueRef::Binary(value) => self.xml.plain(binary::write(value)),
            ValueRef::String(value) | ValueRef::Enum(value, _) => self.xml.text(value)?,
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
        let kind = value.scalar_kind().unwrap_or(Kind::String);
        Ok(self.xml.attribute("xsi:type", kind.wire_name())?)
    }

    fn enum_type(&mut self, info: &'static EnumInfo) -> Result<(), EncodeError> {
        self.type_name(info.service(), info.name())
    }

    /// `xsi:type` of a type of a service.
    fn type_name(&mut self, service: &Service, name: &str) -> Result<(), EncodeError> {
        self.qualified_type(service.name, service.namespace, name)
    }

    /// `xsi:type` of a type that all services share.
    fn core_type(&mut self, name: &str) -> Result<(), EncodeError> {
        self.qualified_type("vim25", CORE_NAMESPACE, name)
    }

    fn qualified_type(
        &mut self,
        prefix: &str,
        namespace: &str,
        name: &str,
    ) -> Result<(), EncodeError> {
        if namespace == self.default_namespace {
            return Ok(self.xml.attribute("xsi:type", name)?);
        }
        self.xml.attribute(&format!("xmlns:{prefix}"), namespace)?;
        let qualified = format!("{prefix}:{name}");
        Ok(self.xml.attribute("xsi:type", &qualified)?)
    }
}

/// Whether a required value was never set and has no default that could be sent: sending nothing
/// lets the server say what is missing.
pub(crate) fn was_never_set(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Enum(value, _) => value.is_empty(),
        ValueRef::Reference(reference) => reference.is_unset(),
        ValueRef::Any(any) => matches!(any, Any::Nil),
        _ => false,
    }
}
