//! One field of each kind and arity, and objects that nest.

use vmomi_runtime::generated::*;

use super::{DynamicData, SERVICE, SharesInfo, TYPES, V1, VirtualDevice, VirtualMachine};

open_enum! {
    #[wire("PowerState", SERVICE, V1)]
    pub enum PowerState {
        #[wire("poweredOff")]
        PoweredOff,
        #[wire("poweredOn")]
        PoweredOn,
        #[wire("suspended")]
        Suspended,
    }
}

data_object! {
    #[wire("Everything", SERVICE, V1)]
    pub struct Everything {
        pub base: DynamicData,
        #[wire("flag", V1)]
        pub flag: bool,
        #[wire("byte", V1)]
        pub byte: i8,
        #[wire("short", V1)]
        pub short: i16,
        #[wire("int", V1)]
        pub int: i32,
        #[wire("long", V1)]
        pub long: i64,
        #[wire("float", V1)]
        pub float: f32,
        #[wire("double", V1)]
        pub double: f64,
        #[wire("text", V1)]
        pub text: String,
        #[wire("time", V1)]
        pub time: DateTime,
        #[wire("blob", V1)]
        pub blob: Binary,
        #[wire("any", V1)]
        pub any: Any,
        #[wire("vm", V1)]
        pub vm: MoRef<VirtualMachine>,
        #[wire("entity", V1)]
        pub entity: ManagedObjectReference,
        #[wire("state", V1)]
        pub state: PowerState,
        #[wire("inline", V1)]
        pub inline: SharesInfo,
        #[wire("boxed", V1)]
        pub boxed: Box<SharesInfo>,
        #[wire("device", V1)]
        pub device: Dyn<VirtualDevice>,

        #[wire("optFlag", V1)]
        pub opt_flag: Option<bool>,
        #[wire("optByte", V1)]
        pub opt_byte: Option<i8>,
        #[wire("optShort", V1)]
        pub opt_short: Option<i16>,
        #[wire("optInt", V1)]
        pub opt_int: Option<i32>,
        #[wire("optLong", V1)]
        pub opt_long: Option<i64>,
        #[wire("optFloat", V1)]
        pub opt_float: Option<f32>,
        #[wire("optDouble", V1)]
        pub opt_double: Option<f64>,
        #[wire("optText", V1)]
        pub opt_text: Option<String>,
        #[wire("optTime", V1)]
        pub opt_time: Option<DateTime>,
        #[wire("optBlob", V1)]
        pub opt_blob: Option<Binary>,
        #[wire("optAny", V1)]
        pub opt_any: Option<Any>,
        #[wire("optVm", V1)]
        pub opt_vm: Option<MoRef<VirtualMachine>>,
        #[wire("optEntity", V1)]
        pub opt_entity: Option<ManagedObjectReference>,
        #[wire("optState", V1)]
        pub opt_state: Option<PowerState>,
        #[wire("optBoxed", V1)]
        pub opt_boxed: Option<Box<SharesInfo>>,
        #[wire("optDevice", V1)]
        pub opt_device: Option<Dyn<VirtualDevice>>,

        #[wire("flags", V1)]
        pub flags: Vec<bool>,
        #[wire("bytes", V1)]
        pub bytes: Vec<i8>,
        #[wire("shorts", V1)]
        pub shorts: Vec<i16>,
        #[wire("ints", V1)]
        pub ints: Vec<i32>,
        #[wire("longs", V1)]
        pub longs: Vec<i64>,
        #[wire("floats", V1)]
        pub floats: Vec<f32>,
        #[wire("doubles", V1)]
        pub doubles: Vec<f64>,
        #[wire("texts", V1)]
        pub texts: Vec<String>,
        #[wire("times", V1)]
        pub times: Vec<DateTime>,
        #[wire("blobs", V1)]
        pub blobs: Vec<Binary>,
        #[wire("anys", V1)]
        pub anys: Vec<Any>,
        #[wire("vms", V1)]
        pub vms: Vec<MoRef<VirtualMachine>>,
        #[wire("entities", V1)]
        pub entities: Vec<ManagedObjectReference>,
        #[wire("states", V1)]
        pub states: Vec<PowerState>,
        #[wire("inlines", V1)]
        pub inlines: Vec<SharesInfo>,
        #[wire("devices", V1)]
        pub devices: Vec<Dyn<VirtualDevice>>,

        #[wire("password", V1, secret)]
        pub password: String,
        #[wire("optPassword", V1, secret)]
        pub opt_password: Option<String>,
        #[wire("passwords", V1, secret)]
        pub passwords: Vec<String>,
        #[wire("pin", V1, secret)]
        pub pin: Option<i32>,
        #[wire("credentials", V1, secret)]
        pub credentials: Option<Box<SharesInfo>>,
    }
}

data_object! {
    /// Holds itself behind a `Box`, and in a list.
    #[wire("Chain", SERVICE, V1)]
    pub struct Chain {
        pub base: DynamicData,
        #[wire("name", V1)]
        pub name: String,
        #[wire("next", V1)]
        pub next: Option<Box<Chain>>,
        #[wire("side", V1)]
        pub side: Vec<Chain>,
    }
}

data_object! {
    /// Holds anything, itself too.
    #[wire("Tree", SERVICE, V1)]
    pub struct Tree {
        pub base: DynamicData,
        #[wire("content", V1)]
        pub content: Option<Dyn<DynamicData>>,
        #[wire("value", V1)]
        pub value: Option<Any>,
        #[wire("children", V1)]
        pub children: Vec<Dyn<DynamicData>>,
    }
}
