//! Bulk retrieval and what comes of it.

use vmomi::vim25::{
    Datastore, HostSystem, InvalidProperty, VirtualDevice, VirtualDisk,
    VirtualDiskFlatVer2BackingInfo, VirtualEthernetCard, VirtualMachine, VirtualMachineConfigInfo,
    VirtualMachinePowerState,
};
use vmomi::{Any, Dyn, Error, MoRef};
use vmomi_tests::vcsim::Vcsim;

use crate::{connect, server};

#[tokio::test]
async fn names_and_power_states_of_all_virtual_machines() {
    let server = server();
    let client = connect(&server).await;
    let machines = client
        .retrieve::<VirtualMachine>(["name", "runtime.powerState"])
        .in_container(client.root_folder())
        .collect()
        .await
        .unwrap();
    let mut names = Vec::new();
    for mut machine in machines {
        let state: VirtualMachinePowerState = machine.take("runtime.powerState").unwrap();
        assert_eq!(state, VirtualMachinePowerState::PoweredOn);
        names.push(machine.take::<String>("name").unwrap());
    }
    names.sort();
    assert_eq!(
        names,
        [
            "DC0_C0_RP0_VM0",
            "DC0_C0_RP0_VM1",
            "DC0_H0_VM0",
            "DC0_H0_VM1"
        ]
    );
}

#[tokio::test]
async fn a_thousand_machines_come_in_one_retrieval() {
    let server = Vcsim::builder().virtual_machines(500).start().unwrap();
    let client = connect(&server).await;
    let machines = client.retrieve::<VirtualMachine>(["name"]).collect().await;
    assert_eq!(machines.unwrap().len(), 1000);
}

#[tokio::test]
async fn a_view_is_read_and_destroyed() {
    let server = server();
    let client = connect(&server).await;
    let view = client
        .container_view::<VirtualMachine>(client.root_folder())
        .await
        .unwrap();
    let machines = client.retrieve(["name"]).in_view(&view).collect().await;
    assert_eq!(machines.unwrap().len(), 4);
    let again = client.retrieve::<VirtualMachine>(["name"]).in_view(&view);
    view.destroy().await.unwrap();
    again.collect().await.unwrap_err();
}

#[tokio::test]
async fn devices_are_told_apart_by_type() {
    let server = server();
    let client = connect(&server).await;
    let mut machines = client
        .retrieve::<VirtualMachine>(["config.hardware.device"])
        .collect()
        .await
        .unwrap();
    let devices: Vec<Dyn<VirtualDevice>> = machines[0].take("config.hardware.device").unwrap();
    assert!(devices.len() > 5, "{}", devices.len());
    let cards: Vec<_> = devices
        .iter()
        .filter_map(|device| device.downcast_ref::<VirtualEthernetCard>())
        .collect();
    assert_eq!(cards.len(), 1);
    // A field of the card, and by Deref one of the device that it extends.
    assert!(cards[0].mac_address.is_some());
    assert!(cards[0].key > 0);
    let disk = devices
        .iter()
        .find_map(|device| device.downcast_ref::<VirtualDisk>())
        .unwrap();
    let backing = disk.backing.as_ref().unwrap();
    assert!(backing.is::<VirtualDiskFlatVer2BackingInfo>());
}

#[tokio::test]
async fn whole_data_objects_and_everything_at_once() {
    let server = server();
    let client = connect(&server).await;
    let one: Vec<MoRef<VirtualMachine>> = client
        .retrieve::<VirtualMachine>(["name"])
        .collect()
        .await
        .unwrap()
        .iter()
        .take(1)
        .map(|machine| machine.reference().clone())
        .collect();
    let none: [&str; 0] = [];
    let mut everything = client
        .retrieve::<VirtualMachine>(none)
        .of_objects(one.clone())
        .collect()
        .await
        .unwrap();
    assert_eq!(*everything[0].reference(), one[0]);
    assert!(everything[0].properties().len() > 10);
    let config: VirtualMachineConfigInfo = everything[0].take("config").unwrap();
    assert!(config.hardware.num_cpu > 0);
    assert!(!config.uuid.is_empty());
}

