//! Every operation of the client, dropped wherever it waits and failing at every request: nothing is
//! lost, and nothing stays on the server.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use vmomi::pbm;
use vmomi::vim25::{NotAuthenticated, VirtualMachine};
use vmomi::{
    Client, Error, ManagedObjectReference, MoRef, Pages, Protocol, RetrievedObject, TaskExt,
};

use crate::bookkeeper::{Bookkeeper, Failure, MACHINES, Offer};

/// More than any operation takes.
const MANY_POLLS: usize = 500;

/// Polls a future so often and drops it; its output, if it has ended by then.
async fn cut<T>(future: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut future = pin!(future);
    for _ in 0..polls {
        let polled = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => Poll::Ready(None),
        });
        if let Some(output) = polled.await {
            return Some(output);
        }
    }
    None
}

/// Lets what goes on in the background come to its end.
async fn settle() {
    for _ in 0..MANY_POLLS {
        tokio::task::yield_now().await;
    }
}

fn ids(objects: &[RetrievedObject<VirtualMachine>]) -> Vec<String> {
    let ids = objects.iter().map(|object| object.reference().value());
    ids.map(str::to_owned).collect()
}

async fn pages(client: &Client) -> Result<Pages<VirtualMachine>, Error> {
    client.retrieve(["name"]).page_size(1).start().await
}

fn machine(client: &Client) -> VirtualMachine {
    let machine: MoRef<VirtualMachine> =
        ManagedObjectReference::new("VirtualMachine", "vm-1").typed();
    client.bind(&machine)
}

/// The operations of a client that is logged in, each with what it tells in the end.
#[derive(Clone, Copy, Debug)]
enum Operation {
    FirstPage,
    Collect,
    CollectOfObjects,
    Stream,
    CancelPages,
    View,
    RetrieveInView,
    Wait,
    WaitAtMost,
    Service,
}

impl Operation {
    const ALL: [Self; 10] = [
        Self::FirstPage,
        Self::Collect,
        Self::CollectOfObjects,
        Self::Stream,
        Self::CancelPages,
        Self::View,
        Self::RetrieveInView,
        Self::Wait,
        Self::WaitAtMost,
        Self::Service,
    ];

    async fn perform(self, client: &Client) -> Result<Vec<String>, Error> {
        let retrieval = client.retrieve::<VirtualMachine>(["name"]).page_size(1);
        match self {
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
            Self::FirstPage | Self::Collect | Self::Stream => request == "DestroyView",
            Self::CancelPages | Self::CollectOfObjects | Self::RetrieveInView => {
                request == "DestroyView"
            }
            Self::Wait | Self::WaitAtMost => request == "DestroyPropertyCollector",
            Self::Service => request == "list",
            Self::View => false,
        }
    }
}

#[tokio::test]
async fn an_operation_dropped_anywhere_can_be_repeated_and_leaves_nothing() {
    for operation in Operation::ALL {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let undisturbed = operation.perform(&client).await.unwrap();
        settle().await;
        assert_eq!(server.kept(), [""; 0], "{operation:?}");

        let mut is_complete = false;
        for polls in 1..MANY_POLLS {
            let server = Bookkeeper::default();
            let client = server.connect().await;
            let output = cut(operation.perform(&client), polls).await;
            settle().await;
            assert_eq!(server.kept(), [""; 0], "{operation:?} after {polls}");
            if let Some(output) = output {
                assert_eq!(output.unwrap(), undisturbed, "{operation:?}");
                // There was something to be cut.
                assert!(polls > 2, "{operation:?} after {polls}");
                is_complete = true;
                break;
            }
            let again = operation.perform(&client).await.unwrap();
            assert_eq!(again, undisturbed, "{operation:?} after {polls}");
            client.logout().await.unwrap();
            settle().await;
            assert_eq!(server.kept(), [""; 0], "{operation:?} after {polls}");
            assert_eq!(server.sessions(), 0, "{operation:?} after {polls}");
        }
        assert!(is_complete, "{operation:?}");
    }
}

