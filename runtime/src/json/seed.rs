//! The ways in and out for values whose types are known only at run time.

use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _};
use serde_core::ser::Serializer;

use super::decode::ValueReader;
use super::encode::JsonForm;
use crate::any::Any;
use crate::decode::DecodeOptions;
use crate::erased::{Field, Returned, ValueRef};
use crate::service::TypeRegistry;

/// Reads a value of type `R`, which may hold any type of a service.
///
/// What a generated type does for itself: it knows its service. [`Any`] and
/// [`AnyArray`](crate::AnyArray) do not, so by themselves they read objects as
/// [`Any::Unknown`]; this reads them as what they are.
///
/// ```
/// # use vmomi_runtime::generated::*;
/// # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
/// # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: types![Root], enums: &[] };
/// # const V1: Since = Since(0);
/// # data_object! {
/// #     #[wire("Root", SERVICE, V1)]
/// #     pub struct Root {
/// #         pub extra: Extra,
/// #         #[wire("number", V1)]
/// #         pub number: i32,
/// #     }
/// # }
/// use serde_core::de::DeserializeSeed;
/// use vmomi_runtime::json::Seed;
///
/// let text = r#"{"number": 7, "_typeName": "Root"}"#;
/// let mut reader = serde_json::Deserializer::from_str(text);
/// let value = Seed::<Any>::new(&TYPES).deserialize(&mut reader)?;
/// assert_eq!(value.type_name(), "Root");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Seed<R> {
    types: &'static TypeRegistry,
    options: DecodeOptions,
    read: PhantomData<fn() -> R>,
}

impl<R: Returned> Seed<R> {
    /// Reads types of the registry, and keeps what is unknown.
    #[must_use]
    pub fn new(types: &'static TypeRegistry) -> Self {
        let options = DecodeOptions {
            keep_unknown: true,
            ..Default::default()
        };
        Self {
            types,
            options,
            read: PhantomData,
        }
    }

    /// Reads in another way. Of the limits, those on depth, names and memory apply to JSON; the one on
    /// depth is 127 or less. What the deserializer itself takes does not count.
    #[must_use]
    pub fn options(self, options: DecodeOptions) -> Self {
        Self { options, ..self }
    }
}

impl<'de, R: Returned> DeserializeSeed<'de> for Seed<R> {
    type Value = R;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        let Some(shape) = R::SHAPE else {
            return R::from_any(Any::Nil).map_err(|_| D::Error::custom("nothing can be read here"));
        };
        let mut reader = ValueReader::new(self.types, &self.options);
        reader.read(shape, deserializer)?;
        R::from_any(reader.finish()).map_err(|found| {
            let expected = shape.kind.wire_name();
            match found {
                Any::Nil => D::Error::custom(format_args!("expected {expected}, found nothing")),
                found => {
                    let found = found.type_name();
                    D::Error::custom(format_args!("expected {expected}, found {found}"))
                }
            }
        })
    }
}

/// Reads a value with the types of a registry, for `#[serde(deserialize_with = "…")]`.
///
/// # Errors
/// When the input cannot be read, or holds a value of another type.
pub fn deserialize<'de, R: Returned, D: Deserializer<'de>>(
    deserializer: D,
    types: &'static TypeRegistry,
) -> Result<R, D::Error> {
    Seed::new(types).deserialize(deserializer)
}

/// Writes a value.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<F: Field, S: Serializer>(value: &F, serializer: S) -> Result<S::Ok, S::Error> {
    use serde_core::ser::Serialize;

    JsonForm::of(ValueRef::of(value)).serialize(serializer)
}
