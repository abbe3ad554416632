//! A small API written by hand as the generator writes the real one: every kind and arity of
//! field, a hierarchy of devices, faults, property values, and a second service that extends the
//! first one's types.
//!
//! Names are those of the real API where the shape is.

#![allow(
    dead_code,
    missing_docs,
    unused_imports,
    reason = "a stand-in for generated code, of which each test uses a part"
)]

mod devices;
mod everything;
mod faults;
mod managed;
mod pbm;
mod retrieval;

pub use devices::*;
pub use everything::*;
pub use faults::*;
pub use managed::*;
pub use pbm::*;
pub use retrieval::*;

use vmomi_runtime::generated::*;

pub const V1: Since = Since(0);
pub const V2: Since = Since(1);

pub static SERVICE: Service = Service {
    name: "vim25",
    namespace: "urn:vim25",
    version: "2.0",
    endpoint: "/sdk",
    versions: &["1.0", "2.0"],
};

pub static TYPES: TypeRegistry = TypeRegistry {
    service: &SERVICE,
    data_objects: types![
        Chain,
        Description,
        DynamicData,
        DynamicProperty,
        ElementDescription,
        Everything,
        InvalidLogin,
        InvalidPowerState,
        InvalidState,
        KeyAnyValue,
        LocalizableMessage,
        LocalizedMethodFault,
        MethodFault,
        MissingProperty,
        NotAuthenticated,
        ObjectContent,
        OptionValue,
        RetrieveResult,
        RuntimeFault,
        SharesInfo,
        TaskInProgress,
        Tree,
        VimFault,
        VirtualDevice,
        VirtualDeviceBackingInfo,
        VirtualDeviceFileBackingInfo,
        VirtualDisk,
        VirtualDiskFlatBackingInfo,
        VirtualE1000,
        VirtualEthernetCard,
        VirtualHardware,
        VirtualMachineConfigInfo,
        VirtualVmxnet,
        VirtualVmxnet3
    ],
    enums: enums![PowerState, SharesLevel],
};

data_object! {
    /// What every data object but the faults extends.
    #[wire("DynamicData", SERVICE, V1)]
    pub struct DynamicData {
        pub extra: Extra,
    }
}
