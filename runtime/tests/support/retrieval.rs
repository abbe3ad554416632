//! Property values as the PropertyCollector gives them, and a virtual machine's configuration.

use vmomi_runtime::generated::*;

use super::{DynamicData, LocalizedMethodFault, SERVICE, TYPES, V1, VirtualDevice};

data_object! {
    #[wire("RetrieveResult", SERVICE, V1)]
    pub struct RetrieveResult {
        pub base: DynamicData,
        #[wire("token", V1)]
        pub token: Option<String>,
        #[wire("objects", V1)]
        pub objects: Vec<ObjectContent>,
    }
}

data_object! {
    #[wire("ObjectContent", SERVICE, V1)]
    pub struct ObjectContent {
        pub base: DynamicData,
        #[wire("obj", V1)]
        pub obj: ManagedObjectReference,
        #[wire("propSet", V1)]
        pub prop_set: Vec<DynamicProperty>,
        #[wire("missingSet", V1)]
        pub missing_set: Vec<MissingProperty>,
    }
}

data_object! {
    #[wire("DynamicProperty", SERVICE, V1)]
    pub struct DynamicProperty {
        pub base: DynamicData,
        #[wire("name", V1)]
        pub name: String,
        #[wire("val", V1)]
        pub val: Any,
    }
}

data_object! {
    #[wire("MissingProperty", SERVICE, V1)]
    pub struct MissingProperty {
        pub base: DynamicData,
        #[wire("path", V1)]
        pub path: String,
        #[wire("fault", V1)]
        pub fault: LocalizedMethodFault,
    }
}

data_object! {
    #[wire("OptionValue", SERVICE, V1)]
    pub struct OptionValue {
        pub base: DynamicData,
        #[wire("key", V1)]
        pub key: String,
        #[wire("value", V1)]
        pub value: Any,
    }
}

data_object! {
    #[wire("VirtualHardware", SERVICE, V1)]
    pub struct VirtualHardware {
        pub base: DynamicData,
        #[wire("numCPU", V1)]
        pub num_cpu: i32,
        #[wire("memoryMB", V1)]
        pub memory_mb: i32,
        #[wire("device", V1)]
        pub device: Vec<Dyn<VirtualDevice>>,
    }
}

data_object! {
    #[wire("VirtualMachineConfigInfo", SERVICE, V1)]
    pub struct VirtualMachineConfigInfo {
        pub base: DynamicData,
        #[wire("changeVersion", V1)]
        pub change_version: String,
        #[wire("modified", V1)]
        pub modified: DateTime,
        #[wire("name", V1)]
        pub name: String,
        #[wire("guestFullName", V1)]
        pub guest_full_name: String,
        #[wire("uuid", V1)]
        pub uuid: String,
        #[wire("template", V1)]
        pub template: bool,
        #[wire("annotation", V1)]
        pub annotation: Option<String>,
        #[wire("hardware", V1)]
        pub hardware: VirtualHardware,
        #[wire("extraConfig", V1)]
        pub extra_config: Vec<OptionValue>,
    }
}
