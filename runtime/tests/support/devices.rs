//! Virtual devices: a hierarchy of three levels, with descriptions and backings of their own.

use vmomi_runtime::generated::*;

use super::{Datastore, DynamicData, SERVICE, TYPES, V1, V2};

#[repr(u16)]
#[non_exhaustive]
pub enum SharesLevel {
    Low,
    Normal,
    High,
    Custom,
    Unknown(Box<str>),
}
open_enum!(
    SharesLevel,
    "SharesLevel",
    &SERVICE,
    V1,
    [
        Low = "low",
        Normal = "normal",
        High = "high",
        Custom = "custom"
    ]
);

#[repr(C)]
pub struct SharesInfo {
    pub base: DynamicData,
    pub shares: i32,
    pub level: SharesLevel,
}
static SHARES_INFO: Type<SharesInfo> = Type::new(
    "SharesInfo",
    &SERVICE,
    V1,
    fields!(
        SharesInfo,
        base,
        [shares, "shares", V1],
        [level, "level", V1]
    ),
);
data_object!(SharesInfo: DynamicData [], SHARES_INFO);

#[repr(C)]
pub struct Description {
    pub base: DynamicData,
    pub label: String,
    pub summary: String,
}
static DESCRIPTION: Type<Description> = Type::new(
    "Description",
    &SERVICE,
    V1,
    fields!(
        Description,
        base,
        [label, "label", V1],
        [summary, "summary", V1]
    ),
);
data_object!(Description: DynamicData [], DESCRIPTION);

#[repr(C)]
pub struct ElementDescription {
    pub base: Description,
    pub key: String,
}
static ELEMENT_DESCRIPTION: Type<ElementDescription> = Type::new(
    "ElementDescription",
    &SERVICE,
    V1,
    fields!(ElementDescription, base, [key, "key", V1]),
);
data_object!(ElementDescription: Description [DynamicData], ELEMENT_DESCRIPTION);

#[repr(C)]
pub struct VirtualDeviceBackingInfo {
    pub base: DynamicData,
}
static VIRTUAL_DEVICE_BACKING_INFO: Type<VirtualDeviceBackingInfo> = Type::new(
    "VirtualDeviceBackingInfo",
    &SERVICE,
    V1,
    fields!(VirtualDeviceBackingInfo, base),
);
data_object!(VirtualDeviceBackingInfo: DynamicData [], VIRTUAL_DEVICE_BACKING_INFO);

#[repr(C)]
pub struct VirtualDeviceFileBackingInfo {
    pub base: VirtualDeviceBackingInfo,
    pub file_name: String,
    pub datastore: Option<MoRef<Datastore>>,
}
static VIRTUAL_DEVICE_FILE_BACKING_INFO: Type<VirtualDeviceFileBackingInfo> = Type::new(
    "VirtualDeviceFileBackingInfo",
    &SERVICE,
    V1,
    fields!(
        VirtualDeviceFileBackingInfo,
        base,
        [file_name, "fileName", V1],
        [datastore, "datastore", V1]
    ),
);
data_object!(VirtualDeviceFileBackingInfo: VirtualDeviceBackingInfo [DynamicData], VIRTUAL_DEVICE_FILE_BACKING_INFO);

#[repr(C)]
pub struct VirtualDiskFlatBackingInfo {
    pub base: VirtualDeviceFileBackingInfo,
    pub disk_mode: String,
    pub thin_provisioned: Option<bool>,
    pub parent: Option<Box<VirtualDiskFlatBackingInfo>>,
}
static VIRTUAL_DISK_FLAT_BACKING_INFO: Type<VirtualDiskFlatBackingInfo> = Type::new(
    "VirtualDiskFlatBackingInfo",
    &SERVICE,
    V1,
    fields!(
        VirtualDiskFlatBackingInfo,
        base,
        [disk_mode, "diskMode", V1],
        [thin_provisioned, "thinProvisioned", V1],
        [parent, "parent", V1]
    ),
);
data_object!(VirtualDiskFlatBackingInfo: VirtualDeviceFileBackingInfo [VirtualDeviceBackingInfo, DynamicData], VIRTUAL_DISK_FLAT_BACKING_INFO);

