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

/// Formats an item that a macro defines, which looks like any other but for what surrounds it.
///
/// ```text
/// data_object! {
///     pub struct ...
/// }
/// ```
///
/// # Errors
/// As [`format`].
pub(super) fn format_within(name: &str, code: TokenStream) -> Result<String, Diagnostic> {
    let item = format(code)?;
    let mut text = format!("{name}! {{\n");
    for line in item.lines() {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line);
        }
        text.push('\n');
    }
    text.push_str("}\n");
    Ok(text)
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
