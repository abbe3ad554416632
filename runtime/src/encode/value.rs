//! Any value to elements.

use super::error::EncodeError;
use super::raw;
use crate::any::{Any, AnyArray};
use crate::decode::Limits;
use crate::element::QualifiedName;
use crate::erased::{Arity, EnumInfo, Fields, Kind, ListRef, ObjectRef, Shape, TypeInfo, ValueRef};
use crate::kept::Owner;
use crate::lexical::{binary, boolean, date_time, number};
use crate::reference::ManagedObjectReference;
use crate::service::Service;
use crate::xml::writer::XmlWriter;

/// The namespace of `ManagedObjectReference` and of arrays of scalars, in every service.
const CORE_NAMESPACE: &str = "urn:vim25";

/// Writes values into a document that declares `xsd` and `xsi`.
///
/// It calls itself for no element within another, but keeps those that are open in a list. So the
/// stack that it needs does not depend on the value.
pub(super) struct ValueEncoder<'x, 'v> {
    xml: &'x mut XmlWriter,
    /// The default namespace at the place of writing.
    default_namespace: &'static str,
    /// The namespace of the next element's name.
    namespace: &'static str,
    /// What was begun and is not written to its end, outermost first.
    open: Vec<Open<'v>>,
    /// How many elements are open.
    depth: usize,
}

/// What is still to be written of something.
enum Open<'v> {
    Object {
        element: OpenElement<'v>,
        /// The namespace of the next element's name, when all of it is written.
        namespace: &'static str,
        fields: Fields<'v>,
        /// The field that is being written, unless it is a list.
        field: Option<&'static str>,
    },
    Items {
        /// The element of an array; none for the items of a field.
        element: Option<OpenElement<'v>>,
        /// The namespace of the next element's name, when all of it is written.
        namespace: &'static str,
        /// The name of each item's element.
        name: &'v str,
        list: ListRef<'v>,
        /// The position of the next item.
        next: usize,
    },
}

/// An element that must be closed.
#[derive(Clone, Copy, Debug)]
struct OpenElement<'v> {
    name: &'v str,
    /// The default namespace around it.
    outer: &'static str,
}

/// What an element's type is to be told as.
#[derive(Clone, Copy)]
enum Declared {
    /// The schema declares this kind, so only another type is told.
    As(Kind),
    /// The schema declares `xsd:anyType`, so the type is always told.
    Any,
}

/// Whether an element is written to its end, or left open with what it still must hold.
#[derive(Clone, Copy)]
enum Written {
    Whole,
    Begun,
}

impl<'x, 'v> ValueEncoder<'x, 'v> {
    pub(super) fn new(xml: &'x mut XmlWriter, namespace: &'static str) -> Self {
        Self {
            xml,
            default_namespace: namespace,
            namespace,
            open: Vec::new(),
            depth: 0,
        }
    }

