//! A second service, whose types extend those of the first, hold them, and stand in their fields.

use self::PBM_TYPES as TYPES;
use vmomi_runtime::generated::*;

use super::{
    Chain, Description, DynamicData, ElementDescription, KeyAnyValue, LocalizableMessage,
    LocalizedMethodFault, MethodFault, PowerState, SharesInfo, SharesLevel, V1, VirtualDevice,
    VirtualDeviceBackingInfo, VirtualDeviceFileBackingInfo, VirtualDisk,
    VirtualDiskFlatBackingInfo,
};

pub static PBM: Service = Service {
    name: "pbm",
    namespace: "urn:pbm",
    version: "2.0",
    endpoint: "/pbm/sdk",
    versions: &["1.0", "2.0"],
};

/// The types of the service, and those of the first that may come with them.
pub static PBM_TYPES: TypeRegistry = TypeRegistry {
    service: &PBM,
    data_objects: types![
        Chain,
        Description,
        PbmDescription,
        DynamicData,
        PbmElementDescription,
        ElementDescription,
        KeyAnyValue,
        LocalizableMessage,
        LocalizedMethodFault,
        MethodFault,
        PbmConstraint,
        PbmFault,
        PbmHub,
        PbmPropertyMismatchFault,
        SharesInfo,
        VirtualDevice,
        VirtualDeviceBackingInfo,
        VirtualDeviceFileBackingInfo,
        VirtualDisk,
        VirtualDiskFlatBackingInfo
    ],
    enums: enums![PbmCategory, PowerState, SharesLevel],
};

open_enum! {
    #[wire("PbmCategory", PBM, V1)]
    pub enum PbmCategory {
        #[wire("REQUIREMENT")]
        Requirement,
    }
}

data_object! {
    #[wire("PbmHub", PBM, V1)]
    pub struct PbmHub {
        pub base: DynamicData,
        #[wire("hubType", V1)]
        pub hub_type: String,
        #[wire("hubId", V1)]
        pub hub_id: String,
    }
}

data_object! {
    #[wire("PbmConstraint", PBM, V1)]
    pub struct PbmConstraint {
        pub base: DynamicData,
        #[wire("category", V1)]
        pub category: Option<PbmCategory>,
        #[wire("device", V1)]
        pub device: Option<Dyn<VirtualDevice>>,
        #[wire("values", V1)]
        pub values: Vec<Any>,
        #[wire("error", V1)]
        pub error: Vec<LocalizedMethodFault>,
    }
}

data_object! {
    #[wire("PbmFault", PBM, V1)]
    pub struct PbmFault {
        pub base: MethodFault,
    }
}

data_object! {
    #[wire("PbmPropertyMismatchFault", PBM, V1)]
    pub struct PbmPropertyMismatchFault {
        pub base: PbmFault,
        #[wire("hub", V1)]
        pub hub: PbmHub,
    }
}

data_object! {
    /// Shares its wire name with a type of the first service.
    #[wire("Description", PBM, V1)]
    pub struct PbmDescription {
        pub base: DynamicData,
        #[wire("text", V1)]
        pub text: String,
    }
}

data_object! {
    /// Extends the type with which it shares its wire name.
    #[wire("ElementDescription", PBM, V1)]
    pub struct PbmElementDescription {
        pub base: ElementDescription,
        #[wire("more", V1)]
        pub more: String,
    }
}
