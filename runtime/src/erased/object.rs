//! Owners of data objects whose type is known only at run time.

use std::alloc::{self, Layout};
use std::fmt;
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use super::clone::clone_object;
use super::drop::drop_object;
use super::interpret;
use super::shape::{Item, Kind};
use super::type_info::{Head, TypeInfo, TypeLink};
use super::view::ObjectRef;
use crate::reflect::Revealed;

/// A generated struct for a data object.
///
/// Implemented by [`data_object!`](crate::data_object), like [`Item`], whose `KIND` leads to the
/// [`TypeInfo`] of the struct.
///
/// # Safety
/// `Self` is `repr(C)` and begins with a `Base`. `KIND` is [`Kind::Inline`] and leads to the [`TypeInfo`] made for
/// `Self`. What this trait provides is left as it is.
pub unsafe trait DataObject: Item + Clone + PartialEq + fmt::Debug + Default {
    /// The data object that this one extends, or [`Extra`](crate::Extra) where it extends none.
    type Base: Head;

    /// A link to the description of this type.
    const TYPE: TypeLink = match Self::KIND {
        Kind::Inline(link) => link,
        _ => panic!("a data object is of kind Inline"),
    };

    /// The description of this type.
    #[must_use]
    fn type_info() -> &'static TypeInfo {
        Self::TYPE.get()
    }

    /// The object to be shown with its texts, which `Debug` hides.
    #[must_use]
    fn revealed(&self) -> Revealed<'_> {
        ObjectRef::of(self).revealed()
    }
}

/// `Self` is `Ancestor`, or extends it so many `Steps` away.
///
/// Holds for every data object and those it extends; there is nothing to implement. The compiler finds the `Steps`,
/// so what is generic leaves them open:
///
/// ```
/// # use vmomi_runtime::{DataObject, Dyn, IsA};
/// fn owned<T: DataObject, S: IsA<T, Steps>, Steps>(object: S) -> Dyn<T> {
///     Dyn::new(object)
/// }
/// ```
///
/// # Safety
/// The [`TypeInfo`] of `Self` says so.
#[diagnostic::on_unimplemented(
    message = "the data object is no `{Ancestor}` and does not extend it",
    label = "must be a `{Ancestor}` or extend it, directly or not"
)]
pub unsafe trait IsA<Ancestor, Steps>: DataObject {}

/// No step: a type is itself.
#[derive(Debug)]
pub enum Itself {}

/// One step more than `Steps`: a type is what its base is.
#[derive(Debug)]
pub struct Extends<Steps>(PhantomData<Steps>);

// SAFETY: every type is itself.
unsafe impl<T: DataObject> IsA<T, Itself> for T {}

// SAFETY: a type extends its base, and so all that the base is; `DataObject` makes its `TypeInfo` say so.
unsafe impl<T, Ancestor, Steps> IsA<Ancestor, Extends<Steps>> for T
where
    T: DataObject<Base: IsA<Ancestor, Steps>>,
    Ancestor: DataObject,
{
}

/// Stands before every object on the heap. Its alignment is the largest that a field may need.
#[repr(C, align(8))]
pub(super) struct Header {
    info: &'static TypeInfo,
}

/// Owns a data object of any type.
#[repr(transparent)]
pub struct AnyObject(NonNull<Header>);

// SAFETY: every data object is `Send`, as `DataObject` demands.
unsafe impl Send for AnyObject {}
// SAFETY: every data object is `Sync`, as `DataObject` demands.
unsafe impl Sync for AnyObject {}

impl AnyObject {
    /// Moves an object to the heap, beside its type.
    #[must_use]
    pub fn new<T: DataObject>(object: T) -> Self {
        let this = Self::allocate(T::type_info());
        // SAFETY: the allocation has room for a `T`, not yet initialised.
        unsafe { this.data().cast::<T>().write(object) };
        ManuallyDrop::into_inner(this)
    }

    /// An object of the type with every field unset or at its default.
    #[must_use]
    pub fn with_type(info: &'static TypeInfo) -> Self {
        let this = Self::allocate(info);
        // SAFETY: the allocation has the size that `info` tells.
        unsafe { interpret::init(this.data(), info) };
        ManuallyDrop::into_inner(this)
    }

