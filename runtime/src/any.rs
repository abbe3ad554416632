//! `xsd:anyType`: a value that carries its own type.

use std::borrow::Cow;

use crate::any_list::AnyList;
use crate::element::Element;
use crate::erased::{AnyObject, EnumInfo, Kind, TypeInfo, TypeLink};
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;
use crate::shown::Name;

/// A value of any type, as property values and option values are sent.
#[derive(Clone, Default, PartialEq)]
pub enum Any {
    /// No value: `xsi:nil`, or a required value that was never set.
    #[default]
    Nil,
    /// `xsd:boolean`
    Bool(bool),
    /// `xsd:byte`
    Byte(i8),
    /// `xsd:short`
    Short(i16),
    /// `xsd:int`
    Int(i32),
    /// `xsd:long`
    Long(i64),
    /// `xsd:float`
    Float(f32),
    /// `xsd:double`
    Double(f64),
    /// `xsd:string`
    String(String),
    /// `xsd:anyURI`
    Uri(String),
    /// `xsd:dateTime`
    DateTime(DateTime),
    /// `xsd:base64Binary`
    Binary(Binary),
    /// `ManagedObjectReference`
    Reference(ManagedObjectReference),
    /// A value of an enum.
    Enum(AnyEnum),
    /// A data object.
    Object(AnyObject),
    /// An `ArrayOf` something.
    Array(AnyArray),
    /// A value of a type that is not known here, or without any type.
    Unknown(Box<Element>),
}

impl Any {
    /// The name of the value's type as it is sent: `xsd:int`, `VirtualMachineConfigInfo`,
    /// `ArrayOfString`; empty for no value.
    #[must_use]
    pub fn type_name(&self) -> Cow<'static, str> {
        let name = match self {
            Self::Nil => "",
            Self::Bool(_) => Kind::Bool.wire_name(),
            Self::Byte(_) => Kind::Byte.wire_name(),
            Self::Short(_) => Kind::Short.wire_name(),
            Self::Int(_) => Kind::Int.wire_name(),
            Self::Long(_) => Kind::Long.wire_name(),
            Self::Float(_) => Kind::Float.wire_name(),
            Self::Double(_) => Kind::Double.wire_name(),
            Self::String(_) => Kind::String.wire_name(),
            Self::Uri(_) => "xsd:anyURI",
            Self::DateTime(_) => Kind::DateTime.wire_name(),
            Self::Binary(_) => Kind::Binary.wire_name(),
            Self::Reference(_) => Kind::Reference.wire_name(),
            Self::Enum(value) => value.info.name(),
            Self::Object(object) => object.type_info().name(),
            Self::Array(array) => return array.type_name().into(),
            Self::Unknown(element) => {
                let name = element.type_name.as_ref();
                return name.map_or("", |name| &name.local).to_owned().into();
            }
        };
        name.into()
    }
}

impl Any {
    /// The name of the type for an error.
    pub(crate) fn shown_type_name(&self) -> String {
        match &*self.type_name() {
            "" => String::new(),
            name => Name(name).to_string(),
        }
    }
}

/// A value of an enum that is known only at run time.
#[derive(Clone)]
pub struct AnyEnum {
    /// The enum.
    pub info: &'static EnumInfo,
    /// The wire value, which the enum need not know.
    pub value: Cow<'static, str>,
}

impl PartialEq for AnyEnum {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.info, other.info) && self.value == other.value
    }
}

/// A typed array within an [`Any`].
#[derive(Clone, PartialEq)]
pub enum AnyArray {
    /// `ArrayOfBoolean`
    Bool(Vec<bool>),
    /// `ArrayOfByte`
    Byte(Vec<i8>),
    /// `ArrayOfShort`
    Short(Vec<i16>),
    /// `ArrayOfInt`
    Int(Vec<i32>),
    /// `ArrayOfLong`
    Long(Vec<i64>),
    /// `ArrayOfFloat`
    Float(Vec<f32>),
    /// `ArrayOfDouble`
    Double(Vec<f64>),
    /// `ArrayOfString`
    String(Vec<String>),
    /// `ArrayOfAnyURI`
    Uri(Vec<String>),
    /// `ArrayOfDateTime`
    DateTime(Vec<DateTime>),
    /// `ArrayOfBase64Binary`
    Binary(Vec<Binary>),
    /// `ArrayOfAnyType`
    Any(AnyList),
    /// `ArrayOfManagedObjectReference`
    Reference(Vec<ManagedObjectReference>),
    /// An array of an enum's wire values.
    Enum(EnumArray),
    /// An array of data objects.
    Object(ObjectArray),
}

