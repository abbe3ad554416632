//! Each operation of a client that is logged in, by both protocols.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use futures_util::TryStreamExt;
use vmomi::vim25::VirtualMachine;
use vmomi::{
    Client, Error, ManagedObject, ManagedObjectReference, PendingTask, Protocol, TaskExt, pbm,
};

use super::{MANY_POLLS, cut, ids, machine, settle};
use crate::bookkeeper::{Bookkeeper, Failure};

/// The operations of a client that is logged in, each with what it tells in the end.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Call,
    FirstPage,
    EveryPage,
    Collect,
    CollectOfObjects,
    Stream,
    StreamOfPages,
    CancelPages,
    View,
    RetrieveInView,
    Wait,
    WaitAtMost,
    /// Tasks that have to be asked for their state.
    WaitForSms,
    WaitForVslm,
    Service,
}

impl Operation {
    const ALL: [Self; 15] = [
        Self::Call,
        Self::FirstPage,
        Self::EveryPage,
        Self::Collect,
        Self::CollectOfObjects,
        Self::Stream,
        Self::StreamOfPages,
        Self::CancelPages,
        Self::View,
        Self::RetrieveInView,
        Self::Wait,
        Self::WaitAtMost,
        Self::WaitForSms,
        Self::WaitForVslm,
        Self::Service,
    ];

    /// The functions of the client that it shows.
    fn shows(self) -> &'static [&'static str] {
        match self {
            Self::Call => &[],
            Self::FirstPage | Self::EveryPage => &["start", "next_page"],
            Self::Collect | Self::CollectOfObjects => &["collect"],
            Self::Stream => &["stream"],
            Self::StreamOfPages => &["start", "into_stream"],
            Self::CancelPages => &["start", "next_page", "cancel"],
            Self::View => &["container_view", "destroy"],
            Self::RetrieveInView => &["container_view", "collect"],
            Self::Wait | Self::WaitForSms => &["wait"],
            Self::WaitAtMost | Self::WaitForVslm => &["wait_at_most"],
            Self::Service => &["service"],
        }
    }

    async fn perform(self, client: &Client) -> Result<Vec<String>, Error> {
        let retrieval = client.retrieve::<VirtualMachine>(["name"]).page_size(1);
        let asked_task = |kind: &str| {
            let task = ManagedObjectReference::new(kind, "task-1");
            PendingTask::<()>::new(ManagedObject::bind(task, client.connection()))
        };
        match self {
            Self::Call => {
                let task = machine(client).power_on_vm_task(None).await?;
                Ok(vec![task.task().untyped_reference().value().to_owned()])
            }
            Self::EveryPage => {
                let mut pages = retrieval.start().await?;
                let mut found = Vec::new();
                while let Some(page) = pages.next_page().await? {
                    found.extend(ids(&page));
                }
                Ok(found)
            }
            Self::StreamOfPages => {
                let pages = retrieval.start().await?;
                let found: Vec<_> = pages.into_stream().try_collect().await?;
                Ok(ids(&found))
            }
            Self::WaitForSms => {
                asked_task("SmsTask").wait().await?;
                Ok(Vec::new())
            }
            Self::WaitForVslm => {
                let task = asked_task("VslmTask");
                task.wait_at_most(Duration::MAX).await?;
                Ok(Vec::new())
            }
            Self::FirstPage => {
                let mut pages = retrieval.start().await?;
                let page = pages.next_page().await?;
                Ok(ids(&page.unwrap_or_default()))
            }
            Self::Collect => Ok(ids(&retrieval.collect().await?)),
            Self::CollectOfObjects => {
                let machine = ManagedObjectReference::new("VirtualMachine", "vm-1").typed();
                Ok(ids(&retrieval.of_objects([machine]).collect().await?))
            }
            Self::Stream => {
                let found: Vec<_> = retrieval.stream().try_collect().await?;
                Ok(ids(&found))
            }
            Self::CancelPages => {
                let mut pages = retrieval.start().await?;
                let page = pages.next_page().await?;
                pages.cancel().await?;
                Ok(ids(&page.unwrap_or_default()))
            }
            Self::View => {
                let root = client.root_folder();
                let view = client.container_view::<VirtualMachine>(root).await?;
                let kind = view.reference().type_name().to_owned();
                view.destroy().await?;
                Ok(vec![kind])
            }
            Self::RetrieveInView => {
                let root = client.root_folder();
                let view = client.container_view::<VirtualMachine>(root).await?;
                let found = retrieval.in_view(&view).collect().await?;
                Ok(ids(&found))
            }
            Self::Wait => {
                let task = machine(client).power_on_vm_task(None).await?;
                task.wait().await?;
                Ok(Vec::new())
            }
            Self::WaitAtMost => {
                let task = machine(client).power_on_vm_task(None).await?;
                task.wait_at_most(Duration::from_secs(600)).await?;
                Ok(Vec::new())
            }
            Self::Service => {
                let service = client.service(&pbm::SERVICE).await?;
                Ok(vec![service.version().to_owned()])
            }
        }
    }

    /// Requests of it that may fail without it failing.
    fn is_optional(self, request: &str) -> bool {
        match self {
            Self::FirstPage
            | Self::EveryPage
            | Self::Collect
            | Self::CollectOfObjects
            | Self::Stream
            | Self::StreamOfPages
            | Self::CancelPages
            | Self::RetrieveInView => request == "DestroyView",
            Self::Wait | Self::WaitAtMost => request == "DestroyPropertyCollector",
            Self::Service => request == "list",
            Self::Call | Self::View | Self::WaitForSms | Self::WaitForVslm => false,
        }
    }
}