    /// The type of the object.
    #[must_use]
    pub fn type_info(&self) -> &'static TypeInfo {
        // SAFETY: the header is initialised as long as the owner lives.
        unsafe { self.0.as_ref().info }
    }

    /// A view of the object's fields.
    #[must_use]
    pub fn as_object(&self) -> ObjectRef<'_> {
        // SAFETY: the object has this type and lives as long as the borrow.
        unsafe { ObjectRef::new(self.data(), self.type_info()) }
    }

    /// Whether the object is a `T` or extends it.
    #[must_use]
    pub fn is<T: DataObject>(&self) -> bool {
        self.type_info().is_a(T::type_info())
    }

    /// The object as a `T`, if it is one or extends it.
    #[must_use]
    pub fn downcast_ref<T: DataObject>(&self) -> Option<&T> {
        // SAFETY: an object that is a `T` begins with one.
        self.is::<T>().then(|| unsafe { &*self.data().cast() })
    }

    /// The object as a `T`, if it is one or extends it.
    #[must_use]
    pub fn downcast_mut<T: DataObject>(&mut self) -> Option<&mut T> {
        // SAFETY: an object that is a `T` begins with one.
        self.is::<T>().then(|| unsafe { &mut *self.data().cast() })
    }

    /// The owner as one of a `T`, if the object is a `T` or extends it.
    ///
    /// # Errors
    /// The owner itself, when the object is something else.
    pub fn downcast<T: DataObject>(self) -> Result<Dyn<T>, Self> {
        if self.is::<T>() {
            Ok(Dyn {
                object: self,
                declared: PhantomData,
            })
        } else {
            Err(self)
        }
    }

    /// Moves the object out, if it is a `T` and not one of its subtypes.
    ///
    /// # Errors
    /// The owner itself, when the object is something else.
    pub fn into_exact<T: DataObject>(self) -> Result<T, Self> {
        if !std::ptr::eq(self.type_info(), T::type_info()) {
            return Err(self);
        }
        let mut object = MaybeUninit::<T>::uninit();
        // SAFETY: the object is a `T`, and moving it here initialises this one.
        unsafe {
            self.move_to(object.as_mut_ptr().cast());
            Ok(object.assume_init())
        }
    }

    /// Moves the object to other memory.
    ///
    /// # Safety
    /// `memory` has the size and alignment of the object's type.
    pub(super) unsafe fn move_to(self, memory: *mut u8) {
        let this = ManuallyDrop::new(self);
        // SAFETY: the memory is large enough; the object is moved out, so only the allocation is
        // left to free.
        unsafe {
            std::ptr::copy_nonoverlapping(this.data(), memory, this.type_info().size());
            this.deallocate();
        }
    }

    /// Moves an object here from other memory.
    ///
    /// # Safety
    /// `memory` holds an object of the type, which is not used or dropped there again.
    pub(super) unsafe fn moved_from(memory: *const u8, info: &'static TypeInfo) -> Self {
        let this = Self::allocate(info);
        // SAFETY: the allocation has the size that `info` tells.
        unsafe { std::ptr::copy_nonoverlapping(memory, this.data(), info.size()) };
        ManuallyDrop::into_inner(this)
    }

    pub(super) fn data(&self) -> *mut u8 {
        // SAFETY: every allocation reaches beyond the header, or ends with it.
        unsafe { self.0.as_ptr().add(1).cast() }
    }

    /// How many bytes the owner of an object of the type allocates for it.
    pub(super) fn bytes(info: &TypeInfo) -> usize {
        size_of::<Header>().saturating_add(info.size())
    }

    fn layout(info: &TypeInfo) -> Layout {
        match Layout::from_size_align(Self::bytes(info), align_of::<Header>()) {
            Ok(layout) => layout,
            // Larger than any Rust type may be.
            Err(_) => alloc::handle_alloc_error(Layout::new::<Header>()),
        }
    }

    /// Room for an object; it must be initialised before it is dropped.
    pub(super) fn allocate(info: &'static TypeInfo) -> ManuallyDrop<Self> {
        let layout = Self::layout(info);
        // SAFETY: the size is at least that of the header.
        let memory = unsafe { alloc::alloc(layout) }.cast::<Header>();
        let Some(memory) = NonNull::new(memory) else {
            alloc::handle_alloc_error(layout)
        };
        // SAFETY: freshly allocated for a header and an object.
        unsafe { memory.write(Header { info }) };
        ManuallyDrop::new(Self(memory))
    }

    /// # Safety
    /// The object is moved out or dropped; nothing uses the owner afterwards.
    pub(super) unsafe fn deallocate(&self) {
        let layout = Self::layout(self.type_info());
        // SAFETY: allocated with this layout.
        unsafe { alloc::dealloc(self.0.as_ptr().cast(), layout) };
    }
}

