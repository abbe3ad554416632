//! Faults, which extend nothing common to other data objects, and what carries them.

use vmomi_runtime::generated::*;

use super::{DynamicData, PowerState, SERVICE, TYPES, Task, V1};

#[repr(C)]
pub struct KeyAnyValue {
    pub base: DynamicData,
    pub key: String,
    pub value: Any,
}
static KEY_ANY_VALUE: Type<KeyAnyValue> = Type::new(
    "KeyAnyValue",
    &SERVICE,
    V1,
    fields!(KeyAnyValue, base, [key, "key", V1], [value, "value", V1]),
);
data_object!(KeyAnyValue: DynamicData [], KEY_ANY_VALUE);

#[repr(C)]
pub struct LocalizableMessage {
    pub base: DynamicData,
    pub key: String,
    pub arg: Vec<KeyAnyValue>,
    pub message: Option<String>,
}
static LOCALIZABLE_MESSAGE: Type<LocalizableMessage> = Type::new(
    "LocalizableMessage",
    &SERVICE,
    V1,
    fields!(
        LocalizableMessage,
        base,
        [key, "key", V1],
        [arg, "arg", V1],
        [message, "message", V1]
    ),
);
data_object!(LocalizableMessage: DynamicData [], LOCALIZABLE_MESSAGE);

#[repr(C)]
pub struct LocalizedMethodFault {
    pub base: DynamicData,
    pub fault: Dyn<MethodFault>,
    pub localized_message: Option<String>,
}
static LOCALIZED_METHOD_FAULT: Type<LocalizedMethodFault> = Type::new(
    "LocalizedMethodFault",
    &SERVICE,
    V1,
    fields!(
        LocalizedMethodFault,
        base,
        [fault, "fault", V1],
        [localized_message, "localizedMessage", V1]
    ),
);
data_object!(LocalizedMethodFault: DynamicData [], LOCALIZED_METHOD_FAULT);

#[repr(C)]
pub struct MethodFault {
    pub extra: Extra,
    pub fault_cause: Option<Box<LocalizedMethodFault>>,
    pub fault_message: Vec<LocalizableMessage>,
}
static METHOD_FAULT: Type<MethodFault> = Type::new(
    "MethodFault",
    &SERVICE,
    V1,
    fields!(
        MethodFault,
        extra,
        [fault_cause, "faultCause", V1],
        [fault_message, "faultMessage", V1]
    ),
);
data_object!(MethodFault, METHOD_FAULT);

#[repr(C)]
pub struct RuntimeFault {
    pub base: MethodFault,
}
static RUNTIME_FAULT: Type<RuntimeFault> =
    Type::new("RuntimeFault", &SERVICE, V1, fields!(RuntimeFault, base));
data_object!(RuntimeFault: MethodFault [], RUNTIME_FAULT);

#[repr(C)]
pub struct NotAuthenticated {
    pub base: RuntimeFault,
    pub object: Option<ManagedObjectReference>,
    pub privilege_id: String,
}
static NOT_AUTHENTICATED: Type<NotAuthenticated> = Type::new(
    "NotAuthenticated",
    &SERVICE,
    V1,
    fields!(
        NotAuthenticated,
        base,
        [object, "object", V1],
        [privilege_id, "privilegeId", V1]
    ),
);
data_object!(NotAuthenticated: RuntimeFault [MethodFault], NOT_AUTHENTICATED);

#[repr(C)]
pub struct VimFault {
    pub base: MethodFault,
}
static VIM_FAULT: Type<VimFault> = Type::new("VimFault", &SERVICE, V1, fields!(VimFault, base));
data_object!(VimFault: MethodFault [], VIM_FAULT);

#[repr(C)]
pub struct InvalidLogin {
    pub base: VimFault,
}
static INVALID_LOGIN: Type<InvalidLogin> =
    Type::new("InvalidLogin", &SERVICE, V1, fields!(InvalidLogin, base));
data_object!(InvalidLogin: VimFault [MethodFault], INVALID_LOGIN);

#[repr(C)]
pub struct TaskInProgress {
    pub base: VimFault,
    pub task: MoRef<Task>,
}
static TASK_IN_PROGRESS: Type<TaskInProgress> = Type::new(
    "TaskInProgress",
    &SERVICE,
    V1,
    fields!(TaskInProgress, base, [task, "task", V1]),
);
data_object!(TaskInProgress: VimFault [MethodFault], TASK_IN_PROGRESS);

#[repr(C)]
pub struct InvalidState {
    pub base: VimFault,
}
static INVALID_STATE: Type<InvalidState> =
    Type::new("InvalidState", &SERVICE, V1, fields!(InvalidState, base));
data_object!(InvalidState: VimFault [MethodFault], INVALID_STATE);

#[repr(C)]
pub struct InvalidPowerState {
    pub base: InvalidState,
    pub requested_state: Option<PowerState>,
    pub existing_state: PowerState,
}
static INVALID_POWER_STATE: Type<InvalidPowerState> = Type::new(
    "InvalidPowerState",
    &SERVICE,
    V1,
    fields!(
        InvalidPowerState,
        base,
        [requested_state, "requestedState", V1],
        [existing_state, "existingState", V1]
    ),
);
data_object!(InvalidPowerState: InvalidState [VimFault, MethodFault], INVALID_POWER_STATE);
