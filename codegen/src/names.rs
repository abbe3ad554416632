//! From the names of the wire to the names of Rust: every rule, in one place.
//!
//! - Types keep their wire name; only a first letter is raised and separators go: `VirtualUSBController`.
//! - Members (fields, parameters, properties, methods, modules) are snake case: `numCPUs` is `num_cpus`.
//! - Enumeration values are upper camel case: `poweredOn` is `PoweredOn`.
//!
//! Words are told apart by [`heck`], after a table of spellings has settled what its rules cannot know. Every function is
//! total: whatever comes from the wire, the result is an identifier. That two names stay apart is checked elsewhere, on
//! the whole model.

use heck::{ToLowerCamelCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words whose capitals do not tell where a word starts, in the spelling that does.
///
/// A word matches where no capital comes before it and no lower-case letter after it; one that is spelled with a
/// lower-case letter in front only at the start of a name.
const SPELLINGS: &[(&str, &str)] = &[
    // A prefixed letter belongs to its word.
    ("IScsi", "Iscsi"),
    ("PMem", "Pmem"),
    ("SVMotion", "Svmotion"),
    ("VApp", "Vapp"),
    ("VApps", "Vapps"),
    ("VCenter", "Vcenter"),
    ("VClock", "Vclock"),
    ("VDisk", "Vdisk"),
    ("VFlash", "Vflash"),
    ("VMotion", "Vmotion"),
    ("VMware", "Vmware"),
    ("VNic", "Vnic"),
    ("VSan", "Vsan"),
    ("VSphere", "Vsphere"),
    ("VStorage", "Vstorage"),
    ("VVol", "Vvol"),
    ("XCluster", "Xcluster"),
    // Acronyms with a lower-case letter of their own.
    ("HWv", "Hwv"),
    ("IPv", "Ipv"),
    ("IpV", "Ipv"),
    ("ipV", "ipv"),
    ("MHz", "Mhz"),
    ("NFSv", "Nfsv"),
    ("NVMe", "Nvme"),
    ("NetBIOS", "Netbios"),
    ("netBIOS", "netbios"),
    ("PCNet", "Pcnet"),
    ("RoCEv", "Rocev"),
    ("vSANiSCSI", "vsanIscsi"),
    // Acronyms in a row.
    ("LSOMwbsize", "LsomWbsize"),
    ("USBXHCI", "UsbXhci"),
    ("VSANIs", "VsanIs"),
    ("vSANPMem", "vsanPmem"),
    // A digit does not end a word.
    ("3D", "3d"),
];

/// Words that are no identifiers unless written raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be written raw either.
const NEVER_IDENTIFIERS: &[&str] = &["Self", "crate", "self", "super"];

/// Type names that the generated code uses in another sense: Rust's, and the runtime's for generated code. The statics
/// among them would be imported with a type of their name from another namespace.
const RESERVED_TYPES: &[&str] = &[
    "Any",
    "Argument",
    "Binary",
    "Box",
    "Call",
    "Clone",
    "Connection",
    "DataObject",
    "DateTime",
    "Debug",
    "Default",
    "Deref",
    "DerefMut",
    "Dyn",
    "Err",
    "Extra",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "IntoFuture",
    "ManagedObject",
    "ManagedObjectReference",
    "ManagedType",
    "MoRef",
    "None",
    "Ok",
    "OpenEnum",
    "Operation",
    "Option",
    "ParameterInfo",
    "PartialEq",
    "PendingTask",
    "PropertyInfo",
    "Result",
    "SERVICE",
    "Send",
    "Service",
    "Since",
    "Sized",
    "Some",
    "String",
    "Stub",
    "Sync",
    "TYPES",
    "Type",
    "TypeInfo",
    "TypeRegistry",
    "Vec",
];

/// Fields that every generated structure has besides those of the wire.
const RESERVED_FIELDS: &[&str] = &["base", "extra"];

/// The variant that every generated enumeration has besides those of the wire.
const RESERVED_VARIANTS: &[&str] = &["Unknown"];

/// Methods that every stub of a managed object has besides its operations.
const RESERVED_METHODS: &[&str] = &[
    "bind",
    "clone",
    "connection",
    "deref",
    "fmt",
    "new",
    "reference",
    "untyped_reference",
];

/// Statics that the generated code has besides those that describe types.
const RESERVED_STATICS: &[&str] = &["OPERATION", "SERVICE", "TYPES"];

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Type,
    Field,
    Variant,
    Method,
    Parameter,
}

