//! The same over TLS, to a server that runs: wherever the transport waits.

use std::time::Duration;

use futures_util::TryStreamExt;
use vmomi::vim25::{InvalidPowerState, UserSession, ViewManager, VirtualMachine};
use vmomi::{Client, Error, ManagedObjectReference, MoRef, Stub, TaskExt, Trust};
use vmomi_tests::vcsim::Vcsim;

use super::{MANY_POLLS, cut, ids};
use crate::{connect, server};

async fn connected(server: &Vcsim) -> Result<Client, Error> {
    let client = Client::builder(server.url_with_credentials())?;
    client.trust(Trust::Insecure).connect().await
}

/// A list that an object of the server has as a property.
async fn length<T: Stub, I: vmomi::runtime::erased::Item>(
    client: &Client,
    object: &MoRef<T>,
    property: &str,
) -> usize {
    let found = client
        .retrieve::<T>([property])
        .of_objects([object.clone()]);
    let mut found = found.collect().await.unwrap();
    found[0].take::<Vec<I>>(property).unwrap().len()
}

async fn sessions(client: &Client) -> usize {
    let manager = client.service_content().session_manager.clone().unwrap();
    length::<_, UserSession>(client, &manager, "sessionList").await
}

async fn views(client: &Client) -> usize {
    let manager: MoRef<ViewManager> = client.service_content().view_manager.clone().unwrap();
    length::<_, ManagedObjectReference>(client, &manager, "viewList").await
}

/// Waits until a count is as it should be, which takes the server a moment.
async fn becomes(expected: usize, count: impl AsyncFn() -> usize) {
    let mut counted = count().await;
    for _ in 0..500 {
        if counted == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        counted = count().await;
    }
    assert_eq!(counted, expected);
}

#[tokio::test]
async fn connecting_dropped_anywhere_opens_no_session_for_good() {
    let server = server();
    let watcher = connect(&server).await;
    let mut is_complete = false;
    for polls in 1..MANY_POLLS {
        let client = cut(connected(&server), polls).await;
        if let Some(client) = client {
            client.unwrap().logout().await.unwrap();
            is_complete = true;
            assert!(polls > 8, "{polls}");
            break;
        }
    }
    assert!(is_complete);
    becomes(1, async || sessions(&watcher).await).await;
}

/// What lists all machines, in pages.
async fn collect(client: &Client) -> Result<Vec<String>, Error> {
    let machines = client.retrieve::<VirtualMachine>(["config"]).page_size(2);
    Ok(ids(&machines.collect().await?))
}

async fn stream(client: &Client) -> Result<Vec<String>, Error> {
    let machines = client.retrieve::<VirtualMachine>(["config"]).page_size(2);
    Ok(ids(&machines.stream().try_collect::<Vec<_>>().await?))
}

/// Waits for a task that fails, since the machine is as it is.
async fn wait(client: &Client) -> Result<Vec<String>, Error> {
    let root = client.root_folder();
    let view = client.container_view::<VirtualMachine>(root).await?;
    let machines = client.retrieve(["name"]).in_view(&view).collect().await?;
    let machine = client.bind(machines[0].reference());
    let task = machine.power_on_vm_task(None).await?;
    let error = task.wait().await.unwrap_err();
    view.destroy().await?;
    match error.fault_is::<InvalidPowerState>() {
        true => Ok(Vec::new()),
        false => Err(error),
    }
}

async fn survives_drops<F>(operation: F)
where
    F: AsyncFn(&Client) -> Result<Vec<String>, Error>,
{
    let server = server();
    let client = connect(&server).await;
    let undisturbed = operation(&client).await.unwrap();
    let mut is_complete = false;
    for polls in 1..MANY_POLLS {
        let output = cut(operation(&client), polls).await;
        is_complete = output.is_some();
        let output = match output {
            Some(output) => output,
            None => operation(&client).await,
        };
        assert_eq!(output.unwrap(), undisturbed, "after {polls}");
        if is_complete {
            break;
        }
    }
    assert!(is_complete);
    becomes(0, async || views(&client).await).await;
}

#[tokio::test]
async fn lists_are_complete_after_any_drop() {
    survives_drops(collect).await;
    survives_drops(stream).await;
}

#[tokio::test]
async fn waits_can_be_repeated_after_any_drop() {
    survives_drops(wait).await;
}
