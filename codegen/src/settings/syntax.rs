//! Whether the texts in a rule are what they should be.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Path, Token};

use crate::names::{self, Role};

/// Attributes that would change what the tables say of a type.
const REFUSED_ATTRIBUTES: &[(&str, &str)] = &[
    (
        "cfg",
        "a type and its members are described by tables that name them; skip it instead",
    ),
    ("repr", "the runtime relies on how it lays types out"),
    ("wire", "it is the generator's own"),
];

/// Traits that every data object and every enumeration implements.
const IMPLEMENTED: &[&str] = &["Clone", "Debug", "Default", "PartialEq"];

/// Attributes, as they are to be emitted.
///
/// # Errors
/// Why the text is none, or none that can stand there.
pub(super) fn attributes(text: &str) -> Result<String, String> {
    let attributes = Attribute::parse_outer
        .parse_str(text)
        .map_err(|error| format!("it is no attribute: {error}"))?;
    if attributes.is_empty() {
        return Err("it is no attribute of the form `#[name]`".into());
    }
    for attribute in &attributes {
        let refused = REFUSED_ATTRIBUTES.iter();
        let mut refused = refused.filter(|(name, _)| attribute.path().is_ident(name));
        if let Some((name, cause)) = refused.next() {
            return Err(format!("`{name}` cannot stand there: {cause}"));
        }
        if attribute.path().is_ident("derive") {
            let traits = attribute
                .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
                .map_err(|error| format!("it is no attribute: {error}"))?;
            refuse_implemented(&traits)?;
        }
    }
    Ok(text.to_owned())
}

/// The attribute that derives a list of traits.
///
/// # Errors
/// Why the text is no list of paths, or none that can be derived.
pub(super) fn derive(text: &str) -> Result<String, String> {
    let traits = Punctuated::<Path, Token![,]>::parse_terminated
        .parse_str(text)
        .map_err(|error| format!("it is no list of traits: {error}"))?;
    if traits.is_empty() {
        return Err("it names no trait".into());
    }
    refuse_implemented(&traits)?;
    Ok(format!("#[derive({text})]"))
}

fn refuse_implemented(traits: &Punctuated<Path, Token![,]>) -> Result<(), String> {
    let mut names = traits.iter().filter_map(Path::get_ident);
    match names.find(|name| IMPLEMENTED.iter().any(|known| *name == known)) {
        Some(name) => Err(format!("every type implements `{name}` already")),
        None => Ok(()),
    }
}

/// A name in Rust.
///
/// # Errors
/// Why the text is no identifier, or none that can be used.
pub(super) fn name(text: &str, role: Role) -> Result<String, String> {
    if syn::parse_str::<Ident>(text).is_err() {
        let is_keyword = syn::parse_str::<Ident>(&format!("r#{text}")).is_ok();
        let way_out = if is_keyword {
            format!("; `r#{text}` is one")
        } else {
            String::new()
        };
        return Err(format!("`{text}` is no identifier{way_out}"));
    }
    if names::is_reserved(text, role) {
        return Err(format!("the generated code uses `{text}` in another sense"));
    }
    Ok(text.to_owned())
}

/// A type that there is already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Replacement {
    /// It stands here.
    Type(String),
    /// It has the same Rust name and stands in this module.
    In(String),
}

/// The path of a type, or that of a module with `::*` after it.
///
/// # Errors
/// Why the text is neither.
pub(super) fn replacement(text: &str) -> Result<Replacement, String> {
    let (path, is_module) = match text.strip_suffix("::*") {
        Some(module) => (module, true),
        None => (text, false),
    };
    let parsed: Path =
        syn::parse_str(path).map_err(|error| format!("`{path}` is no path: {error}"))?;
    let first = parsed.segments.first();
    if parsed.leading_colon.is_none()
        && first.is_some_and(|first| first.ident == "self" || first.ident == "super")
    {
        return Err(
            "it is seen from the module of the generated code: begin with `crate::`".into(),
        );
    }
    let has_arguments = parsed.segments.iter().any(|part| !part.arguments.is_none());
    if has_arguments {
        return Err(format!("`{path}` has arguments"));
    }
    Ok(if is_module {
        Replacement::In(path.to_owned())
    } else {
        Replacement::Type(path.to_owned())
    })
}

/// The tokens of a text that one of these functions took.
pub(crate) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused<T: std::fmt::Debug>(result: Result<T, String>, cause: &str) {
        let error = result.expect_err("refused");
        assert!(error.contains(cause), "{error}");
    }

    #[test]
    fn attributes_are_those_that_the_tables_survive() {
        assert!(attributes("#[must_use]").is_ok());
        assert!(attributes("#[a::b(c = 1)] #[deprecated]").is_ok());
        refused(attributes("must_use"), "it is no attribute");
        refused(attributes("#[unclosed"), "it is no attribute");
        refused(attributes(""), "of the form");
        refused(attributes("#[repr(packed)]"), "`repr` cannot stand there");
        refused(attributes("#[cfg(test)]"), "`cfg` cannot stand there");
        refused(attributes("#[derive(Clone)]"), "implements `Clone` already");
    }

    #[test]
    fn derives_are_lists_of_paths() {
        assert!(derive("Hash").is_ok());
        assert!(derive("schemars::JsonSchema, Eq").is_ok());
        refused(derive(""), "names no trait");
        refused(derive("a b"), "no list of traits");
        refused(derive("Eq, Debug"), "implements `Debug` already");
    }

    #[test]
    fn names_are_identifiers_that_nothing_else_uses() {
        assert_eq!(name("disk", Role::Field), Ok("disk".into()));
        assert_eq!(name("r#type", Role::Field), Ok("r#type".into()));
        refused(name("type", Role::Field), "`r#type` is one");
        refused(name("a-b", Role::Field), "no identifier");
        refused(name("", Role::Field), "no identifier");
        refused(name("self", Role::Method), "no identifier");
        refused(name("base", Role::Field), "in another sense");
        refused(name("Vec", Role::Type), "in another sense");
        refused(name("Unknown", Role::Variant), "in another sense");
        refused(name("reference", Role::Method), "in another sense");
        assert!(name("base", Role::Method).is_ok());
    }

    #[test]
    fn paths_lead_to_a_type_or_a_module() {
        let path = |text: &str| Ok(Replacement::Type(text.to_owned()));
        assert_eq!(replacement("crate::Disk"), path("crate::Disk"));
        assert_eq!(
            replacement("::vmomi_api::vim25::VirtualDisk"),
            path("::vmomi_api::vim25::VirtualDisk")
        );
        assert_eq!(
            replacement("vmomi_api::vim25::*"),
            Ok(Replacement::In("vmomi_api::vim25".into()))
        );
        refused(replacement("super::Disk"), "begin with `crate::`");
        refused(replacement("crate::Vec<u8>"), "has arguments");
        refused(replacement("not a path"), "is no path");
        refused(replacement("*"), "is no path");
    }
}
