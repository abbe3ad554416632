//! Whether the texts in a rule are what they should be.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Path, Token};

use super::subject::Subject;
use crate::names::{self, Role};

/// Whether an attribute is allowed on a subject.
type Accepts = fn(Subject) -> bool;

/// Attributes that say something of an item and leave it as it is. The tables that describe a type are made from the same
/// text as the type, so nothing may change what the text means; the macros of the runtime allow the same.
const ALLOWED: &[(&str, Accepts)] = &[
    ("doc", Subject::has_item),
    ("allow", Subject::has_item),
    ("expect", Subject::has_item),
    ("deprecated", Subject::has_item),
    ("must_use", Subject::has_item),
    ("derive", Subject::is_type),
    // Read by what derives the traits of serde. No attribute macro can be where members are.
    ("serde", Subject::is_described_member),
    // Nothing describes a method but what is in it.
    ("cfg", Subject::is_operation),
    ("cold", Subject::is_operation),
];

/// Traits that every data object and every enumeration implements.
const IMPLEMENTED: &[&str] = &["Clone", "Debug", "Default", "PartialEq"];

/// The maximum nesting depth of a rule's text. Parsing and formatting recurse once per level.
const MAX_NESTING: usize = 8;

/// Attributes as they are to be emitted.
#[derive(Debug, Clone)]
pub(super) struct Attributes {
    /// What was given, without comments: more text may follow on the line.
    pub(super) text: String,
    /// Where each of them may be.
    places: Vec<fn(Subject) -> bool>,
}

impl Attributes {
    /// Whether they may be on what is emitted for a thing.
    pub(super) fn fit(&self, subject: Subject) -> bool {
        self.places.iter().all(|fits| fits(subject))
    }
}

/// Attributes, as they are to be emitted.
///
/// # Errors
/// Why the text is none, or none that is allowed.
pub(super) fn attributes(text: &str) -> Result<Attributes, String> {
    check_nesting(text)?;
    let attributes = Attribute::parse_outer
        .parse_str(text)
        .map_err(|error| format!("it is no attribute: {error}"))?;
    if attributes.is_empty() {
        return Err("it is no attribute of the form `#[name]`".into());
    }
    let mut places = Vec::new();
    for attribute in &attributes {
        let mut allowed = ALLOWED.iter();
        let Some((_, place)) = allowed.find(|(name, _)| attribute.path().is_ident(name)) else {
            return Err(not_allowed(attribute));
        };
        places.push(*place);
        if attribute.path().is_ident("derive") {
            let traits = attribute
                .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
                .map_err(|error| format!("it is no attribute: {error}"))?;
            refuse_implemented(&traits)?;
        }
    }
    Ok(Attributes {
        text: tokens(text).to_string(),
        places,
    })
}

/// Rejects text that is nested deeper than [`MAX_NESTING`]. Brackets count, and so do prefix
/// operators such as `&`, which can be repeated without brackets.
fn check_nesting(text: &str) -> Result<(), String> {
    // Text that does not tokenize cannot recurse; the parser reports it.
    let Ok(tokens) = text.parse::<TokenStream>() else {
        return Ok(());
    };
    let (mut angles, mut before) = (0_usize, 0_usize);
    let mut open = vec![tokens.into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            None => drop(open.pop()),
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(TokenTree::Punct(punct)) => match punct.as_char() {
                '<' => angles += 1,
                '>' => angles = angles.saturating_sub(1),
                _ => before += 1,
            },
            Some(TokenTree::Ident(_) | TokenTree::Literal(_)) => before = 0,
        }
        if open.len() + angles + before > MAX_NESTING {
            return Err(format!("it is nested deeper than {MAX_NESTING} levels"));
        }
    }
    Ok(())
}

