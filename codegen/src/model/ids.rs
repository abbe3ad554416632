//! Typed indices into the lists of a model.

use super::{
    ArrayType, DataObject, Enumeration, ManagedObject, Model, Namespace, Operation, Service,
};

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident => $list:ident: $of:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(u32);

        impl $id {
            /// The index in the model's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $id {
            fn from(index: usize) -> Self {
                // The sources are texts in memory; four thousand million definitions do not fit.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl std::ops::Index<$id> for Model {
            type Output = $of;

            fn index(&self, id: $id) -> &$of {
                &self.$list[id.index()]
            }
        }
    )*};
}

ids! {
    /// Names a [`Namespace`] of a model.
    NamespaceId => namespaces: Namespace;
    /// Names a [`Service`] of a model.
    ServiceId => services: Service;
    /// Names a [`DataObject`] of a model.
    DataObjectId => data_objects: DataObject;
    /// Names an [`Enumeration`] of a model.
    EnumerationId => enumerations: Enumeration;
    /// Names an [`ArrayType`] of a model.
    ArrayId => arrays: ArrayType;
    /// Names a [`ManagedObject`] of a model.
    ManagedObjectId => managed_objects: ManagedObject;
    /// Names an [`Operation`] of a model.
    OperationId => operations: Operation;
}
