//! The text of what is made of the small descriptions. `VMOMI_BLESS=1` makes what is expected of what is emitted.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use vmomi_codegen::Builder;

use crate::{beside, render, small};

/// The files below a folder, by their paths.
fn read(folder: &Path, path: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let name = entry
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if entry.is_dir() {
            read(&entry, &format!("{path}{name}/"), files);
        } else {
            let text = fs::read_to_string(&entry).expect("a text");
            files.insert(format!("{path}{name}"), text);
        }
    }
}

fn bless(folder: &Path, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }
}

/// Compares what is emitted with the files of a folder.
fn check(folder: &str, emitted: BTreeMap<String, String>) {
    let folder = beside(folder);
    if std::env::var_os("VMOMI_BLESS").is_some() {
        drop(fs::remove_dir_all(&folder));
        bless(&folder, &emitted);
    }
    let mut expected = BTreeMap::new();
    read(&folder, "", &mut expected);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&emitted), names(&expected));
    for (name, text) in emitted {
        let expected = &expected[&name];
        let differs = text
            .lines()
            .zip(expected.lines())
            .position(|(is, should)| is != should);
        assert!(
            text == *expected,
            "{}: differs at line {}; if it should, run this again with VMOMI_BLESS=1",
            folder.join(&name).display(),
            differs.map_or(expected.lines().count(), |line| line) + 1,
        );
    }
}

#[test]
fn with_a_catalogue() {
    check("golden/with_catalog", render(&small()).files);
}

/// Only what differs in more than versions: the stub that has all operations, and the types without targets.
#[test]
fn without_a_catalogue() {
    let mut files = render(&small().ignore_catalogs()).files;
    files.retain(|name, _| name.contains("/operations/") || name.contains("/managed_objects/"));
    check("golden/without_catalog", files);
}

#[test]
fn does_not_depend_on_the_order_of_the_input() {
    let files = ["catalog.json", "common.xsd", "small.wsdl", "small.xsd"];
    let paths = files.map(|name| beside("small").join(name));
    let [catalog, common, wsdl, types] = &paths;
    let orders = [
        [common, wsdl, types],
        [types, common, wsdl],
        [wsdl, types, common],
    ];
    let expected = render(&small());
    for order in orders {
        let builder = order.iter().fold(
            small().ignore_catalogs().catalog(catalog),
            |builder, path| builder.wsdl(path),
        );
        assert!(render(&builder) == expected, "{order:?}");
    }
}

/// What extends it or uses it from outside is not told, and makes no field polymorphic.
#[test]
fn a_namespace_is_the_same_whatever_is_generated_with_it() {
    let alone = render(&Builder::new().wsdl(beside("small/common.xsd"))).files;
    let with_others = render(&small()).files;
    let common: Vec<_> = alone
        .iter()
        .filter(|(path, _)| path.starts_with("common/"))
        .collect();
    assert_eq!(common.len(), 4);
    for (path, text) in common {
        assert_eq!(with_others.get(path), Some(text), "{path}");
    }
}

#[test]
fn tells_what_has_no_counterpart() {
    let set_aside = render(&small()).summary.set_aside;
    let names: Vec<_> = set_aside.iter().map(|of| of.what.as_str()).collect();
    assert_eq!(names, ["array type `ArrayOfOdd`"]);
}
