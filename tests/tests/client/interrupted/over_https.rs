//! The same over TLS, to a server that runs: wherever the transport waits.

use std::pin::pin;
use std::time::Duration;

use futures_util::TryStreamExt;
use vmomi::vim25::{InvalidPowerState, SessionManager, UserSession, VirtualMachine};
use vmomi::{Client, Error, TaskExt, Trust};
use vmomi_tests::vcsim::Vcsim;

use super::{MANY_POLLS, cut, ids};
use crate::recorder::Recorder;
use crate::{connect, server};

async fn connected(server: &Vcsim) -> Result<Client, Error> {
    let client = Client::builder(server.url_with_credentials())?;
    client.trust(Trust::Insecure).connect().await
}

/// Cuts a future, and drops it only after what was asked for may have been sent and answered.
async fn cut_late<T>(future: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut future = pin!(future);
    let output = cut(future.as_mut(), polls).await;
    if output.is_none() {
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
    output
}

async fn sessions(client: &Client) -> usize {
    let manager = client.service_content().session_manager.clone().unwrap();
    let found = client
        .retrieve::<SessionManager>(["sessionList"])
        .of_objects([manager]);
    let mut found = found.collect().await.unwrap();
    found[0]
        .take::<Vec<UserSession>>("sessionList")
        .unwrap()
        .len()
}

/// Waits until there is one session, which takes the server a moment.
async fn one_session_is_left(client: &Client) {
    for _ in 0..500 {
        if sessions(client).await == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(sessions(client).await, 1);
}

#[tokio::test]
async fn connecting_dropped_anywhere_opens_no_session_for_good() {
    let server = server();
    let watcher = connect(&server).await;
    // They are counted.
    let other = connected(&server).await.unwrap();
    assert_eq!(sessions(&watcher).await, 2);
    other.logout().await.unwrap();
    one_session_is_left(&watcher).await;

    let mut is_complete = false;
    for polls in 1..MANY_POLLS {
        let client = match cut(connected(&server), polls).await {
            None => cut_late(connected(&server), polls).await,
            client => client,
        };
        if let Some(client) = client {
            client.unwrap().logout().await.unwrap();
            is_complete = true;
            assert!(polls > 8, "{polls}");
            break;
        }
    }
    assert!(is_complete);
    one_session_is_left(&watcher).await;
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
    let recorder = Recorder::new(&server);
    let client = recorder.connect(&server).await;
    let undisturbed = operation(&client).await.unwrap();
    let mut is_complete = false;
    for polls in 1..MANY_POLLS {
        let output = match cut(operation(&client), polls).await {
            None => cut_late(operation(&client), polls).await,
            output => output,
        };
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
    for (makes, destroys) in [
        ("CreateContainerView", "DestroyView"),
        ("CreatePropertyCollector", "DestroyPropertyCollector"),
    ] {
        for _ in 0..500 {
            if recorder.count_of(destroys) >= recorder.count_of(makes) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let (made, destroyed) = (recorder.count_of(makes), recorder.count_of(destroys));
        assert!(destroyed >= made, "{makes}: {made}, {destroyed}");
    }
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
