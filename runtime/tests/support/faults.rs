//! Faults, which extend nothing common to other data objects, and what carries them.

use vmomi_runtime::generated::*;

use super::{DynamicData, PowerState, SERVICE, TYPES, Task, V1};

data_object! {
    #[wire("KeyAnyValue", SERVICE, V1)]
    pub struct KeyAnyValue {
        pub base: DynamicData,
        #[wire("key", V1)]
        pub key: String,
        #[wire("value", V1)]
        pub value: Any,
    }
}

data_object! {
    #[wire("LocalizableMessage", SERVICE, V1)]
    pub struct LocalizableMessage {
        pub base: DynamicData,
        #[wire("key", V1)]
        pub key: String,
        #[wire("arg", V1)]
        pub arg: Vec<KeyAnyValue>,
        #[wire("message", V1)]
        pub message: Option<String>,
    }
}

data_object! {
    #[wire("LocalizedMethodFault", SERVICE, V1)]
    pub struct LocalizedMethodFault {
        pub base: DynamicData,
        #[wire("fault", V1)]
        pub fault: Dyn<MethodFault>,
        #[wire("localizedMessage", V1)]
        pub localized_message: Option<String>,
    }
}

data_object! {
    #[wire("MethodFault", SERVICE, V1)]
    pub struct MethodFault {
        pub extra: Extra,
        #[wire("faultCause", V1)]
        pub fault_cause: Option<Box<LocalizedMethodFault>>,
        #[wire("faultMessage", V1)]
        pub fault_message: Vec<LocalizableMessage>,
    }
}

data_object! {
    #[wire("RuntimeFault", SERVICE, V1)]
    pub struct RuntimeFault {
        pub base: MethodFault,
    }
}

data_object! {
    #[wire("NotAuthenticated", SERVICE, V1)]
    pub struct NotAuthenticated {
        pub base: RuntimeFault,
        #[wire("object", V1)]
        pub object: Option<ManagedObjectReference>,
        #[wire("privilegeId", V1)]
        pub privilege_id: String,
    }
}

data_object! {
    #[wire("VimFault", SERVICE, V1)]
    pub struct VimFault {
        pub base: MethodFault,
    }
}

data_object! {
    #[wire("InvalidLogin", SERVICE, V1)]
    pub struct InvalidLogin {
        pub base: VimFault,
    }
}

data_object! {
    #[wire("TaskInProgress", SERVICE, V1)]
    pub struct TaskInProgress {
        pub base: VimFault,
        #[wire("task", V1)]
        pub task: MoRef<Task>,
    }
}

data_object! {
    #[wire("InvalidState", SERVICE, V1)]
    pub struct InvalidState {
        pub base: VimFault,
    }
}

data_object! {
    #[wire("InvalidPowerState", SERVICE, V1)]
    pub struct InvalidPowerState {
        pub base: InvalidState,
        #[wire("requestedState", V1)]
        pub requested_state: Option<PowerState>,
        #[wire("existingState", V1)]
        pub existing_state: PowerState,
    }
}
