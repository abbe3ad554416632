//! A slice of the committed API: it compiles, and what servers sent to a program of it comes back whole.

use std::fs;
use std::path::{Path, PathBuf};

use roxmltree::{Document, Node};
use vmomi_codegen::Builder;
use vmomi_codegen::select::Subtypes;

use crate::beside;
use crate::crates::{crate_folder, document, generate, run, write_if_changed};
use crate::material::shared;

const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What inventories and monitors need, with every sort of device. `tests/budget/slice` measures the same.
fn inventory() -> Builder {
    Builder::new()
        .wsdl(Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl/vim25"))
        .managed_objects(["VirtualMachine", "HostSystem", "Datastore"])
        .managed_objects(["PropertyCollector", "ViewManager", "SessionManager"])
        .subtypes("VirtualDevice", Subtypes::All)
}

#[test]
fn a_slice_compiles_and_loses_nothing_of_recorded_responses() {
    let folder = crate_folder("slice");
    let sources = folder.join("src");
    generate(inventory(), sources.join("api"));
    let program = fs::read_to_string(beside("slice/program.rs")).expect("the program");
    write_if_changed(&sources.join("main.rs"), &program);
    let out = tempfile::tempdir().expect("a folder");
    let responses = shared("recorded").map(|recorded| property_reads(&recorded));
    let responses = responses.unwrap_or_default();
    run(
        &folder,
        &[vec![out.path().to_owned()], responses.clone()].concat(),
    );
    document(&folder);
    for path in responses {
        let written = out.path().join(path.file_name().expect("a file"));
        assert_same(&path, &written);
    }
}

/// Compares the value in a response with the one that the program wrote.
fn assert_same(response: &Path, written: &Path) {
    let (sent, written) = [response, written]
        .map(|path| fs::read_to_string(path).expect("a document"))
        .into();
    let (sent, written) = (
        Document::parse(&sent).expect("XML"),
        Document::parse(&written).expect("XML"),
    );
    let mut returned = sent.descendants();
    let returned = returned.find(|node| node.has_tag_name(("urn:vim25", "returnval")));
    // There is none where the property is not set.
    let Some(returned) = returned else { return };
    let (sent, written) = (elements(returned), elements(written.root_element()));
    for (sent, written) in sent.iter().zip(&written) {
        assert_eq!(sent, written, "{}", response.display());
    }
    assert_eq!(sent.len(), written.len(), "{}", response.display());
}

/// The responses of a conversation that hold one property each, of all sorts of types.
fn property_reads(recorded: &Path) -> Vec<PathBuf> {
    let conversation = fs::read_dir(recorded.join("vm_explode_default")).expect("a conversation");
    let mut paths: Vec<PathBuf> = conversation
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with("-Fetch.response.xml"))
        .collect();
    paths.sort();
    assert!(paths.len() > 20, "{paths:?}");
    paths
}

/// Each element in order: how deep it is, its name, its type where that is not the name (as it is for items of arrays,
/// which servers repeat and the encoder does not), and its text.
fn elements(root: Node<'_, '_>) -> Vec<String> {
    let elements = root.descendants().filter(Node::is_element);
    let shown = elements.map(|element| {
        let depth = element.ancestors().take_while(|node| *node != root).count();
        let name = element.tag_name().name();
        let of = element.attribute((INSTANCE, "type")).unwrap_or_default();
        let of = of
            .rsplit(':')
            .next()
            .filter(|of| *of != name)
            .unwrap_or_default();
        let text = match element.first_element_child() {
            Some(_) => "",
            None => whole_fraction(element.text().unwrap_or_default()),
        };
        format!("{depth} {name} ({of}) {text}")
    });
    shown.collect()
}

/// A text; of a date-time without the zeros at the end of the seconds, which servers leave out and the encoder does not.
fn whole_fraction(text: &str) -> &str {
    match text.strip_suffix('Z') {
        Some(time) if time.contains('.') => time.trim_end_matches('0'),
        _ => text,
    }
}
