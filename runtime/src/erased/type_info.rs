//! A data object type as data: name, base, and fields with their offsets.

use std::fmt;
use std::marker::PhantomData;

use super::object::{DataObject, Header};
use super::shape::{Field, Kind, Shape};
use crate::extra::Extra;
use crate::service::{Service, Since};

/// Everything the interpreter knows of one data object type.
///
/// Made only by [`Type::new`], as a `static` beside the struct it describes.
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
    pub fn name(&self) -> &'static str {
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

/// A [`TypeLink`] to the type of the data object `T`. Having one proves that the tables fit `T`.
#[derive(Clone, Copy, Debug)]
pub struct LinkTo<T> {
    link: TypeLink,
    described: PhantomData<fn() -> T>,
}

impl<T> LinkTo<T> {
    /// A link to a description.
    #[must_use]
    pub const fn new(described: &'static Type<T>) -> Self {
        Self {
            link: TypeLink::to(&described.info),
            described: PhantomData,
        }
    }

    /// The kind of a `T` in place.
    #[must_use]
    pub const fn kind(self) -> Kind {
        Kind::Inline(self.link)
    }
}

/// [`TypeInfo`] of the data object `T`. Having one proves that the tables fit `T`.
#[derive(Debug)]
#[repr(transparent)]
pub struct Type<T> {
    info: TypeInfo,
    described: PhantomData<fn() -> T>,
}

/// [`FieldInfo`] of a field of `T`, made by [`fields!`](crate::fields).
#[derive(Debug)]
#[repr(transparent)]
pub struct FieldOf<T> {
    info: FieldInfo,
    described: PhantomData<fn() -> T>,
}

/// Every field of `T`, made by [`fields!`](crate::fields). Having one proves that `T` begins with a
/// `Head`, and that the list has every other field of it once.
#[derive(Debug)]
pub struct Fields<T: 'static, Head> {
    listed: &'static [FieldOf<T>],
    head: PhantomData<fn() -> Head>,
}

/// Proof that `T` begins with a field of type `Head`, made by [`fields!`](crate::fields).
#[derive(Debug)]
pub struct BeginsWith<T, Head>(PhantomData<fn() -> (T, Head)>);

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

impl<T> FieldOf<T> {
    /// Describes a field; use [`fields!`](crate::fields), which upholds the contract.
    ///
    /// # Safety
    /// `field` is a projection of `object` to one of its fields.
    #[must_use]
    pub const unsafe fn new<F: Field>(
        name: &'static str,
        object: *const T,
        field: *const F,
        since: Since,
        secret: bool,
    ) -> Self {
        // SAFETY: by the contract.
        let offset = unsafe { offset_of_projection(object, field) };
        assert!(offset <= u32::MAX as usize);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked just above, where conversions that could fail are not const"
        )]
        let offset = offset as u32;
        Self {
            info: FieldInfo {
                name,
                shape: F::SHAPE,
                offset,
                since,
                secret,
            },
            described: PhantomData,
        }
    }
}

impl<T, Head> BeginsWith<T, Head> {
    /// States the proof; use [`fields!`](crate::fields), which upholds the contract.
    ///
    /// # Safety
    /// `head` is a projection of `object` to one of its fields.
    #[must_use]
    pub const unsafe fn new(object: *const T, head: *const Head) -> Self {
        // SAFETY: by the contract.
        let offset = unsafe { offset_of_projection(object, head) };
        assert!(
            offset == 0,
            "the base of a data object must be its first field"
        );
        Self(PhantomData)
    }
}

impl<T, Head> Fields<T, Head> {
    /// States the proof; use [`fields!`](crate::fields), which upholds the contract.
    ///
    /// # Safety
    /// The list has every field of `T` once, but for the one that it begins with.
    #[must_use]
    pub const unsafe fn new((_, listed): (BeginsWith<T, Head>, &'static [FieldOf<T>])) -> Self {
        Self {
            listed,
            head: PhantomData,
        }
    }
}

/// Where a field lies in its struct; fails for packed structs, whose fields cannot be referred to.
///
/// # Safety
/// `field` is a projection of `object` to one of its fields.
const unsafe fn offset_of_projection<T, F>(object: *const T, field: *const F) -> usize {
    // SAFETY: both point into the same object, by the contract.
    let offset = unsafe { field.byte_offset_from(object) };
    assert!(offset >= 0);
    let offset = offset.unsigned_abs();
    assert!(
        offset % align_of::<F>() == 0 && align_of::<F>() <= align_of::<T>(),
        "a data object must not be packed"
    );
    offset
}

impl<T: DataObject> Type<T> {
    /// Describes a type.
    #[must_use]
    pub const fn new<H: Head>(
        name: &'static str,
        service: &'static Service,
        since: Since,
        fields: Fields<T, H>,
    ) -> Self {
        assert!(
            align_of::<T>() <= align_of::<Header>(),
            "objects are allocated behind a header of this alignment"
        );
        let listed = fields.listed;
        // SAFETY: `FieldOf<T>` is transparent over `FieldInfo`.
        let fields = unsafe { std::slice::from_raw_parts(listed.as_ptr().cast(), listed.len()) };
        Self {
            info: TypeInfo {
                name,
                service,
                since,
                base: H::BASE,
                fields,
                size: size_of::<T>(),
                align: align_of::<T>(),
            },
            described: PhantomData,
        }
    }
}

/// Describes the fields of a data object, each of them, in the order of the schema:
///
/// ```text
/// fields!(VirtualDisk, base, [capacity_in_kb, "capacityInKB", V2_0], [key_id, "keyId", V6_5, secret])
/// ```
///
/// After the struct comes the field that it begins with: its base, or its `Extra`.
#[macro_export]
macro_rules! fields {
    ($object:ident, $head:ident $(, [$field:ident, $name:literal, $since:expr $(, $secret:ident)?])* $(,)?) => {{
        // Allowed because the contract of `new` is upheld by this macro alone.
        #[allow(unsafe_code)]
        // SAFETY: the pattern compiles only if it has every field of the struct, and none twice.
        // The pointers are projections to these fields. Nothing is read.
        let fields = unsafe {
            $crate::erased::Fields::new(const {
                let object = ::core::mem::MaybeUninit::<$object>::uninit();
                let object = object.as_ptr();
                let $object { $head: _, $($field: _),* } = *object;
                (
                    $crate::erased::BeginsWith::new(object, &raw const (*object).$head),
                    &[$($crate::erased::FieldOf::new(
                        $name,
                        object,
                        &raw const (*object).$field,
                        $since,
                        $crate::fields!(@ $($secret)?),
                    )),*],
                )
            })
        };
        fields
    }};
    (@) => { false };
    (@ secret) => { true };
}
