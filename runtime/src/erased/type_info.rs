//! A data object type as data: name, base, and fields with their offsets.

use std::fmt;

use super::object::{DataObject, Header};
use super::shape::{Field, Shape};
use crate::extra::Extra;
use crate::service::{Service, Since};

/// Everything the interpreter knows of one data object type.
///
/// Made only by [`data_object!`](crate::data_object), as a `static` beside the struct that it defines.
#[derive(Debug)]
pub struct TypeInfo {
    name: &'static str,
    service: &'static Service,
    since: Since,
    base: Option<TypeLink>,
    fields: &'static [FieldInfo],
    size: usize,
    align: usize,
}

impl TypeInfo {
    /// The wire name: the `name` of the `complexType`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The service whose namespace the type belongs to.
    #[must_use]
    pub fn service(&self) -> &'static Service {
        self.service
    }

    /// The API version that introduced the type.
    #[must_use]
    pub fn since(&self) -> Since {
        self.since
    }

    /// The type that this one extends.
    #[must_use]
    pub fn base(&self) -> Option<&'static TypeInfo> {
        self.base.map(TypeLink::get)
    }

    /// The fields that this type adds to its base, in the order of the schema.
    #[must_use]
    pub fn own_fields(&self) -> &'static [FieldInfo] {
        self.fields
    }

    /// Whether this type is `ancestor` or extends it, directly or not.
    #[must_use]
    pub fn is_a(&'static self, ancestor: &TypeInfo) -> bool {
        self.ancestry().any(|info| std::ptr::eq(info, ancestor))
    }

    /// This type, its base, the base of that, and so on to the root.
    pub fn ancestry(&'static self) -> impl Iterator<Item = &'static TypeInfo> {
        std::iter::successors(Some(self), |info| info.base())
    }

    /// Size of the Rust struct in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Alignment of the Rust struct in bytes.
    #[must_use]
    pub(super) fn align(&self) -> usize {
        self.align
    }
}

/// One field of a data object type.
#[derive(Debug)]
pub struct FieldInfo {
    name: &'static str,
    shape: Shape,
    offset: u32,
    since: Since,
    secret: bool,
}

impl FieldInfo {
    /// The wire name: the `name` of the `element`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What the field holds.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The API version that introduced the field.
    #[must_use]
    pub fn since(&self) -> Since {
        self.since
    }

    /// Whether the value is a secret, such as a password, that must never be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    pub(super) fn offset(&self) -> usize {
        self.offset as usize
    }
}

/// Leads to a [`TypeInfo`].
///
/// Types refer to each other in circles. A constant that holds a reference is checked by looking
/// at what it refers to, which never ends in a circle; one that holds this is not.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct TypeLink(*const TypeInfo);

// SAFETY: leads to a `static`, which is `Sync`.
unsafe impl Send for TypeLink {}
// SAFETY: as above.
unsafe impl Sync for TypeLink {}

impl TypeLink {
    /// A link to a description.
    #[must_use]
    pub const fn to(described: &'static TypeInfo) -> Self {
        Self(described)
    }

    /// What the link leads to.
    #[must_use]
    pub const fn get(self) -> &'static TypeInfo {
        // SAFETY: made from a `'static` reference.
        unsafe { &*self.0 }
    }
}

impl fmt::Debug for TypeLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get().name)
    }
}

/// What a data object begins with: the object that it extends, or [`Extra`] where it extends nothing.
///
/// # Safety
/// `Self` is [`Extra`] and `BASE` is `None`, or `BASE` leads to the type of `Self`.
pub unsafe trait Head {
    /// The type that is extended.
    const BASE: Option<TypeLink>;
}

// SAFETY: as the contract says.
unsafe impl Head for Extra {
    const BASE: Option<TypeLink> = None;
}

// SAFETY: as the contract says.
unsafe impl<Base: DataObject> Head for Base {
    const BASE: Option<TypeLink> = Some(Base::TYPE);
}

/// A field as [`data_object!`](crate::data_object) declares it, before its place is known.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredField {
    name: &'static str,
    shape: Shape,
    size: usize,
    align: usize,
    since: Since,
    secret: bool,
}

impl DeclaredField {
    /// A field of the Rust type `F`.
    #[must_use]
    pub const fn of<F: Field>(name: &'static str, since: Since) -> Self {
        Self {
            name,
            shape: F::SHAPE,
            size: size_of::<F>(),
            align: align_of::<F>(),
            since,
            secret: false,
        }
    }

    /// As [`Self::of`], where the struct `T` proves that its field is an `F`.
    #[must_use]
    pub const fn within<T: DataObject, F: Field>(
        _field: fn(&T) -> *const F,
        name: &'static str,
        since: Since,
    ) -> Self {
        Self::of::<F>(name, since)
    }

    /// The same field, whose value must never be shown.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }
}

impl FieldInfo {
    /// The fields of `T` with their places, which are where `repr(C)` puts them: each at the first multiple of its
    /// alignment after the one before it.
    ///
    /// # Safety
    /// As for [`TypeInfo::new`].
    #[must_use]
    pub const unsafe fn place<T: DataObject, const N: usize>(
        declared: [DeclaredField; N],
    ) -> [Self; N] {
        let mut fields = [const { Self::UNPLACED }; N];
        let mut end = size_of::<T::Base>();
        let mut index = 0;
        while index < N {
            let field = declared[index];
            let offset = end.next_multiple_of(field.align);
            end = offset + field.size;
            assert!(end <= u32::MAX as usize, "a data object is too large");
            fields[index] = Self {
                name: field.name,
                shape: field.shape,
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "checked just above, where conversions that could fail are not const"
                )]
                offset: offset as u32,
                since: field.since,
                secret: field.secret,
            };
            index += 1;
        }
        assert!(
            end.next_multiple_of(align_of::<T>()) == size_of::<T>(),
            "the fields declared are not those of the data object"
        );
        fields
    }

    /// What an array is filled with before its fields are placed.
    const UNPLACED: Self = Self {
        name: "",
        shape: <bool as Field>::SHAPE,
        offset: 0,
        since: Since::UNKNOWN,
        secret: false,
    };
}

impl TypeInfo {
    /// Describes a data object type; use [`data_object!`](crate::data_object), which upholds the contract.
    ///
    /// # Safety
    /// `T` is `repr(C)`. It has a field of type `T::Base`, then one for each of `fields`, in their order and of the
    /// Rust type that they were declared with, and no other.
    #[must_use]
    pub const unsafe fn new<T: DataObject>(
        name: &'static str,
        service: &'static Service,
        since: Since,
        fields: &'static [FieldInfo],
    ) -> Self {
        assert!(
            align_of::<T>() <= align_of::<Header>(),
            "objects are allocated behind a header of this alignment"
        );
        Self {
            name,
            service,
            since,
            base: <T::Base as Head>::BASE,
            fields,
            size: size_of::<T>(),
            align: align_of::<T>(),
        }
    }
}
