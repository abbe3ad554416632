//! One field of each kind and arity, and objects that nest.

use vmomi_runtime::generated::*;

use super::{DynamicData, SERVICE, SharesInfo, TYPES, V1, VirtualDevice, VirtualMachine};

#[repr(u16)]
#[non_exhaustive]
pub enum PowerState {
    PoweredOff,
    PoweredOn,
    Suspended,
    Unknown(Box<str>),
}
open_enum!(
    PowerState,
    "PowerState",
    &SERVICE,
    V1,
    [
        PoweredOff = "poweredOff",
        PoweredOn = "poweredOn",
        Suspended = "suspended"
    ]
);

#[repr(C)]
pub struct Everything {
    pub base: DynamicData,
    pub flag: bool,
    pub byte: i8,
    pub short: i16,
    pub int: i32,
    pub long: i64,
    pub float: f32,
    pub double: f64,
    pub text: String,
    pub time: DateTime,
    pub blob: Binary,
    pub any: Any,
    pub vm: MoRef<VirtualMachine>,
    pub entity: ManagedObjectReference,
    pub state: PowerState,
    pub inline: SharesInfo,
    pub boxed: Box<SharesInfo>,
    pub device: Dyn<VirtualDevice>,

    pub opt_flag: Option<bool>,
    pub opt_byte: Option<i8>,
    pub opt_short: Option<i16>,
    pub opt_int: Option<i32>,
    pub opt_long: Option<i64>,
    pub opt_float: Option<f32>,
    pub opt_double: Option<f64>,
    pub opt_text: Option<String>,
    pub opt_time: Option<DateTime>,
    pub opt_blob: Option<Binary>,
    pub opt_any: Option<Any>,
    pub opt_vm: Option<MoRef<VirtualMachine>>,
    pub opt_entity: Option<ManagedObjectReference>,
    pub opt_state: Option<PowerState>,
    pub opt_boxed: Option<Box<SharesInfo>>,
    pub opt_device: Option<Dyn<VirtualDevice>>,

    pub flags: Vec<bool>,
    pub bytes: Vec<i8>,
    pub shorts: Vec<i16>,
    pub ints: Vec<i32>,
    pub longs: Vec<i64>,
    pub floats: Vec<f32>,
    pub doubles: Vec<f64>,
    pub texts: Vec<String>,
    pub times: Vec<DateTime>,
    pub blobs: Vec<Binary>,
    pub anys: Vec<Any>,
    pub vms: Vec<MoRef<VirtualMachine>>,
    pub entities: Vec<ManagedObjectReference>,
    pub states: Vec<PowerState>,
    pub inlines: Vec<SharesInfo>,
    pub devices: Vec<Dyn<VirtualDevice>>,

    pub password: String,
    pub opt_password: Option<String>,
    pub passwords: Vec<String>,
    pub pin: Option<i32>,
    pub credentials: Option<Box<SharesInfo>>,
}
static EVERYTHING: Type<Everything> = Type::new(
    "Everything",
    &SERVICE,
    V1,
    fields!(
        Everything,
        base,
        [flag, "flag", V1],
        [byte, "byte", V1],
        [short, "short", V1],
        [int, "int", V1],
        [long, "long", V1],
        [float, "float", V1],
        [double, "double", V1],
        [text, "text", V1],
        [time, "time", V1],
        [blob, "blob", V1],
        [any, "any", V1],
        [vm, "vm", V1],
        [entity, "entity", V1],
        [state, "state", V1],
        [inline, "inline", V1],
        [boxed, "boxed", V1],
        [device, "device", V1],
        [opt_flag, "optFlag", V1],
        [opt_byte, "optByte", V1],
        [opt_short, "optShort", V1],
        [opt_int, "optInt", V1],
        [opt_long, "optLong", V1],
        [opt_float, "optFloat", V1],
        [opt_double, "optDouble", V1],
        [opt_text, "optText", V1],
        [opt_time, "optTime", V1],
        [opt_blob, "optBlob", V1],
        [opt_any, "optAny", V1],
        [opt_vm, "optVm", V1],
        [opt_entity, "optEntity", V1],
        [opt_state, "optState", V1],
        [opt_boxed, "optBoxed", V1],
        [opt_device, "optDevice", V1],
        [flags, "flags", V1],
        [bytes, "bytes", V1],
        [shorts, "shorts", V1],
        [ints, "ints", V1],
        [longs, "longs", V1],
        [floats, "floats", V1],
        [doubles, "doubles", V1],
        [texts, "texts", V1],
        [times, "times", V1],
        [blobs, "blobs", V1],
        [anys, "anys", V1],
        [vms, "vms", V1],
        [entities, "entities", V1],
        [states, "states", V1],
        [inlines, "inlines", V1],
        [devices, "devices", V1],
        [password, "password", V1, secret],
        [opt_password, "optPassword", V1, secret],
        [passwords, "passwords", V1, secret],
        [pin, "pin", V1, secret],
        [credentials, "credentials", V1, secret]
    ),
);
data_object!(Everything: DynamicData [], EVERYTHING);

/// Holds itself behind a `Box`, and in a list.
#[repr(C)]
pub struct Chain {
    pub base: DynamicData,
    pub name: String,
    pub next: Option<Box<Chain>>,
    pub side: Vec<Chain>,
}
static CHAIN: Type<Chain> = Type::new(
    "Chain",
    &SERVICE,
    V1,
    fields!(
        Chain,
        base,
        [name, "name", V1],
        [next, "next", V1],
        [side, "side", V1]
    ),
);
data_object!(Chain: DynamicData [], CHAIN);

/// Holds anything, itself too.
#[repr(C)]
pub struct Tree {
    pub base: DynamicData,
    pub content: Option<Dyn<DynamicData>>,
    pub value: Option<Any>,
    pub children: Vec<Dyn<DynamicData>>,
}
static TREE: Type<Tree> = Type::new(
    "Tree",
    &SERVICE,
    V1,
    fields!(
        Tree,
        base,
        [content, "content", V1],
        [value, "value", V1],
        [children, "children", V1]
    ),
);
data_object!(Tree: DynamicData [], TREE);