    /// The rest of the root of a document, whose tag is open.
    pub(super) fn root(
        &mut self,
        name: &'v str,
        value: ValueRef<'v>,
        kind: Kind,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Unset => self.nil()?,
            ValueRef::List(list) => {
                self.xml.close_tag();
                self.depth = 1;
                self.push_items(name, list, None);
                self.rest()?;
            }
            value => {
                let element = OpenElement {
                    name,
                    outer: self.default_namespace,
                };
                match self.content(element, value, Declared::As(kind))? {
                    Written::Whole => {}
                    Written::Begun => {
                        self.depth = 1;
                        // That writes the end too.
                        return self.rest();
                    }
                }
            }
        }
        self.xml.end(name);
        Ok(())
    }

    /// A field or parameter: nothing if it is unset, and an element for every item of a list.
    pub(super) fn member(
        &mut self,
        name: &'v str,
        value: ValueRef<'v>,
        shape: Shape,
    ) -> Result<(), EncodeError> {
        let written = match self.begin(name, value, shape) {
            Ok(()) => self.rest(),
            Err(error) => Err(error),
        };
        written.map_err(|error| match value {
            ValueRef::List(_) => error,
            _ => error.within(name, None),
        })
    }

    fn begin(
        &mut self,
        name: &'v str,
        value: ValueRef<'v>,
        shape: Shape,
    ) -> Result<(), EncodeError> {
        match value {
            ValueRef::Unset => Ok(()),
            ValueRef::List(list) => {
                if !list.is_empty() {
                    self.push_items(name, list, None);
                }
                Ok(())
            }
            value if matches!(shape.arity, Arity::One) && was_never_set(value) => Ok(()),
            value => self
                .element(name, value, Declared::As(shape.kind))
                .map(|_| ()),
        }
    }

    /// Writes what is open to its end.
    fn rest(&mut self) -> Result<(), EncodeError> {
        while !self.open.is_empty() {
            if let Err(error) = self.step() {
                return Err(self.placed(error));
            }
        }
        Ok(())
    }

    /// Writes what was opened last to its end, or up to where something within it was opened.
    fn step(&mut self) -> Result<(), EncodeError> {
        match self.open.last_mut() {
            Some(Open::Object { fields, field, .. }) => {
                *field = None;
                let fields = fields.clone();
                self.fields(fields)
            }
            Some(Open::Items {
                name, list, next, ..
            }) => {
                let (name, list, next) = (*name, *list, *next);
                self.items(name, list, next)
            }
            None => Ok(()),
        }
    }

    fn fields(&mut self, mut fields: Fields<'v>) -> Result<(), EncodeError> {
        let open = self.open.len();
        while let Some((level, info, value)) = fields.next() {
            let name = info.name();
            let shape = info.shape();
            let single = match value {
                ValueRef::Unset => continue,
                ValueRef::List(list) => {
                    if list.is_empty() {
                        continue;
                    }
                    self.namespace = level.service().namespace;
                    self.push_items(name, list, None);
                    None
                }
                value if matches!(shape.arity, Arity::One) && was_never_set(value) => continue,
                value => {
                    // An object of one service may extend one of another.
                    self.namespace = level.service().namespace;
                    match self.element(name, value, Declared::As(shape.kind)) {
                        Ok(Written::Whole) => continue,
                        Ok(Written::Begun) => Some(name),
                        Err(error) => return Err(error.within(name, None)),
                    }
                }
            };
            if let Some(Open::Object {
                fields: rest,
                field,
                ..
            }) = self.open.get_mut(open - 1)
            {
                (*rest, *field) = (fields, single);
            }
            return Ok(());
        }
        self.end_object()
    }

    fn items(&mut self, name: &'v str, list: ListRef<'v>, from: usize) -> Result<(), EncodeError> {
        let open = self.open.len();
        let declared = Declared::As(list.kind());
        for index in from..list.len() {
            let Some(value) = list.get(index) else {
                break;
            };
            if let Some(Open::Items { next, .. }) = self.open.get_mut(open - 1) {
                *next = index + 1;
            }
            if let Written::Begun = self.element(name, value, declared)? {
                return Ok(());
            }
        }
        if let Some(Open::Items {
            element, namespace, ..
        }) = self.open.pop()
        {
            self.namespace = namespace;
            if let Some(element) = element {
                self.end(element);
            }
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), EncodeError> {
        let Some(Open::Object {
            element,
            namespace,
            fields,
            ..
        }) = self.open.pop()
        else {
            return Ok(());
        };
        self.namespace = namespace;
        for kept in fields.object().extra().elements() {
            raw::element(self.xml, kept, namespace, self.depth)?;
        }
        self.end(element);
        Ok(())
    }

    fn end(&mut self, element: OpenElement<'_>) {
        self.depth -= 1;
        self.default_namespace = element.outer;
        self.xml.end(element.name);
    }

    /// An error in what was opened last, seen from the outermost.
    fn placed(&self, error: EncodeError) -> EncodeError {
        let open = self.open.iter().rev();
        open.fold(error, |error, open| match open {
            Open::Object { field, .. } => match field {
                Some(field) => error.within(field, None),
                None => error,
            },
            Open::Items { name, next, .. } => error.within(name, next.checked_sub(1)),
        })
    }

    fn push_items(&mut self, name: &'v str, list: ListRef<'v>, element: Option<OpenElement<'v>>) {
        self.open.push(Open::Items {
            element,
            namespace: self.namespace,
            name,
            list,
            next: 0,
        });
    }

    /// One element with one value, or its beginning.
    fn element(
        &mut self,
        name: &'v str,
        value: ValueRef<'v>,
        declared: Declared,
    ) -> Result<Written, EncodeError> {
        if self.depth >= Limits::MAX_DEPTH {
            return Err(EncodeError::too_deep());
        }
        self.xml.open_tag(name);
        let outer = self.default_namespace;
        // Nearly always both are one and the same text.
        if !std::ptr::eq(self.namespace, outer) && self.namespace != outer {
            self.xml.attribute("xmlns", self.namespace)?;
            self.default_namespace = self.namespace;
        }
        let written = match value {
            ValueRef::Object(_) | ValueRef::Reference(_) | ValueRef::Any(_) => {
                self.content(OpenElement { name, outer }, value, declared)?
            }
            // Most elements, of a type that the schema declares.
            leaf => {
                self.xml.close_tag();
                self.scalar(leaf)?
            }
        };
        match written {
            Written::Whole => {
                self.default_namespace = outer;
                self.xml.end(name);
            }
            Written::Begun => self.depth += 1,
        }
        Ok(written)
    }

    /// The rest of an element whose tag is open, but for its end tag; or its beginning, with which
    /// it is open.
    fn content(
        &mut self,
        element: OpenElement<'v>,
        value: ValueRef<'v>,
        declared: Declared,
    ) -> Result<Written, EncodeError> {
        match value {
            ValueRef::Object(object) => self.object(element, object, declared),
            ValueRef::Reference(reference) => self.reference(reference, declared),
            ValueRef::Any(any) => self.any(element, any),
            value => {
                if let Declared::Any = declared {
                    self.schema_type(value)?;
                }
                self.xml.close_tag();
                self.scalar(value)
            }
        }
    }

    fn object(
        &mut self,
        element: OpenElement<'v>,
        object: ObjectRef<'v>,
        declared: Declared,
    ) -> Result<Written, EncodeError> {
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
        self.open.push(Open::Object {
            element,
            namespace: self.namespace,
            fields: object.fields_by_level(),
            field: None,
        });
        Ok(Written::Begun)
    }

    fn reference(
        &mut self,
        reference: &ManagedObjectReference,
        declared: Declared,
    ) -> Result<Written, EncodeError> {
        if let Declared::Any = declared {
            self.core_type(Kind::Reference.wire_name())?;
        }
        self.xml.attribute("type", reference.type_name())?;
        if let Some(guid) = reference.server_guid() {
            self.xml.attribute("serverGuid", guid)?;
        }
        self.xml.close_tag();
        self.xml.text(reference.value())?;
        Ok(Written::Whole)
    }

    /// A value that tells its own type.
    fn any(&mut self, element: OpenElement<'v>, any: &'v Any) -> Result<Written, EncodeError> {
        match any {
            Any::Nil => self.nil()?,
            Any::Object(object) => {
                return self.object(element, object.as_object(), Declared::Any);
            }
            Any::Reference(reference) => return self.reference(reference, Declared::Any),
            Any::Enum(value) => {
                self.enum_type(value.info)?;
                self.xml.close_tag();
                self.xml.text(&value.value)?;
            }
            Any::Uri(value) => {
                self.xml.attribute("xsi:type", "xsd:anyURI")?;
                self.xml.close_tag();
                self.xml.text(value)?;
            }
            Any::Array(array) => return self.array(element, array),
            Any::Unknown(tree) => {
                let name = QualifiedName {
                    namespace: self.namespace.into(),
                    local: element.name.into(),
                };
                raw::content(
                    self.xml,
                    tree,
                    &name,
                    self.namespace,
                    Owner::Value,
                    self.depth + 1,
                )?;
            }
            scalar => return self.content(element, ValueRef::within(scalar), Declared::Any),
        }
        Ok(Written::Whole)
    }

    fn array(
        &mut self,
        element: OpenElement<'v>,
        array: &'v AnyArray,
    ) -> Result<Written, EncodeError> {
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
        self.push_items(array.item_name(), ListRef::of_array(array), Some(element));
        // The items are elements of the array's type, whatever it is in.
        self.namespace = service.map_or(CORE_NAMESPACE, |service| service.namespace);
        Ok(Written::Begun)
    }

    /// The rest of an element that holds nothing.
    fn nil(&mut self) -> Result<(), EncodeError> {
        self.xml.attribute("xsi:nil", "true")?;
        self.xml.close_tag();
        Ok(())
    }

    fn scalar(&mut self, value: ValueRef<'_>) -> Result<Written, EncodeError> {
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
        Ok(Written::Whole)
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
