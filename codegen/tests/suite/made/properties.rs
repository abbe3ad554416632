//! What holds of every description: it is refused with messages that help, or made into code in
//! whose documentation there is nothing but text.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{Event, Options, Parser, Tag};
use vmomi_codegen::diagnostic::{Diagnostic, Diagnostics, Problem};
use vmomi_codegen::diff::{self, Markdown, Text};
use vmomi_codegen::list::{self, Filter};
use vmomi_codegen::model::Model;
use vmomi_codegen::visible::is_hidden;
use vmomi_codegen::{Builder, explain};

/// Checks a description, given as its files.
///
/// # Panics
/// When something does not hold.
pub fn check(files: &[(&str, String)], folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        drop(fs::remove_file(entry.path()));
    }
    for (name, text) in files {
        // A name that leads elsewhere is none for this folder.
        let name = name.replace(['/', '\\', '\0'], "_");
        drop(fs::write(folder.join(name), text));
    }
    let builder = Builder::new().wsdl(folder);
    match builder.render() {
        Ok(generated) => {
            for (path, text) in &generated.files {
                check_code(path, text);
            }
            generated.warnings.iter().for_each(check_message);
            assert!(
                generated
                    .cargo_lines()
                    .lines()
                    .all(|line| line.starts_with("cargo::"))
            );
            // What could be generated can be read.
            let model = builder.model().unwrap_or_else(|error| panic!("{error}"));
            check_lookup(&model);
        }
        Err(error) => check_refusal(&error),
    }
}

fn check_refusal(errors: &Diagnostics) {
    assert!(errors.iter().next().is_some());
    for error in errors.iter() {
        check_message(error);
        let is_own_fault = matches!(
            error.problem(),
            Problem::NotEmitted(_) | Problem::InvalidRust(_)
        );
        assert!(!is_own_fault, "{error}");
    }
}

fn check_message(message: &Diagnostic) {
    let text = message.to_string();
    assert!(!text.contains(|c| is_hidden(c) && c != '\n'), "{text:?}");
    assert!(!message.in_one_line().contains(is_hidden), "{text:?}");
}

fn check_lookup(model: &Model) {
    let entries = list::list(model, &Filter::default()).unwrap_or_else(|error| panic!("{error}"));
    for entry in entries.iter().take(20) {
        if let Ok(explained) = explain::explain(model, &entry.name) {
            for explanation in &explained {
                let text = explain::Text::new(explanation).complete().to_string();
                assert!(!text.contains(|c| is_hidden(c) && c != '\n'), "{text:?}");
            }
        }
    }
    assert!(diff::compare(model, model).is_empty());
    let nothing = Builder::new()
        .model()
        .unwrap_or_else(|error| panic!("{error}"));
    let all = diff::compare(&nothing, model);
    let text = Text(&all).to_string();
    assert!(!text.contains(|c| is_hidden(c) && c != '\n'), "{text:?}");
    check_documentation(&Markdown::new(&all).to_string());
}

fn check_code(path: &str, text: &str) {
    let tokens: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    if let Err(error) = syn::parse2::<syn::File>(tokens.clone()) {
        panic!("{path}: {error}\n{text}");
    }
    let mut lines = Vec::new();
    documentation(tokens, &mut lines);
    check_documentation(&lines.join("\n"));
}

/// The documentation in tokens, item by item with an empty line after each.
fn documentation(tokens: TokenStream, lines: &mut Vec<String>) {
    let mut is_open = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        match (&token, next) {
            (TokenTree::Punct(mark), Some(TokenTree::Group(group)))
                if mark.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
            {
                if let Some(line) = doc_line(group.stream()) {
                    lines.push(line);
                    is_open = true;
                }
                tokens.next();
            }
            (TokenTree::Group(group), _) => documentation(group.stream(), lines),
            _ if is_open => {
                lines.push(String::new());
                is_open = false;
            }
            _ => {}
        }
    }
}

/// The text of `doc = "text"`.
fn doc_line(tokens: TokenStream) -> Option<String> {
    let attribute: syn::MetaNameValue = syn::parse2(tokens).ok()?;
    match attribute.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) if attribute.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Whether Markdown holds neither HTML nor anything else than what the generator writes.
fn check_documentation(markdown: &str) {
    for event in Parser::new_ext(markdown, Options::all()) {
        let is_foreign = match &event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => true,
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Rule => true,
            Event::Start(tag) => matches!(
                tag,
                Tag::CodeBlock(_)
                    | Tag::HtmlBlock
                    | Tag::Image { .. }
                    | Tag::BlockQuote(_)
                    | Tag::FootnoteDefinition(_)
                    | Tag::Strikethrough
                    | Tag::MetadataBlock(_)
            ),
            _ => false,
        };
        assert!(!is_foreign, "{event:?} in\n{markdown}");
    }
}
