//! Property values as the PropertyCollector gives them, and a virtual machine's configuration.

use vmomi_runtime::generated::*;

use super::{DynamicData, LocalizedMethodFault, SERVICE, TYPES, V1, VirtualDevice};

#[repr(C)]
pub struct RetrieveResult {
    pub base: DynamicData,
    pub token: Option<String>,
    pub objects: Vec<ObjectContent>,
}
static RETRIEVE_RESULT: Type<RetrieveResult> = Type::new(
    "RetrieveResult",
    &SERVICE,
    V1,
    fields!(
        RetrieveResult,
        base,
        [token, "token", V1],
        [objects, "objects", V1]
    ),
);
data_object!(RetrieveResult: DynamicData [], RETRIEVE_RESULT);

#[repr(C)]
pub struct ObjectContent {
    pub base: DynamicData,
    pub obj: ManagedObjectReference,
    pub prop_set: Vec<DynamicProperty>,
    pub missing_set: Vec<MissingProperty>,
}
static OBJECT_CONTENT: Type<ObjectContent> = Type::new(
    "ObjectContent",
    &SERVICE,
    V1,
    fields!(
        ObjectContent,
        base,
        [obj, "obj", V1],
        [prop_set, "propSet", V1],
        [missing_set, "missingSet", V1]
    ),
);
data_object!(ObjectContent: DynamicData [], OBJECT_CONTENT);

#[repr(C)]
pub struct DynamicProperty {
    pub base: DynamicData,
    pub name: String,
    pub val: Any,
}
static DYNAMIC_PROPERTY: Type<DynamicProperty> = Type::new(
    "DynamicProperty",
    &SERVICE,
    V1,
    fields!(DynamicProperty, base, [name, "name", V1], [val, "val", V1]),
);
data_object!(DynamicProperty: DynamicData [], DYNAMIC_PROPERTY);

#[repr(C)]
pub struct MissingProperty {
    pub base: DynamicData,
    pub path: String,
    pub fault: LocalizedMethodFault,
}
static MISSING_PROPERTY: Type<MissingProperty> = Type::new(
    "MissingProperty",
    &SERVICE,
    V1,
    fields!(
        MissingProperty,
        base,
        [path, "path", V1],
        [fault, "fault", V1]
    ),
);
data_object!(MissingProperty: DynamicData [], MISSING_PROPERTY);

#[repr(C)]
pub struct OptionValue {
    pub base: DynamicData,
    pub key: String,
    pub value: Any,
}
static OPTION_VALUE: Type<OptionValue> = Type::new(
    "OptionValue",
    &SERVICE,
    V1,
    fields!(OptionValue, base, [key, "key", V1], [value, "value", V1]),
);
data_object!(OptionValue: DynamicData [], OPTION_VALUE);

#[repr(C)]
pub struct VirtualHardware {
    pub base: DynamicData,
    pub num_cpu: i32,
    pub memory_mb: i32,
    pub device: Vec<Dyn<VirtualDevice>>,
}
static VIRTUAL_HARDWARE: Type<VirtualHardware> = Type::new(
    "VirtualHardware",
    &SERVICE,
    V1,
    fields!(
        VirtualHardware,
        base,
        [num_cpu, "numCPU", V1],
        [memory_mb, "memoryMB", V1],
        [device, "device", V1]
    ),
);
data_object!(VirtualHardware: DynamicData [], VIRTUAL_HARDWARE);

#[repr(C)]
pub struct VirtualMachineConfigInfo {
    pub base: DynamicData,
    pub change_version: String,
    pub modified: DateTime,
    pub name: String,
    pub guest_full_name: String,
    pub uuid: String,
    pub template: bool,
    pub annotation: Option<String>,
    pub hardware: VirtualHardware,
    pub extra_config: Vec<OptionValue>,
}
static VIRTUAL_MACHINE_CONFIG_INFO: Type<VirtualMachineConfigInfo> = Type::new(
    "VirtualMachineConfigInfo",
    &SERVICE,
    V1,
    fields!(
        VirtualMachineConfigInfo,
        base,
        [change_version, "changeVersion", V1],
        [modified, "modified", V1],
        [name, "name", V1],
        [guest_full_name, "guestFullName", V1],
        [uuid, "uuid", V1],
        [template, "template", V1],
        [annotation, "annotation", V1],
        [hardware, "hardware", V1],
        [extra_config, "extraConfig", V1]
    ),
);
data_object!(VirtualMachineConfigInfo: DynamicData [], VIRTUAL_MACHINE_CONFIG_INFO);
