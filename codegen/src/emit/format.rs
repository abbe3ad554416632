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
    Ok(spaced(&tabulated(&prettyplease::unparse(&file))))
}

/// The entries of a `fields!` table on a line each: the formatter fills lines with what it cannot parse.
fn tabulated(text: &str) -> String {
    let mut tabulated = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        tabulated.push_str(line);
        tabulated.push('\n');
        let Some(indent) = line.strip_suffix("fields!(") else {
            continue;
        };
        let mut table = String::new();
        let end = loop {
            match lines.next() {
                Some(line) if line.trim_start().starts_with(')') => break line,
                Some(line) => {
                    table.push_str(line.trim_start());
                    table.push(' ');
                }
                None => break "",
            }
        };
        for entry in table.trim_end().split(", [") {
            let bracket = if entry.ends_with(']') { "[" } else { "" };
            tabulated.push_str(&format!("{indent}    {bracket}{entry},\n"));
        }
        tabulated.push_str(end);
        tabulated.push('\n');
    }
    tabulated
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