/// Whether the generated code has a name already, or uses it in another sense.
pub(crate) fn is_reserved(name: &str, role: Role) -> bool {
    let reserved = match role {
        Role::Type => RESERVED_TYPES,
        Role::Field => RESERVED_FIELDS,
        Role::Variant => RESERVED_VARIANTS,
        Role::Method => RESERVED_METHODS,
        Role::Parameter => &[],
    };
    reserved.contains(&name)
}

/// The name of a structure, an enumeration or a managed object's stub.
pub fn type_name(wire: &str) -> String {
    let mut name = String::with_capacity(wire.len());
    for word in identifier_characters(wire)
        .split('_')
        .filter(|word| !word.is_empty())
    {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    finish(name, "Empty", RESERVED_TYPES)
}

/// The name of a structure's field.
pub fn field_name(wire: &str) -> String {
    finish(snake_case(wire), "empty", RESERVED_FIELDS)
}

/// The name of an operation's parameter.
pub fn parameter_name(wire: &str) -> String {
    finish(snake_case(wire), "empty", &[])
}

/// The name of an operation's method.
pub fn method_name(wire: &str) -> String {
    finish(snake_case(wire), "empty", RESERVED_METHODS)
}

/// The name of the static that describes a type.
pub fn static_name(wire: &str) -> String {
    finish(
        snake_case(wire).to_ascii_uppercase(),
        "EMPTY",
        RESERVED_STATICS,
    )
}

/// The name of the constant for an API version: `8.0.0.1` is `V8_0_0_1`.
pub fn version_constant(version: &str) -> String {
    let name = identifier_characters(version).to_ascii_uppercase();
    let name = name.trim_matches('_');
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{name}")
    } else {
        finish(name.to_owned(), "EMPTY", RESERVED_STATICS)
    }
}

/// The name of a module and its file, made of a wire name or of words of wire names. It is never raw.
pub fn module_name(wire: &str) -> String {
    finish(snake_case(wire), "empty", KEYWORDS)
}

/// The name of an enumeration's variant.
pub fn variant_name(wire: &str) -> String {
    // Between digits an underscore stays: `windows7_64Guest` is not Windows 764.
    let spelled = respell(&identifier_characters(wire));
    let mut name = String::with_capacity(wire.len());
    for word in spelled.split('_').filter(|word| !word.is_empty()) {
        if name.ends_with(|c: char| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_digit())
        {
            name.push('_');
        }
        // What follows a number is a word when it begins with a capital and part of the number when not: `64Guest`, `4k`.
        let (number, rest) = word.split_at(word.bytes().take_while(u8::is_ascii_digit).count());
        name.push_str(number);
        if number.is_empty() || rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            name.push_str(&rest.to_upper_camel_case());
        } else {
            name.push_str(&rest.to_lower_camel_case());
        }
    }
    finish(name, "Empty", RESERVED_VARIANTS)
}

/// The token for a name that one of these functions gave.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The words of a wire name, in lower case: `HostNetworkInfo` is `host`, `network`, `info`.
pub fn words(wire: &str) -> Vec<String> {
    snake_case(wire).split('_').map(str::to_owned).collect()
}

fn snake_case(wire: &str) -> String {
    respell(&identifier_characters(wire)).to_snake_case()
}