#[tokio::test]
async fn of_no_objects_nothing_comes() {
    let server = server();
    let client = connect(&server).await;
    let nothing = client
        .retrieve::<VirtualMachine>(["name"])
        .of_objects([])
        .collect()
        .await;
    assert!(nothing.unwrap().is_empty());
}

#[tokio::test]
async fn wrong_paths_and_types_are_reported_by_name() {
    let server = server();
    let client = connect(&server).await;
    let unknown = client.retrieve::<VirtualMachine>(["no.such.property"]);
    // Some servers refuse the call, others report the property as missing of each object.
    let error = match unknown.collect().await {
        Ok(mut machines) => machines[0].take::<Any>("no.such.property").unwrap_err(),
        Err(error) => error,
    };
    assert!(error.fault_is::<InvalidProperty>(), "{error:?}");

    let paths = ["name", "config.annotation", "snapshot"];
    let mut machines = client
        .retrieve::<VirtualMachine>(paths)
        .collect()
        .await
        .unwrap();
    let machine = &mut machines[0];
    assert!(matches!(machine.get("name"), Some(Any::String(_))));
    let error = machine.take::<i32>("name").unwrap_err();
    let Error::WrongType {
        path,
        expected,
        found,
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!(
        (path.as_str(), *expected, found.as_str()),
        ("name", "xsd:int", "xsd:string")
    );
    let error = machine.take::<Option<String>>("guest").unwrap_err();
    assert!(matches!(error, Error::NotRetrieved { .. }), "{error:?}");
    assert_eq!(machine.take::<Option<String>>("snapshot").unwrap(), None);
    let error = machine.take::<String>("snapshot").unwrap_err();
    assert!(matches!(error, Error::UnsetProperty { .. }), "{error:?}");
}

#[tokio::test]
async fn values_are_read_by_path_out_of_what_came_whole() {
    let server = server();
    let client = connect(&server).await;
    let machines = client.retrieve::<VirtualMachine>(["config", "runtime.host", "snapshot"]);
    let machines = machines.collect().await.unwrap();
    let machine = &machines[0];
    assert_eq!(machine.read::<i32>("config.hardware.numCPU").unwrap(), 1);
    assert_eq!(
        machine
            .read::<Option<i32>>("config.hardware.numCPU")
            .unwrap(),
        Some(1)
    );
    machine.read::<VirtualMachineConfigInfo>("config").unwrap();
    machine.read::<MoRef<HostSystem>>("runtime.host").unwrap();
    let devices: Vec<Dyn<VirtualDevice>> = machine.read("config.hardware.device").unwrap();
    for device in devices {
        let path = format!("config.hardware.device[{}]", device.key);
        assert_eq!(machine.read::<Dyn<VirtualDevice>>(&path).unwrap(), device);
    }
    let unset = machine.read::<Option<i32>>("config.hardware.device[-1].key");
    assert_eq!(unset.unwrap(), None);
    let unset = machine.read::<Option<MoRef<Datastore>>>("snapshot.currentSnapshot");
    assert_eq!(unset.unwrap(), None);

    let error = machine.read::<i32>("config.hardware.numCpu").unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "no such path in {}: hardware.numCpu: VirtualHardware has no such property; it has numCPU",
            machine.reference()
        )
    );
    let error = machine.read::<i32>("config..hardware").unwrap_err();
    assert!(matches!(error, Error::PathSyntax(_)), "{error:?}");
    let error = machine
        .read::<Option<String>>("guest.hostName")
        .unwrap_err();
    assert!(matches!(error, Error::NotRetrieved { .. }), "{error:?}");
    let error = machine
        .read::<String>("config.hardware.numCPU")
        .unwrap_err();
    assert!(matches!(error, Error::WrongType { .. }), "{error:?}");
}
