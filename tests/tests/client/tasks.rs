//! Waits for tasks whose end cannot be known, or is known while something else goes wrong.

use std::future::pending;
use std::time::Duration;

use vmomi::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi::vim25::{ManagedObjectNotFound, NoPermission};
use vmomi::{
    Client, Error, ManagedObject, ManagedObjectReference, PendingTask, TaskExt, TaskFailure,
};

use crate::bookkeeper::Bookkeeper;
use crate::scripted::Scripted;

/// A wait for a task, with these changes of it in turn.
async fn wait(updates: &[&str]) -> Result<String, Error> {
    let content = r#"<returnval><rootFolder type="Folder">group-d1</rootFolder>
        <propertyCollector type="PropertyCollector">propertyCollector</propertyCollector>
        <about><name>script</name><fullName>script</fullName><vendor>test</vendor>
          <version>9.1</version><build>1</build><osType>none</osType>
          <productLineId>vpx</productLineId><apiType>VirtualCenter</apiType>
          <apiVersion>9.1.1.0</apiVersion></about></returnval>"#;
    let reference = |kind: &str| format!(r#"<returnval type="{kind}">mine</returnval>"#);
    let mut steps = vec![
        ("RetrieveServiceContent", "", content.to_owned()),
        (
            "CreatePropertyCollector",
            "",
            reference("PropertyCollector"),
        ),
        ("CreateFilter", "", reference("PropertyFilter")),
    ];
    for update in updates {
        let update = format!(
            r#"<returnval><version>1</version><filterSet><filter type="PropertyFilter">mine
               </filter>{update}</filterSet></returnval>"#
        );
        steps.push(("WaitForUpdatesEx", "", update));
    }
    steps.push(("DestroyPropertyCollector", ">mine<", String::new()));
    let (client, script) = Scripted::connect(steps).await;
    let task = ManagedObject::bind(
        ManagedObjectReference::new("Task", "task-1"),
        client.connection(),
    );
    let ended = PendingTask::<String>::new(task).wait().await;
    assert_eq!(script.left(), 0);
    ended
}

fn object(kind: &str, content: &str) -> String {
    format!(r#"<objectSet><kind>{kind}</kind><obj type="Task">task-1</obj>{content}</objectSet>"#)
}

fn change(path: &str, kind: &str, value: &str) -> String {
    format!(
        r#"<changeSet><name>info.{path}</name><op>assign</op>
           <val xsi:type="{kind}">{value}</val></changeSet>"#
    )
}

fn fault(name: &str) -> String {
    format!(
        r#"<fault><fault xsi:type="{name}"><obj type="Task">task-1</obj>
           <object type="Task">task-1</object><privilegeId>p</privilegeId></fault>
           <localizedMessage>no</localizedMessage></fault>"#
    )
}

#[tokio::test]
async fn a_task_that_the_server_no_longer_has_is_not_waited_for() {
    let running = object("enter", &change("state", "TaskInfoState", "running"));
    let gone = object("leave", "");
    let error = wait(&[&running, &gone]).await.unwrap_err();
    let failure = match &error {
        Error::Task { failure, .. } => failure,
        error => panic!("{error:?}"),
    };
    assert!(matches!(failure, TaskFailure::Gone), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the server no longer has Task:task-1; how it ended is not known"
    );

    // Known before.
    let ended = change("state", "TaskInfoState", "success") + &change("result", "xsd:string", "r");
    let ended = object("modify", &ended);
    assert_eq!(wait(&[&running, &(ended + &gone)]).await.unwrap(), "r");
}

#[tokio::test]
async fn a_task_whose_state_cannot_be_had_is_not_waited_for() {
    let missing = format!(
        r#"<missingSet><obj type="Task">task-1</obj>{}</missingSet>"#,
        fault("ManagedObjectNotFound")
    );
    let error = wait(&[&missing]).await.unwrap_err();
    assert!(error.fault_is::<ManagedObjectNotFound>(), "{error:?}");

    for path in ["info.state", "info"] {
        let missing = format!(
            "<missingSet><path>{path}</path>{}</missingSet>",
            fault("NoPermission")
        );
        let error = wait(&[&object("enter", &missing)]).await.unwrap_err();
        assert!(error.fault_is::<NoPermission>(), "{error:?}");
    }
}

/// A transport that is stuck with one operation.
#[derive(Clone, Debug)]
struct Stuck(Bookkeeper, &'static str);

impl Transport for Stuck {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let body = String::from_utf8(request.body.to_vec()).unwrap();
        match body.contains(&format!("<{} ", self.1)) {
            true => Box::pin(pending()),
            false => self.0.send(request),
        }
    }
}

async fn wait_stuck_in(operation: &'static str) -> Result<(), Error> {
    let server = Bookkeeper::default();
    let builder = server.builder().version("8.0.3.0");
    let client: Client = builder
        .connect_through(Stuck(server.clone(), operation))
        .await
        .unwrap();
    let task = ManagedObjectReference::new("Task", "task-1");
    let task = PendingTask::<()>::new(ManagedObject::bind(task, client.connection()));
    let ended = task.wait_at_most(Duration::from_secs(60)).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let is_destroyed = server.kept().is_empty();
    assert_eq!(is_destroyed, operation != "DestroyPropertyCollector");
    ended
}

#[tokio::test(start_paused = true)]
async fn an_end_that_is_known_in_time_is_reported_whatever_cleaning_up_takes() {
    wait_stuck_in("DestroyPropertyCollector").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_takes_too_long_leaves_nothing() {
    for operation in ["WaitForUpdatesEx", "CreateFilter"] {
        let error = wait_stuck_in(operation).await.unwrap_err();
        let is_late = matches!(
            error,
            Error::Task {
                failure: TaskFailure::TimedOut,
                ..
            }
        );
        assert!(is_late, "{error:?}");
    }
}
