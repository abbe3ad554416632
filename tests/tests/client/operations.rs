//! Operations: tasks, specs, faults.

use std::time::Duration;

use vmomi::vim25::{
    InvalidPowerState, ManagedObjectNotFound, VirtualMachine, VirtualMachineConfigSpec,
    VirtualMachinePowerState,
};
use vmomi::{Client, Error, ManagedObjectReference, MoRef, Stub, TaskExt};

use vmomi_tests::vcsim::Vcsim;

use crate::recorder::Recorder;
use crate::{connect, server};

async fn first_machine(client: &Client) -> VirtualMachine {
    let machines = client.retrieve::<VirtualMachine>(["name"]).collect().await;
    client.bind(machines.unwrap()[0].reference())
}

async fn property<R: vmomi::runtime::erased::Returned>(
    client: &Client,
    machine: &VirtualMachine,
    path: &str,
) -> R {
    let mut machines = client
        .retrieve::<VirtualMachine>([path])
        .of_objects([machine.reference()])
        .collect()
        .await
        .unwrap();
    machines[0].take(path).unwrap()
}

#[tokio::test]
async fn power_off_and_on_with_the_task_awaited() {
    let server = server();
    let client = connect(&server).await;
    let machine = first_machine(&client).await;
    let state = async || -> VirtualMachinePowerState {
        property(&client, &machine, "runtime.powerState").await
    };

    machine
        .power_off_vm_task()
        .await
        .unwrap()
        .wait()
        .await
        .unwrap();
    assert_eq!(state().await, VirtualMachinePowerState::PoweredOff);

    let task = machine.power_on_vm_task(None).await.unwrap();
    task.wait_at_most(Duration::from_secs(60)).await.unwrap();
    assert_eq!(state().await, VirtualMachinePowerState::PoweredOn);
}

#[tokio::test]
async fn an_invalid_state_is_a_typed_fault_of_the_task() {
    let server = server();
    let client = connect(&server).await;
    let machine = first_machine(&client).await;
    let error = machine
        .power_on_vm_task(None)
        .await
        .unwrap()
        .wait()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Task { .. }), "{error:?}");
    assert!(error.fault_is::<InvalidPowerState>(), "{error:?}");
    let fault = error.find_fault::<InvalidPowerState>().unwrap();
    assert_eq!(fault.existing_state, VirtualMachinePowerState::PoweredOn);
}

#[tokio::test]
async fn a_task_with_a_result_gives_it() {
    let server = server();
    let client = connect(&server).await;
    let machine = first_machine(&client).await;
    let snapshot = machine
        .create_snapshot_task("before", None, false, false)
        .await
        .unwrap()
        .wait()
        .await
        .unwrap();
    assert_eq!(snapshot.type_name(), "VirtualMachineSnapshot");
    let snapshot = client.bind(&snapshot);
    let removed = snapshot.remove_snapshot_task(true, None).await.unwrap();
    removed.wait().await.unwrap();
}

#[tokio::test]
async fn reconfiguring_sends_what_is_set_and_nothing_else() {
    let server = server();
    let recorder = Recorder::new(&server);
    let client = recorder.connect(&server).await;
    let machine = first_machine(&client).await;
    let memory: Option<i32> = property(&client, &machine, "config.hardware.memoryMB").await;

    let spec = VirtualMachineConfigSpec {
        num_cpus: Some(4),
        annotation: Some(String::new()),
        ..Default::default()
    };
    let task = machine.reconfig_vm_task(&spec).await.unwrap();
    task.wait().await.unwrap();

    let sent = recorder.body_of("ReconfigVM_Task");
    let sent = sent
        .split_once("<spec>")
        .unwrap()
        .1
        .split_once("</spec>")
        .unwrap()
        .0;
    assert_eq!(sent, "<annotation></annotation><numCPUs>4</numCPUs>");
    let cpus: Option<i32> = property(&client, &machine, "config.hardware.numCPU").await;
    assert_eq!(cpus, Some(4));
    let unchanged: Option<i32> = property(&client, &machine, "config.hardware.memoryMB").await;
    assert_eq!(unchanged, memory);
}

#[tokio::test]
async fn the_password_is_sent_but_never_shown() {
    let server = Vcsim::builder()
        .credentials("someone", "Zebra&4711")
        .start();
    let server = server.unwrap();
    let recorder = Recorder::new(&server);
    let client = recorder.connect(&server).await;
    let sent = recorder.body_of("Login");
    assert!(
        sent.contains("<password>Zebra&amp;4711</password>"),
        "{sent}"
    );
    let shown = format!("{client:?}");
    assert!(!shown.contains("Zebra"), "{shown}");
}

#[tokio::test]
async fn an_object_that_is_gone_is_a_typed_fault() {
    let server = server();
    let client = connect(&server).await;
    let gone: MoRef<VirtualMachine> = ManagedObjectReference::new("VirtualMachine", "vm-0").into();
    let error = client.bind(&gone).power_off_vm_task().await.unwrap_err();
    let error = Error::from(error);
    assert!(error.fault_is::<ManagedObjectNotFound>(), "{error:?}");
    let fault = error.find_fault::<ManagedObjectNotFound>().unwrap();
    assert_eq!(fault.obj, gone.into_untyped());
}