fn not_allowed(attribute: &Attribute) -> String {
    let path = attribute.path();
    let parts: Vec<_> = path
        .segments
        .iter()
        .map(|part| part.ident.to_string())
        .collect();
    let root = path.leading_colon.as_ref().map_or("", |_| "::");
    let name = format!("{root}{}", parts.join("::"));
    let names: Vec<_> = ALLOWED
        .iter()
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let cause = match name.as_str() {
        "repr" => "`repr` changes how a type is laid out",
        "cfg_attr" => "`cfg_attr` can become any attribute",
        _ => "an attribute that is not known can change the type that it is on",
    };
    format!(
        "`{name}` is not allowed: {cause}, and the runtime relies on its description. Allowed are {}",
        names.join(", ")
    )
}

/// The attribute that derives a list of traits.
///
/// # Errors
/// Why the text is no list of paths, or none that can be derived.
pub(super) fn derive(text: &str) -> Result<Attributes, String> {
    check_nesting(text)?;
    let traits = Punctuated::<Path, Token![,]>::parse_terminated
        .parse_str(text)
        .map_err(|error| format!("it is no list of traits: {error}"))?;
    if traits.is_empty() {
        return Err("it names no trait".into());
    }
    refuse_implemented(&traits)?;
    Ok(Attributes {
        text: format!("#[derive({})]", tokens(text)),
        places: vec![Subject::is_type],
    })
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
    check_nesting(text)?;
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
    check_nesting(text)?;
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
    fn attributes_are_those_that_leave_a_type_as_it_is() {
        let text = |text: &str| attributes(text).map(|of| of.text);
        assert_eq!(text("#[must_use] // why"), Ok("# [must_use]".into()));
        assert!(attributes("/// text\n#[deprecated = \"no\"] #[allow(unused)]").is_ok());
        assert!(attributes("#[derive(Hash)]").is_ok());
        refused(attributes("must_use"), "it is no attribute");
        refused(attributes("#[unclosed"), "it is no attribute");
        refused(attributes(""), "of the form");
        refused(attributes("#[derive(Clone)]"), "implements `Clone` already");
    }

    #[test]
    fn attributes_that_change_a_type_are_refused_in_all_disguises() {
        for (text, name) in [
            ("#[repr(u32)]", "repr"),
            ("#[r#repr(u32)]", "r#repr"),
            ("#[cfg_attr(all(), repr(u32))]", "cfg_attr"),
            ("#[doc(hidden)] #[cfg_attr(all(), repr(u32))]", "cfg_attr"),
            ("#[r#cfg_attr(all(), repr(u32))]", "r#cfg_attr"),
            ("#[unsafe(no_mangle)]", "unsafe"),
            ("#[non_exhaustive]", "non_exhaustive"),
            ("#[my::attribute(c = 1)]", "my::attribute"),
            ("#[doc::attribute]", "doc::attribute"),
            ("#[::allow(unused)]", "::allow"),
            ("#[wire(\"State\")]", "wire"),
        ] {
            refused(attributes(text), &format!("`{name}` is not allowed"));
        }
    }

    #[test]
    fn texts_are_not_nested_too_deep() {
        let nested = |levels: usize| format!("{}a{}", "a<".repeat(levels), ">".repeat(levels));
        assert!(derive(&nested(MAX_NESTING - 1)).is_ok());
        let cause = "it is nested deeper than 8 levels";
        refused(derive(&nested(MAX_NESTING + 1)), cause);
        refused(replacement(&nested(MAX_NESTING + 1)), cause);
        refused(attributes(&format!("#[doc = {}1]", "- ".repeat(9))), cause);
        assert!(attributes(&format!("#[doc = \"{}\"]", "((a < \\\"".repeat(1000))).is_ok());
    }

    #[test]
    fn derives_are_lists_of_paths() {
        let text = |text: &str| derive(text).map(|of| of.text);
        assert_eq!(text("Hash // why"), Ok("#[derive(Hash)]".into()));
        assert!(derive("schemars::JsonSchema, Eq").is_ok());
        refused(derive(""), "names no trait");
        refused(derive("a b"), "no list of traits");
        refused(derive("Eq, Debug"), "implements `Debug` already");
        refused(
            derive("Eq)] #[repr(u32)] #[derive(Hash"),
            "no list of traits",
        );
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
