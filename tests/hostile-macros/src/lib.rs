//! Procedural macros that a user of vmomi-runtime may have, and that try to change what its macros
//! define.

use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Makes another type of the item that it is on: an `i64` becomes a `u64`, and what an enum keeps of
/// a value that it does not know a `&'static str`, which is as large as a `Box<str>`.
#[proc_macro_attribute]
pub fn swap(_: TokenStream, item: TokenStream) -> TokenStream {
    swapped(item)
}

fn swapped(tokens: TokenStream) -> TokenStream {
    tokens.into_iter().flat_map(swap_in).collect()
}

fn swap_in(token: TokenTree) -> TokenStream {
    match token {
        TokenTree::Ident(name) if name.to_string() == "i64" => {
            TokenTree::Ident(Ident::new("u64", name.span())).into()
        }
        TokenTree::Group(group) if is_payload(&group) => {
            let payload = "&'static str".parse().unwrap_or_default();
            TokenTree::Group(Group::new(Delimiter::Parenthesis, payload)).into()
        }
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), swapped(group.stream()))).into()
        }
        other => other.into(),
    }
}

/// Whether it is the parentheses around a `Box<str>`, by whatever path.
fn is_payload(group: &Group) -> bool {
    let text = group.to_string();
    group.delimiter() == Delimiter::Parenthesis && text.contains("Box") && text.contains("str")
}

/// A type that is a `Vec<i64>` and a `String` by turns: one where a struct is defined, the other
/// where it is described.
#[proc_macro]
pub fn by_turns(_: TokenStream) -> TokenStream {
    static EXPANDED: AtomicUsize = AtomicUsize::new(0);
    let types = ["::std::vec::Vec<i64>", "::std::string::String"];
    let turn = EXPANDED.fetch_add(1, Ordering::Relaxed) % types.len();
    types[turn].parse().unwrap_or_default()
}

/// The name of a type that is `First` where it is expanded first, and `Second` from then on.
#[proc_macro]
pub fn first_then_second(_: TokenStream) -> TokenStream {
    static EXPANDED: AtomicUsize = AtomicUsize::new(0);
    let name = match EXPANDED.fetch_add(1, Ordering::Relaxed) {
        0 => "First",
        _ => "Second",
    };
    TokenTree::Ident(Ident::new(name, Span::call_site())).into()
}

/// Derives nothing, and reads attributes called `serde` as what derives serde's traits does.
#[proc_macro_derive(ReadsSerde, attributes(serde))]
pub fn reads_serde(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
