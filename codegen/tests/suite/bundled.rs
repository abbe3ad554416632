//! The descriptions that are built in.

use vmomi_codegen::Builder;

#[test]
fn what_is_built_in_makes_what_the_folder_makes() {
    let built_in = Builder::new().bundled("vim25").model();
    let built_in = built_in.unwrap_or_else(|error| panic!("{error}"));
    let folder = Builder::new().wsdl("../wsdl/vim25").model();
    let folder = folder.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        format!("{:?}", built_in.operations),
        format!("{:?}", folder.operations)
    );
    assert_eq!(built_in.data_objects.len(), folder.data_objects.len());
    assert_eq!(built_in.services[0].version, folder.services[0].version);
    for (_, file) in built_in.sources.files() {
        assert!(!file.is_on_disk());
        assert!(file.path().starts_with("bundled vim25"));
    }
}

#[test]
fn a_set_that_is_named_twice_is_read_once() {
    let model = Builder::new().bundled("vim25").bundled("vim25").model();
    let model = model.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(model.services.len(), 1);
}

#[test]
fn every_set_resolves_by_itself() {
    for set in vmomi_wsdl::SETS {
        let model = Builder::new().bundled(set.name).model();
        let model = model.unwrap_or_else(|error| panic!("{}: {error}", set.name));
        assert!(
            model
                .services
                .iter()
                .any(|service| service.name == set.name && service.catalogued)
        );
    }
}

#[test]
fn a_name_that_is_not_built_in_is_refused_with_those_that_are() {
    let error = Builder::new().bundled("vim26").model();
    let error = error.expect_err("no such set").to_string();
    assert!(
        error.starts_with(
            "error: no description of the name `vim26` is built in\n  help: there are "
        ),
        "{error}"
    );
    assert!(error.contains("`vim25`"), "{error}");
}