/// An array of the wire values of one enum.
#[derive(Clone)]
pub struct EnumArray {
    /// The enum.
    pub info: &'static EnumInfo,
    /// The values, which the enum need not know.
    pub values: Vec<String>,
}

impl PartialEq for EnumArray {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.info, other.info) && self.values == other.values
    }
}

/// An array of data objects of one type or its subtypes.
#[derive(Clone)]
pub struct ObjectArray {
    info: &'static TypeInfo,
    pub(crate) items: Vec<AnyObject>,
}

impl ObjectArray {
    /// An empty array of objects of the type.
    #[must_use]
    pub fn new(info: &'static TypeInfo) -> Self {
        Self {
            info,
            items: Vec::new(),
        }
    }

    /// The type that all items are, or extend.
    #[must_use]
    pub fn type_info(&self) -> &'static TypeInfo {
        self.info
    }

    /// The kind of the items.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::Dyn(TypeLink::to(self.info))
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> &[AnyObject] {
        &self.items
    }

    /// Takes the items out.
    #[must_use]
    pub fn into_items(self) -> Vec<AnyObject> {
        self.items
    }

    /// An array of the same type.
    pub(crate) fn with_items(&self, items: Vec<AnyObject>) -> Self {
        Self {
            info: self.info,
            items,
        }
    }

    /// Appends an item.
    ///
    /// # Errors
    /// The item itself, when it is not of the array's type.
    pub fn push(&mut self, item: AnyObject) -> Result<(), AnyObject> {
        if item.type_info().is_a(self.info) {
            self.items.push(item);
            Ok(())
        } else {
            Err(item)
        }
    }
}

impl PartialEq for ObjectArray {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.info, other.info) && self.items == other.items
    }
}

impl AnyArray {
    /// An empty array of values of the kind.
    #[must_use]
    pub fn with_kind(kind: Kind) -> Self {
        match kind {
            Kind::Bool => Self::Bool(Vec::new()),
            Kind::Byte => Self::Byte(Vec::new()),
            Kind::Short => Self::Short(Vec::new()),
            Kind::Int => Self::Int(Vec::new()),
            Kind::Long => Self::Long(Vec::new()),
            Kind::Float => Self::Float(Vec::new()),
            Kind::Double => Self::Double(Vec::new()),
            Kind::String => Self::String(Vec::new()),
            Kind::DateTime => Self::DateTime(Vec::new()),
            Kind::Binary => Self::Binary(Vec::new()),
            Kind::Any => Self::Any(AnyList::new()),
            Kind::Reference => Self::Reference(Vec::new()),
            Kind::Enum(info) => Self::Enum(EnumArray {
                info,
                values: Vec::new(),
            }),
            Kind::Inline(info) | Kind::Boxed(info) | Kind::Dyn(info) => {
                Self::Object(ObjectArray::new(info.get()))
            }
        }
    }

    /// An empty array by the name of its item type as it stands behind `ArrayOf`; `None` where that
    /// is no type that all services share.
    pub(crate) fn of_shared_type(item: &str) -> Option<Self> {
        let kind = match item {
            "ManagedObjectReference" => Kind::Reference,
            "AnyType" => Kind::Any,
            "Boolean" => Kind::Bool,
            "Byte" => Kind::Byte,
            "Short" => Kind::Short,
            "Int" => Kind::Int,
            "Long" => Kind::Long,
            "Float" => Kind::Float,
            "Double" => Kind::Double,
            "String" => Kind::String,
            "AnyURI" => return Some(Self::Uri(Vec::new())),
            "DateTime" => Kind::DateTime,
            "Base64Binary" => Kind::Binary,
            _ => return None,
        };
        Some(Self::with_kind(kind))
    }

