//! The builder as the one call of a build script.

use std::io::Write;
use std::path::PathBuf;

use super::Builder;
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::generate::Generated;
use crate::visible::visible;

/// The folder below Cargo's that the code goes to if it is given no other name, which is also the runtime's default.
const NAME: &str = "api";

impl Builder {
    /// For a build script: generates, and tells Cargo what to watch.
    ///
    /// The code goes to the folder `api` in the one that Cargo sets aside, or one of another [name](Builder::name), where
    /// `vmomi_runtime::include_api!` finds it; or wherever [`Builder::out_dir`] says. Standard output gets the lines of
    /// [`Generated::cargo_lines`], which the other methods leave to the caller.
    ///
    /// Build scripts are compiled without optimisation, in which all of vim25 takes some seconds to generate; a
    /// `[profile.dev.build-override]` with `opt-level = 2` in the workspace's `Cargo.toml` spares them.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), Box<dyn std::error::Error>> {
    ///     vmomi_codegen::Builder::new()
    ///         .wsdl("wsdl/vim25")
    ///         .managed_objects(["VirtualMachine", "SessionManager"])
    ///         .build()?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// and in the crate `pub mod api { vmomi_runtime::include_api!(); }`.
    ///
    /// # Errors
    /// Those of [`Builder::generate`]; when Cargo has set no folder aside, as it does for build scripts alone.
    pub fn build(mut self) -> Result<Generated, Diagnostics> {
        if self.out_dir.is_none() {
            let Some(folder) = std::env::var_os("OUT_DIR") else {
                return Err(Diagnostic::new(Problem::NoOutputFolder)
                    .help("Cargo names one for a build script, in `OUT_DIR`; elsewhere name one with `out_dir`")
                    .into());
            };
            let name = self.name.as_deref().unwrap_or(NAME);
            self.out_dir = Some(PathBuf::from(folder).join(name));
        }
        let generated = self.generate()?;
        // Standard output is how a build script speaks to Cargo; if that is gone, nobody is left to tell.
        drop(std::io::stdout().write_all(generated.cargo_lines().as_bytes()));
        Ok(generated)
    }

    /// The name by which `vmomi_runtime::include_api!` finds what [`Builder::build`] makes. Two builders in one build
    /// script need two.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use vmomi_codegen::Builder;
    /// Builder::new().wsdl("wsdl/vim25").name("vim").build()?; // include_api!("vim")
    /// Builder::new().wsdl("wsdl/pbm").name("pbm").build()?; // include_api!("pbm")
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl Generated {
    /// What a build script says to Cargo: to be run again when an input has changed or come to a folder, and the
    /// warnings.
    #[must_use]
    pub fn cargo_lines(&self) -> String {
        let mut lines = String::new();
        // Without a single such line Cargo would watch the whole package.
        lines.push_str("cargo::rerun-if-changed=build.rs\n");
        for input in &self.inputs {
            // A line end in a name would begin another instruction.
            let input = input.to_string_lossy();
            lines.push_str(&format!("cargo::rerun-if-changed={}\n", visible(&input)));
        }
        for warning in &self.warnings {
            let place = warning
                .location()
                .map(|location| format!(" ({}:{})", location.path.display(), location.line));
            let place = place.unwrap_or_default();
            let warning = format!("{}{place}", warning.problem());
            lines.push_str(&format!("cargo::warning={}\n", visible(&warning)));
        }
        lines
    }
}
