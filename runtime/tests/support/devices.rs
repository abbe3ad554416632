//! Virtual devices: a hierarchy of three levels, with descriptions and backings of their own.

use vmomi_runtime::generated::*;

use super::{Datastore, DynamicData, SERVICE, TYPES, V1, V2};

open_enum! {
    #[wire("SharesLevel", SERVICE, V1)]
    pub enum SharesLevel {
        #[wire("low")]
        Low,
        #[wire("normal")]
        Normal,
        #[wire("high")]
        High,
        #[wire("custom")]
        Custom,
    }
}

data_object! {
    #[wire("SharesInfo", SERVICE, V1)]
    pub struct SharesInfo {
        pub base: DynamicData,
        #[wire("shares", V1)]
        pub shares: i32,
        #[wire("level", V1)]
        pub level: SharesLevel,
    }
}

data_object! {
    #[wire("Description", SERVICE, V1)]
    pub struct Description {
        pub base: DynamicData,
        #[wire("label", V1)]
        pub label: String,
        #[wire("summary", V1)]
        pub summary: String,
    }
}

data_object! {
    #[wire("ElementDescription", SERVICE, V1)]
    pub struct ElementDescription {
        pub base: Description,
        #[wire("key", V1)]
        pub key: String,
    }
}

data_object! {
    #[wire("VirtualDeviceBackingInfo", SERVICE, V1)]
    pub struct VirtualDeviceBackingInfo {
        pub base: DynamicData,
    }
}

data_object! {
    #[wire("VirtualDeviceFileBackingInfo", SERVICE, V1)]
    pub struct VirtualDeviceFileBackingInfo {
        pub base: VirtualDeviceBackingInfo,
        #[wire("fileName", V1)]
        pub file_name: String,
        #[wire("datastore", V1)]
        pub datastore: Option<MoRef<Datastore>>,
    }
}

data_object! {
    #[wire("VirtualDiskFlatBackingInfo", SERVICE, V1)]
    pub struct VirtualDiskFlatBackingInfo {
        pub base: VirtualDeviceFileBackingInfo,
        #[wire("diskMode", V1)]
        pub disk_mode: String,
        #[wire("thinProvisioned", V1)]
        pub thin_provisioned: Option<bool>,
        #[wire("parent", V1)]
        pub parent: Option<Box<VirtualDiskFlatBackingInfo>>,
    }
}

data_object! {
    #[wire("VirtualDevice", SERVICE, V1)]
    pub struct VirtualDevice {
        pub base: DynamicData,
        #[wire("key", V1)]
        pub key: i32,
        #[wire("deviceInfo", V1)]
        pub device_info: Option<Dyn<Description>>,
        #[wire("backing", V1)]
        pub backing: Option<Dyn<VirtualDeviceBackingInfo>>,
        #[wire("controllerKey", V1)]
        pub controller_key: Option<i32>,
        #[wire("unitNumber", V1)]
        pub unit_number: Option<i32>,
    }
}

data_object! {
    #[wire("VirtualDisk", SERVICE, V1)]
    pub struct VirtualDisk {
        pub base: VirtualDevice,
        #[wire("capacityInKB", V1)]
        pub capacity_in_kb: i64,
        #[wire("shares", V1)]
        pub shares: Option<Box<SharesInfo>>,
        #[wire("nativeUnmanagedLinkedClone", V2)]
        pub native_unmanaged_linked_clone: Option<bool>,
    }
}

data_object! {
    #[wire("VirtualEthernetCard", SERVICE, V1)]
    pub struct VirtualEthernetCard {
        pub base: VirtualDevice,
        #[wire("addressType", V1)]
        pub address_type: Option<String>,
        #[wire("macAddress", V1)]
        pub mac_address: Option<String>,
        #[wire("wakeOnLanEnabled", V1)]
        pub wake_on_lan_enabled: Option<bool>,
    }
}

data_object! {
    #[wire("VirtualE1000", SERVICE, V1)]
    pub struct VirtualE1000 {
        pub base: VirtualEthernetCard,
    }
}

data_object! {
    #[wire("VirtualVmxnet", SERVICE, V1)]
    pub struct VirtualVmxnet {
        pub base: VirtualEthernetCard,
    }
}

data_object! {
    #[wire("VirtualVmxnet3", SERVICE, V2)]
    pub struct VirtualVmxnet3 {
        pub base: VirtualVmxnet,
        #[wire("uptv2Enabled", V2)]
        pub uptv2_enabled: Option<bool>,
    }
}
