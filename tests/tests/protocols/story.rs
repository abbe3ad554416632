//! What a client does and gets, told in lines that can be compared.

use vmomi::runtime::decode::DecodeOptions;
use vmomi::vim25::{
    InvalidPowerState, InvalidProperty, ManagedObjectNotFound, NoPermission, NotAuthenticated,
    Task, TaskInfo, VirtualDevice, VirtualMachine, VirtualMachineConfigInfo,
    VirtualMachinePowerState,
};
use vmomi::{Client, DataObject, Dyn, Error, ManagedObjectReference, MoRef, TaskExt};

/// The names of all machines.
pub async fn names(client: &Client) -> Result<Vec<String>, Error> {
    let machines = client
        .retrieve::<VirtualMachine>(["name"])
        .collect()
        .await?;
    machines
        .into_iter()
        .map(|mut machine| machine.take("name"))
        .collect()
}

/// Uses everything that a client has, logging out in the end.
pub async fn tell(client: &Client) -> Vec<String> {
    assert!(!DecodeOptions::default().strict);
    let mut told = vec![client.service_content().revealed().to_string()];
    told.extend(names(client).await.unwrap());
    pages(client, &mut told).await;
    properties(client, &mut told).await;
    tasks(client, &mut told).await;
    faults(client, &mut told).await;
    client.logout().await.unwrap();
    let error = names(client).await.unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error:?}");
    told.push(error.to_string());
    let error = client.logout().await.unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error:?}");
    told
}

/// A view that is kept, in pages of two.
async fn pages(client: &Client, told: &mut Vec<String>) {
    let view = client
        .container_view::<VirtualMachine>(client.root_folder())
        .await
        .unwrap();
    let mut pages = client
        .retrieve::<VirtualMachine>(["name"])
        .in_view(&view)
        .page_size(2)
        .start()
        .await
        .unwrap();
    while let Some(page) = pages.next_page().await.unwrap() {
        let ids: Vec<_> = page.iter().map(|machine| machine.reference()).collect();
        told.push(format!("a page of {ids:?}"));
    }
    assert_eq!(told.last().unwrap().matches("VirtualMachine:").count(), 1);
    view.destroy().await.unwrap();
}

/// Values of every sort, one that may not be read, and one that does not exist.
async fn properties(client: &Client, told: &mut Vec<String>) {
    let mut machines = client
        .retrieve::<VirtualMachine>([
            "runtime.powerState",
            "summary.config.memorySizeMB",
            "summary.storage.committed",
            "runtime.host",
            "datastore",
            "config",
            "config.hardware.device",
            "guest",
        ])
        .collect()
        .await
        .unwrap();
    let machine = &mut machines[3];
    let state: VirtualMachinePowerState = machine.take("runtime.powerState").unwrap();
    let memory: i32 = machine.take("summary.config.memorySizeMB").unwrap();
    let storage: i64 = machine.take("summary.storage.committed").unwrap();
    let host: ManagedObjectReference = machine.take("runtime.host").unwrap();
    let stores: Vec<ManagedObjectReference> = machine.take("datastore").unwrap();
    told.push(format!("{state} {memory} {storage} {host} {stores:?}"));
    let config: VirtualMachineConfigInfo = machine.take("config").unwrap();
    assert_eq!(config.hardware.num_cpu, 4);
    told.push(config.revealed().to_string());
    let devices: Vec<Dyn<VirtualDevice>> = machine.take("config.hardware.device").unwrap();
    assert_eq!(devices, config.hardware.device);
    let error = machine.take::<Option<String>>("guest").unwrap_err();
    assert!(error.fault_is::<NoPermission>(), "{error:?}");
    told.push(error.to_string());
    let wrong = client
        .retrieve::<VirtualMachine>(["nonsense"])
        .collect()
        .await;
    let error = wrong.unwrap_err();
    let fault: &InvalidProperty = error.find_fault().unwrap();
    told.push(format!("{error}: {}", fault.revealed()));
}

/// A task that succeeds, the same again, which does not, and what is known of both.
async fn tasks(client: &Client, told: &mut Vec<String>) {
    // The identifier needs escaping in a path.
    let id = ManagedObjectReference::new("VirtualMachine", "vm[5]/\u{e9}");
    let machine: VirtualMachine = client.bind(&id.typed());
    let mut tasks: Vec<MoRef<Task>> = Vec::new();
    for _ in 0..2 {
        let task = machine.power_on_vm_task(None).await.unwrap();
        tasks.push(task.task().untyped_reference().clone().typed());
        match task.wait().await {
            Ok(()) => told.push("it is powered on".to_owned()),
            Err(error) => {
                let fault: &InvalidPowerState = error.find_fault().unwrap();
                told.push(format!("{error} {}", fault.revealed()));
            }
        }
    }
    let infos = client.retrieve::<Task>(["info"]).of_objects(tasks);
    for mut task in infos.collect().await.unwrap() {
        let info: TaskInfo = task.take("info").unwrap();
        told.push(info.revealed().to_string());
    }
}

/// Faults that end a call.
async fn faults(client: &Client, told: &mut Vec<String>) {
    let gone = ManagedObjectReference::new("VirtualMachine", "vm-0");
    let machine: VirtualMachine = client.bind(&gone.clone().typed());
    let host = ManagedObjectReference::new("HostSystem", "host-1").typed();
    let error = machine.power_on_vm_task(Some(&host)).await.unwrap_err();
    let fault = error.fault().unwrap();
    let found: &ManagedObjectNotFound = fault.find().unwrap();
    assert_eq!(found.obj, gone);
    told.push(format!("{error} {}", found.revealed()));
}
