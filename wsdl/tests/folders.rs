//! Whether what is built in is what the folders hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The files of each folder that holds a WSDL, by the name of the folder.
fn folders() -> BTreeMap<String, BTreeSet<String>> {
    let mut sets = BTreeMap::new();
    for folder in fs::read_dir(env!("CARGO_MANIFEST_DIR")).expect("the folder of this crate") {
        let folder = folder.expect("an entry").path();
        if folder.is_dir() {
            let files = files(&folder);
            if files.iter().any(|file| file.ends_with(".wsdl")) {
                sets.insert(name(&folder), files);
            }
        }
    }
    sets
}

/// Every file of a set but the note on its origin, which nothing reads.
fn files(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|file| name(&file.expect("an entry").path()))
        .filter(|name| name != "ORIGIN.md")
        .collect()
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_str().expect("a name in ASCII").to_owned()
}

#[test]
fn every_file_of_every_folder_is_built_in() {
    let built_in: BTreeMap<String, BTreeSet<String>> = vmomi_wsdl::SETS
        .iter()
        .map(|set| {
            let files = set.files.iter().map(|file| name(Path::new(file.path)));
            (set.name.to_owned(), files.collect())
        })
        .collect();
    assert_eq!(
        built_in,
        folders(),
        "the list in src/lib.rs is that of the folders"
    );
}

#[test]
fn sets_name_those_that_their_documents_import_from() {
    for set in vmomi_wsdl::SETS {
        let mut imported = BTreeSet::new();
        for file in set.files {
            for location in file.text.split("schemaLocation=\"").skip(1) {
                if let Some((other, _)) = location
                    .strip_prefix("../")
                    .and_then(|rest| rest.split_once('/'))
                {
                    imported.insert(other);
                }
            }
        }
        let named: BTreeSet<&str> = set.imports.iter().copied().collect();
        assert_eq!(named, imported, "{}", set.name);
    }
}

#[test]
fn sets_and_files_are_found_by_name() {
    assert!(vmomi_wsdl::SETS.is_sorted_by_key(|set| set.name));
    for set in vmomi_wsdl::SETS {
        assert_eq!(vmomi_wsdl::set(set.name), Some(set));
        assert!(set.files.is_sorted_by_key(|file| file.path));
        for file in set.files {
            assert_eq!(vmomi_wsdl::file(file.path), Some(file));
        }
    }
    assert_eq!(vmomi_wsdl::set("VIM25"), None);
    assert_eq!(vmomi_wsdl::file("vim25/none.xsd"), None);
    assert_eq!(vmomi_wsdl::file("vim.wsdl"), None);
}