#[repr(C)]
pub struct VirtualDevice {
    pub base: DynamicData,
    pub key: i32,
    pub device_info: Option<Dyn<Description>>,
    pub backing: Option<Dyn<VirtualDeviceBackingInfo>>,
    pub controller_key: Option<i32>,
    pub unit_number: Option<i32>,
}
static VIRTUAL_DEVICE: Type<VirtualDevice> = Type::new(
    "VirtualDevice",
    &SERVICE,
    V1,
    fields!(
        VirtualDevice,
        base,
        [key, "key", V1],
        [device_info, "deviceInfo", V1],
        [backing, "backing", V1],
        [controller_key, "controllerKey", V1],
        [unit_number, "unitNumber", V1]
    ),
);
data_object!(VirtualDevice: DynamicData [], VIRTUAL_DEVICE);

#[repr(C)]
pub struct VirtualDisk {
    pub base: VirtualDevice,
    pub capacity_in_kb: i64,
    pub shares: Option<Box<SharesInfo>>,
    pub native_unmanaged_linked_clone: Option<bool>,
}
static VIRTUAL_DISK: Type<VirtualDisk> = Type::new(
    "VirtualDisk",
    &SERVICE,
    V1,
    fields!(
        VirtualDisk,
        base,
        [capacity_in_kb, "capacityInKB", V1],
        [shares, "shares", V1],
        [
            native_unmanaged_linked_clone,
            "nativeUnmanagedLinkedClone",
            V2
        ]
    ),
);
data_object!(VirtualDisk: VirtualDevice [DynamicData], VIRTUAL_DISK);

#[repr(C)]
pub struct VirtualEthernetCard {
    pub base: VirtualDevice,
    pub address_type: Option<String>,
    pub mac_address: Option<String>,
    pub wake_on_lan_enabled: Option<bool>,
}
static VIRTUAL_ETHERNET_CARD: Type<VirtualEthernetCard> = Type::new(
    "VirtualEthernetCard",
    &SERVICE,
    V1,
    fields!(
        VirtualEthernetCard,
        base,
        [address_type, "addressType", V1],
        [mac_address, "macAddress", V1],
        [wake_on_lan_enabled, "wakeOnLanEnabled", V1]
    ),
);
data_object!(VirtualEthernetCard: VirtualDevice [DynamicData], VIRTUAL_ETHERNET_CARD);

#[repr(C)]
pub struct VirtualE1000 {
    pub base: VirtualEthernetCard,
}
static VIRTUAL_E1000: Type<VirtualE1000> =
    Type::new("VirtualE1000", &SERVICE, V1, fields!(VirtualE1000, base));
data_object!(VirtualE1000: VirtualEthernetCard [VirtualDevice, DynamicData], VIRTUAL_E1000);

#[repr(C)]
pub struct VirtualVmxnet {
    pub base: VirtualEthernetCard,
}
static VIRTUAL_VMXNET: Type<VirtualVmxnet> =
    Type::new("VirtualVmxnet", &SERVICE, V1, fields!(VirtualVmxnet, base));
data_object!(VirtualVmxnet: VirtualEthernetCard [VirtualDevice, DynamicData], VIRTUAL_VMXNET);

#[repr(C)]
pub struct VirtualVmxnet3 {
    pub base: VirtualVmxnet,
    pub uptv2_enabled: Option<bool>,
}
static VIRTUAL_VMXNET3: Type<VirtualVmxnet3> = Type::new(
    "VirtualVmxnet3",
    &SERVICE,
    V2,
    fields!(VirtualVmxnet3, base, [uptv2_enabled, "uptv2Enabled", V2]),
);
data_object!(VirtualVmxnet3: VirtualVmxnet [VirtualEthernetCard, VirtualDevice, DynamicData], VIRTUAL_VMXNET3);