#[tokio::test]
async fn an_operation_failing_anywhere_can_be_repeated_and_leaves_nothing() {
    /// What an answer that is lost leads to, which nobody knows then.
    const MAKES_SOMETHING: [&str; 4] = [
        "CreateContainerView",
        "RetrievePropertiesEx",
        "ContinueRetrievePropertiesEx",
        "CreatePropertyCollector",
    ];
    for operation in Operation::ALL {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let before = server.requests().len();
        let undisturbed = operation.perform(&client).await.unwrap();
        let requests = server.requests().split_off(before);
        assert!(!requests.is_empty());
        for (number, request) in requests.iter().enumerate() {
            for failure in Failure::ALL {
                let shown = format!("{operation:?}, {request}: {failure:?}");
                let server = Bookkeeper::default();
                let client = server.connect().await;
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
                let makes_something = MAKES_SOMETHING.contains(&&**request);
                if failure.comes_after_the_deed() && makes_something {
                    assert!(server.kept().len() <= 1, "{shown}: {:?}", server.kept());
                    server.forget();
                }
                assert_eq!(server.kept(), [""; 0], "{shown}");

                let again = operation.perform(&client).await;
                assert_eq!(again.unwrap(), undisturbed, "{shown}");
                settle().await;
                assert_eq!(server.kept(), [""; 0], "{shown}");
            }
        }
    }
}

/// Retrieves what is left, with what was found so far.
async fn rest(pages: &mut Pages<VirtualMachine>, found: &mut Vec<String>) -> Result<(), Error> {
    while let Some(page) = pages.next_page().await? {
        found.extend(ids(&page));
    }
    Ok(())
}

#[tokio::test]
async fn no_page_is_lost_when_waiting_for_it_is_given_up() {
    let mut is_complete = false;
    for polls in 1..MANY_POLLS {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let mut pages = pages(&client).await.unwrap();
        let mut found = Vec::new();
        is_complete = cut(rest(&mut pages, &mut found), polls).await.is_some();
        // As often as one likes.
        while cut(rest(&mut pages, &mut found), 1).await.is_none() {}
        assert_eq!(found, MACHINES, "after {polls}");
        assert!(pages.next_page().await.unwrap().is_none());
        assert_eq!(server.kept(), [""; 0], "after {polls}");
        if is_complete {
            break;
        }
    }
    assert!(is_complete);
}

#[tokio::test]
async fn no_object_of_a_stream_is_lost_when_waiting_for_it_is_given_up() {
    let server = Bookkeeper::default();
    let client = server.connect().await;
    let retrieval = client.retrieve::<VirtualMachine>(["name"]).page_size(1);
    let mut stream = pin!(retrieval.stream());
    let mut found = Vec::new();
    let mut given_up = 0;
    loop {
        match cut(stream.next(), 1).await {
            Some(Some(object)) => found.extend(ids(&[object.unwrap()])),
            Some(None) => break,
            None => given_up += 1,
        }
    }
    assert_eq!(found, MACHINES);
    assert!(given_up > 20, "{given_up}");
}

#[tokio::test]
async fn a_page_that_fails_is_given_afterwards_or_is_an_error() {
    for failure in Failure::ALL {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let mut pages = pages(&client).await.unwrap();
        let mut found = Vec::new();
        server.fail(0, failure);
        rest(&mut pages, &mut found).await.unwrap_err();
        assert_eq!(found, MACHINES[..1]);
        if failure.comes_after_the_deed() {
            // The server has given it, and knows of it no more.
            for _ in 0..3 {
                let error = rest(&mut pages, &mut found).await.unwrap_err();
                let text = error.to_string();
                assert!(text.contains("There is no such token."), "{text}");
            }
        } else {
            rest(&mut pages, &mut found).await.unwrap();
            assert_eq!(found, MACHINES, "{failure:?}");
            assert_eq!(server.kept(), [""; 0], "{failure:?}");
        }
    }
}

