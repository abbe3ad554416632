//! Names that a description may not take, as the generated code has another use for them.

use std::fs;
use std::path::Path;

use vmomi_codegen::names;

/// The type names that the runtime has for generated code.
fn exported() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/generated.rs");
    let text = fs::read_to_string(path).expect("the runtime's module for generated code");
    let file = syn::parse_file(&text).expect("Rust");
    let mut exported = Vec::new();
    for item in file.items {
        match item {
            syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                collect(&item.tree, &mut exported);
            }
            syn::Item::Struct(item) => exported.push(item.ident.to_string()),
            _ => {}
        }
    }
    exported.retain(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    exported
}

fn collect(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => collect(&path.tree, names),
        syn::UseTree::Name(name) => names.push(name.ident.to_string()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, names)),
        syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {
            panic!("the test does not see through this")
        }
    }
}

#[test]
fn no_type_takes_a_name_that_generated_code_uses() {
    let exported = exported();
    assert!(exported.len() > 10, "{exported:?}");
    for name in exported {
        assert_ne!(
            names::type_name(&name),
            name,
            "add it to the reserved type names"
        );
    }
}
