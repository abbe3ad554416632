//! The descriptions of the vSphere API, built in: for each service its WSDL and XSD, derived from public tables, and the
//! catalogue of what WSDL cannot say.
//!
//! They are text and nothing else. `vmomi-codegen` reads them, so that a build needs no file on disk.
//!
//! ```
//! let vim25 = vmomi_wsdl::set("vim25").expect("it is always there");
//! assert!(vim25.files.iter().any(|file| file.path == "vim25/vim.wsdl"));
//! ```

/// The descriptions of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// The short name of the service, such as `vim25`.
    pub name: &'static str,
    /// The sets that its documents import from.
    pub imports: &'static [&'static str],
    /// Its documents and its catalogue, sorted by path.
    pub files: &'static [File],
}

/// One file of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// The name of the set and that of the file, with `/` between them, such as `vim25/vim.wsdl`. Documents import each
    /// other by paths relative to these.
    pub path: &'static str,
    /// What the file holds.
    pub text: &'static str,
}

macro_rules! set {
    ($name:literal imports [$($import:literal)*]: $($file:literal)*) => {
        Set {
            name: $name,
            imports: &[$($import),*],
            files: &[$(File {
                path: concat!($name, "/", $file),
                text: include_str!(concat!("../", $name, "/", $file)),
            }),*],
        }
    };
}

/// Every set, sorted by name.
pub const SETS: &[Set] = &[
    set!("eam" imports ["vim25"]:
        "catalog.json"
        "eam-messagetypes.xsd"
        "eam-types.xsd"
        "eam.wsdl"
        "eamService.wsdl"
    ),
    set!("pbm" imports ["vim25"]:
        "catalog.json"
        "pbm-messagetypes.xsd"
        "pbm-types.xsd"
        "pbm.wsdl"
        "pbmService.wsdl"
    ),
    set!("sms" imports ["vim25"]:
        "catalog.json"
        "sms-messagetypes.xsd"
        "sms-types.xsd"
        "sms.wsdl"
        "smsService.wsdl"
    ),
    set!("vim25" imports []:
        "catalog.json"
        "core-types.xsd"
        "query-messagetypes.xsd"
        "query-types.xsd"
        "reflect-messagetypes.xsd"
        "reflect-types.xsd"
        "vim-messagetypes.xsd"
        "vim-types.xsd"
        "vim.wsdl"
        "vimService.wsdl"
    ),
    set!("vsan" imports ["vim25"]:
        "catalog.json"
        "vsanhealth-messagetypes.xsd"
        "vsanhealth-types.xsd"
        "vsanhealth.wsdl"
        "vsanhealthService.wsdl"
    ),
    set!("vslm" imports ["vim25"]:
        "catalog.json"
        "vslm-messagetypes.xsd"
        "vslm-types.xsd"
        "vslm.wsdl"
        "vslmService.wsdl"
    ),
];

/// The set of a name.
#[must_use]
pub fn set(name: &str) -> Option<&'static Set> {
    SETS.iter().find(|set| set.name == name)
}

/// The file of a path, such as `vim25/vim.wsdl`.
#[must_use]
pub fn file(path: &str) -> Option<&'static File> {
    let (name, _) = path.split_once('/')?;
    set(name)?.files.iter().find(|file| file.path == path)
}
