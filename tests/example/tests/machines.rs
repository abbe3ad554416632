//! What this crate generated in its build, against a simulated vCenter.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use std::sync::Arc;
use std::time::Duration;

use vmomi_example::api::vim25::{InvalidLogin, PowerState, SERVICE, TaskInfoState};
use vmomi_example::inventory::{content, machines, task_info};
use vmomi_runtime::Connection;
use vmomi_runtime::transport::{HttpsTransport, ServerUrl};
use vmomi_tests::vcsim::Vcsim;

fn connection(server: &Vcsim) -> Connection {
    let url: ServerUrl = server.url().parse().unwrap();
    let transport = HttpsTransport::builder(url).build().unwrap();
    Connection::new(Arc::new(transport), &SERVICE)
}

#[tokio::test]
async fn machines_are_listed_and_switched_on() {
    let server = Vcsim::builder()
        .plain_http()
        .virtual_machines(2)
        .start()
        .unwrap();
    let connection = connection(&server);
    let content = content(&connection).await.unwrap();
    let sessions = content.session_manager.as_ref().unwrap().bind(&connection);
    let session = sessions
        .login(server.user(), server.password(), None)
        .await
        .unwrap();
    assert_eq!(session.user_name, server.user());

    let listed = machines(&connection, &content).await.unwrap();
    assert!(listed.len() >= 2, "{listed:?}");
    let machine = listed
        .into_iter()
        .min_by(|a, b| a.name.cmp(&b.name))
        .unwrap();
    assert_eq!(machine.power, PowerState::PoweredOn);

    for (on, expected) in [
        (false, PowerState::PoweredOff),
        (true, PowerState::PoweredOn),
    ] {
        let task = if on {
            machine.stub.power_on(None).await.unwrap()
        } else {
            machine.stub.power_off_vm_task().await.unwrap()
        };
        let task = task.task().untyped_reference().clone();
        let state = loop {
            let info = task_info(&connection, &content, &task).await.unwrap();
            if !matches!(info.state, TaskInfoState::Queued | TaskInfoState::Running) {
                break info.state;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert_eq!(state, TaskInfoState::Success);
        let listed = machines(&connection, &content).await.unwrap();
        let again = listed
            .into_iter()
            .find(|other| other.name == machine.name)
            .unwrap();
        assert_eq!(again.power, expected);
    }
    // The trait that the build script derived.
    assert!(PowerState::PoweredOff < PowerState::PoweredOn);
    sessions.logout().await.unwrap();
}

#[tokio::test]
async fn faults_are_those_of_the_slice() {
    let server = Vcsim::builder().plain_http().start().unwrap();
    let connection = connection(&server);
    let content = content(&connection).await.unwrap();
    let sessions = content.session_manager.as_ref().unwrap().bind(&connection);
    let error = sessions.login("nobody", "wrong", None).await.unwrap_err();
    assert!(error.fault_is::<InvalidLogin>(), "{error}");
}