/// Dropped or cancelled while a page is on its way, the pages after it are forgotten too.
#[tokio::test]
async fn pages_on_their_way_are_forgotten() {
    for polls in 0..20 {
        for waits in [false, true] {
            let server = Bookkeeper::default();
            let client = server.connect().await;
            let mut pages = pages(&client).await.unwrap();
            pages.next_page().await.unwrap();
            if cut(pages.next_page(), polls).await.is_some() {
                assert!(polls > 3);
            }
            if waits {
                pages.cancel().await.unwrap();
                assert_eq!(server.kept(), [""; 0], "after {polls}");
            } else {
                drop(pages);
                settle().await;
            }
            assert_eq!(server.kept(), [""; 0], "after {polls}");
        }
    }
}

#[tokio::test]
async fn a_view_is_destroyed_once_and_for_all() {
    for failure in Failure::ALL {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let root = client.root_folder();
        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        server.fail(0, failure);
        view.destroy().await.unwrap_err();
        settle().await;
        assert_eq!(server.kept(), [""; 0], "{failure:?}");
        // Not for ever.
        let requests = server.requests();
        let attempts = requests.iter().filter(|request| *request == "DestroyView");
        assert_eq!(attempts.count(), 2, "{failure:?}");

        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        server.fail(0, failure);
        drop(view);
        settle().await;
        assert_eq!(server.kept(), [""; 0], "{failure:?}");
    }
    for polls in 0..6 {
        let server = Bookkeeper::default();
        let client = server.connect().await;
        let root = client.root_folder();
        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        cut(view.destroy(), polls).await;
        settle().await;
        assert_eq!(server.kept(), [""; 0], "after {polls}");
    }
}

#[tokio::test]
async fn a_task_that_has_ended_is_reported_whether_cleaning_up_succeeds_or_not() {
    let server = Bookkeeper::default();
    let client = server.connect().await;
    let task = machine(&client).power_on_vm_task(None).await.unwrap();
    let before = server.requests().len();
    task.clone().wait().await.unwrap();
    let number = server.requests().len() - before - 1;
    assert_eq!(
        server.requests().last().unwrap(),
        "DestroyPropertyCollector"
    );
    server.fail(number, Failure::Unavailable);
    task.wait().await.unwrap();
    settle().await;
    assert_eq!(server.kept(), [""; 0]);
}

/// What servers offer, and the protocol that they are spoken to by.
fn servers() -> Vec<(Offer, Protocol)> {
    let list = "<namespaces><namespace><name>urn:vim25</name><version>8.0.3.0</version>\
                </namespace></namespaces>";
    let listing = Offer {
        list: Some(list.to_owned()),
        ..Offer::default()
    };
    let json = Offer {
        json: Some("8.0.3.0"),
        ..Offer::default()
    };
    let old = Offer {
        accepts: vec!["4.0", "6.0"],
        api_version: "6.0",
        ..Offer::default()
    };
    vec![
        (Offer::default(), Protocol::Soap),
        (listing.clone(), Protocol::Soap),
        (old, Protocol::Negotiate),
        (json.clone(), Protocol::Negotiate),
        (json, Protocol::Json),
        (listing, Protocol::Negotiate),
    ]
}

async fn connect(server: &Bookkeeper, protocol: Protocol) -> Result<Client, Error> {
    let builder = server.builder().protocol(protocol);
    builder.connect_through(server.clone()).await
}

fn spoken(client: &Client) -> String {
    let connection = client.connection();
    format!("{} {}", connection.protocol(), connection.version())
}

#[tokio::test]
async fn connecting_dropped_anywhere_opens_no_session_for_good() {
    for (offer, protocol) in servers() {
        let server = Bookkeeper::offering(offer.clone());
        let undisturbed = spoken(&connect(&server, protocol).await.unwrap());
        let mut is_complete = false;
        for polls in 1..MANY_POLLS {
            let server = Bookkeeper::offering(offer.clone());
            let client = cut(connect(&server, protocol), polls).await;
            settle().await;
            is_complete = client.is_some();
            assert_eq!(server.sessions(), usize::from(is_complete), "after {polls}");
            let client = match client {
                Some(client) => client.unwrap(),
                None => connect(&server, protocol).await.unwrap(),
            };
            assert_eq!(spoken(&client), undisturbed, "after {polls}");
            client.logout().await.unwrap();
            assert_eq!(server.sessions(), 0, "after {polls}");
            let logins = server.requests();
            let logins = logins.iter().filter(|request| *request == "Login").count();
            assert!(logins <= 2, "after {polls}");
            if is_complete {
                assert!(polls > 8, "{polls}");
                break;
            }
        }
        assert!(is_complete, "{offer:?}");
    }
}

