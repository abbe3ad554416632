//! What the builder makes otherwise than the descriptions say.

use super::Builder;
use crate::settings::{SecretNames, Settings};

/// Rules for the code, each about whatever a [`Pattern`](crate::pattern::Pattern) is about, on the names of the wire: a
/// type (`VirtualDisk`, `Host*`, `pbm:*`), or members (`VirtualDisk.capacityInKB`, `VirtualMachine.PowerOnVM_Task`,
/// `VirtualMachinePowerState.poweredOn`, `*.password`; the parameters of an operation are members of its request:
/// `PowerOnVMRequestType.host`).
///
/// Where two rules say different things of one thing, the later one holds; attributes add up. A rule that is about
/// nothing, or that cannot be followed, is an error.
impl Builder {
    /// Puts attributes on types, fields, values of enumerations, stubs of managed objects and methods.
    ///
    /// Allowed are `doc`, `allow`, `expect`, `deprecated` and `must_use`; `derive` on types; `serde` on fields and values,
    /// for derived traits of serde; `cfg` and `cold` on methods. Any other is an error: an attribute macro, `repr`, or
    /// whatever `cfg_attr` becomes could change a type, which the tables would then describe wrongly.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .attribute("VirtualMachine.PowerOnVM_Task", "#[must_use]")
    ///     .attribute("HostSystem", r#"#[deprecated = "this program leaves hosts alone"]"#)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.set(|settings| settings.attribute(pattern, attribute))
    }

    /// Derives traits on types, besides those that every type has: `Clone`, `Debug`, `Default`, `PartialEq`, and for
    /// enumerations `Eq` and `Hash`.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .derive("VirtualMachinePowerState", "PartialOrd, Ord")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn derive(self, pattern: impl Into<String>, traits: impl Into<String>) -> Self {
        self.set(|settings| settings.derive(pattern, traits))
    }

    /// Gives a type, field, value, method or parameter another name in Rust. On the wire it keeps its own.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .rename("VirtualMachine.PowerOnVM_Task", "power_on")
    ///     .rename("VirtualMachineConfigInfo", "MachineConfig")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn rename(self, pattern: impl Into<String>, name: impl Into<String>) -> Self {
        self.set(|settings| settings.rename(pattern, name))
    }

    /// Decides whether fields or parameters are secrets, which nothing shows, whatever the catalog or their names say.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .secret("OptionValue.value", true)
    ///     .secret("RetrieveResult.token", false)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn secret(self, pattern: impl Into<String>, is_secret: bool) -> Self {
        self.set(|settings| settings.secret(pattern, is_secret))
    }

    /// Decides what is done about fields and parameters that are named like secrets in descriptions without a catalog.
    /// Unless set they are secrets, and a warning names them.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use vmomi_codegen::settings::SecretNames;
    ///
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("vmware/vim25")
    ///     .secret_names(SecretNames::Accept)
    ///     .deny_warnings()
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn secret_names(self, names: SecretNames) -> Self {
        self.set(|settings| settings.secret_names(names))
    }

    /// Takes a type that there is already in place of one of the description's: one of another crate's generated API,
    /// or one that you have defined with the macros of the runtime. A path that ends in `::*` stands for the type of the
    /// same name in that module.
    ///
    /// It must have the same name on the wire and, as a data object, the same base: replace the bases too. The compiler
    /// checks both. The module of the namespace re-exports it, so that its path is as if it were generated.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// // A crate for PBM that shares the types of vim25 with everything that uses `vmomi-api`.
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/pbm")
    ///     .replace("vim25:*", "::vmomi_api::vim25::*")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn replace(self, pattern: impl Into<String>, path: impl Into<String>) -> Self {
        self.set(|settings| settings.replace(pattern, path))
    }

    /// Puts VMware's own texts on types, fields, operations, parameters and values, before the facts that stand there.
    ///
    /// They are read from the OpenAPI description of the VI JSON API, YAML or JSON, which you have downloaded; nothing of
    /// it comes with this crate. [`Summary::documentation`](crate::Summary::documentation) tells how much of it was used.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .docs("vi_json_openapi_specification.yaml")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "docs")]
    #[must_use]
    pub fn docs(mut self, path: impl Into<std::path::PathBuf>) -> Self {
        self.docs = Some(path.into());
        self
    }

    /// Replaces all rules that were given.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    fn set(mut self, set: impl FnOnce(&mut Settings) -> &mut Settings) -> Self {
        set(&mut self.settings);
        self
    }
}