    /// The kind of the values.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Bool(_) => Kind::Bool,
            Self::Byte(_) => Kind::Byte,
            Self::Short(_) => Kind::Short,
            Self::Int(_) => Kind::Int,
            Self::Long(_) => Kind::Long,
            Self::Float(_) => Kind::Float,
            Self::Double(_) => Kind::Double,
            Self::String(_) | Self::Uri(_) => Kind::String,
            Self::DateTime(_) => Kind::DateTime,
            Self::Binary(_) => Kind::Binary,
            Self::Any(_) => Kind::Any,
            Self::Reference(_) => Kind::Reference,
            Self::Enum(array) => Kind::Enum(array.info),
            Self::Object(array) => array.kind(),
        }
    }
}

impl AnyArray {
    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Bool(items) => items.len(),
            Self::Byte(items) => items.len(),
            Self::Short(items) => items.len(),
            Self::Int(items) => items.len(),
            Self::Long(items) => items.len(),
            Self::Float(items) => items.len(),
            Self::Double(items) => items.len(),
            Self::String(items) | Self::Uri(items) => items.len(),
            Self::DateTime(items) => items.len(),
            Self::Binary(items) => items.len(),
            Self::Any(items) => items.len(),
            Self::Reference(items) => items.len(),
            Self::Enum(array) => array.values.len(),
            Self::Object(array) => array.items.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the items' elements: the item type without prefix and, for the types of XML
    /// Schema, as it stands there.
    #[must_use]
    pub fn item_name(&self) -> &'static str {
        match self {
            Self::Uri(_) => "anyURI",
            array => {
                let name = array.kind().wire_name();
                name.strip_prefix("xsd:").unwrap_or(name)
            }
        }
    }

    /// The name of the array's type: `ArrayOfInt`, `ArrayOfVirtualDevice`.
    #[must_use]
    pub fn type_name(&self) -> String {
        let item = self.item_name();
        // Only the types of XML Schema change their first letter: `ArrayOfInt`, but
        // `ArrayOfvslmInfrastructureObjectPolicy`.
        let of_schema = matches!(self, Self::Uri(_)) || self.kind().wire_name().starts_with("xsd:");
        let mut letters = item.chars();
        match letters.next() {
            Some(first) if of_schema => {
                format!("ArrayOf{}{}", first.to_ascii_uppercase(), letters.as_str())
            }
            _ => format!("ArrayOf{item}"),
        }
    }

    /// The items, each as a value that carries its own type.
    #[must_use]
    pub fn into_items(self) -> Vec<Any> {
        let mut items = Vec::with_capacity(self.len());
        // Nothing is refused here.
        let _ = self.try_for_each(&mut |item| {
            items.push(item);
            Ok(())
        });
        items
    }

    /// Calls a function with each item in turn, until it refuses one, which is returned.
    ///
    /// Unlike [`Self::into_items`] it allocates nothing.
    pub(crate) fn try_for_each(
        self,
        take: &mut dyn FnMut(Any) -> Result<(), Any>,
    ) -> Result<(), Any> {
        fn each<T>(
            items: Vec<T>,
            wrap: impl Fn(T) -> Any,
            take: &mut dyn FnMut(Any) -> Result<(), Any>,
        ) -> Result<(), Any> {
            items.into_iter().map(wrap).try_for_each(take)
        }
        match self {
            Self::Bool(items) => each(items, Any::Bool, take),
            Self::Byte(items) => each(items, Any::Byte, take),
            Self::Short(items) => each(items, Any::Short, take),
            Self::Int(items) => each(items, Any::Int, take),
            Self::Long(items) => each(items, Any::Long, take),
            Self::Float(items) => each(items, Any::Float, take),
            Self::Double(items) => each(items, Any::Double, take),
            Self::String(items) => each(items, Any::String, take),
            Self::Uri(items) => each(items, Any::Uri, take),
            Self::DateTime(items) => each(items, Any::DateTime, take),
            Self::Binary(items) => each(items, Any::Binary, take),
            Self::Any(items) => items.into_iter().try_for_each(take),
            Self::Reference(items) => each(items, Any::Reference, take),
            Self::Enum(array) => {
                let info = array.info;
                let wrap = |value: String| {
                    let value = value.into();
                    Any::Enum(AnyEnum { info, value })
                };
                each(array.values, wrap, take)
            }
            Self::Object(array) => each(array.items, Any::Object, take),
        }
    }
}
