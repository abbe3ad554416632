//! Services behind Cargo features.

use super::Builder;

impl Builder {
    /// Puts the module of a namespace behind a Cargo feature: without it nothing of the namespace is compiled, and
    /// everything else is as it was. The manifest has to declare the feature; what it must imply, the
    /// [`Summary`](crate::Summary) tells.
    ///
    /// The namespace is named by its short name, such as `pbm`, or by its URI.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let builder = vmomi_codegen::Builder::new().wsdl("wsdl/vim25").wsdl("wsdl/pbm");
    /// let generated = builder.feature("pbm", "policies").out_dir("src/api").generate()?;
    /// assert!(generated.files["mod.rs"].contains(r#"#[cfg(feature = "policies")]"#));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn feature(mut self, namespace: impl Into<String>, feature: impl Into<String>) -> Self {
        self.settings.features.put(namespace, feature);
        self
    }

    /// Puts every service behind a Cargo feature of its own name, but for those that are always compiled.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let builder = vmomi_codegen::Builder::new().wsdl("wsdl").features_but(["vim25"]);
    /// builder.out_dir("src/api").generate()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn features_but(mut self, always: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.features.put_each_service_but(always);
        self
    }
}
