//! What is emitted: its text, and whether it compiles and works.

mod compiled;
mod crates;
#[cfg(feature = "docs")]
mod documented;
mod golden;
mod linear;
#[path = "../material/mod.rs"]
mod material;
mod pbm;
mod random;
mod reserved;
mod rules;
mod slice;

use std::path::{Path, PathBuf};

use vmomi_codegen::{Builder, Generated};

/// A file or folder beside this file.
fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/emit")
        .join(name)
}

/// The small descriptions, with one type of each sort: two namespaces, fields of every shape, names that collide.
fn small() -> Builder {
    Builder::new().wsdl(beside("small"))
}

fn render(builder: &Builder) -> Generated {
    builder.render().unwrap_or_else(|error| panic!("{error}"))
}
