//! What a user decides about the code, beyond what the descriptions say.

mod features;

pub(crate) use features::declared as declared_features;
pub use features::{Feature, Features};

/// The decisions for one run. The default decides nothing.
///
/// They are a value of their own, so that [`generate`](crate::generate) is a function of the model and of them alone;
/// [`Builder`](crate::Builder) fills one.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The services that are behind Cargo features.
    pub features: Features,
}
