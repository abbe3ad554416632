//! From tokens to text.

use proc_macro2::TokenStream;

use crate::diagnostic::{Diagnostic, Problem};

/// Formats items.
///
/// # Errors
/// When the tokens are not Rust, which is a defect of the emitter.
pub(super) fn format(code: TokenStream) -> Result<String, Diagnostic> {
    let file = syn::parse2(code)
        .map_err(|error| Diagnostic::new(Problem::InvalidRust(error.to_string())))?;
    Ok(spaced(&prettyplease::unparse(&file)))
}

/// An empty line between one item and the documentation of the next, which the formatter does not make.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut after_item = false;
    for line in text.lines() {
        let code = line.trim_start();
        if after_item && code.starts_with("///") {
            spaced.push('\n');
        }
        after_item = code == "}";
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}