impl Drop for AnyObject {
    fn drop(&mut self) {
        // SAFETY: the object is of this type and is not used again.
        unsafe {
            drop_object(self.data(), self.type_info());
            self.deallocate();
        }
    }
}

impl ObjectRef<'_> {
    /// A copy of the object.
    #[must_use]
    pub fn to_object(self) -> AnyObject {
        let info = self.type_info();
        let copy = AnyObject::allocate(info);
        // SAFETY: both are of this type; the copy is not yet initialised.
        unsafe { clone_object(self.data(), copy.data(), info) };
        ManuallyDrop::into_inner(copy)
    }
}

impl Clone for AnyObject {
    fn clone(&self) -> Self {
        self.as_object().to_object()
    }
}

impl PartialEq for AnyObject {
    fn eq(&self, other: &Self) -> bool {
        self.as_object() == other.as_object()
    }
}

/// Owns a `T` or any of its subtypes, and gives access to the fields of `T`.
///
/// ```text
/// device.key                                             // a field of VirtualDevice
/// device.downcast_ref::<VirtualEthernetCard>()           // any level of the hierarchy
/// Dyn::new(VirtualE1000 { ..Default::default() })        // from any subtype
/// ```
#[repr(transparent)]
pub struct Dyn<T> {
    object: AnyObject,
    declared: PhantomData<T>,
}

impl<T: DataObject> Dyn<T> {
    /// Owns an object of a type that is `T` or extends it.
    #[must_use]
    pub fn new<S: IsA<T, Steps>, Steps>(object: S) -> Self {
        Self {
            object: AnyObject::new(object),
            declared: PhantomData,
        }
    }

    /// The type of the object: `T` or one of its subtypes.
    #[must_use]
    pub fn type_info(&self) -> &'static TypeInfo {
        self.object.type_info()
    }

    /// Whether the object is an `S` or extends it.
    #[must_use]
    pub fn is<S: DataObject>(&self) -> bool {
        self.object.is::<S>()
    }

    /// The object as an `S`, if it is one or extends it.
    #[must_use]
    pub fn downcast_ref<S: DataObject>(&self) -> Option<&S> {
        self.object.downcast_ref()
    }

    /// The object as an `S`, if it is one or extends it.
    #[must_use]
    pub fn downcast_mut<S: DataObject>(&mut self) -> Option<&mut S> {
        self.object.downcast_mut()
    }

    /// The owner as one of an `S`, if the object is an `S` or extends it.
    ///
    /// # Errors
    /// The owner itself, when the object is something else.
    pub fn downcast<S: DataObject>(self) -> Result<Dyn<S>, Self> {
        self.object.downcast().map_err(|object| Self {
            object,
            declared: PhantomData,
        })
    }

    /// Moves the object out, if it is an `S` and not one of its subtypes.
    ///
    /// # Errors
    /// The owner itself, when the object is something else.
    pub fn into_exact<S: DataObject>(self) -> Result<S, Self> {
        self.object.into_exact().map_err(|object| Self {
            object,
            declared: PhantomData,
        })
    }

    /// The owner without the declared type.
    #[must_use]
    pub fn into_any(self) -> AnyObject {
        self.object
    }

    /// The owner without the declared type. The borrower must not replace the object.
    pub(super) fn object_mut(&mut self) -> &mut AnyObject {
        &mut self.object
    }

    /// A view of all fields of the object, those of its own type included.
    #[must_use]
    pub fn as_object(&self) -> ObjectRef<'_> {
        self.object.as_object()
    }
}

impl<T: DataObject> Deref for Dyn<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the object is a `T` or extends it, so it begins with one.
        unsafe { &*self.object.data().cast() }
    }
}

impl<T: DataObject> DerefMut for Dyn<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the object is a `T` or extends it, so it begins with one.
        unsafe { &mut *self.object.data().cast() }
    }
}

impl<T: DataObject> Clone for Dyn<T> {
    fn clone(&self) -> Self {
        Self {
            object: self.object.clone(),
            declared: PhantomData,
        }
    }
}

impl<T: DataObject> PartialEq for Dyn<T> {
    fn eq(&self, other: &Self) -> bool {
        self.object == other.object
    }
}

impl<T: DataObject> fmt::Debug for Dyn<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.object, f)
    }
}

impl<T: DataObject> Default for Dyn<T> {
    fn default() -> Self {
        Self {
            object: AnyObject::with_type(T::type_info()),
            declared: PhantomData,
        }
    }
}

impl<T: DataObject> From<T> for Dyn<T> {
    fn from(object: T) -> Self {
        Self::new(object)
    }
}