/// The wire name with everything that no identifier may hold made an underscore or, outside of ASCII, spelled out.
fn identifier_characters(wire: &str) -> String {
    let mut name = String::with_capacity(wire.len());
    for c in wire.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => name.push(c),
            c if c.is_ascii() => name.push('_'),
            c => name.push_str(&format!("_u{:x}_", u32::from(c))),
        }
    }
    name
}

/// Makes an identifier of a name: this word if it is empty, not starting with a digit, no keyword, and not reserved.
fn finish(mut name: String, empty: &str, reserved: &[&str]) -> String {
    if name.is_empty() {
        name.push_str(empty);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    if NEVER_IDENTIFIERS.contains(&name.as_str()) || reserved.contains(&name.as_str()) {
        name.push('_');
    } else if KEYWORDS.contains(&name.as_str()) {
        name.insert_str(0, "r#");
    }
    name
}

/// Changes the capitals of a name so that every word, and only a word, starts with one.
fn respell(name: &str) -> String {
    let name = match spelling(name) {
        Some(_) => name.to_owned(),
        None => join_prefix(name),
    };
    let mut spelled = String::with_capacity(name.len());
    let mut rest = name.as_str();
    while let Some(first) = rest.chars().next() {
        let after_capital = spelled.ends_with(|c: char| c.is_ascii_uppercase());
        let may_start = !after_capital && (spelled.is_empty() || !first.is_ascii_lowercase());
        let known = if may_start { spelling(rest) } else { None };
        if let Some((word, spelling)) = known {
            spelled.push_str(spelling);
            rest = &rest[word.len()..];
        } else if may_start && let Some(length) = plural_acronym(rest) {
            spelled.push_str(&capitalized(&rest[..length]));
            rest = &rest[length..];
        } else {
            spelled.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    spelled
}

/// The word of the table with which a text starts.
fn spelling(text: &str) -> Option<&'static (&'static str, &'static str)> {
    // Most letters start none of the words: this is asked for each letter of each name.
    let first = text.bytes().next()?;
    SPELLINGS
        .iter()
        .find(|(word, _)| word.bytes().next() == Some(first) && starts_with_word(text, word))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// A single lower-case letter before a capital is part of the word: `iScsiName`, `vRAMSizeInKB`.
fn join_prefix(name: &str) -> String {
    let bytes = name.as_bytes();
    match bytes {
        [first, second, ..] if first.is_ascii_lowercase() && second.is_ascii_uppercase() => {
            let run = bytes[1..]
                .iter()
                .take_while(|b| b.is_ascii_uppercase())
                .count();
            // The last capital of several starts the next word, unless the name ends with it.
            let followed = bytes.get(1 + run).is_some_and(u8::is_ascii_lowercase);
            let joined = if followed && run > 1 { run } else { run + 1 };
            format!("{}{}", name[..joined].to_ascii_lowercase(), &name[joined..])
        }
        _ => name.to_owned(),
    }
}

/// The length of an acronym with a plural s at the start of a text: `CPUs`, `IDs`.
fn plural_acronym(text: &str) -> Option<usize> {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = text[capitals..].strip_prefix('s')?;
    (capitals >= 2 && !rest.starts_with(|c: char| c.is_ascii_lowercase())).then_some(capitals + 1)
}

fn capitalized(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let (first, rest) = lower.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: fn(&str) -> String, table: &[(&str, &str)]) {
        for (wire, rust) in table {
            assert_eq!(rule(wire), *rust, "{wire}");
        }
    }

    #[test]
    fn members() {
        check(
            field_name,
            &[
                ("name", "name"),
                ("macAddress", "mac_address"),
                ("ipAddress", "ip_address"),
                ("ID", "id"),
                ("VNI", "vni"),
                // Acronyms, alone, ending a name, and in front of a word.
                ("numCPU", "num_cpu"),
                ("memoryMB", "memory_mb"),
                ("memorySizeMB", "memory_size_mb"),
                ("capacityInKB", "capacity_in_kb"),
                ("overallCpuUsage", "overall_cpu_usage"),
                (
                    "supportedUSBXHCIControllers",
                    "supported_usb_xhci_controllers",
                ),
                ("virtualICH7MPresent", "virtual_ich7m_present"),
                ("wwnn", "wwnn"),
                ("vmDirectPathGen2Active", "vm_direct_path_gen2_active"),
                // Plural acronyms.
                ("numCPUs", "num_cpus"),
                ("deviceIDs", "device_ids"),
                ("maxVMs", "max_vms"),
                ("sizeInMBs", "size_in_mbs"),
                ("attachedLUNs", "attached_luns"),
                ("maxDVSs", "max_dvss"),
                ("numHBAsUsed", "num_hbas_used"),
                ("CRLs", "crls"),
                // A letter in front belongs to its word.
                ("iScsiName", "iscsi_name"),
                ("iSnsHost", "isns_host"),
                ("iSetInfo", "iset_info"),
                ("vAppConfig", "vapp_config"),
                ("vRAMSizeInKB", "vram_size_in_kb"),
                ("vPMCEnabled", "vpmc_enabled"),
                ("vSanConfigSpec", "vsan_config_spec"),
                ("vStorageObjectManager", "vstorage_object_manager"),
                ("pMemCapacityMB", "pmem_capacity_mb"),
                ("nConnectSupported", "nconnect_supported"),
                (
                    "hBDatastoreCandidatePolicy",
                    "hb_datastore_candidate_policy",
                ),
                ("vVol", "vvol"),
                ("xA", "xa"),
                // Words that capitals tear apart.
                ("iscsiIPv6Address", "iscsi_ipv6_address"),
                ("ipV6Enabled", "ipv6_enabled"),
                ("currentIpV6Enabled", "current_ipv6_enabled"),
                ("vmknicBindingOnNFSv41", "vmknic_binding_on_nfsv41"),
                ("allowedVMotion", "allowed_vmotion"),
                ("storageVMotionSupported", "storage_vmotion_supported"),
                ("numNVMEControllers", "num_nvme_controllers"),
                ("netBIOSConfig", "netbios_config"),
                ("vSANPMemInfo", "vsan_pmem_info"),
                ("usedCapacityB", "used_capacity_b"),
                ("support3D", "support3d"),
                ("enable3DSupport", "enable3d_support"),
                ("accel3dSupported", "accel3d_supported"),
                ("use3dRenderer", "use3d_renderer"),
                ("supportsTPM20", "supports_tpm20"),
                // Keywords, words that cannot be raw, and our own fields.
                ("type", "r#type"),
                ("virtual", "r#virtual"),
                ("match", "r#match"),
                ("self", "self_"),
                ("Self", "self_"),
                ("base", "base_"),
                ("extra", "extra_"),
                // Names that are legal in XML and nowhere else.
                ("_this", "this"),
                ("a-b.c", "a_b_c"),
                ("größe", "gr_uf6_udf_e"),
                ("_", "empty"),
            ],
        );
    }

    #[test]
    fn methods_and_parameters() {
        check(
            method_name,
            &[
                ("PowerOnVM_Task", "power_on_vm_task"),
                ("RetrievePropertiesEx", "retrieve_properties_ex"),
                ("MigrateVM_Task", "migrate_vm_task"),
                ("unregisterVApp_Task", "unregister_vapp_task"),
                ("CloneVApp_Task", "clone_vapp_task"),
                ("QueryIORMConfigOption", "query_iorm_config_option"),
                ("Destroy_Task", "destroy_task"),
                (
                    "VSANIsWitnessVirtualAppliance",
                    "vsan_is_witness_virtual_appliance",
                ),
                ("VsanQueryLSOMwbsize", "vsan_query_lsom_wbsize"),
                (
                    "CertMgrRefreshCACertificatesAndCRLs_Task",
                    "cert_mgr_refresh_ca_certificates_and_crls_task",
                ),
                ("StorageVMotion_Task", "storage_vmotion_task"),
                ("AddDVPortgroup_Task", "add_dv_portgroup_task"),
                ("QueryVMotionCompatibility", "query_vmotion_compatibility"),
                ("base", "base"),
            ],
        );
        check(
            parameter_name,
            &[("type", "r#type"), ("crate", "crate_"), ("base", "base")],
        );
    }

    #[test]
    fn types() {
        check(
            type_name,
            &[
                ("VirtualMachine", "VirtualMachine"),
                ("VirtualUSBXHCIController", "VirtualUSBXHCIController"),
                ("vslmVClockInfo", "VslmVClockInfo"),
                ("some_type-name", "SomeTypeName"),
                ("Option", "Option_"),
                ("String", "String_"),
                ("Self", "Self_"),
                ("Any", "Any_"),
                ("2d", "_2d"),
            ],
        );
    }

    #[test]
    fn variants() {
        check(
            variant_name,
            &[
                ("poweredOn", "PoweredOn"),
                ("NTFS", "Ntfs"),
                ("AUTH_SYS", "AuthSys"),
                ("CONN_LIMIT_EXCEEDED", "ConnLimitExceeded"),
                ("windows7_64Guest", "Windows7_64Guest"),
                ("rhel9_64Guest", "Rhel9_64Guest"),
                ("SM3_256", "Sm3_256"),
                ("almalinux_64Guest", "Almalinux64Guest"),
                ("windows2019srvNext_64Guest", "Windows2019srvNext64Guest"),
                ("winXPPro64Guest", "WinXpPro64Guest"),
                ("native_4k", "Native4k"),
                ("enableNetBIOSViaDhcp", "EnableNetbiosViaDhcp"),
                ("iSCSI", "Iscsi"),
                ("vSANiSCSI", "VsanIscsi"),
                ("NVMe", "Nvme"),
                ("RoCEv2", "Rocev2"),
                ("NFSV3_0", "Nfsv3_0"),
                ("tooManyVCPUs", "TooManyVcpus"),
                ("ipV6", "Ipv6"),
                ("unknown", "Unknown_"),
                ("self", "Self_"),
                ("type", "Type"),
                ("10Gbps", "_10Gbps"),
                ("", "Empty"),
                ("a:b/c d", "ABCD"),
                ("+", "Empty"),
            ],
        );
    }

    #[test]
    fn statics_and_constants() {
        check(
            static_name,
            &[
                ("VirtualDisk", "VIRTUAL_DISK"),
                ("DVSConfigSpec", "DVS_CONFIG_SPEC"),
                ("vslmVClockInfo", "VSLM_VCLOCK_INFO"),
                ("Service", "SERVICE_"),
            ],
        );
        check(
            version_constant,
            &[
                ("2.0", "V2_0"),
                ("2.5u2server", "V2_5U2SERVER"),
                ("8.0.0.1", "V8_0_0_1"),
                ("m5CA1EF4D", "M5CA1EF4D"),
                ("types", "TYPES_"),
            ],
        );
        check(
            method_name,
            &[("Clone", "clone_"), ("CloneVM_Task", "clone_vm_task")],
        );
        check(type_name, &[("Operation", "Operation_"), ("Stub", "Stub_")]);
    }

    #[test]
    fn every_result_is_an_identifier() {
        let odd = [
            "", "_", "-", "1", "é", "²", "a b", "日本", "r#type", "self", "Self", "'a", "type",
            "\u{0}", "A\u{301}",
        ];
        for wire in odd
            .into_iter()
            .chain(KEYWORDS.iter().copied())
            .chain(NEVER_IDENTIFIERS.iter().copied())
        {
            for rule in [
                type_name,
                field_name,
                parameter_name,
                method_name,
                module_name,
                variant_name,
                static_name,
                version_constant,
            ] {
                let name = rule(wire);
                let parsed = syn::parse_str::<Ident>(&name).map(|ident| ident.to_string());
                assert_eq!(parsed.ok().as_ref(), Some(&name), "{wire:?}");
                assert_eq!(ident(&name).to_string(), name);
            }
        }
    }
}
