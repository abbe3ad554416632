//! Small descriptions, written out and read back.

use std::env;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vmomi_codegen::Builder;
use vmomi_codegen::diagnostic::Diagnostics;
use vmomi_codegen::model::Model;

/// A schema of the namespace `urn:test` with this content.
pub fn schema(content: &str) -> String {
    format!(
        "<schema targetNamespace=\"urn:test\" xmlns=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:test\" \
         xmlns:o=\"urn:other\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" elementFormDefault=\"qualified\">\n\
         {content}\n</schema>\n"
    )
}

/// A complex type: its elements, each as its attributes, after those of a base.
pub fn complex(name: &str, base: Option<&str>, elements: &[&str]) -> String {
    let elements: String = elements
        .iter()
        .map(|element| format!("<element {element}/>"))
        .collect();
    let sequence = format!("<sequence>{elements}</sequence>");
    let content = match base {
        Some(base) => format!(
            "<complexContent><extension base=\"t:{base}\">{sequence}</extension></complexContent>"
        ),
        None => sequence,
    };
    format!("<complexType name=\"{name}\">{content}</complexType>\n")
}

/// A folder of its own that is in no workspace, although the one for temporary files may be: a
/// program that is run there finds none above it.
fn outside() -> TempDir {
    let is_workspace =
        |folder: &Path| folder.join("wsdl").is_dir() && folder.join("generated").is_dir();
    let places = [
        env::temp_dir(),
        "/tmp".into(),
        "/var/tmp".into(),
        "/dev/shm".into(),
    ];
    let place = places.iter().find_map(|place| {
        let folder = tempfile::tempdir_in(place.canonicalize().ok()?).ok()?;
        (!folder.path().ancestors().any(is_workspace)).then_some(folder)
    });
    place.expect("a place for temporary files that is in no workspace")
}

/// A folder with these files, in no workspace.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = outside();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    folder
}

/// The model of these files.
pub fn read(files: &[(&str, &str)]) -> Result<Model, Diagnostics> {
    Builder::new().wsdl(folder(files).path()).model()
}

/// The model of one schema.
pub fn model_of(content: &str) -> Model {
    read(&[("types.xsd", &schema(content))]).unwrap_or_else(|error| panic!("{error}"))
}