/// Each operation by each protocol.
fn all() -> impl Iterator<Item = (Operation, Protocol)> {
    let by_both = |operation| [(operation, Protocol::Soap), (operation, Protocol::Json)];
    Operation::ALL.into_iter().flat_map(by_both)
}

/// Time does not pass but while all that is left to do is waiting.
#[tokio::test(start_paused = true)]
async fn an_operation_dropped_anywhere_can_be_repeated_and_leaves_nothing() {
    for (operation, protocol) in all() {
        let server = Bookkeeper::speaking_both();
        let client = server.connect_by(protocol).await;
        let undisturbed = operation.perform(&client).await.unwrap();
        settle().await;
        assert_eq!(server.kept(), [""; 0], "{operation:?}");

        let mut is_complete = false;
        for polls in 1..MANY_POLLS {
            let shown = format!("{operation:?} by {protocol:?} after {polls}");
            let server = Bookkeeper::speaking_both();
            let client = server.connect_by(protocol).await;
            let output = cut(operation.perform(&client), polls).await;
            settle().await;
            assert_eq!(server.kept(), [""; 0], "{shown}");
            if let Some(output) = output {
                assert_eq!(output.unwrap(), undisturbed, "{shown}");
                // There was something to be cut.
                assert!(polls > 2, "{shown}");
                is_complete = true;
                break;
            }
            let again = operation.perform(&client).await.unwrap();
            assert_eq!(again, undisturbed, "{shown}");
            client.logout().await.unwrap();
            settle().await;
            assert_eq!(server.kept(), [""; 0], "{shown}");
            assert_eq!(server.sessions(), 0, "{shown}");
        }
        assert!(is_complete, "{operation:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_failing_anywhere_can_be_repeated_and_leaves_nothing() {
    for (operation, protocol) in all() {
        let server = Bookkeeper::speaking_both();
        let client = server.connect_by(protocol).await;
        let before = server.requests().len();
        let undisturbed = operation.perform(&client).await.unwrap();
        let requests = server.requests().split_off(before);
        assert!(!requests.is_empty());
        for (number, request) in requests.iter().enumerate() {
            for failure in Failure::ALL {
                fail_once(
                    operation,
                    protocol,
                    (number, request),
                    failure,
                    &undisturbed,
                )
                .await;
            }
        }
    }
}

/// Lets one request of an operation fail, and performs the operation again.
async fn fail_once(
    operation: Operation,
    protocol: Protocol,
    (number, request): (usize, &str),
    failure: Failure,
    undisturbed: &[String],
) {
    /// What an answer that is lost leads to, which nobody knows then.
    const MAKES_SOMETHING: [&str; 4] = [
        "CreateContainerView",
        "RetrievePropertiesEx",
        "ContinueRetrievePropertiesEx",
        "CreatePropertyCollector",
    ];
    let shown = format!("{operation:?} by {protocol:?}, {request}: {failure:?}");
    let server = Bookkeeper::speaking_both();
    let client = server.connect_by(protocol).await;
    server.fail(number, failure);
    match operation.perform(&client).await {
        Ok(output) => {
            assert!(operation.is_optional(request), "{shown}");
            assert_eq!(output, undisturbed, "{shown}");
        }
        // A server that is out of reach is so for what is optional, too.
        Err(error) => assert!(
            !operation.is_optional(request) || failure == Failure::Unsent,
            "{shown}: {error}"
        ),
    }
    settle().await;
    if failure.comes_after_the_deed() && MAKES_SOMETHING.contains(&request) {
        assert!(server.kept().len() <= 1, "{shown}: {:?}", server.kept());
        server.forget();
    }
    assert_eq!(server.kept(), [""; 0], "{shown}");

    let again = operation.perform(&client).await;
    assert_eq!(again.unwrap(), undisturbed, "{shown}");
    settle().await;
    assert_eq!(server.kept(), [""; 0], "{shown}");
}

/// The names of the public functions in a source that give a future or a stream.
fn asynchronous(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (start, _) in source.match_indices("fn ") {
        let before = source[..start].rsplit('\n').next().unwrap().trim_start();
        let signature = source[start..].split(['{', ';']).next().unwrap();
        let gives_future = ["-> impl Future", "-> impl Stream", "-> BoxFuture"];
        let gives_future = gives_future.iter().any(|given| signature.contains(given));
        let is_public = match before {
            "pub async " => true,
            // Those of a public trait are as public as that.
            "pub " | "" => gives_future,
            _ => false,
        };
        if is_public {
            let name = signature["fn ".len()..].split(['(', '<']).next().unwrap();
            names.insert(name.to_owned());
        }
    }
    names
}

#[test]
fn every_operation_of_the_client_is_dropped_everywhere() {
    // What `connecting` and `over_https` drop.
    let connecting = ["connect", "connect_through", "logout"];
    let operations = Operation::ALL
        .iter()
        .flat_map(|operation| operation.shows());
    let shown = operations.copied().chain(connecting);
    let shown: BTreeSet<_> = shown.map(str::to_owned).collect();

    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/src");
    let mut public = BTreeSet::new();
    for file in std::fs::read_dir(sources).unwrap() {
        let path = file.unwrap().path();
        // Their traits are for the crate alone.
        if path.ends_with("asked_task.rs") || path.ends_with("held.rs") {
            continue;
        }
        public.extend(asynchronous(&std::fs::read_to_string(path).unwrap()));
    }
    assert_eq!(public, shown);
}
