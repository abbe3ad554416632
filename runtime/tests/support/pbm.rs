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

#[repr(u16)]
#[non_exhaustive]
pub enum PbmCategory {
    Requirement,
    Unknown(Box<str>),
}
open_enum!(
    PbmCategory,
    "PbmCategory",
    &PBM,
    V1,
    [Requirement = "REQUIREMENT"]
);

#[repr(C)]
pub struct PbmHub {
    pub base: DynamicData,
    pub hub_type: String,
    pub hub_id: String,
}
static PBM_HUB: Type<PbmHub> = Type::new(
    "PbmHub",
    &PBM,
    V1,
    fields!(
        PbmHub,
        base,
        [hub_type, "hubType", V1],
        [hub_id, "hubId", V1]
    ),
);
data_object!(PbmHub: DynamicData [], PBM_HUB);

#[repr(C)]
pub struct PbmConstraint {
    pub base: DynamicData,
    pub category: Option<PbmCategory>,
    pub device: Option<Dyn<VirtualDevice>>,
    pub values: Vec<Any>,
    pub error: Vec<LocalizedMethodFault>,
}
static PBM_CONSTRAINT: Type<PbmConstraint> = Type::new(
    "PbmConstraint",
    &PBM,
    V1,
    fields!(
        PbmConstraint,
        base,
        [category, "category", V1],
        [device, "device", V1],
        [values, "values", V1],
        [error, "error", V1]
    ),
);
data_object!(PbmConstraint: DynamicData [], PBM_CONSTRAINT);

#[repr(C)]
pub struct PbmFault {
    pub base: MethodFault,
}
static PBM_FAULT: Type<PbmFault> = Type::new("PbmFault", &PBM, V1, fields!(PbmFault, base));
data_object!(PbmFault: MethodFault [], PBM_FAULT);

#[repr(C)]
pub struct PbmPropertyMismatchFault {
    pub base: PbmFault,
    pub hub: PbmHub,
}
static PBM_PROPERTY_MISMATCH_FAULT: Type<PbmPropertyMismatchFault> = Type::new(
    "PbmPropertyMismatchFault",
    &PBM,
    V1,
    fields!(PbmPropertyMismatchFault, base, [hub, "hub", V1]),
);
data_object!(PbmPropertyMismatchFault: PbmFault [MethodFault], PBM_PROPERTY_MISMATCH_FAULT);

/// Shares its wire name with a type of the first service.
#[repr(C)]
pub struct PbmDescription {
    pub base: DynamicData,
    pub text: String,
}
static PBM_DESCRIPTION: Type<PbmDescription> = Type::new(
    "Description",
    &PBM,
    V1,
    fields!(PbmDescription, base, [text, "text", V1]),
);
data_object!(PbmDescription: DynamicData [], PBM_DESCRIPTION);

/// Extends the type with which it shares its wire name.
#[repr(C)]
pub struct PbmElementDescription {
    pub base: ElementDescription,
    pub more: String,
}
static PBM_ELEMENT_DESCRIPTION: Type<PbmElementDescription> = Type::new(
    "ElementDescription",
    &PBM,
    V1,
    fields!(PbmElementDescription, base, [more, "more", V1]),
);
data_object!(PbmElementDescription: ElementDescription [Description, DynamicData], PBM_ELEMENT_DESCRIPTION);