#[tokio::test]
async fn connecting_fails_only_with_what_it_needs_and_leaves_no_session() {
    for (offer, protocol) in servers() {
        let server = Bookkeeper::offering(offer.clone());
        connect(&server, protocol).await.unwrap();
        let requests = server.requests();
        for (number, request) in requests.iter().enumerate() {
            for failure in Failure::ALL {
                let shown = format!("{protocol:?} {offer:?} {request}: {failure:?}");
                let server = Bookkeeper::offering(offer.clone());
                server.fail(number, failure);
                let client = connect(&server, protocol).await;
                settle().await;
                let logins = server.requests();
                let logins = logins.iter().filter(|request| *request == "Login");
                assert!(logins.count() <= 1, "{shown}");
                match client {
                    Ok(client) => {
                        assert_ne!(request, "Login", "{shown}");
                        assert_eq!(server.sessions(), 1, "{shown}");
                        client.logout().await.unwrap();
                    }
                    Err(error) => {
                        let is_optional = matches!(&**request, "list" | "hello");
                        let insists = protocol == Protocol::Json;
                        assert!(
                            !is_optional || insists || failure == Failure::Unsent,
                            "{shown}: {error}"
                        );
                    }
                }
                // Without the head of the answer there is no cookie by which to name the session.
                if request == "Login" && failure == Failure::ClosedBeforeHead {
                    continue;
                }
                assert_eq!(server.sessions(), 0, "{shown}");
                connect(&server, protocol).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn a_session_is_ended_by_a_logout_that_is_dropped_or_repeated() {
    for (offer, protocol) in servers() {
        for polls in 1..8 {
            let server = Bookkeeper::offering(offer.clone());
            let client = connect(&server, protocol).await.unwrap();
            let ended = cut(client.logout(), polls).await;
            assert!(ended.is_none_or(|ended| ended.is_ok()));
            settle().await;
            assert_eq!(server.sessions(), 0, "after {polls}");
            let error = client.logout().await.unwrap_err();
            assert!(error.fault_is::<NotAuthenticated>() || protocol != Protocol::Soap);
        }
        for failure in Failure::ALL {
            let server = Bookkeeper::offering(offer.clone());
            let client = connect(&server, protocol).await.unwrap();
            server.fail(0, failure);
            let first = client.logout().await;
            if failure.comes_after_the_deed() {
                assert_eq!(server.sessions(), 0, "{failure:?}");
            } else {
                first.unwrap_err();
                assert_eq!(server.sessions(), 1, "{failure:?}");
                client.logout().await.unwrap();
                assert_eq!(server.sessions(), 0, "{failure:?}");
            }
        }
    }
}

/// What is dropped outside of a runtime is released in that which it was made in, if that is there.
#[test]
fn what_is_dropped_outside_of_a_runtime_is_released_where_it_was_made() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let make = async |server: &Bookkeeper| {
        let client = server.connect().await;
        let root = client.root_folder();
        let view = client.container_view::<VirtualMachine>(root).await.unwrap();
        (view, pages(&client).await.unwrap())
    };
    let (server, first) = (Bookkeeper::default(), runtime());
    let (view, pages) = first.block_on(make(&server));
    assert_eq!(server.kept().len(), 2);
    drop((view, pages));
    first.block_on(settle());
    assert_eq!(server.kept(), [""; 0]);

    let server = Bookkeeper::default();
    let (view, pages) = first.block_on(make(&server));
    drop(first);
    // Nobody is there to do it, which is no reason to panic.
    drop((view, pages));
    assert_eq!(server.kept().len(), 2);

    let (server, first) = (Bookkeeper::default(), runtime());
    let (view, pages) = first.block_on(make(&server));
    drop(first);
    runtime().block_on(async {
        drop((view, pages));
        settle().await;
    });
    assert_eq!(server.kept(), [""; 0]);
}
